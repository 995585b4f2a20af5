using Functional.Core.Ensembles;
using Functional.Core.Training;

namespace Functional.Sweeps;

/// <summary>A sweep while it is trained: many experiments side by side, rung by rung, each with the bits of its lone
/// run.</summary>
/// <param name="plan">The sweep.</param>
/// <param name="keeping">Where its trainings are kept.</param>
/// <param name="threads">How many threads may help; 0 for all processors. The results are the same.</param>
internal sealed class SweepTraining(SweepPlan plan, SweepKeeping keeping, int threads)
{
    private const int MostClosing = 16; // whose ends are being written at once

    private readonly SweepStanding[][] standings = [.. plan.Trials.Select(_ =>
        plan.Request.Seeds.Select(_ => SweepStanding.Waiting).ToArray())];

    private readonly Queue<Phrase> remarks = [];

    /// <summary>What is trained.</summary>
    public SweepPlan Plan => plan;

    /// <summary>How each training stands: of each trial, of each seed.</summary>
    public IReadOnlyList<IReadOnlyList<SweepStanding>> Standings => standings;

    /// <summary>Whether it was stopped before its end.</summary>
    public bool IsInterrupted { get; private set; }

    /// <summary>Epochs that the sweep has in all, as far as no training ends before its last.</summary>
    public long EpochsInAll { get; } = EpochsOf(plan);

    /// <summary>Epochs that are done, those of trainings that ended early among them.</summary>
    public long EpochsDone { get; private set; }

    /// <summary>Epochs that were trained since it was opened.</summary>
    public long EpochsTrained { get; private set; }

    /// <summary>What could not be written; each is told once.</summary>
    public IEnumerable<Phrase> NewRemarks()
    {
        while (remarks.TryDequeue(out var remark)) yield return remark;
    }

    /// <summary>Trains. Lazy: nothing is done before it is asked for.</summary>
    /// <param name="cancellation">Ends every training after the step at hand; each is kept, to go on from
    /// there.</param>
    /// <returns>After each epoch, or whenever something else has changed: the rung, and the trials that have come as
    /// far as they are to go.</returns>
    public IEnumerable<IReadOnlyList<int>> Do(CancellationToken cancellation = default)
    {
        int[] alive = [.. Enumerable.Range(0, plan.Trials.Count)];
        for (int rung = 0, from = 0; rung < plan.Rungs.Count; rung++)
        {
            bool isLast = rung == plan.Rungs.Count - 1;
            int? upTo = isLast ? null : plan.Rungs[rung].Epochs;
            foreach (var done in Rung(alive, from, upTo, cancellation)) yield return isLast ? done : [];
            if (IsInterrupted || isLast) yield break;
            var scores = Array.ConvertAll(alive, trial => SweepRow.MeanOf(standings[trial])?.Mean ?? double.NaN);
            var goOn = Rungs.Best(scores, plan.Rungs[rung + 1].Trials, plan.IsBetterLarger);
            int[] next = [.. goOn.Select(place => alive[place])];
            yield return [.. alive.Except(next)];
            (alive, from) = (next, plan.Rungs[rung].Epochs);
        }
    }

