using System.Text.Json.Nodes;
using Functional.Core.Training;
using Functional.Data;
using Functional.Formats;

namespace Functional.Runs;

/// <summary>
/// A bag on disk while its members are trained side by side, each into a run of its own, which is begun, or gone on
/// with, when its turn comes. At the end the bag's model and its <c>run.json</c>. Whatever ends the process, the bag
/// goes on from the last checkpoints of its members, and no other process writes to it meanwhile.
/// </summary>
internal sealed class BagRecording : IDisposable
{
    private readonly string directory;
    private readonly RunLock held;
    private readonly RunFiles files;
    private readonly Trainer trainer;
    private readonly LoadedData data;
    private readonly int members, threads;
    private readonly Checkpointing often;
    private readonly string? moved;
    private readonly Dictionary<int, Underway> underWay = [];
    private readonly MemberEnd?[] ends;

    private BagRecording(
        string directory, RunLock held, Trainer trainer, LoadedData data, int members, Checkpointing often, int threads,
        string? moved)
    {
        (this.directory, this.held, this.trainer, this.data) = (directory, held, trainer, data);
        (this.members, this.often, this.threads, this.moved) = (members, often, threads, moved);
        (files, ends) = (new(directory), new MemberEnd?[members]);
        files.Reserve(RunSize.Of(trainer.Experiment, trainer.Untrained.Schema).OfBag(members));
        try
        {
            files.WriteUnfinished(Told(Header.Unfinished(directory)));
        }
        catch
        {
            files.Release();
            throw;
        }
    }

    /// <summary>Where the bag is.</summary>
    public string Directory => directory;

    /// <summary>How many members it is to have.</summary>
    public int Members => members;

    /// <summary>What is trained, as its member 0.</summary>
    public Trainer Trainer => trainer;

    /// <summary>What a person should know of members that go on: checkpoints that could not be used.</summary>
    public List<Phrase> Remarks { get; } = [];

    /// <summary>Begins a bag.</summary>
    /// <exception cref="InvalidInputException">It cannot be written there; nothing is left behind.</exception>
    public static BagRecording Begin(
        string path, Trainer trainer, LoadedData data, int members, Checkpointing often, int threads)
    {
        if (RunDirectory.Fault(path) is { } taken) throw new InvalidInputException(taken);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        using var made = new NewDirectory(full);
        try
        {
            return made.Made(held => new BagRecording(full, held, trainer, data, members, often, threads, null))
                ?? throw new InvalidInputException(RunDirectory.Claimed(path));
        }
        catch (Exception fault) when (Atomically.Reason(fault) is { } reason)
        {
            throw new InvalidInputException($"the output directory {path} cannot be written: {reason}", fault);
        }
    }

    /// <summary>Opens a bag to go on with it; null where there is nothing to go on with.</summary>
    /// <param name="run">Its directory.</param>
    /// <param name="often">How often its members are kept.</param>
    /// <param name="threads">How many threads help; 0 for all processors.</param>
    /// <param name="moved">Where its data are now; where they were unless given.</param>
    /// <exception cref="InvalidInputException">It cannot go on; it is as it was.</exception>
    public static BagRecording? Resume(string run, Checkpointing often, int threads, string? moved)
    {
        string full = Path.GetFullPath(RunDirectory.Of(run));
        RunLock? held = null;
        try
        {
            string beside = Path.Combine(full, CheckpointDirectory.Name);
            System.IO.Directory.CreateDirectory(beside);
            held = RunLock.Take(beside)
                ?? throw new InvalidInputException($"{run} is being trained by another process");
            var report = RunDirectory.LoadRecord(full);
            int members = BagDirectory.Size(report)!.Value;
            if (!RunReport.IsUnfinished(report))
            {
                held.Dispose();
                return null;
            }
            var recorded = RecordedTraining.Read(full, report, edit: fields =>
            {
                if (moved is not null) RecordedTraining.PointTo(fields, moved);
            });
            var (trainer, data) = (recorded.Trainer, recorded.Data);
            if ($"{report["experiment_sha256"]}" != BagDirectory.Digest(trainer.Experiment, members))
                throw new InvalidInputException($"the experiment in {Path.Combine(full, RunFiles.Report)} was altered: "
                    + $"its digest is not {report["experiment_sha256"]}");
            return new(full, held, trainer, data, members, often, threads, moved);
        }
        catch (Exception fault)
        {
            held?.Dispose();
            if (Atomically.Reason(fault) is not { } reason) throw;
            throw new InvalidInputException($"the run {run} cannot be written: {reason}", fault);
        }
    }

