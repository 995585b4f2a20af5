using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers.Threads;
using Functional.Core.Training;

namespace Functional.Core.Ensembles;

/// <summary>Many trainings as one value: member i is learner i at state i. Whatever is done to it is done to each member
/// as though it were alone, to the bit; networks of one shape go side by side in the lanes of one step.</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
/// <param name="Learners">How each member learns.</param>
/// <param name="States">Where each stands.</param>
public sealed record Ensemble<T>(Items<Learner> Learners, Items<TrainState<T>> States)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Members before their first step.</summary>
    /// <param name="members">A learner and a network each.</param>
    public static Ensemble<T> Begin(IEnumerable<(Learner Learner, Network<T> Network)> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var all = members.ToArray();
        return new(
            [.. all.Select(member => member.Learner)],
            [.. all.Select(member => member.Learner.Begin(member.Network))]);
    }

    /// <summary>How many members there are.</summary>
    public int Count => States.Count;

    /// <summary>Where a member stands.</summary>
    public TrainState<T> this[int member] => States[member];

    /// <summary>One step of every member.</summary>
    /// <param name="batches">A batch for each.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public Ensemble<T> Step(IReadOnlyList<Batch<T>> batches, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(batches);
        if (batches.Count != Count)
            throw new ArgumentException($"{Count} members got {batches.Count} batches; there should be one for each");
        return Fold(member => [batches[member]], threads);
    }

    /// <summary>The members after all their batches. One that diverges stays as it is; the others go on.</summary>
    /// <param name="batches">Of a member, counted from 0: in order, read lazily, as many as it likes. They are read on
    /// several threads, those of each member on one at a time.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public Ensemble<T> Fold(Func<int, IEnumerable<Batch<T>>> batches, int threads = 0) =>
        Fold(batches, LaneChoice.Faster, threads);

    internal Ensemble<T> Fold(Func<int, IEnumerable<Batch<T>>> batches, LaneChoice choice, int threads)
    {
        ArgumentNullException.ThrowIfNull(batches);
        if (Learners.Count != Count)
            throw new ArgumentException($"{Learners.Count} learners have {Count} states; each should have one");
        var ends = States.ToArray();
        var opened = new IEnumerator<Batch<T>>?[Count];
        try
        {
            foreach (var _ in SideBySide.Jobs(Enumerable.Range(0, Count).Select(Begun), choice, Workers.Count(threads)))
            { }
        }
        finally
        {
            foreach (var own in opened) own?.Dispose();
        }
        return this with { States = [.. ends] };

        // Most batches have as many rows as the first one. They may be of a source that can be read only once.
        Job<T, int> Begun(int member)
        {
            var (learner, start) = (Learners[member], States[member]);
            if (start.Outcome is Outcome.Diverged) return new(member, learner, start, 1, _ => []);
            var own = opened[member] = batches(member).GetEnumerator();
            bool isAny = own.MoveNext();
            return new(
                member, learner, start, isAny ? own.Current.Count : 1, fold => Steps(member, fold, own, isAny));
        }

        IEnumerable<Checkpoint<T>?> Steps(int member, IFold<T> fold, IEnumerator<Batch<T>> own, bool isMore)
        {
            using (own)
            {
                fold.Begin(Learners[member], States[member]);
                for (; isMore; isMore = own.MoveNext())
                {
                    fold.Ask(own.Current, isMeasured: false);
                    yield return null;
                    if (!fold.GoesOn) break;
                }
            }
            ends[member] = fold.Freeze();
        }
    }
}
