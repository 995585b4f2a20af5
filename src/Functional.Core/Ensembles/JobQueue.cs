using System.Numerics;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Ensembles;

/// <summary>Jobs that wait for a slot, asked for no earlier than there is room.</summary>
internal sealed class JobQueue<T, A>(IEnumerable<Job<T, A>> jobs, LaneChoice choice) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Lanes = Reduce.Lanes;

    private readonly IEnumerator<Job<T, A>> source = jobs.GetEnumerator();
    private readonly List<Job<T, A>> waiting = [];
    private bool isAtEnd;

    /// <summary>Whether there may be more jobs than have a slot.</summary>
    public bool IsMore => waiting.Count > 0 || !isAtEnd;

    /// <summary>Gives jobs to slots with room, and to new ones up to so many; false where there is nothing left to
    /// do.</summary>
    public bool Fill(List<ISlot<T, A>> slots, int most)
    {
        foreach (var slot in slots)
            while (slot.Free > 0 && Peek(0) is { } next && slot.Fits(next))
                slot.Seat(Take(0));
        while (slots.Count < most && Peek(0) is not null) Open(slots, most - slots.Count);
        return slots.Count > 0;
    }

    public void Dispose() => source.Dispose();

    // As many slots as those of the first job's shape fill, each with as many; or one for the first job alone.
    private void Open(List<ISlot<T, A>> slots, int most)
    {
        var first = Peek(0)!;
        int alike = 1;
        if (IsInLanes(first, Lanes))
            while (alike < most * Lanes && Peek(alike) is { } other && other.Shape == first.Shape) alike++;
        int groups = Math.Min(most, alike), each = (alike + groups - 1) / groups;
        if (!IsInLanes(first, each))
        {
            slots.Add(new LoneSlot<T, A>(Take(0)));
            return;
        }
        for (; groups > 0; groups--)
        {
            var group = new LaneGroup<T, A>(first.Shape, first.Learner);
            for (int share = (alike + groups - 1) / groups; share > 0; share--, alike--) group.Seat(Take(0));
            slots.Add(group);
        }
    }

    private bool IsInLanes(Job<T, A> job, int networks) => choice == LaneChoice.Always
        || choice == LaneChoice.Faster && LaneCosts.IsFaster<T>(job.Start.Network.Architecture, job.Rows, networks);

    private Job<T, A>? Peek(int place)
    {
        while (waiting.Count <= place && !isAtEnd)
            if (source.MoveNext()) waiting.Add(source.Current);
            else isAtEnd = true;
        return place < waiting.Count ? waiting[place] : null;
    }

    private Job<T, A> Take(int place)
    {
        var job = waiting[place];
        waiting.RemoveAt(place);
        return job;
    }
}
