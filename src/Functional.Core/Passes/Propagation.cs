using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Products;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Passes;

/// <summary>The pure passes through a network. (Rumelhart, Hinton and Williams, 1986)</summary>
public static class Propagation
{
    // Fewer for a wide network: bounds the memory of a prediction; a row's result does not depend on it.
    private const int RowsAtOnce = 256;

    extension<T>(Network<T> network) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>The network's outputs, a row for each row of <paramref name="inputs"/> and depending
        /// on that row alone.</summary>
        /// <param name="inputs">Samples x inputs.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        public Matrix<T> Predict(Matrix<T> inputs, int threads = 0)
        {
            Require(network, inputs);
            var stage = network.Stage;
            var outputs = new T[inputs.Rows * stage.Outputs];
            int helpers = Workers.Count(threads), most = Math.Min(RowsAtOnce, stage.MostRows),
                parts = (inputs.Rows + most - 1) / most;
            bool isShared = parts >= helpers;
            if (isShared) parts = Math.Min(MatMul.RoundUp(parts, helpers), inputs.Rows); // as many for each
            var predicting = new Predicting<T>(network, inputs, outputs, isShared ? 1 : helpers);
            Workers.Share(ref predicting, parts, isShared ? helpers : 1);
            return new(inputs.Rows, stage.Outputs, Vec<T>.Freeze(outputs));
        }

        /// <summary>The outputs of one sample, the same bits as among others; allocates nothing.</summary>
        internal void Predict(ReadOnlySpan<T> input, Span<T> output)
        {
            var stage = network.Stage;
            var pass = new Pass(Mode.Inference, stage.Frame(1), 0, 1);
            var room = ThreadCache<T>.Take(pass.Frame.Tape);
            network.Forward(pass, input, new(output, room.Span[..pass.Frame.Tape]));
            ThreadCache<T>.Return(room);
        }

        /// <summary>The outputs, and the tape that <c>Backward</c> reads.</summary>
        /// <param name="inputs">Samples x inputs.</param>
        /// <param name="mode">Inference unless said otherwise.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        public (Matrix<T> Output, Tape<T> Tape) Forward(Matrix<T> inputs, Mode mode = default, int threads = 0) =>
            network.Forward(inputs, firstRow: 0, mode, threads);

        /// <summary>The same of samples that stand in their batch from a row on.</summary>
        internal (Matrix<T> Output, Tape<T> Tape) Forward(Matrix<T> inputs, int firstRow, Mode mode, int threads)
        {
            Require(network, inputs);
            var stage = network.Stage;
            if (inputs.Rows > stage.MostRows)
                throw new ArgumentException(
                    $"forward got {inputs.Rows} rows; for this network it should get at most {stage.MostRows}");
            var pass = new Pass(mode, stage.Frame(inputs.Rows), firstRow, Workers.Count(threads));
            var (outputs, kept) = (new T[inputs.Rows * stage.Outputs], new T[pass.Frame.Tape]);
            T[] running = mode.IsTraining ? network.Running.Span.ToArray() : [];
            network.Forward(pass, inputs.Cells.Span, new(outputs, kept, running));
            var output = new Matrix<T>(inputs.Rows, stage.Outputs, Vec<T>.Freeze(outputs));
            return (output, new(
                mode, inputs, output, mode.IsTraining ? Vec<T>.Freeze(running) : network.Running,
                Vec<T>.Freeze(kept), firstRow));
        }

        /// <summary>From the loss's derivative by every output to that by every parameter and every input.</summary>
        /// <param name="tape">Of the forward pass.</param>
        /// <param name="fromOutputs">Samples x outputs.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        /// <returns>The gradient, and the derivative by the inputs (samples x inputs), which makes a network a
        /// block of a larger one.</returns>
        public (Gradient<T> Gradient, Matrix<T> ToInputs) Backward(Tape<T> tape, Matrix<T> fromOutputs, int threads = 0)
        {
            ArgumentNullException.ThrowIfNull(tape);
            ArgumentNullException.ThrowIfNull(fromOutputs);
            var stage = network.Stage;
            int rows = tape.Inputs.Rows;
            if (fromOutputs.Rows != rows || fromOutputs.Columns != stage.Outputs)
                throw new ArgumentException($"backward wants {rows} x {stage.Outputs} derivatives, not "
                    + $"{fromOutputs.Rows} x {fromOutputs.Columns}");
            var pass = network.PassOf(tape, threads);
            var (gradient, toInputs) = (new T[stage.Parameters], new T[rows * stage.Inputs]);
            stage.Backward(
                pass, network.PointOf(tape), new(fromOutputs.Cells.Span.ToArray(), toInputs, gradient),
                new T[pass.Frame.Scratch]);
            return (new(Vec<T>.Freeze(gradient)), new(rows, stage.Inputs, Vec<T>.Freeze(toInputs)));
        }

        /// <summary>The pass that left a tape.</summary>
        internal Pass PassOf(Tape<T> tape, int threads) =>
            new(tape.Mode, network.Stage.Frame(tape.Inputs.Rows), tape.FirstRow, Workers.Count(threads));

        /// <summary>Where that pass ended.</summary>
        internal Point<T> PointOf(Tape<T> tape) => new(
            network.Parameters.Span, network.Running.Span, tape.Inputs.Cells.Span, tape.Output.Cells.Span,
            tape.Kept.Span);

        private void Forward(in Pass pass, ReadOnlySpan<T> input, in Into<T> into) =>
            network.Stage.Forward(
                pass, new(network.Parameters.Span, network.Running.Span, input, into.Output, into.Tape), into);
    }

    /// <summary>The outputs of some rows a part. Either threads share the parts, or so few parts have their
    /// products shared among threads.</summary>
    private readonly ref struct Predicting<T>(Network<T> network, Matrix<T> inputs, Span<T> outputs, int threads)
        : IParts where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Span<T> outputs = outputs;

        public void Run(int part, int parts)
        {
            var stage = network.Stage;
            var (first, rows) = RowParts.Of(inputs.Rows, part, parts);
            var pass = new Pass(Mode.Inference, stage.Frame(rows), first, threads);
            var room = ThreadCache<T>.Take(pass.Frame.Tape);
            network.Forward(
                pass, inputs.Cells.Span.Slice(first * stage.Inputs, rows * stage.Inputs),
                new(outputs.Slice(first * stage.Outputs, rows * stage.Outputs), room.Span[..pass.Frame.Tape]));
            ThreadCache<T>.Return(room);
        }
    }

    private static void Require<T>(Network<T> network, Matrix<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Columns != network.Architecture.Inputs)
            throw new ArgumentException(
                $"a network of {network.Architecture.Inputs} inputs got samples of {inputs.Columns} numbers");
        if ((long)inputs.Rows * network.Architecture.Outputs > Array.MaxLength)
            throw new ArgumentException($"{inputs.Rows} rows of {network.Architecture.Outputs} outputs are more than "
                + $"{Array.MaxLength} numbers");
    }
}
