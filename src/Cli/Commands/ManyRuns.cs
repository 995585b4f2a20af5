using System.CommandLine;
using Functional.Cli.Reports;
using Functional.Core.Training;
using Functional.Data;
using Functional.Runs;
using Functional.Store;

namespace Functional.Cli.Commands;

/// <summary><c>functional train --seeds|--folds|--bootstrap</c>: many trainings of one experiment side by side, a run
/// each, which is to the bit the run that it would be alone.</summary>
internal sealed class ManyRuns
{
    private readonly ParseResult parsed;
    private readonly int threads;
    private readonly Checkpointing often;
    private readonly RepeatPlan plan;
    private readonly OutOfFold? outOfFold;
    private readonly DoneRun?[] done;
    private readonly List<Phrase> failures = []; // what could not be written
    private readonly Dictionary<Trainer, (int Place, RunRecording Recording)> underWay = [];
    private int begun;

    private ManyRuns(ParseResult parsed, int threads, Checkpointing often, RepeatPlan plan, int count)
    {
        (this.parsed, this.threads, this.often, this.plan) = (parsed, threads, often, plan);
        done = new DoneRun?[count];
        outOfFold = parsed.GetValue(RepeatOptions.Predictions) is null ? null : new(threads);
    }

    /// <summary>Does what the options ask for.</summary>
    public static int Run(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        int threads = Shared.ThreadCount(parsed, faults);
        var often = RunTraining.Checkpoints(parsed, faults);
        var plan = RepeatOptions.Read(parsed, faults);
        TrainCommand.RequireUse(parsed, faults);
        var from = parsed.GetValue(TrainCommand.From) is { } path ? RunDirectory.LoadOne(path) : null;
        var read = ExperimentOptions.Read(parsed, from);
        read.IfFail(found => faults.AddRange(found));
        var opened = read.IsSuccess ? (Opened)read : null;
        var repeats = plan.Each(opened?.Experiment.Settings.Seed ?? new Settings().Seed, faults);
        if (opened is null || faults.Count > 0) throw new InvalidInputException(faults.Distinct());

        var all = new ManyRuns(parsed, threads, often, plan, repeats.Count);
        Terminal.Notes(
            [
                .. opened.Notes, .. opened.Data.Value.Notes,
                .. ExperimentOptions.Unused(
                    parsed, plan.Option, plan.Over == RepeatedOver.Seeds
                        ? null : repeats[0].Of(opened.Experiment.Settings).Resampling),
            ],
            parsed.GetValue(Shared.Quiet));
        var planned = all.Placed(Planned(opened, repeats, from, parsed));
        using var interrupt = new Interrupt();
        all.Train(planned, interrupt);
        return all.End(interrupt);
    }

    // What the trainings are. A toy problem is drawn from each seed, as it is for one training.
    private static PlannedRun[] Planned(
        Opened opened, IReadOnlyList<Repeat> repeats, Model? from, ParseResult parsed)
    {
        var (experiment, faults) = (opened.Experiment, new List<Invalid>());
        var (settings, shared) = (experiment.Settings, new DigestedData(opened.Data.Value));
        string above = parsed.GetValue(TrainCommand.Out) ?? TrainCommand.DefaultDirectory(experiment);
        var planned = new List<PlannedRun>();
        foreach (var repeat in repeats)
        {
            var own = repeat.Of(settings);
            var data = own.Seed != settings.Seed && own.Data is Toy
                ? new DigestedData(DataCatalog.Load(own.Data, own.Seed, own.Missing))
                : shared;
            Experiment.Check(own, experiment.Task).Match(
                one => planned.Add(new(repeat, one, data, from,
                    parsed.GetValue(TrainCommand.Out) is null
                        ? $"{above}-{repeat.Name}" : Path.Combine(above, repeat.Name))),
                found => faults.AddRange(found));
        }
        return faults.Count > 0 ? throw new InvalidInputException(faults.Distinct()) : [.. planned];
    }

    // Each is tried before one is trained, and what was run before is found: nothing is written yet. A trainer is made
    // again when its turn comes, since all of them together may be large.
    private PlannedRun[] Placed(PlannedRun[] planned)
    {
        var (faults, notes) = (new List<Invalid>(), new List<Phrase>());
        string? place = parsed.GetValue(TrainCommand.Out);
        using var store = place is null && !parsed.GetValue(TrainCommand.Again) && Directory.Exists(TrainCommand.Runs)
            ? RunStore.Open(TrainCommand.Runs)
            : null;
        foreach (var (i, run) in planned.Index())
        {
            var tried = run.Trainer();
            faults.AddRange(tried.Faults);
            if (tried.Value is not { } trainer) continue;
            notes.AddRange(trainer.Notes);
            (planned[i], done[i]) = place is not null ? run.AtItsPlace(trainer, threads, faults)
                : store is not null ? run.In(store, trainer, threads)
                : (run, null);
            if (done[i]?.Results is { } results) outOfFold?.Add(run.Repeat, trainer, results.Model);
        }
        if (faults.Count > 0) throw new InvalidInputException(faults.Distinct());
        Terminal.Notes(notes.DistinctBy(note => note.ToString()), parsed.GetValue(Shared.Quiet));
        return planned;
    }

