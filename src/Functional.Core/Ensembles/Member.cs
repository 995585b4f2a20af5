using System.Numerics;
using Functional.Core.Training;

namespace Functional.Core.Ensembles;

/// <summary>One of many trainings that are done side by side: what <c>experiment.Course</c> takes of it.</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
/// <param name="Experiment">What is trained.</param>
/// <param name="Data">From <c>Prepare</c>.</param>
public sealed record Member<T>(Experiment Experiment, Prepared<T> Data)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The checkpoint to go on from; its beginning where there is none.</summary>
    public Checkpoint<T>? From { get; init; }

    /// <summary>How often there is a checkpoint within an epoch, too.</summary>
    public Every Every { get; init; }

    /// <summary>Where training begins; the experiment's own beginning where there is none.</summary>
    public TrainState<T>? Start { get; init; }

    /// <summary>The epoch at whose end its course is cut, to go on from there another time; none where it goes to
    /// its end. Up to there it is the course of the whole experiment.</summary>
    public int? UpTo { get; init; }

    /// <summary>Its training as a job.</summary>
    internal Job<T, A> Job<A>(A owner, CancellationToken cancellation)
    {
        var start = From?.State ?? Start ?? Experiment.Begin<T>();
        return new(
            owner, Experiment.Learner, start, Math.Min(Experiment.Settings.BatchSize, Data.Parts.Train.Rows),
            fold => Course(fold, From is null ? start : Start, cancellation));
    }

    private IEnumerable<Checkpoint<T>?> Course(
        IFold<T> fold, TrainState<T>? start, CancellationToken cancellation)
    {
        foreach (var at in Experiment.Course(Data, From, Every, start, fold, threads: 1, cancellation))
        {
            yield return at;
            if (at is { IsEndOfEpoch: true } && at.Epoch >= UpTo) yield break;
        }
    }
}
