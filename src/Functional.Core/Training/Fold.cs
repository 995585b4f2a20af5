using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Training;

/// <summary>Training as a fold over batches.</summary>
public static class Folding
{
    extension(Learner learner)
    {
        /// <summary>The state before the first step.</summary>
        public TrainState<T> Begin<T>(Network<T> network) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            new(network, learner.Optimizer.Init(network), new Outcome.Untrained());

        /// <summary>One step. It is a fold over one batch, so the fast and the pure way cannot drift apart.</summary>
        public TrainState<T> Step<T>(TrainState<T> state, Batch<T> batch)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            learner.Fold(state, [batch]);

        /// <summary>The state after all batches: copied once at the door, worked on in place without allocating,
        /// frozen at the end. Stops at divergence, and a diverged state stays as it is.</summary>
        /// <param name="start">Where training stands.</param>
        /// <param name="batches">In order; read lazily.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        public TrainState<T> Fold<T>(TrainState<T> start, IEnumerable<Batch<T>> batches, int threads = 0)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(start);
            ArgumentNullException.ThrowIfNull(batches);
            if (start.Outcome is Outcome.Diverged) return start;
            var fold = new FoldState<T>(learner, start, Workers.Count(threads));
            foreach (var batch in batches)
                if (!fold.Step(batch))
                    break;
            return fold.Freeze();
        }

        /// <summary>The states along the way, one after every <paramref name="every"/> steps and one at the end:
        /// the last is the fold. Lazy, so whoever reads decides how far training goes.</summary>
        /// <param name="start">Where training stands.</param>
        /// <param name="batches">In order; read lazily.</param>
        /// <param name="every">Steps from one snapshot to the next, at least 1.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        public IEnumerable<Snapshot<T>> Scan<T>(
            TrainState<T> start, IEnumerable<Batch<T>> batches, int every = 1, int threads = 0)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(start);
            ArgumentNullException.ThrowIfNull(batches);
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(every);
            return Snapshots(learner, start, batches, every, threads);
        }
    }

    private static IEnumerable<Snapshot<T>> Snapshots<T>(
        Learner learner, TrainState<T> start, IEnumerable<Batch<T>> batches, int every, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (start.Outcome is Outcome.Diverged) yield break;
        var fold = new FoldState<T>(learner, start, Workers.Count(threads));
        LossSoFar seen = default;
        long sinceLast = 0;
        bool goesOn = true;
        foreach (var batch in batches)
        {
            goesOn = fold.Step(batch);
            seen = seen.And(fold.Loss, fold.Weight);
            if (++sinceLast < every && goesOn) continue;
            yield return new(fold.Freeze(), seen.Mean);
            (sinceLast, seen) = (0, default);
            if (!goesOn) yield break;
        }
        if (sinceLast > 0) yield return new(fold.Freeze(), seen.Mean);
    }
}
