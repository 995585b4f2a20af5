using System.Numerics;
using Functional.Core.Training;

namespace Functional.Core.Ensembles;

/// <summary>A training that is to be done beside others.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <typeparam name="A">Who it belongs to.</typeparam>
/// <param name="Owner">Whose it is.</param>
/// <param name="Learner">How it learns at first.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Rows">How many rows most of its batches have.</param>
/// <param name="Course">Its checkpoints, and null for every step, given where its network is.</param>
internal sealed record Job<T, A>(
    A Owner, Learner Learner, TrainState<T> Start, int Rows, Func<IFold<T>, IEnumerable<Checkpoint<T>?>> Course)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What it has in common with those that it can go with.</summary>
    public LaneShape Shape { get; } = LaneShape.Of(Learner, Start);
}

/// <summary>Where one thread does jobs: one by itself, or some side by side.</summary>
internal interface ISlot<T, A> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many more jobs of its shape there is room for.</summary>
    int Free { get; }

    /// <summary>Whether all its jobs are done.</summary>
    bool IsOver { get; }

    /// <summary>Whether it could take a job.</summary>
    bool Fits(Job<T, A> job);

    void Seat(Job<T, A> job);

    /// <summary>Goes on until there is something to show: checkpoints, or the ends of jobs (without one).</summary>
    /// <param name="isMore">Whether others may wait for a place that becomes free.</param>
    /// <param name="shown">What there is to show is added to it, one by one: where a job fails, what came before is
    /// there.</param>
    /// <param name="isEnough">Asked after each step: whether it may end with nothing to show; null where it may
    /// not.</param>
    void Advance(bool isMore, List<(A Owner, Checkpoint<T>? Reached)> shown, Func<bool>? isEnough = null);
}

/// <summary>One job by itself.</summary>
internal sealed class LoneSlot<T, A>(Job<T, A> job) : ISlot<T, A> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LoneFold<T> fold = new(threads: 1);
    private IEnumerator<Checkpoint<T>?>? course;

    public int Free => 0;
    public bool IsOver { get; private set; }

    public bool Fits(Job<T, A> other) => false;

    public void Seat(Job<T, A> other) => throw new InvalidOperationException("a job by itself has no room for another");

    public void Advance(bool isMore, List<(A, Checkpoint<T>?)> shown, Func<bool>? isEnough)
    {
        course ??= job.Course(fold).GetEnumerator();
        while (course.MoveNext())
            if (course.Current is { } reached)
            {
                shown.Add((job.Owner, reached));
                return;
            }
            else
            {
                fold.Step();
                if (isEnough?.Invoke() == true) return;
            }
        Dispose();
        IsOver = true;
        shown.Add((job.Owner, null));
    }

    public void Dispose() => course?.Dispose();
}
