using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers.Products;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>An activation on its own, where it does not follow a dense layer's sum at once: after a norm,
/// after a residual sum.</summary>
/// <param name="Activation">phi.</param>
public sealed record Activate(Activation Activation) : Layer
{
    internal override int Outputs(int inputs) => inputs;
    internal override long Parameters(int inputs) => 0;
    internal override Stage<T> Stage<T>(int inputs) => new ActivateStage<T>(Activation, inputs);

    internal override Stage<T> Stage<T>(int inputs, LanePlace place) => Activation.IsElementwise
        ? new ActivateStage<T>(Activation, inputs * LaneMatMul.Count)
        : base.Stage<T>(inputs, place);

    /// <inheritdoc/>
    protected internal override Layer Each(Fields fields) =>
        new Activate(fields.One("activation", Activation, Activation.Kinds));

    private sealed class ActivateStage<T>(Activation activation, int width) : Stage<T>(width, width, 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Forward(in Pass pass, in Point<T> at, in Into<T> into) =>
            activation.Apply(at.Input, into.Output, Inputs, pass.Threads);

        public override void Backward(in Pass pass, in Point<T> at, in Adjoint<T> adjoint, Span<T> scratch)
        {
            if (adjoint.ToInput.IsEmpty) return;
            adjoint.FromOutput.CopyTo(adjoint.ToInput);
            activation.MultiplyByDerivative(at.Input, at.Output, adjoint.ToInput, Inputs, pass.Threads);
        }

        public override void Tangent(in Pass pass, in Point<T> at, in PointTangent<T> along, in Into<T> into)
        {
            into.Output.Clear();
            along.Input.CopyTo(into.Output);
            activation.MultiplyByDerivative(at.Input, at.Output, into.Output, Inputs, pass.Threads);
        }

        public override void BackwardTangent(
            in Pass pass, in Point<T> at, in PointTangent<T> along, in Adjoint<T> adjoint, in Adjoint<T> tangent,
            Span<T> scratch)
        {
            if (adjoint.ToInput.IsEmpty) return;
            if (along.Input.IsEmpty) tangent.ToInput.Clear();
            else
                activation.TangentOfChain(
                    at.Input, at.Output, along.Input, along.Output, adjoint.FromOutput, tangent.ToInput, Inputs);
            activation.MultiplyByDerivative(at.Input, at.Output, tangent.FromOutput, Inputs, pass.Threads);
            Elementwise.Zip(default(Add<T>), tangent.ToInput, tangent.FromOutput, tangent.ToInput);
            adjoint.FromOutput.CopyTo(adjoint.ToInput);
            activation.MultiplyByDerivative(at.Input, at.Output, adjoint.ToInput, Inputs, pass.Threads);
        }
    }
}
