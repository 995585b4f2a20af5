using Functional.Runs;

namespace Functional;

/// <summary>A run on disk, as programs have it: trained into a directory, from which it can be opened, gone on with and
/// done again.</summary>
/// <param name="Directory">Where it is.</param>
/// <param name="Results">What came out.</param>
/// <param name="History">Epoch by epoch.</param>
public sealed record Run(string Directory, TrainingResults Results, IReadOnlyList<EpochLine> History)
{
    /// <summary>What could not be written as it was asked for, a sentence each.</summary>
    public IReadOnlyList<Phrase> Remarks { get; init; } = [];

    /// <summary>Trains an experiment on the samples that it names, and keeps it in a directory as it goes.</summary>
    /// <param name="experiment">What is trained.</param>
    /// <param name="directory">New, or empty.</param>
    /// <param name="often">How often it is kept, to go on after a crash; every ten seconds unless given.</param>
    /// <param name="progress">Hears of each epoch, whole or under way.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="cancellation">Ends training after the step at hand; <see cref="Resume"/> goes on from
    /// there.</param>
    /// <exception cref="InvalidInputException">The data have faults, or the directory cannot be written.</exception>
    public static Run Train(
        Experiment experiment, string directory, Checkpointing? often = null, IProgress<Epoch>? progress = null,
        int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var data = experiment.Load();
        var trainer = Trainer.Of(experiment, data.Data, test: data.Test).OrThrow();
        using var recording = RunRecording.Begin(
            directory, trainer, RunHeader.Of(trainer, data, threads), often ?? Checkpointing.Usual);
        return Trained(trainer, recording, null, 0, progress, threads, cancellation);
    }

    /// <summary>Goes on with a run that was interrupted or killed, from its last checkpoint, as though it had never
    /// stopped; or further than it was to go.</summary>
    /// <param name="directory">The run's.</param>
    /// <param name="epochs">How many epochs it is to have in all; as many as its experiment says unless given.</param>
    /// <param name="often">How often it is kept; every ten seconds unless given.</param>
    /// <param name="progress">Hears of each epoch, whole or under way.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="cancellation">Ends training after the step at hand.</param>
    /// <returns>The run at its end; as it was, where there was nothing to go on with.</returns>
    /// <exception cref="InvalidInputException">It cannot go on.</exception>
    public static Run Resume(
        string directory, int? epochs = null, Checkpointing? often = null, IProgress<Epoch>? progress = null,
        int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (Resumption.Open(directory, epochs, often ?? Checkpointing.Usual, threads) is not { } resumed)
            return Open(directory, threads);
        using var recording = resumed.Recording;
        var run = Trained(
            resumed.Trainer, recording, resumed.After, resumed.CurvatureEvery, progress, threads, cancellation);
        return run with { Remarks = [.. resumed.Remarks, .. run.Remarks] };
    }

    /// <summary>Opens a run whose training has ended.</summary>
    /// <param name="directory">The run's, or its run.json.</param>
    /// <param name="threads">How many threads may help to evaluate it; 0 for all processors.</param>
    /// <exception cref="InvalidInputException">It is not there, unfinished, or not what its run.json says.</exception>
    public static Run Open(string directory, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var opened = OpenedRun.Read(directory);
        return new(
            Path.GetFullPath(opened.Directory), opened.Trainer.Results(opened.Model, opened.Outcome, threads),
            MetricsFile.Read(opened.Directory));
    }

    /// <summary>Whether the run comes out the same when it is done again: data, every epoch, its end, to the last
    /// bit.</summary>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public bool IsReproduced(int threads = 0)
    {
        var recorded = RecordedTraining.ReadAsItIs(Directory, RunDirectory.LoadRecord(Directory));
        return Reproduction.Of(
            Directory, recorded, recorded.Again(threads), isQuick: false, threads).First is null;
    }

    private static Run Trained(
        Trainer trainer, RunRecording recording, Epoch? after, int curvatureEvery, IProgress<Epoch>? progress,
        int threads, CancellationToken cancellation)
    {
        var (last, remarks) = (after, new List<Phrase>());
        foreach (var epoch in trainer.Epochs(threads, after, curvatureEvery, recording.Every, cancellation))
        {
            if (recording.Add(epoch) is { } unwritten) remarks.Add(unwritten);
            progress?.Report(epoch);
            last = epoch;
        }
        var results = trainer.Results(
            last?.Kept ?? trainer.Untrained, trainer.OutcomeAfter(last, cancellation), threads);
        var (report, saved) = recording.Finish(results, last);
        return new(saved.Directory, results, report.History) { Remarks = [.. remarks, .. saved.Remarks] };
    }
}
