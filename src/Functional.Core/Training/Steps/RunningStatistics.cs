using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Training;

/// <summary>
/// Running values that belong to the parameters at hand. Those of batch norm follow the network from step to step;
/// averaged parameters were at
/// none of these steps, so their statistics have to be taken anew. (Izmailov et al., 2018; PyTorch's <c>update_bn</c>)
/// </summary>
public static class RunningStatistics
{
    extension(Learner learner)
    {
        /// <summary>The network with the mean of the statistics of some batches for running values, each
        /// batch weighing as many rows as it has. A batch goes forward as in training, cut into the learner's
        /// shards and with what its layers draw at that step. Sums are chains in the order of the batches,
        /// divided at the end.</summary>
        /// <param name="network">Whose parameters.</param>
        /// <param name="batches">At least one; an epoch's, as a rule.</param>
        /// <param name="step">The step of the first batch, from 0.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        /// <returns>The network itself where it has no running values.</returns>
        public Network<T> WithStatistics<T>(
            Network<T> network, IEnumerable<Batch<T>> batches, long step = 0, int threads = 0)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(network);
            ArgumentNullException.ThrowIfNull(batches);
            if (network.Running.Length == 0) return network;
            var observer = learner with { Optimizer = Optimizer.Identity };
            var forgetful = new Network<T>(network.Architecture.WithoutMemory, network.Parameters, network.Running);
            var start = observer.Begin(forgetful);
            var fold = new FoldState<T>(
                observer, start with { Optimizer = start.Optimizer with { Step = step } }, Workers.Count(threads));
            T[] sum = new T[network.Running.Length], newest = new T[sum.Length];
            long rows = 0;
            foreach (var batch in batches)
            {
                fold.Observe(batch, newest);
                Elementwise.Zip(new MultiplyAdd<T>(T.CreateChecked(batch.Count)), newest, sum, sum);
                rows += batch.Count;
            }
            if (rows == 0) throw new ArgumentException("statistics are of 0 batches; there should be at least 1");
            Elementwise.Map<Scale<T>, T>(new(T.One / T.CreateChecked(rows)), sum, sum);
            return new(network.Architecture, network.Parameters, Vec<T>.Freeze(sum));
        }
    }
}
