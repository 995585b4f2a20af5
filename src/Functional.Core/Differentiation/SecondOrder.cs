using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;

namespace Functional.Core.Differentiation;

/// <summary>Second derivatives of a batch's loss by the parameters, as products with a direction and as tables.
/// What takes more than one product keeps its forward pass in a <see cref="Linearization{T}"/>.</summary>
/// <remarks>At kinks (ReLU at zero, absolute errors of zero) second derivatives are taken as zero.</remarks>
public static class SecondOrder
{
    extension<T>(Network<T> network) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>H v: how the gradient of the loss moves along a direction.</summary>
        /// <param name="loss">What is differentiated; a penalty on the weights is not part of it.</param>
        /// <param name="samples">The batch.</param>
        /// <param name="along">v.</param>
        /// <param name="mode">Inference unless said otherwise.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        public Gradient<T> HessianProduct(
            Loss loss, Samples<T> samples, Gradient<T> along, Mode mode = default, int threads = 0) =>
            new Linearization<T>(network, loss, samples, mode, threads).HessianProduct(along);

        /// <summary>J' L J v, with L the loss's second derivative by the outputs: H without the curvature
        /// of the network itself. Positive semidefinite where the loss is convex in the outputs.
        /// (Schraudolph, 2002)</summary>
        public Gradient<T> GaussNewtonProduct(
            Loss loss, Samples<T> samples, Gradient<T> along, Mode mode = default, int threads = 0) =>
            new Linearization<T>(network, loss, samples, mode, threads).GaussNewtonProduct(along);

        /// <summary>F v, with F the Fisher information of the distribution that the outputs mean.</summary>
        /// <exception cref="ArgumentException">The loss means no distribution.</exception>
        public Gradient<T> FisherProduct(
            Loss loss, Samples<T> samples, Gradient<T> along, Mode mode = default, int threads = 0) =>
            new Linearization<T>(network, loss, samples, mode, threads).FisherProduct(along);

        /// <summary>The diagonal of H: a product for each parameter; exact, for small networks.</summary>
        public Vec<T> HessianDiagonal(Loss loss, Samples<T> samples, Mode mode = default)
        {
            var at = new Linearization<T>(network, loss, samples, mode);
            var diagonal = new T[network.Parameters.Length];
            for (int i = 0; i < diagonal.Length; i++)
                diagonal[i] = at.HessianProduct(Axis<T>(i, diagonal.Length)).Direction[i];
            return Vec<T>.Freeze(diagonal);
        }

        /// <summary>The trace of H: the sum of its eigenvalues, exact, for small networks.</summary>
        public T HessianTrace(Loss loss, Samples<T> samples, Mode mode = default) =>
            Reduce.Sum(network.HessianDiagonal(loss, samples, mode).Span);

        /// <summary>The trace of H estimated for large networks: the mean of v' H v over random signs v, which has
        /// the trace as its expectation. (Hutchinson, 1990)</summary>
        /// <param name="loss">What is differentiated.</param>
        /// <param name="samples">The batch.</param>
        /// <param name="key">The source of the signs.</param>
        /// <param name="probes">How many v, at least 2.</param>
        /// <param name="mode">Inference unless said otherwise.</param>
        /// <returns>The estimate, and the standard error of it.</returns>
        public (double Trace, double StandardError) HessianTrace(
            Loss loss, Samples<T> samples, Key key, int probes, Mode mode = default)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(probes, 2);
            var at = new Linearization<T>(network, loss, samples, mode);
            var found = new double[probes];
            for (int probe = 0; probe < probes; probe++)
            {
                var signs = Signs<T>(key.At((uint)probe), network.Parameters.Length);
                found[probe] = double.CreateChecked(signs.Dot(at.HessianProduct(signs)));
            }
            double mean = Reduce.Sum<double>(found) / probes;
            double spread = Reduce.Sum<double>(found.Select(value => (value - mean) * (value - mean)).ToArray());
            return (mean, Math.Sqrt(spread / (probes - 1) / probes));
        }
    }

    private static Gradient<T> Axis<T>(int parameter, int parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(Vec<T>.Create(parameters, parameter, static (cells, at) => cells[at] = T.One));

    private static Gradient<T> Signs<T>(Key key, int parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(Vec<T>.Of(
            [.. Draw.Integers(key, parameters, 2).Span.ToArray().Select(bit => T.CreateChecked(2 * bit - 1))]));
}