    // Trials up to an epoch, or to their ends.
    private IEnumerable<IReadOnlyList<int>> Rung(int[] trials, int from, int? upTo, CancellationToken cancellation)
    {
        var underWay = new Dictionary<TrainingOrder, (KeptTraining Kept, SweepRun Run)>();
        var closing = new Queue<(SweepRun Run, Task<(SweepStanding, IEnumerable<Phrase>)> Ending)>();
        var open = new Queue<int>(); // trials of which a training is over
        try
        {
            foreach (var (order, epoch) in TrainingOrder.Epochs(Orders(), threads, cancellation))
            {
                if (!underWay.TryGetValue(order, out var one)) continue; // it was cut before
                if (one.Kept.Add(epoch) is { } unwritten) remarks.Enqueue(unwritten);
                if (epoch.IsWhole)
                {
                    (EpochsDone, EpochsTrained) = (EpochsDone + 1, EpochsTrained + 1);
                    standings[one.Run.Trial][one.Run.Place] = SweepStanding.Of(epoch, plan.Measure);
                }
                if (epoch.IsEnd || epoch.IsWhole && epoch.Number >= upTo)
                {
                    underWay.Remove(order);
                    Close(one.Kept, one.Run);
                }
                yield return Done();
            }
            bool isCutShort = underWay.Count > 0;
            foreach (var (kept, run) in underWay.Values) Close(kept, run);
            underWay.Clear();
            Collect(atMost: 0);
            IsInterrupted = cancellation.IsCancellationRequested
                && (isCutShort || trials.Any(trial => standings[trial].Any(standing => !standing.IsDone)));
            yield return Done();
        }
        finally
        {
            foreach (var (kept, _) in underWay.Values) kept.Dispose();
            foreach (var (_, ending) in closing) ((IAsyncResult)ending).AsyncWaitHandle.WaitOne();
        }

        IEnumerable<TrainingOrder> Orders()
        {
            foreach (var run in plan.Runs(trials))
            {
                if (cancellation.IsCancellationRequested)
                {
                    EpochsDone += Math.Clamp(keeping.EpochsOf(run) - from, 0, Whole(run) - from);
                    continue; // what it has stays
                }
                if (keeping.Find(run, upTo) is { } found)
                {
                    standings[run.Trial][run.Place] = found;
                    EpochsDone += Whole(run) - from;
                    open.Enqueue(run.Trial);
                    continue;
                }
                var kept = keeping.Open(run);
                EpochsDone += Math.Max(0, (kept.After?.Number ?? 0) - from);
                standings[run.Trial][run.Place] = StandingOf(run) with { State = SweepState.Underway };
                if (kept.After is { } after && (after.IsEnd || after.IsWhole && after.Number >= upTo))
                {
                    Close(kept, run);
                    continue;
                }
                var order = new TrainingOrder(kept.Trainer, kept.After, kept.Every) { UpTo = upTo };
                underWay.Add(order, (kept, run));
                yield return order;
            }
        }

        int Whole(SweepRun run) => upTo ?? run.Experiment.Settings.Epochs;

        // Evaluates it and writes its end beside the training of others.
        void Close(KeptTraining kept, SweepRun run)
        {
            Collect(MostClosing - 1);
            var last = kept.Last;
            var outcome = last is { IsEnd: true } ? last.Outcome : new Outcome.Cancelled(last?.Step ?? 0);
            closing.Enqueue((run, Task.Run(() =>
            {
                using (kept) return kept.End(outcome, threads: 1);
            })));
        }

        // Takes what has been written; waits until no more than so many are being written.
        void Collect(int atMost)
        {
            while (closing.TryPeek(out var first) && (closing.Count > atMost || first.Ending.IsCompleted))
            {
                var (run, ending) = closing.Dequeue();
                var (standing, unwritten) = ending.GetAwaiter().GetResult();
                foreach (var remark in unwritten) remarks.Enqueue(remark);
                standings[run.Trial][run.Place] = standing;
                if (standing.IsDone) EpochsDone += Math.Max(0, Whole(run) - standing.Epochs);
                open.Enqueue(run.Trial);
            }
        }

        IReadOnlyList<int> Done()
        {
            Collect(MostClosing);
            if (open.Count == 0) return [];
            int[] done = [.. open.Distinct().Where(trial => standings[trial].All(standing => standing.IsDone))];
            open.Clear();
            return done;
        }
    }

    private SweepStanding StandingOf(SweepRun run) => standings[run.Trial][run.Place];

    private static long EpochsOf(SweepPlan plan)
    {
        if (plan.Rungs.Count == 1)
            return plan.Experiments.Sum(experiment => (long)experiment.Settings.Epochs) * plan.Request.Seeds.Count;
        long sum = 0;
        for (int rung = 0; rung < plan.Rungs.Count; rung++)
            sum += (long)plan.Rungs[rung].Trials
                * (plan.Rungs[rung].Epochs - (rung == 0 ? 0 : plan.Rungs[rung - 1].Epochs));
        return sum * plan.Request.Seeds.Count;
    }
}
