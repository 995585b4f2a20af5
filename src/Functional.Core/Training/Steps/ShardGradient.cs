using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Training;

/// <summary>What one shard of a batch gives to a step; or several shards, added up.</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
/// <param name="Loss">Its share of the batch's loss, without a penalty.</param>
/// <param name="Gradient">Of that loss by the parameters.</param>
/// <param name="Running">The running values that the shards arrived at, added up.</param>
/// <param name="Shards">How many shards with rows it is of.</param>
public sealed record ShardGradient<T>(T Loss, Gradient<T> Gradient, Vec<T> Running, int Shards)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The shards of a batch in their order, added along the one tree of numeric law 5: neighbours first,
    /// then the sums of neighbours.</summary>
    /// <exception cref="ArgumentException">They are not a power of two.</exception>
    public static ShardGradient<T> Sum(IReadOnlyList<ShardGradient<T>> shards)
    {
        ArgumentNullException.ThrowIfNull(shards);
        if (shards.Count == 0 || !BitOperations.IsPow2(shards.Count))
            throw new ArgumentException($"there are {shards.Count} shards; there should be a power of two");
        var tree = ShardSum<T>.Tree(shards.Count, shards[0].Gradient.Direction.Length, shards[0].Running.Length);
        foreach (var shard in shards)
        {
            tree.Next.Set(shard);
            tree.Join();
        }
        return tree.Total.Freeze();
    }
}

/// <summary>One step in parts that stand alone: the gradient of each shard, their sum along the tree, and the update.
/// <c>Fold</c> composes the same functions in place.</summary>
public static class StepParts
{
    extension(Learner learner)
    {
        /// <summary>Forward, loss and backward of one shard of a batch: a pure function of what it is given.</summary>
        /// <param name="network">Where training stands.</param>
        /// <param name="batch">The whole batch, by whose weight the loss is divided.</param>
        /// <param name="shard">Which shard of it, from 0.</param>
        /// <param name="step">Steps done before this one: layers draw from it.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        public ShardGradient<T> ShardGradient<T>(
            Network<T> network, Batch<T> batch, int shard, long step, int threads = 0)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(network);
            ArgumentOutOfRangeException.ThrowIfNegative(shard);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shard, learner.Shards);
            var pass = new ShardPass<T>(learner, network.Stage, Workers.Count(threads));
            var sum = new ShardSum<T>(network.Parameters.Length, network.Running.Length);
            pass.Gradient(network.Parameters.Span, network.Running.Span, pass.Gather(batch), shard, step, sum);
            return sum.Freeze();
        }

        /// <summary>The state after a step, from what all shards of its batch gave: penalty,
        /// optimizer, running values.</summary>
        /// <param name="state">Where training stands; a diverged state stays as it is.</param>
        /// <param name="batch">The sum of all shards.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        public TrainState<T> Update<T>(TrainState<T> state, ShardGradient<T> batch, int threads = 0)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(state);
            ArgumentNullException.ThrowIfNull(batch);
            if (batch.Shards < 1)
                throw new ArgumentException(
                    $"a batch of {batch.Shards} shards with rows was given; it should have at least 1");
            if (state.Outcome is Outcome.Diverged) return state;
            var sum = new ShardSum<T>(state.Network.Parameters.Length, state.Network.Running.Length);
            sum.Set(batch);
            var fold = new FoldState<T>(learner, state, Workers.Count(threads));
            fold.Update(sum);
            return fold.Freeze();
        }
    }
}
