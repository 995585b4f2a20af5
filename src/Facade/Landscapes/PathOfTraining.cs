using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Training;

namespace Functional.Landscapes;

/// <summary>The networks along a training, which is done again: an experiment has one answer.</summary>
internal static class PathOfTraining
{
    private const int MostPoints = 100;
    private const long MostNumbers = 1 << 26; // of all networks together

    /// <summary>Some hundred networks from the first weights to the last ones, evenly spread over the steps; fewer of a
    /// large network.</summary>
    /// <param name="experiment">What was trained.</param>
    /// <param name="data">Its samples.</param>
    /// <param name="kept">The network that the training kept: another one is a fault.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="progress">Hears of the share of all steps that is done.</param>
    /// <exception cref="InvalidInputException">Training gave another network than the one that was kept.</exception>
    public static IReadOnlyList<(long Step, Network<T> Network)> Of<T>(
        Experiment experiment, Prepared<T> data, Network<T> kept, int threads, IProgress<double>? progress)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long steps = (long)experiment.Settings.Epochs
            * Batches.PerEpoch(data.Parts.Train.Rows, experiment.Settings.BatchSize);
        long most = Math.Clamp(MostNumbers / Math.Max(1, experiment.Architecture.ParameterCount), 3, MostPoints);
        int every = (int)Math.Min(int.MaxValue, Math.Max(1, (steps + most - 1) / most));
        var path = new List<(long, Network<T>)> { (0, experiment.Begin<T>().Network) };
        Checkpoint<T>? last = null;
        foreach (var checkpoint in experiment.Course(
            data, every: Every.Steps(every), threads: threads))
        {
            last = checkpoint;
            progress?.Report((double)checkpoint.State.Step / steps);
            if (checkpoint.State.Step % every == 0) path.Add((checkpoint.State.Step, checkpoint.Network));
        }
        if (last is null || last.Kept != kept)
            throw new InvalidInputException(
                $"training the experiment again gave other parameters than those of the run's model");
        if (path[^1].Item1 != last.State.Step) path.Add((last.State.Step, last.Network));
        return path;
    }
}
