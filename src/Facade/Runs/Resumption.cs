using System.Text.Json.Nodes;
using Functional.Data;
using Functional.Formats;

namespace Functional.Runs;

/// <summary>A run that goes on: its training from the last checkpoint that is whole, as though it had never
/// stopped.</summary>
/// <param name="Recording">The run, opened to be written; it holds the right to.</param>
/// <param name="Trainer">What is trained.</param>
/// <param name="After">The epoch, whole or under way, after which training goes on; null where it begins anew.</param>
/// <param name="CurvatureEvery">After how many steps the curvature is worked out; 0 for never.</param>
internal sealed record Resumption(RunRecording Recording, Trainer Trainer, Epoch? After, int CurvatureEvery)
{
    /// <summary>What a person should know, a line each: checkpoints that could not be used, and why.</summary>
    public Items<Phrase> Remarks { get; init; } = [];

    /// <summary>Opens a run to go on with it.</summary>
    /// <param name="run">Its directory, or its run.json.</param>
    /// <param name="epochs">How many epochs it is to have in all; as many as its experiment says unless given.</param>
    /// <param name="often">How often it is kept.</param>
    /// <param name="threads">How many threads help; 0 for all processors.</param>
    /// <param name="isAnew">Whether it may begin anew, where no checkpoint can be used.</param>
    /// <param name="data">Where its data are now; where they were unless given.</param>
    /// <param name="known">Its training, where that is at hand; else its data are read.</param>
    /// <returns>Null where there is nothing to go on with: training is over.</returns>
    /// <exception cref="InvalidInputException">It cannot go on; the run is as it was.</exception>
    public static Resumption? Open(
        string run, int? epochs, Checkpointing often, int threads, bool isAnew = false,
        string? data = null, (Trainer Trainer, LoadedData Data)? known = null)
    {
        string directory = Path.GetFullPath(RunDirectory.Of(run));
        var report = RunDirectory.LoadRecord(directory);
        BagDirectory.RequireOne(run, report);
        string beside = Path.Combine(directory, CheckpointDirectory.Name);
        RunLock? held = null;
        try
        {
            Directory.CreateDirectory(beside);
            held = RunLock.Take(beside)
                ?? throw new InvalidInputException($"{run} is being trained by another process");
            report = RunDirectory.LoadRecord(directory); // it may have ended between the look and the lock
            var resumed = Opened(run, directory, report, held, epochs, often, threads, isAnew, data, known);
            if (resumed is null) held.Dispose();
            return resumed;
        }
        catch (Exception fault)
        {
            held?.Dispose();
            if (Atomically.Reason(fault) is not { } reason) throw;
            throw new InvalidInputException($"the run {run} cannot be written: {reason}", fault);
        }
    }

    private static Resumption? Opened(
        string run, string directory, JsonObject report, RunLock held, int? epochs, Checkpointing often, int threads,
        bool isAnew, string? data, (Trainer Trainer, LoadedData Data)? known)
    {
        RequireFurther(run, report, epochs);
        bool isOver = RunReport.Is(report, RunReport.Finished)
            && MetricsFile.Read(directory).Count == (int)report["epochs"]!; // else a full disk cut the history short
        if (report["outcome"] is JsonObject || isOver && (epochs ?? Epochs(report)) == Epochs(report)) return null;
        var recorded = known is var (trained, samples)
            ? new RecordedTraining(report, trained, samples, null)
            : RecordedTraining.Read(directory, report, edit: fields =>
            {
                if (epochs is not null) fields["epochs"] = epochs;
                if (data is not null) RecordedTraining.PointTo(fields, data);
            });
        recorded.RequireUnaltered(directory);
        if (recorded.IsStartMissing)
            throw new InvalidInputException(
                $"{run} started from another model, which it does not hold; it cannot go on");
        var (trainer, header) = (recorded.Trainer, recorded.Header(threads));
        var remarks = new List<Phrase>();
        var (after, seconds) = Newest(directory, trainer, header, remarks);
        bool hadMore = remarks.Count > 0 || !RunReport.IsUnfinished(report);
        if (after is null && hadMore && !isAnew)
            throw new InvalidInputException(
                [.. remarks.Select(remark => new Invalid(remark)), new($"{run} has no checkpoint that can be used; "
                    + $"functional resume {run} --anew trains it from its beginning")]);
        var history = MetricsFile.Read(directory).Take(WholeEpochs(after)).ToList();
        var recording = RunRecording.Opened(directory, held, trainer, header, often, history, after, seconds);
        return new(recording, trainer, after, recorded.CurvatureEvery) { Remarks = [.. remarks] };
    }

    // The last checkpoint that can be read, and before whose step no line of the history is missing.
    private static (Epoch? After, double Seconds) Newest(
        string directory, Trainer trainer, RunHeader header, List<Phrase> remarks)
    {
        var checkpoints = new CheckpointDirectory(Path.Combine(directory, CheckpointDirectory.Name));
        int lines = MetricsFile.Read(directory).Count;
        foreach (string file in checkpoints.Files())
            try
            {
                var (epoch, seconds) = trainer.Unpacked(CheckpointDirectory.Read(file), header.TrainingSha256);
                if (WholeEpochs(epoch) <= lines) return (epoch, seconds);
                remarks.Add($"the checkpoint {file} cannot be used: {MetricsFile.Name} has {lines} epochs, and it "
                    + $"should have {WholeEpochs(epoch)}; the one before it is tried");
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                remarks.Add(
                    $"the checkpoint {file} cannot be used: {Unreadable.Why(fault)}; the one before it is tried");
            }
        return (null, 0);
    }

    private static int WholeEpochs(Epoch? after) =>
        after is null ? 0 : after.IsWhole || after.Outcome is Core.Training.Outcome.Diverged
            ? after.Number
            : after.Number - 1;

    // Further than it was to go, and only where its first epochs would have been the same.
    private static void RequireFurther(string run, JsonObject report, int? epochs)
    {
        if (epochs is not { } wanted || wanted == Epochs(report)) return;
        if (wanted < Epochs(report))
            throw new InvalidInputException(
                $"--epochs is {wanted}; the experiment of {run} has {Epochs(report)}, and it should have at least as "
                    + $"many");
        var settings = Experiment.Origin(report["experiment"]!.ToJsonString());
        if (settings.Schedule.For(2) != settings.Schedule.For(3))
            throw new InvalidInputException($"--epochs is {wanted}; the schedule of {run} lasts as long as its "
                + $"{Epochs(report)} epochs, so a longer training would have been another one from its first step");
    }

    private static int Epochs(JsonObject report) => Experiment.Origin(report["experiment"]!.ToJsonString()).Epochs;
}
