using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>An activation on its own, where it does not follow a dense layer's sum at once: after a norm, after a residual sum.</summary>
/// <param name="Activation">phi.</param>
public sealed record Activate(Activation Activation) : Layer
{
    internal override int Outputs(int inputs) => inputs;
    internal override long Parameters(int inputs) => 0;
    internal override Stage<T> Stage<T>(int inputs) => new ActivateStage<T>(Activation, inputs);

    /// <inheritdoc/>
    protected internal override Layer Each(Fields fields) => new Activate(fields.One("activation", Activation, Activation.Kinds));

    private sealed class ActivateStage<T>(Activation activation, int width) : Stage<T>(width, width, 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Forward(
            in Pass pass, ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, Span<T> nextRunning,
            ReadOnlySpan<T> input, Span<T> output, Span<T> tape) => activation.Apply(input, output, Inputs, pass.Threads);

        public override void Backward(
            in Pass pass, ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, ReadOnlySpan<T> input, ReadOnlySpan<T> output, ReadOnlySpan<T> tape,
            Span<T> fromOutput, Span<T> toInput, Span<T> gradient, Span<T> scratch)
        {
            if (toInput.IsEmpty) return;
            fromOutput.CopyTo(toInput);
            activation.MultiplyByDerivative(input, output, toInput, Inputs, pass.Threads);
        }

        public override void Tangent(
            in Pass pass, in Point<T> at, ReadOnlySpan<T> parameters, ReadOnlySpan<T> input, Span<T> output, Span<T> kept)
        {
            output.Clear();
            input.CopyTo(output);
            activation.MultiplyByDerivative(at.Input, at.Output, output, Inputs, pass.Threads);
        }

        public override void BackwardTangent(
            in Pass pass, in Point<T> at, in PointTangent<T> moving, Span<T> fromOutput, Span<T> bentOutput,
            Span<T> toInput, Span<T> bentInput, Span<T> bentGradient, Span<T> scratch)
        {
            if (toInput.IsEmpty) return;
            if (moving.Input.IsEmpty) bentInput.Clear();
            else activation.TangentOfChain(at.Input, at.Output, moving.Input, moving.Output, fromOutput, bentInput, Inputs);
            activation.MultiplyByDerivative(at.Input, at.Output, bentOutput, Inputs, pass.Threads);
            Elementwise.Zip(default(Add<T>), bentInput, bentOutput, bentInput);
            fromOutput.CopyTo(toInput);
            activation.MultiplyByDerivative(at.Input, at.Output, toInput, Inputs, pass.Threads);
        }
    }
}