    private void Train(PlannedRun[] planned, Interrupt interrupt)
    {
        using var line = new ShareLine(parsed.GetValue(Shared.Quiet));
        double most = (double)planned.Length * planned[0].Experiment.Settings.Epochs;
        var seen = new int[planned.Length]; // epochs of those under way
        try
        {
            foreach (var advance in ManyTrainings.Of(Orders(planned), threads, interrupt.Token))
            {
                var (place, recording) = underWay[advance.Order.Trainer];
                if (advance.Last is { } epoch && (!advance.IsOver || epoch.IsEnd))
                {
                    seen[place] = epoch.Number;
                    if (recording.Add(epoch) is { } unwritten)
                        Terminal.Note($"{recording.Directory}: {unwritten}");
                }
                if (advance.IsOver) Finish(planned[place].Repeat, place, recording, advance, interrupt.Token);
                int over = done.Count(one => one is not null);
                double all = seen.Index().Sum(one =>
                    done[one.Index] is null ? one.Item : planned[0].Experiment.Settings.Epochs);
                line.Of($"{over} of {SampleMean.Counted(done.Length, plan.Over)}").Report(all / most);
            }
        }
        finally
        {
            foreach (var (_, recording) in underWay.Values) recording.Dispose();
        }
    }

    // A run is begun when its training is about to begin; where one cannot be written, no other begins.
    private IEnumerable<TrainingOrder> Orders(PlannedRun[] planned)
    {
        foreach (var (place, run) in planned.Index())
        {
            if (done[place] is not null) continue;
            if (Begun(place, run) is not { } order) yield break;
            yield return order;
        }
    }

    private TrainingOrder? Begun(int place, PlannedRun run)
    {
        try
        {
            var (recording, trainer, after) = run.Begin(() => run.Trainer().OrThrow(), often, threads);
            underWay.Add(trainer, (place, recording));
            begun++;
            if (parsed.GetValue(RunTraining.TensorBoard) || EventFile.IsIn(recording.Directory)) recording.AddEvents();
            return new(trainer, after, recording.Every);
        }
        catch (InvalidInputException fault)
        {
            failures.AddRange(fault.Faults.Select(one => one.Phrase));
            return null;
        }
    }

    private void Finish(
        Repeat repeat, int place, RunRecording recording, Advance advance, CancellationToken cancellation)
    {
        using var closing = recording;
        var trainer = advance.Order.Trainer;
        underWay.Remove(trainer);
        var results = advance.Results(threads, withThresholds: false, cancellation);
        try
        {
            var (report, saved) = recording.Finish(results, advance.Last);
            failures.AddRange(saved.Remarks);
            done[place] = new(repeat, saved.Directory, results.Outcome, results with { Last = null },
                report.History.Count);
            if (done[place]!.Counts) outOfFold?.Add(repeat, trainer, results.Model);
        }
        catch (InvalidInputException fault)
        {
            failures.AddRange(fault.Faults.Select(one => one.Phrase));
        }
    }

    private int End(Interrupt interrupt)
    {
        bool isPrinted = IsPrinted(new(plan, done.Length, [.. done.OfType<DoneRun>()]));
        Terminal.Notes(failures);
        string[] diverged =
            [.. done.OfType<DoneRun>().Where(one => one.Outcome is Outcome.Diverged).Select(one => one.Repeat.Label)];
        if (diverged.Length > 0)
            Terminal.Note($"training diverged for {diverged.Length} of {SampleMean.Counted(done.Length, plan.Over)} "
                + $"({string.Join(", ", diverged)}); a smaller --rate may help");
        int finished = done.Count(one => one?.Counts == true) + diverged.Length;
        bool isWhole = finished == done.Length;
        if (!isWhole && interrupt.Status is { } interrupted)
        {
            Terminal.Note(parsed.GetValue(TrainCommand.Again)
                ? (Phrase)($"interrupted: {finished} of {SampleMean.Counted(done.Length, plan.Over)} are finished; the "
                    + $"same command without --again goes on")
                : $"interrupted: {finished} of {SampleMean.Counted(done.Length, plan.Over)} are finished; the same "
                    + $"command goes on");
            return interrupted;
        }
        if (isWhole && diverged.Length == 0) outOfFold?.Write(parsed.GetValue(RepeatOptions.Predictions)!);
        else if (outOfFold is not null)
            Terminal.Note($"{parsed.GetValue(RepeatOptions.Predictions)} was not written: not every row has a "
                + $"prediction");
        return !isPrinted || failures.Count > 0 ? Status.BadInput : diverged.Length > 0 ? Status.Diverged : Status.Done;
    }

    private bool IsPrinted(RepeatsReport report)
    {
        try
        {
            Terminal.Show(report, parsed);
            return true;
        }
        catch (OutputLostException lost)
        {
            Terminal.Note($"{Core.Forms.Counted.Runs(begun)} were written; standard output cannot be written: "
                + $"{lost.Reason}");
            return false;
        }
    }
}
