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

/// <summary>One step in parts that stand alone: the gradient of each shard, their sum along the tree, and the update;
/// where an optimizer takes two gradients, the network that it ascends to and the gradients there, before the update.
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

        /// <summary>The network at which the gradients of all shards are to be taken a second time, for the same
        /// step: where <see cref="Sam"/> ascends to.</summary>
        /// <param name="state">Where training stands.</param>
        /// <param name="batch">The sum of all shards, at the state's network.</param>
        /// <returns>Null where one gradient is enough: for other optimizers, and where training has
        /// diverged.</returns>
        public Network<T>? Ascent<T>(TrainState<T> state, ShardGradient<T> batch)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(state);
            ArgumentNullException.ThrowIfNull(batch);
            if (!learner.Optimizer.Ascends || !T.IsFinite(batch.Loss) || state.Outcome is Outcome.Diverged) return null;
            T[] there = batch.Gradient.Direction.Span.ToArray();
            learner.Optimizer.Ascend<T>(state.Network.Parameters.Span, there);
            return state.Network.With(Vec<T>.Freeze(there));
        }

        /// <summary>The state after a step, from what all shards of its batch gave: penalty,
        /// optimizer, running values.</summary>
        /// <param name="state">Where training stands; a diverged state stays as it is.</param>
        /// <param name="batch">The sum of all shards.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        public TrainState<T> Update<T>(TrainState<T> state, ShardGradient<T> batch, int threads = 0)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            learner.Update(state, batch, null, threads);

        /// <summary>The same for any optimizer: loss and running values are those of the state's network, the gradient
        /// is that at the network of <c>Ascent</c>, where there is one.</summary>
        /// <param name="state">Where training stands; a diverged state stays as it is.</param>
        /// <param name="batch">The sum of all shards, at the state's network.</param>
        /// <param name="there">The sum of all shards at the network of <c>Ascent</c>; null where that is null.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        /// <exception cref="ArgumentException">There is one gradient, and there should be two, or the other way
        /// round.</exception>
        public TrainState<T> Update<T>(
            TrainState<T> state, ShardGradient<T> batch, ShardGradient<T>? there, int threads = 0)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(state);
            ArgumentNullException.ThrowIfNull(batch);
            foreach (var given in (ShardGradient<T>?[])[batch, there])
                if (given is { Shards: < 1 and var shards })
                    throw new ArgumentException(
                        $"a batch of {shards} shards with rows was given; it should have at least 1");
            if (state.Outcome is Outcome.Diverged) return state;
            bool isWanted = learner.Optimizer.Ascends && T.IsFinite(batch.Loss);
            if (isWanted != there is not null)
                throw new ArgumentException(isWanted
                    ? "one gradient was given; this optimizer should have a second one, at the network of Ascent"
                    : "two gradients were given; there should be one, since Ascent leads nowhere");
            var fold = new FoldState<T>(learner, state, Workers.Count(threads));
            var sum = Read(batch);
            fold.Update(sum, there is null ? sum : Read(there));
            return fold.Freeze();

            ShardSum<T> Read(ShardGradient<T> given)
            {
                var sum = new ShardSum<T>(state.Network.Parameters.Length, state.Network.Running.Length);
                sum.Set(given);
                return sum;
            }
        }
    }
}
