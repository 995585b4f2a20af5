using System.Numerics;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Numbers;

namespace Functional.Core.Curvature;

/// <summary>The curvature of a network's loss over samples, as operators on the space of its parameters.</summary>
/// <remarks>Samples are cut into chunks of at most 1024 rows where there are more, whose products are added along the
/// tree of numeric law 5 (<see cref="Linearization{T}.Sum"/>). At kinks (ReLU at zero) second derivatives are taken as
/// zero; a penalty on the weights is not part of the loss.</remarks>
public static class LossCurvature
{
    private const int RowsOfChunk = 1024;

    extension<T>(Network<T> network) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>H, the second derivative of the loss by the parameters. (Pearlmutter, 1994)</summary>
        /// <param name="loss">What is differentiated.</param>
        /// <param name="samples">The mean is over these.</param>
        /// <param name="mode">Inference unless said otherwise.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The results are the same.</param>
        public LinearOperator<T> Hessian(Loss loss, Samples<T> samples, Mode mode = default, int threads = 0) =>
            new LossOperator<T>(network, loss, samples, static (at, along) => at.HessianProducts(along), mode, threads);

        /// <summary>J' L J, with L the loss's second derivative by the outputs. (Schraudolph, 2002)</summary>
        public LinearOperator<T> GaussNewton(Loss loss, Samples<T> samples, Mode mode = default, int threads = 0) =>
            new LossOperator<T>(network, loss, samples, static (at, along) => at.GaussNewtonProducts(along), mode,
                threads);

        /// <summary>F, the Fisher information of the distribution that the outputs mean.</summary>
        /// <exception cref="ArgumentException">When it is applied: the loss means no distribution.</exception>
        public LinearOperator<T> Fisher(Loss loss, Samples<T> samples, Mode mode = default, int threads = 0) =>
            new LossOperator<T>(network, loss, samples, static (at, along) => at.FisherProducts(along), mode, threads);

        /// <summary>The blocks of an operator that belong to each layer's parameters, in their order; layers without
        /// parameters have none.</summary>
        /// <param name="curvature">An operator on the network's parameters.</param>
        public IReadOnlyList<LinearOperator<T>> LayerBlocks(LinearOperator<T> curvature)
        {
            ArgumentNullException.ThrowIfNull(network);
            ArgumentNullException.ThrowIfNull(curvature);
            if (curvature.Size != network.Parameters.Length)
                throw new ArgumentException(
                    $"the operator has {curvature.Size} dimensions; it should have {network.Parameters.Length}",
                        nameof(curvature));
            var blocks = new List<LinearOperator<T>>();
            int first = 0, inputs = network.Architecture.Inputs;
            foreach (var layer in network.Architecture.Layers)
            {
                int count = (int)layer.Parameters(inputs);
                if (count > 0) blocks.Add(curvature.Block(first, count));
                (first, inputs) = (first + count, layer.Outputs(inputs));
            }
            return blocks;
        }
    }

    /// <summary>How many chunks so many rows are cut into: the least power of two that leaves at most 1024 to each, and
    /// 1024 chunks at most. It is part of the answer.</summary>
    internal static int Chunks(int rows)
    {
        int chunks = 1;
        while (chunks < 1024 && rows > (long)chunks * RowsOfChunk) chunks *= 2;
        return chunks;
    }

    private sealed class LossOperator<T>(
        Network<T> network, Loss loss, Samples<T> samples,
        Func<Linearization<T>, IReadOnlyList<Gradient<T>>, IReadOnlyList<Gradient<T>>> products, Mode mode, int threads)
        : LinearOperator<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private const long MostKept = 1 << 24; // numbers of forward passes

        private readonly int chunks = Chunks(samples.Inputs.Rows);
        private Linearization<T>? one;
        private readonly Linearization<T>?[] kept = new Linearization<T>?[
            samples.Inputs.Rows * network.Stage.PerRow <= MostKept ? Chunks(samples.Inputs.Rows) : 0];

        public override int Size => network.Parameters.Length;

        protected override IReadOnlyList<Vec<T>> Products(IReadOnlyList<Vec<T>> vectors)
        {
            Gradient<T>[] along = [.. vectors.Select(vector => new Gradient<T>(vector))];
            var found = chunks == 1
                ? products(one ??= new(network, loss, samples, mode, threads), along)
                : Linearization<T>.SumOf(chunks, Kept, at => products(at, along));
            return [.. found.Select(product => product.Direction)];
        }

        private Linearization<T> Kept(int chunk)
        {
            var at = Linearization<T>.Chunk(network, loss, samples, chunks, mode, threads);
            return kept.Length == 0 ? at(chunk) : kept[chunk] ??= at(chunk);
        }
    }
}
