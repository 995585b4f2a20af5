using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Passes;
using Functional.Core.Randomness;

namespace Functional.Core.Differentiation;

/// <summary>
/// Second derivatives of a batch's loss by the parameters. Products with the Hessian H are exact: backward, differentiated along the direction
/// (Pearlmutter, 1994), at the cost of two to three gradients; no H is ever stored for them.
/// </summary>
/// <remarks>At kinks (ReLU at zero, absolute errors of zero) second derivatives are taken as zero; where everything is made of straight lines so is H's
/// part through them.</remarks>
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
        public Gradient<T> HessianProduct(Loss loss, Samples<T> samples, Gradient<T> along, Mode mode = default, int threads = 0)
        {
            Tangents.Require(network, along);
            using var curved = Curved<T>.Of(network, loss, samples, mode, threads);
            return new(curved.Hessian(along.Direction.Span));
        }

        /// <summary>J' L J v, with L the loss's second derivative by the outputs: H without the curvature of the network itself. Positive semidefinite where
        /// the loss is convex in the outputs. (Schraudolph, 2002)</summary>
        public Gradient<T> GaussNewtonProduct(Loss loss, Samples<T> samples, Gradient<T> along, Mode mode = default, int threads = 0)
        {
            Tangents.Require(network, along);
            using var curved = Curved<T>.Of(network, loss, samples, mode, threads);
            return new(curved.GaussNewton(along.Direction.Span, samples.Targets));
        }

        /// <summary>F v, with F the Fisher information of the distribution that the outputs mean: what <see cref="GaussNewtonProduct"/> is when the targets are those
        /// that the network itself expects. For losses that are minus the logarithm of a probability; the two are equal for softmax cross-entropy.</summary>
        /// <exception cref="ArgumentException">The loss means no distribution.</exception>
        public Gradient<T> FisherProduct(Loss loss, Samples<T> samples, Gradient<T> along, Mode mode = default, int threads = 0)
        {
            Tangents.Require(network, along);
            ArgumentNullException.ThrowIfNull(loss);
            if (!loss.IsLikelihood) throw new ArgumentException($"{Loss.Kinds.NameOf(loss)} is not minus the logarithm of a probability, so there is no Fisher information; the Gauss-Newton product exists");
            using var curved = Curved<T>.Of(network, loss, samples, mode, threads);
            var expected = samples.Targets.Cells.Span.ToArray();
            loss.Expect(curved.Output.Cells.Span, curved.Output.Rows, expected);
            return new(curved.GaussNewton(along.Direction.Span, new(samples.Targets.Rows, samples.Targets.Columns, Vec<T>.Freeze(expected))));
        }

        /// <summary>H itself, parameters x parameters, column by column; for small networks.</summary>
        public Matrix<T> Hessian(Loss loss, Samples<T> samples, Mode mode = default)
        {
            int count = network.Parameters.Length;
            Tables.Require("a Hessian", count, count);
            using var curved = Curved<T>.Of(network, loss, samples, mode);
            var cells = new T[count * count];
            var unit = new T[count];
            for (int column = 0; column < count; column++)
            {
                unit[column] = T.One;
                var product = curved.Hessian(unit).Span;
                for (int row = 0; row < count; row++) cells[row * count + column] = product[row];
                unit[column] = T.Zero;
            }
            return new(count, count, Vec<T>.Freeze(cells));
        }

        /// <summary>The diagonal of H: a product for each parameter; exact, for small networks.</summary>
        public Vec<T> HessianDiagonal(Loss loss, Samples<T> samples, Mode mode = default)
        {
            using var curved = Curved<T>.Of(network, loss, samples, mode);
            var unit = new T[network.Parameters.Length];
            var diagonal = new T[unit.Length];
            for (int i = 0; i < unit.Length; i++)
            {
                unit[i] = T.One;
                diagonal[i] = curved.Hessian(unit).Span[i];
                unit[i] = T.Zero;
            }
            return Vec<T>.Freeze(diagonal);
        }

        /// <summary>The trace of H: the sum of its eigenvalues, exact, for small networks.</summary>
        public T HessianTrace(Loss loss, Samples<T> samples, Mode mode = default) => Reduce.Sum(network.HessianDiagonal(loss, samples, mode).Span);

        /// <summary>The trace of H estimated for large networks: the mean of v' H v over random signs v, which has the trace as its expectation. (Hutchinson, 1990)</summary>
        /// <param name="loss">What is differentiated.</param>
        /// <param name="samples">The batch.</param>
        /// <param name="key">The source of the signs.</param>
        /// <param name="probes">How many v, at least 2.</param>
        /// <param name="mode">Inference unless said otherwise.</param>
        /// <returns>The estimate, and the standard error of it.</returns>
        public (double Trace, double StandardError) HessianTrace(Loss loss, Samples<T> samples, Key key, int probes, Mode mode = default)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(probes, 2);
            using var curved = Curved<T>.Of(network, loss, samples, mode);
            var found = new double[probes];
            for (int probe = 0; probe < probes; probe++)
            {
                var signs = Draw.Integers(key.At((uint)probe), network.Parameters.Length, 2).Span.ToArray().Select(bit => T.CreateChecked(2 * bit - 1)).ToArray();
                found[probe] = double.CreateChecked(Reduce.Dot<T>(signs, curved.Hessian(signs).Span));
            }
            double mean = Reduce.Sum<double>(found) / probes, spread = Reduce.Sum<double>(found.Select(value => (value - mean) * (value - mean)).ToArray());
            return (mean, Math.Sqrt(spread / (probes - 1) / probes));
        }
    }

    /// <summary>The loss of a batch around a network.</summary>
    private sealed class Curved<T>(Expansion<T> expansion, Loss loss, Samples<T> samples, Matrix<T> delta) : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Matrix<T> Output => expansion.Output;

        public static Curved<T> Of(Network<T> network, Loss loss, Samples<T> samples, Mode mode, int threads = 0)
        {
            ArgumentNullException.ThrowIfNull(loss);
            ArgumentNullException.ThrowIfNull(samples);
            var expansion = new Expansion<T>(network, samples.Inputs, mode, threads);
            return new(expansion, loss, samples, loss.ValueAndDelta(expansion.Output, samples.Targets, samples.Weights).Delta);
        }

        public Vec<T> Hessian(ReadOnlySpan<T> along) => expansion.Bend(along, [], delta.Cells.Span, Bent(along, samples.Targets));

        public Vec<T> GaussNewton(ReadOnlySpan<T> along, Matrix<T> targets) =>
            expansion.Back(new(Output.Rows, Output.Columns, Vec<T>.Freeze(Bent(along, targets)))).Gradient.Direction;

        public void Dispose() => expansion.Dispose();

        private T[] Bent(ReadOnlySpan<T> along, Matrix<T> targets)
        {
            var bent = new T[Output.Cells.Length];
            ReadOnlySpan<T> weights = samples.Weights is null ? [] : samples.Weights.Span;
            loss.EvaluateBend(Output.Cells.Span, targets.Cells.Span, weights, expansion.Move(along, []), Output.Rows, bent);
            return bent;
        }
    }
}
