using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers.Products;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;

namespace Functional;

/// <summary>A fully connected layer: A = phi(X W + b), W inputs x units.</summary>
/// <param name="Units">How many units, and so outputs; 1 to 2^20.</param>
/// <param name="Activation">phi; the identity if none is given.</param>
/// <param name="Bias">Whether there is a b.</param>
public sealed record Dense(int Units, Activation Activation, bool Bias = true) : Layer
{
    /// <summary>A dense layer without a non-linearity.</summary>
    public Dense(int units) : this(units, Activation.Identity) { }

    /// <summary>A layer with the activation of the first dense one among others, ReLU if there is none.</summary>
    internal static Dense Like(int units, Items<Layer> others) =>
        new(units, others.OfType<Dense>().FirstOrDefault()?.Activation ?? Activation.Relu);

    internal override int Outputs(int inputs) => Units;
    internal override long Parameters(int inputs) => (long)inputs * Units + (Bias ? Units : 0);
    internal override long Products(int inputs) => (long)inputs * Units;
    internal override Stage<T> Stage<T>(int inputs) => new DenseStage<T>(this, inputs);

    internal override IEnumerable<Slice> Layout(int inputs) =>
        Bias ? [new("weight", [inputs, Units]), new("bias", [Units])] : [new("weight", [inputs, Units])];

    /// <inheritdoc/>
    protected internal override Layer Each(Fields fields) => new Dense(
        fields.Whole("units", Units, Interval.Between(1, Widest)),
        fields.One("activation", Activation, Activation.Kinds),
        fields.Flag("bias", Bias));

    private sealed class DenseStage<T>(Dense layer, int inputs) : Stage<T>(inputs, layer.Units, (int)layer.Parameters(inputs))
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int weights = inputs * layer.Units;
        private readonly bool keepsSums = layer.Activation.NeedsZ;

        public override long Tape(int rows) => keepsSums ? (long)rows * Outputs : 0; // z, where phi' needs it

        public override void Init(Key key, Initializer initializer, Span<T> parameters, Span<T> running) =>
            initializer.Draw<T>(key, Inputs, Outputs).Span.CopyTo(parameters);

        public override void Forward(
            in Pass pass, ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, Span<T> nextRunning,
            ReadOnlySpan<T> input, Span<T> output, Span<T> tape)
        {
            var sums = keepsSums ? tape : output;
            MatMul.Multiply(input, parameters[..weights], parameters[weights..], sums, pass.Rows, Inputs, Outputs, pass.Threads, place: pass.Passed);
            layer.Activation.Apply<T>(sums, output, Outputs, pass.Threads);
        }

        public override void Backward(
            in Pass pass, ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, ReadOnlySpan<T> input, ReadOnlySpan<T> output, ReadOnlySpan<T> tape,
            Span<T> fromOutput, Span<T> toInput, Span<T> gradient, Span<T> scratch)
        {
            var delta = fromOutput;
            layer.Activation.MultiplyByDerivative(tape, output, delta, Outputs, pass.Threads);
            MatMul.MultiplyLeftTransposed(input, delta, gradient[..weights], Inputs, pass.Rows, Outputs, pass.Threads);
            if (layer.Bias) Reduce.Columns(delta, gradient[weights..], pass.Threads);
            if (!toInput.IsEmpty) MatMul.MultiplyRightTransposed(delta, parameters[..weights], toInput, pass.Rows, Outputs, Inputs, pass.Threads);
        }

        public override long TangentTape(int rows) => (long)rows * Outputs; // how z moves

        public override long BackwardTangentScratch(int rows) => (long)rows * Outputs;

        // dz = dX W + X dW + db
        public override void Tangent(
            in Pass pass, in Point<T> at, ReadOnlySpan<T> parameters, ReadOnlySpan<T> input, Span<T> output, Span<T> kept)
        {
            MatMul.Multiply(at.Input, parameters[..weights], parameters[weights..], kept, pass.Rows, Inputs, Outputs, pass.Threads);
            if (!input.IsEmpty) MatMul.Multiply(input, at.Parameters[..weights], [], kept, pass.Rows, Inputs, Outputs, pass.Threads, onto: true);
            kept.CopyTo(output);
            layer.Activation.MultiplyByDerivative(at.Tape, at.Output, output, Outputs, pass.Threads);
        }

        // With delta = dLoss/dz: d(delta) = phi'(z) d(fromOutput) + fromOutput phi''(z) dz; the gradient X' delta and delta W' by the product rule.
        public override void BackwardTangent(
            in Pass pass, in Point<T> at, in PointTangent<T> moving, Span<T> fromOutput, Span<T> bentOutput,
            Span<T> toInput, Span<T> bentInput, Span<T> bentGradient, Span<T> scratch)
        {
            var bend = scratch[..bentOutput.Length];
            layer.Activation.TangentOfChain(at.Tape, at.Output, moving.Tape, moving.Output, fromOutput, bend, Outputs);
            layer.Activation.MultiplyByDerivative(at.Tape, at.Output, bentOutput, Outputs, pass.Threads);
            Elementwise.Zip(default(Add<T>), bentOutput, bend, bentOutput);
            layer.Activation.MultiplyByDerivative(at.Tape, at.Output, fromOutput, Outputs, pass.Threads);

            MatMul.MultiplyLeftTransposed(at.Input, bentOutput, bentGradient[..weights], Inputs, pass.Rows, Outputs, pass.Threads);
            if (!moving.Input.IsEmpty) MatMul.MultiplyLeftTransposed(moving.Input, fromOutput, bentGradient[..weights], Inputs, pass.Rows, Outputs, pass.Threads, onto: true);
            if (layer.Bias) Reduce.Columns(bentOutput, bentGradient[weights..], pass.Threads);
            if (toInput.IsEmpty) return;
            MatMul.MultiplyRightTransposed(fromOutput, at.Parameters[..weights], toInput, pass.Rows, Outputs, Inputs, pass.Threads);
            MatMul.MultiplyRightTransposed(bentOutput, at.Parameters[..weights], bentInput, pass.Rows, Outputs, Inputs, pass.Threads);
            MatMul.MultiplyRightTransposed(fromOutput, moving.Parameters[..weights], bentInput, pass.Rows, Outputs, Inputs, pass.Threads, onto: true);
        }
    }
}
