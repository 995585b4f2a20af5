using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;

namespace Functional.Core.Differentiation;

/// <summary>First derivatives of a batch's loss.</summary>
public static class FirstOrder
{
    extension<T>(Network<T> network) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>The loss of a batch, its gradient, and its derivative by the inputs (samples x inputs).</summary>
        /// <param name="loss">What is differentiated; a penalty on the weights is not part of it.</param>
        /// <param name="samples">The batch.</param>
        /// <param name="mode">Inference unless said otherwise.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        public (T Value, Gradient<T> Gradient, Matrix<T> ToInputs) LossGradient(
            Loss loss, Samples<T> samples, Mode mode = default, int threads = 0)
        {
            ArgumentNullException.ThrowIfNull(loss);
            ArgumentNullException.ThrowIfNull(samples);
            var (output, tape) = network.Forward(samples.Inputs, mode, threads);
            var (value, delta) = loss.ValueAndDelta(output, samples.Targets, samples.Weights);
            var (gradient, toInputs) = network.Backward(tape, delta, threads);
            return (value, gradient, toInputs);
        }

        /// <summary>The gradient of each sample's own loss, a row each: its loss as a batch of one,
        /// without the others. Not for layers that look at the whole batch (batch norm in training), which
        /// have no such thing.</summary>
        public Matrix<T> PerSampleGradients(Loss loss, Samples<T> samples, Mode mode = default)
        {
            ArgumentNullException.ThrowIfNull(samples);
            int rows = samples.Inputs.Rows, columns = network.Parameters.Length;
            TableSize.Require("a table of gradients", rows, columns);
            if (mode.IsTraining && rows > 1 && network.Running.Length > 0)
                throw new ArgumentException("batch norm in training makes every sample depend on its batch; per-sample "
                    + "gradients should be taken in inference");
            var cells = new T[rows * columns];
            for (int row = 0; row < rows; row++)
                network.LossGradient(loss, samples.Select([row]), mode).Gradient.Direction.Span
                    .CopyTo(cells.AsSpan(row * columns));
            return new(rows, columns, Vec<T>.Freeze(cells));
        }
    }
}
