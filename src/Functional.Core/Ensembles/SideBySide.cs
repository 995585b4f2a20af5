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

    /// <summary>Does jobs, a slot a thread, and shows their checkpoints as they come, then their ends. While those of
    /// one round are read, the next one is under way.</summary>
    internal static IEnumerable<(A Owner, Checkpoint<T>? Reached)> Jobs<T, A>(
        IEnumerable<Job<T, A>> jobs, LaneChoice choice, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var queue = new JobQueue<T, A>(jobs, choice);
        var slots = new List<ISlot<T, A>>();
        Task? underWay = null;
        try
        {
            for (var round = Next(); round is not null;)
            {
                underWay?.GetAwaiter().GetResult();
                var done = round;
                slots.RemoveAll(slot => slot.IsOver);
                round = done.Fault is null ? Next() : null;
                foreach (var one in done.Shown) yield return one;
                if (done.Fault is { } fault) ExceptionDispatchInfo.Throw(fault);
            }
        }
        finally
        {
            // Whoever reads may stop early: nothing is worked on any more, and what courses hold open is closed.
            ((IAsyncResult?)underWay)?.AsyncWaitHandle.WaitOne();
            foreach (var slot in slots) slot.Dispose();
        }

        Round<T, A>? Next()
        {
            if (!queue.Fill(slots, threads)) return null;
            var next = new Round<T, A>([.. slots], queue.IsMore, threads);
            // On one thread, such as in a browser, there is nobody to wait for.
            if (threads == 1) next.Run();
            else underWay = Task.Run(next.Run);
            return next;
        }
    }
}
