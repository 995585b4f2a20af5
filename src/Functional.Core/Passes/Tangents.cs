using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Losses;
using Functional.Core.Networks;
using Functional.Core.Numbers;

namespace Functional.Core.Passes;

/// <summary>First derivatives of a network's outputs and of its loss, as products with a vector and as tables.</summary>
/// <remarks>Where an activation or a loss has a kink, its derivative there is the one that its own page names. With J the Jacobian of all outputs of a
/// batch by all parameters, <c>Jvp</c> is J v and <c>Vjp</c> is J' u, so that &lt;u, J v&gt; = &lt;J' u, v&gt;.</remarks>
public static class Tangents
{
    extension<T>(Network<T> network) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>The outputs, and how they move as the parameters move along a direction: forward mode, J v in one pass.</summary>
        /// <param name="inputs">Samples x inputs.</param>
        /// <param name="along">How the parameters move.</param>
        /// <param name="inputsAlong">How the inputs move (samples x inputs); they stand still if nothing is given.</param>
        /// <param name="mode">Inference unless said otherwise.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        public (Matrix<T> Output, Matrix<T> Tangent) Jvp(Matrix<T> inputs, Gradient<T> along, Matrix<T>? inputsAlong = null, Mode mode = default, int threads = 0)
        {
            Require(network, along);
            if (inputsAlong is not null && (inputsAlong.Rows != inputs.Rows || inputsAlong.Columns != inputs.Columns))
                throw new ArgumentException($"inputs of {inputs.Rows} x {inputs.Columns} cannot move along {inputsAlong.Rows} x {inputsAlong.Columns} numbers");
            using var expansion = new Expansion<T>(network, inputs, mode, threads);
            var moving = expansion.Move(along.Direction.Span, inputsAlong is null ? [] : inputsAlong.Cells.Span);
            return (expansion.Output, new(expansion.Output.Rows, expansion.Output.Columns, Vec<T>.Of(moving)));
        }

        /// <summary>The outputs, and J' u: what a change of each parameter and of each input does to &lt;u, outputs&gt;; reverse mode, in one pass forward and one back.</summary>
        /// <param name="inputs">Samples x inputs.</param>
        /// <param name="fromOutputs">u: samples x outputs.</param>
        /// <param name="mode">Inference unless said otherwise.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        public (Matrix<T> Output, Gradient<T> Gradient, Matrix<T> ToInputs) Vjp(Matrix<T> inputs, Matrix<T> fromOutputs, Mode mode = default, int threads = 0)
        {
            var (output, tape) = network.Forward(inputs, mode, threads);
            var (gradient, toInputs) = network.Backward(tape, fromOutputs, threads);
            return (output, gradient, toInputs);
        }

        /// <summary>The loss of a batch, its gradient, and its derivative by the inputs (samples x inputs).</summary>
        /// <param name="loss">What is differentiated; a penalty on the weights is not part of it.</param>
        /// <param name="samples">The batch.</param>
        /// <param name="mode">Inference unless said otherwise.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        public (T Value, Gradient<T> Gradient, Matrix<T> ToInputs) LossGradient(Loss loss, Samples<T> samples, Mode mode = default, int threads = 0)
        {
            ArgumentNullException.ThrowIfNull(loss);
            ArgumentNullException.ThrowIfNull(samples);
            var (output, tape) = network.Forward(samples.Inputs, mode, threads);
            var (value, delta) = loss.ValueAndDelta(output, samples.Targets, samples.Weights);
            var (gradient, toInputs) = network.Backward(tape, delta, threads);
            return (value, gradient, toInputs);
        }

        /// <summary>J: a row for each output of each sample (sample by sample), a column for each parameter. Reverse mode where there are fewer outputs than
        /// parameters, else forward mode; for small networks.</summary>
        public Matrix<T> Jacobian(Matrix<T> inputs, Mode mode = default)
        {
            using var expansion = new Expansion<T>(network, inputs, mode);
            int rows = expansion.Output.Cells.Length, columns = network.Parameters.Length;
            Tables.Require("a Jacobian", rows, columns);
            var cells = new T[rows * columns];
            var unit = new T[Math.Min(rows, columns)];
            for (int i = 0; i < unit.Length; i++)
            {
                unit[i] = T.One;
                if (rows <= columns) expansion.Back(new(expansion.Output.Rows, expansion.Output.Columns, Vec<T>.Of(unit))).Gradient.Direction.Span.CopyTo(cells.AsSpan(i * columns));
                else
                {
                    var moving = expansion.Move(unit, []);
                    for (int row = 0; row < rows; row++) cells[row * columns + i] = moving[row];
                }
                unit[i] = T.Zero;
            }
            return new(rows, columns, Vec<T>.Freeze(cells));
        }

        /// <summary>The gradient of each sample's own loss, a row each: its loss as a batch of one, without the others. Not for layers that look at the whole
        /// batch (batch norm in training), which have no such thing.</summary>
        public Matrix<T> PerSampleGradients(Loss loss, Samples<T> samples, Mode mode = default)
        {
            ArgumentNullException.ThrowIfNull(samples);
            int rows = samples.Inputs.Rows, columns = network.Parameters.Length;
            Tables.Require("a table of gradients", rows, columns);
            if (mode.IsTraining && rows > 1 && network.Running.Length > 0)
                throw new ArgumentException("batch norm in training makes every sample depend on its batch; per-sample gradients should be taken in inference");
            var cells = new T[rows * columns];
            for (int row = 0; row < rows; row++)
                network.LossGradient(loss, samples.Select([row]), mode).Gradient.Direction.Span.CopyTo(cells.AsSpan(row * columns));
            return new(rows, columns, Vec<T>.Freeze(cells));
        }
    }

    internal static void Require<T>(Network<T> network, Gradient<T> along) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(along);
        if (along.Direction.Length != network.Parameters.Length)
            throw new ArgumentException($"a direction of {along.Direction.Length} numbers does not fit a network of {network.Parameters.Length} parameters");
    }
}

/// <summary>Tables that are as large as two counts multiplied.</summary>
internal static class Tables
{
    private const long Most = 1 << 26;

    /// <summary>Refuses a table that would take more than half a gigabyte in double.</summary>
    public static void Require(string what, long rows, long columns)
    {
        if (rows * columns > Most) throw new ArgumentException($"{what} of {rows} x {columns} numbers is too large; it should have at most {Most}");
    }
}
