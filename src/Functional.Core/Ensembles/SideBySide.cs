using System.Numerics;
using System.Runtime.ExceptionServices;
using Functional.Core.Numbers.Threads;
using Functional.Core.Training;

namespace Functional.Core.Ensembles;

/// <summary>Many trainings at once, each with the bits that it has alone.</summary>
public static class SideBySide
{
    /// <summary>The courses of many members: of each its checkpoints in their order, those of different members mixed.
    /// Lazy: members are asked for as places become free, so there may be any number of them.</summary>
    /// <param name="members">In the order in which they begin. Those of one shape, one after the other, share the
    /// lanes of their steps.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The results are the same.</param>
    /// <param name="cancellation">Ends every course after the step at hand, with a checkpoint there; no other
    /// begins.</param>
    /// <returns>The place of the member in the sequence, from 0, and its checkpoint.</returns>
    public static IEnumerable<(int Member, Checkpoint<T> At)> Courses<T>(
        IEnumerable<Member<T>> members, int threads = 0, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Courses(members, LaneChoice.Faster, threads, cancellation);

    internal static IEnumerable<(int Member, Checkpoint<T> At)> Courses<T>(
        IEnumerable<Member<T>> members, LaneChoice choice, int threads, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(members);
        var jobs = members.TakeWhile(_ => !cancellation.IsCancellationRequested)
            .Select((member, index) => member.Job(index, cancellation));
        return
            from shown in Jobs(jobs, choice, Workers.Count(threads))
            where shown.Reached is not null
            select (shown.Owner, shown.Reached);
    }

    /// <summary>Does jobs, a slot a thread, and shows their checkpoints as they come, then their ends.</summary>
    internal static IEnumerable<(A Owner, Checkpoint<T>? Reached)> Jobs<T, A>(
        IEnumerable<Job<T, A>> jobs, LaneChoice choice, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var queue = new JobQueue<T, A>(jobs, choice);
        var slots = new List<ISlot<T, A>>();
        try
        {
            while (queue.Fill(slots, threads))
            {
                var advancing = new Advancing<T, A>(slots, queue.IsMore);
                Workers.Share(ref advancing, slots.Count, threads);
                foreach (var shown in advancing.Shown)
                    foreach (var one in shown)
                        yield return one;
                if (Array.Find(advancing.Faults, fault => fault is not null) is { } fault)
                    ExceptionDispatchInfo.Throw(fault);
                slots.RemoveAll(slot => slot.IsOver);
            }
        }
        finally
        {
            // Whoever reads may stop early: what courses hold open is closed.
            foreach (var slot in slots) slot.Dispose();
        }
    }

    // Where a job fails, what the others have reached is shown before its exception is thrown.
    private readonly struct Advancing<T, A>(List<ISlot<T, A>> slots, bool isMore) : IParts
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public List<(A, Checkpoint<T>?)>[] Shown { get; } = [.. slots.Select(_ => new List<(A, Checkpoint<T>?)>())];

        public Exception?[] Faults { get; } = new Exception?[slots.Count];

        public void Run(int part, int parts)
        {
            try
            {
                slots[part].Advance(isMore, Shown[part]);
            }
            catch (Exception fault)
            {
                Faults[part] = fault;
            }
        }
    }
}
