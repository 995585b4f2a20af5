using System.Numerics;
using Functional.Core.Numbers.Threads;
using Functional.Core.Training;

namespace Functional.Core.Ensembles;

/// <summary>A stretch of work of all slots, each on a thread: until every one has something to show. Those that have
/// go on while others have not.</summary>
internal sealed class Round<T, A>(ISlot<T, A>[] slots, bool isMore, int threads)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Most = 64; // checkpoints and ends of a slot

    private readonly List<(A Owner, Checkpoint<T>? Reached)>[] shown =
        [.. slots.Select(_ => new List<(A, Checkpoint<T>?)>())];

    private int waiting = slots.Length;

    private readonly Exception?[] faults = new Exception?[slots.Length];

    /// <summary>What a job failed with, if one did: what was reached before is there to be shown.</summary>
    public Exception? Fault => Array.Find(faults, fault => fault is not null);

    /// <summary>What the slots have to show, slot by slot.</summary>
    public IEnumerable<(A Owner, Checkpoint<T>? Reached)> Shown => shown.SelectMany(own => own);

    public void Run()
    {
        var advancing = new Advancing(this);
        Workers.Share(ref advancing, slots.Length, threads);
    }

    private bool IsEnough() => Volatile.Read(ref waiting) <= 0;

    private void Advance(int slot)
    {
        var (own, place) = (shown[slot], slots[slot]);
        try
        {
            place.Advance(isMore, own);
            Interlocked.Decrement(ref waiting);
            while (!IsEnough() && own.Count < Most && !place.IsOver && !(isMore && place.Free > 0))
                place.Advance(isMore, own, IsEnough);
        }
        catch (Exception fault)
        {
            faults[slot] = fault;
            Volatile.Write(ref waiting, 0);
        }
    }

    private readonly struct Advancing(Round<T, A> round) : IParts
    {
        public void Run(int part, int parts) => round.Advance(part);
    }
}
