using System.Numerics;
using Functional.Core.Forms;

namespace Functional.Core.Networks.Layers;

/// <summary>An activation on its own, where it does not follow a dense layer's sum at once: after a norm, after a residual sum.</summary>
/// <param name="Activation">phi.</param>
public sealed record Activate(Activation Activation) : Layer
{
    internal override int Outputs(int inputs) => inputs;
    internal override long Parameters(int inputs) => 0;
    internal override Stage<T> Stage<T>(int inputs) => new ActivateStage<T>(Activation, inputs);
    internal override Layer Each(Fields fields) => new Activate(fields.One("activation", Activation, Activation.Kinds));

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
            activation.Chain(input, output, toInput, Inputs, pass.Threads);
        }
    }
}
