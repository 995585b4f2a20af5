using System.Text.Json.Nodes;
using Functional.Core.Training;
using Functional.Data;
using Functional.Formats;
using Functional.Runs;
using Functional.Store;

namespace Functional.Cli.Commands;

/// <summary>Samples, and their digest once it is asked for.</summary>
/// <param name="Data">The samples.</param>
internal sealed record DigestedData(LoadedData Data)
{
    private readonly Lazy<string> digest = new(() => DataCatalog.Digest(Data));

    /// <summary>Their SHA-256.</summary>
    public string Sha256 => digest.Value;
}

/// <summary>One of many trainings of a command: what it is, and where its run is to be.</summary>
/// <param name="Repeat">Which one.</param>
/// <param name="Experiment">What is trained.</param>
/// <param name="Samples">Its samples.</param>
/// <param name="From">The model that it starts from; null where those are first weights.</param>
/// <param name="Directory">Where its run is to be, or is.</param>
internal sealed record PlannedRun(
    Repeat Repeat, Experiment Experiment, DigestedData Samples, Model? From, string Directory)
{
    /// <summary>Whether a run of it is at its place, to go on with.</summary>
    public bool IsUnfinished { get; init; }

    /// <summary>The training, or every fault.</summary>
    public Attempt<Trainer> Trainer() =>
        Functional.Trainer.Of(Experiment, Samples.Data.Data, test: Samples.Data.Test, from: From);

    /// <summary>What is known of it before its first step.</summary>
    public RunHeader Header(Trainer trainer, int threads) =>
        RunHeader.Of(trainer, Samples.Data, threads, Samples.Sha256) with { From = StartModel.Of(From) };

    /// <summary>What is at the place that it was given: nothing, a run of it that is over, or one that can go
    /// on.</summary>
    /// <param name="trainer">The training.</param>
    /// <param name="threads">How many threads may help to evaluate a model.</param>
    /// <param name="faults">Takes why it cannot be trained there.</param>
    public (PlannedRun Run, DoneRun? Done) AtItsPlace(Trainer trainer, int threads, List<Invalid> faults)
    {
        if (RunDirectory.Fault(Directory) is not { } taken) return (this, null);
        var header = Header(trainer, threads);
        var record = RunDirectory.IsTraining(Directory) ? null
            : Attempt<JsonObject>.From(() => RunDirectory.LoadRecord(Directory)).Value;
        if (record is null) faults.Add(new(taken));
        else if (!header.Describes(record))
            faults.Add(new($"{Directory} holds a run of another experiment, or of other data; --out should be another "
                + $"directory"));
        else if (IsOver(Directory, record))
        {
            var done = Attempt<DoneRun>.From(() => Done(Directory, record, header, trainer, threads));
            faults.AddRange(done.Faults);
            return (this, done.Value);
        }
        return (this with { IsUnfinished = true }, null);
    }

    /// <summary>The same where runs of it may be anywhere in a store. One that is damaged is said, and one that another
    /// process trains is left to it.</summary>
    public (PlannedRun Run, DoneRun? Done) In(RunStore store, Trainer trainer, int threads)
    {
        var header = Header(trainer, threads);
        var runs = store.OfTraining(header).ToArray();
        foreach (var (run, state) in runs)
        {
            if (state is not (RunReport.Finished or Diverged)) continue;
            var done = Attempt<DoneRun>.From(() =>
                Done(run, RunDirectory.LoadReport(run), header, trainer, threads));
            if (done.Succeeded) return (this, done.Value);
            Terminal.Notes(done.Faults.Select(fault => fault.Phrase));
        }
        foreach (var (run, state) in runs)
            if (state is RunReport.Unfinished or RunReport.Interrupted && !RunDirectory.IsTraining(run))
                return (this with { Directory = run, IsUnfinished = true }, null);
        return (this, null);
    }

    /// <summary>Takes its place: a new run, or the one that goes on.</summary>
    /// <param name="trainer">The training, where it is new.</param>
    /// <param name="often">How often it is kept.</param>
    /// <param name="threads">How many threads help.</param>
    /// <exception cref="InvalidInputException">It cannot be written there.</exception>
    public (RunRecording Recording, Trainer Trainer, Epoch? After) Begin(
        Func<Trainer> trainer, Checkpointing often, int threads)
    {
        if (IsUnfinished && Resumption.Open(Directory, null, often, threads, isAnew: true) is { } resumed)
        {
            Terminal.Notes(resumed.Remarks);
            return (resumed.Recording, resumed.Trainer, resumed.After);
        }
        var begun = trainer();
        return (RunRecording.Begin(Directory, begun, Header(begun, threads), often, From), begun, null);
    }

    private const string Diverged = "diverged";

    // One whose history a full disk cut short is not: whoever goes on completes it.
    private static bool IsOver(string run, JsonObject report) => report["outcome"] is JsonObject
        || RunReport.Is(report, RunReport.Finished) && MetricsFile.Read(run).Count >= (int)report["epochs"]!;

    private DoneRun Done(string run, JsonObject report, RunHeader header, Trainer trainer, int threads)
    {
        string full = Path.GetFullPath(run);
        if (report["outcome"] is JsonObject diverged)
            return new(
                Repeat, full,
                new Outcome.Diverged((long)diverged["diverged_at_step"]!, JsonNumber.Read(diverged["loss"])), null,
                (int)report["epochs"]!)
            { WasThere = true };
        var found = RunReport.Again(run, header, trainer, threads);
        return new(Repeat, full, found.Results.Outcome, found.Results, found.History.Count) { WasThere = true };
    }
}

/// <summary>One of many trainings that is over.</summary>
/// <param name="Repeat">Which one.</param>
/// <param name="Directory">Its run.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Results">What came out; none where it diverged in an earlier run.</param>
/// <param name="Epochs">How many it had.</param>
internal sealed record DoneRun(
    Repeat Repeat, string Directory, Outcome Outcome, TrainingResults? Results, int Epochs)
{
    /// <summary>Whether it was run before, and not again.</summary>
    public bool WasThere { get; init; }

    /// <summary>Whether its numbers count in a mean.</summary>
    public bool Counts => Repetition.Counts(Outcome) && Results is not null;
}