    /// <summary>The trainings of the members that are not over. Lazy: the run of each is begun, or opened to go on,
    /// when it is asked for.</summary>
    public IEnumerable<TrainingOrder> Orders()
    {
        for (int member = 0; member < members; member++)
        {
            string run = BagDirectory.Of(directory, member);
            var own = trainer.OfMember(member);
            if (!File.Exists(Path.Combine(run, RunFiles.Report)))
            {
                // What a process left that died before the run had its run.json is of no run.
                foreach (string file in RunFiles.All(run).Where(File.Exists)) File.Delete(file);
                var recording = RunRecording.Begin(run, own, RunHeader.Of(own, data, threads), often);
                yield return Begun(member, new(recording, own, null));
            }
            else if (Resumption.Open(run, null, often, threads, isAnew: true, moved) is { } resumed)
            {
                // One without a checkpoint begins anew, and comes to the same end.
                Remarks.AddRange(resumed.Remarks);
                yield return Begun(member, new(resumed.Recording, resumed.Trainer, resumed.After));
            }
            else ends[member] = Over(run, own);
        }
    }

    /// <summary>Writes down an epoch of a member, and the member's end.</summary>
    /// <returns>What could not be written: training goes on.</returns>
    public IEnumerable<Phrase> Add(TrainingOrder order, Epoch epoch)
    {
        int member = order.Trainer.Experiment.Settings.Member;
        var at = underWay[member];
        at.Last = epoch;
        if (at.Recording.Add(epoch) is { } unwritten) yield return unwritten;
        if (epoch.IsEnd)
            foreach (var remark in End(member, default)) yield return remark;
    }

    /// <summary>Ends the members that are under way: they were interrupted, or had nothing left to do.</summary>
    public IEnumerable<Phrase> EndAll(CancellationToken cancellation) =>
        [.. underWay.Keys.Order().ToArray().SelectMany(member => End(member, cancellation))];

    /// <summary>The members that have ended as training ends; a member that did not come to its end is not among
    /// them.</summary>
    public IReadOnlyList<(int Member, Outcome Outcome)> Ended =>
        [.. ends.Index().Where(end => end.Item is not null).Select(end => (end.Index, end.Item!.Results.Outcome))];

    /// <summary>Writes the end of the bag.</summary>
    /// <exception cref="InvalidInputException">It could not be written.</exception>
    public BagReport Finish()
    {
        var results = BagResults.Of(
            trainer, [.. ends.Select(end => end!.Results)], threads, withThresholds: false);
        var report = new BagReport(Header, results, [.. ends.Select(end => end!)], directory);
        if ((files.Write(results.Bag.Model) ?? files.Write(report.ToJson())) is { } reason)
            throw new InvalidInputException($"the bag could not be written: {reason}; its members are whole, and once "
                + $"there is room, functional resume {directory} puts them together");
        return report;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var at in underWay.Values) at.Recording.Dispose();
        try
        {
            files.Release();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Whoever goes on takes the room again.
        }
        held.Dispose();
    }

    private RunHeader Header => RunHeader.Of(trainer, data, threads);

    private JsonObject Told(JsonObject report)
    {
        report["experiment_sha256"] = BagDirectory.Digest(trainer.Experiment, members);
        report[BagDirectory.Field] = members;
        return report;
    }

    private TrainingOrder Begun(int member, Underway at)
    {
        underWay[member] = at;
        return new(at.Trainer, at.Last, at.Recording.Every);
    }

    private IReadOnlyList<Phrase> End(int member, CancellationToken cancellation)
    {
        var at = underWay[member];
        var outcome = at.Trainer.OutcomeAfter(at.Last, cancellation);
        var results = at.Trainer.Results(
            at.Last?.Kept ?? at.Trainer.Untrained, outcome, threads, withThresholds: false);
        var (report, saved) = at.Recording.Finish(results, at.Last);
        at.Recording.Dispose();
        underWay.Remove(member);
        ends[member] = new(results, report.History.Count, report.Steps, report.Seconds);
        return saved.Remarks;
    }

    // A member that was over before.
    private MemberEnd Over(string run, Trainer own)
    {
        var report = RunDirectory.LoadReport(run);
        BagDirectory.RequireMember(run, report, own.Experiment);
        return BagDirectory.End(run, report, own, threads);
    }

    private sealed class Underway(RunRecording recording, Trainer trainer, Epoch? after)
    {
        public RunRecording Recording => recording;
        public Trainer Trainer => trainer;
        public Epoch? Last { get; set; } = after;
    }
}
