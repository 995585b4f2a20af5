using System.Numerics;
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
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(members);
        return Walk(members, Workers.Count(threads), cancellation);
    }

    private static IEnumerable<(int, Checkpoint<T>)> Walk<T>(
        IEnumerable<Member<T>> members, int threads, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var waiting = members.GetEnumerator();
        var seats = new List<Seat<T>>();
        int begun = 0;
        try
        {
            while (true)
            {
                while (seats.Count < threads && !cancellation.IsCancellationRequested && waiting.MoveNext())
                    seats.Add(new(begun++, waiting.Current.Course(threads: 1, cancellation).GetEnumerator()));
                if (seats.Count == 0) yield break;
                var advancing = new Advancing<T>(seats);
                Workers.Share(ref advancing, seats.Count, threads);
                foreach (var seat in seats)
                    if (seat.Course.Current is { } reached && !seat.IsOver)
                        yield return (seat.Member, reached);
                foreach (var seat in seats.Where(seat => seat.IsOver)) seat.Course.Dispose();
                seats.RemoveAll(seat => seat.IsOver);
            }
        }
        finally
        {
            foreach (var seat in seats) seat.Course.Dispose();
        }
    }

    private sealed class Seat<T>(int member, IEnumerator<Checkpoint<T>> course)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public int Member => member;
        public IEnumerator<Checkpoint<T>> Course => course;
        public bool IsOver { get; private set; }

        public void Advance() => IsOver = !course.MoveNext();
    }

    private readonly struct Advancing<T>(List<Seat<T>> seats) : IParts
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int part, int parts) => seats[part].Advance();
    }
}
