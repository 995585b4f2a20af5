using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Passes;

/// <summary>First derivatives of a network's outputs, as products with a vector and as a table.</summary>
/// <remarks>Where an activation has a kink, its derivative there is the one that it names itself. With J the
/// Jacobian of all outputs of a batch by all parameters, <c>Jvp</c> is J v and <c>Vjp</c> is J' u, so that &lt;u, J
/// v&gt; = &lt;J' u, v&gt;.</remarks>
public static class Tangents
{
    extension<T>(Network<T> network) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>The outputs, and how they move as the parameters move along a direction: forward mode,
        /// J v in one pass.</summary>
        /// <param name="inputs">Samples x inputs.</param>
        /// <param name="along">How the parameters move.</param>
        /// <param name="inputsAlong">How the inputs move (samples x inputs); they stand still
        /// if nothing is given.</param>
        /// <param name="mode">Inference unless said otherwise.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        public (Matrix<T> Output, Matrix<T> Tangent) Jvp(
            Matrix<T> inputs, Gradient<T> along, Matrix<T>? inputsAlong = null, Mode mode = default, int threads = 0)
        {
            var (output, tape) = network.Forward(inputs, mode, threads);
            return (output, network.Jvp(tape, along, inputsAlong, threads));
        }

        /// <summary>How the outputs of a forward pass move: J v.</summary>
        /// <param name="tape">Of the forward pass.</param>
        /// <param name="along">How the parameters move.</param>
        /// <param name="inputsAlong">How the inputs move (samples x inputs); they stand still
        /// if nothing is given.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        public Matrix<T> Jvp(Tape<T> tape, Gradient<T> along, Matrix<T>? inputsAlong = null, int threads = 0)
        {
            ArgumentNullException.ThrowIfNull(tape);
            Require(network, along);
            var (inputs, output) = (tape.Inputs, tape.Output);
            if (inputsAlong is not null && (inputsAlong.Rows != inputs.Rows || inputsAlong.Columns != inputs.Columns))
                throw new ArgumentException(
                    $"inputs of {inputs.Rows} x {inputs.Columns} cannot move along {inputsAlong.Rows} x "
                        + $"{inputsAlong.Columns} numbers");
            var pass = network.PassOf(tape, threads);
            var outputTangent = new T[output.Cells.Length];
            var room = network.TangentTape(pass);
            network.Tangent(
                tape, along.Direction.Span, inputsAlong is null ? [] : inputsAlong.Cells.Span,
                new(outputTangent, room.Span[..pass.Frame.TangentTape]), pass);
            ThreadCache<T>.Return(room);
            return new(output.Rows, output.Columns, Vec<T>.Freeze(outputTangent));
        }

        /// <summary>The outputs, and J' u: what a change of each parameter and of each input does to &lt;u,
        /// outputs&gt;; reverse mode, in one pass forward and one back.</summary>
        /// <param name="inputs">Samples x inputs.</param>
        /// <param name="fromOutputs">u: samples x outputs.</param>
        /// <param name="mode">Inference unless said otherwise.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        public (Matrix<T> Output, Gradient<T> Gradient, Matrix<T> ToInputs) Vjp(
            Matrix<T> inputs, Matrix<T> fromOutputs, Mode mode = default, int threads = 0)
        {
            var (output, tape) = network.Forward(inputs, mode, threads);
            var (gradient, toInputs) = network.Backward(tape, fromOutputs, threads);
            return (output, gradient, toInputs);
        }

        /// <summary>J: a row for each output of each sample (sample by sample), a column for each
        /// parameter. Reverse mode where there are fewer outputs than parameters, else forward mode;
        /// for small networks.</summary>
        public Matrix<T> Jacobian(Matrix<T> inputs, Mode mode = default)
        {
            var (output, tape) = network.Forward(inputs, mode);
            int rows = output.Cells.Length, columns = network.Parameters.Length;
            TableSize.Require("a Jacobian", rows, columns);
            var cells = new T[rows * columns];
            var unit = new T[Math.Min(rows, columns)];
            for (int i = 0; i < unit.Length; i++)
            {
                unit[i] = T.One;
                var direction = Vec<T>.Of(unit);
                if (rows <= columns)
                    network.Backward(tape, new(output.Rows, output.Columns, direction)).Gradient.Direction.Span
                        .CopyTo(cells.AsSpan(i * columns));
                else
                {
                    var column = network.Jvp(tape, new(direction)).Cells.Span;
                    for (int row = 0; row < rows; row++) cells[row * columns + i] = column[row];
                }
                unit[i] = T.Zero;
            }
            return new(rows, columns, Vec<T>.Freeze(cells));
        }

        /// <summary>Room for the tape of a pass along a direction.</summary>
        internal Aligned<T> TangentTape(in Pass pass) => pass.Rows <= network.Stage.MostTangentRows
            ? ThreadCache<T>.Take(pass.Frame.TangentTape)
            : throw new ArgumentException(
                $"a derivative got {pass.Rows} rows; for this network it should get at most "
                    + $"{network.Stage.MostTangentRows}");

        /// <summary>How the outputs move along a direction.</summary>
        internal void Tangent(
            Tape<T> tape, ReadOnlySpan<T> along, ReadOnlySpan<T> inputsAlong, in Into<T> into, in Pass pass) =>
            network.Stage.Tangent(pass, network.PointOf(tape), new(along, inputsAlong, into.Output, into.Tape), into);
    }

    internal static void Require<T>(Network<T> network, Gradient<T> along)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(along);
        if (along.Direction.Length != network.Parameters.Length)
            throw new ArgumentException(
                $"a direction of {along.Direction.Length} numbers does not fit a network of "
                    + $"{network.Parameters.Length} parameters");
    }
}
