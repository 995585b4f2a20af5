using Functional.Core.Training;

namespace Functional;

/// <summary>Finds a learning rate for an experiment by a range test: a short training whose rate grows from step to
/// step. (Smith, 2017) <c>RateFinder.Of(experiment).Steepest</c></summary>
public static class RateFinder
{
    /// <summary>The curve of an experiment on the samples that it names.</summary>
    /// <param name="experiment">What is to be trained. Its own rate and schedule, epochs and stopping change
    /// nothing.</param>
    /// <param name="range">The rates; a hundred from 1e-7 to 10 unless given.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="cancellation">Ends the test; there is no curve then.</param>
    /// <exception cref="InvalidInputException">The optimizer has no learning rate or several, the range is out of
    /// range, or the data have faults; the message lists all of them.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RateCurve Of(
        Experiment experiment, RateRange? range = null, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        Require(experiment, range ?? new());
        var data = experiment.Load();
        return Of(experiment, data.Data, range, null, data.Test, threads, cancellation);
    }

    /// <summary>The curve of an experiment on a program's own samples.</summary>
    /// <param name="experiment">What is to be trained.</param>
    /// <param name="data">All samples; the settings say which are learned from.</param>
    /// <param name="range">The rates; a hundred from 1e-7 to 10 unless given.</param>
    /// <param name="validation">Samples to be watched, instead of a share of all.</param>
    /// <param name="test">Samples for the end, instead of a share of all.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="cancellation">Ends the test; there is no curve then.</param>
    /// <exception cref="InvalidInputException">The optimizer has no learning rate or several, the range is out of
    /// range, or the data do not fit; the message lists all of them.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RateCurve Of(
        Experiment experiment, Dataset<double> data, RateRange? range = null, Dataset<double>? validation = null,
        Dataset<double>? test = null, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        Require(experiment, range ?? new());
        var trainer = Trainer.Of(experiment, data, validation, test).OrThrow();
        return Of(trainer, range ?? new(), threads, null, cancellation);
    }

    /// <summary>That of a trainer.</summary>
    /// <param name="trainer">What is to be trained.</param>
    /// <param name="range">Without fault.</param>
    /// <param name="threads">How many threads may help.</param>
    /// <param name="progress">Hears of the share of the steps that is done.</param>
    /// <param name="cancellation">Ends the test.</param>
    internal static RateCurve Of(
        Trainer trainer, RateRange range, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        var points = new List<RatePoint>();
        foreach (var point in trainer.RateTest(range, threads))
        {
            cancellation.ThrowIfCancellationRequested();
            points.Add(point);
            progress?.Report((double)points.Count / range.Steps);
        }
        return new(range, [.. points]);
    }

    /// <summary>What is wrong with an experiment, or with the rates, for a range test.</summary>
    internal static IEnumerable<Invalid> Faults(Experiment? experiment, RateRange range) =>
        [.. experiment?.NoRate is { } none ? new[] { none } : [], .. range.Faults()];

    private static void Require(Experiment experiment, RateRange range)
    {
        Invalid[] faults = [.. Faults(experiment, range)];
        if (faults.Length > 0) throw new InvalidInputException(faults);
    }
}
