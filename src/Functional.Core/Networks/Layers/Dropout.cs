using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;

namespace Functional;

/// <summary>
/// In training each cell is dropped with probability <paramref name="Rate"/> and the kept ones are divided by 1 - rate;
/// in inference nothing happens. The mask is a function of key, step, layer and cell. (Srivastava et al., 2014)
/// </summary>
/// <param name="Rate">Share of cells dropped, 0 &lt;= rate &lt; 1.</param>
public sealed record Dropout(double Rate) : Layer
{
    internal override int Outputs(int inputs) => inputs;
    internal override long Parameters(int inputs) => 0;
    internal override Stage<T> Stage<T>(int inputs) => new DropoutStage<T>(Rate, inputs);

    /// <inheritdoc/>
    protected internal override Layer Each(Fields fields) =>
        new Dropout(fields.Real("rate", Rate, Interval.ZeroToBelowOne));

    private sealed class DropoutStage<T>(double rate, int width) : Stage<T>(width, width, 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T kept = T.CreateTruncating(1 / (1 - rate));

        public override bool Draws => true;
        public override long Tape(int rows) => (long)rows * Inputs; // the mask: 0, or 1 / (1 - rate)

        public override void Forward(in Pass pass, in Point<T> at, in Into<T> into)
        {
            if (!pass.Mode.IsTraining)
            {
                at.Input.CopyTo(into.Output);
                return;
            }
            Draw.Mask(pass.Mode.Key, (uint)pass.FirstRow * (uint)Inputs, rate, kept, into.Tape);
            Elementwise.Zip(default(Multiply<T>), at.Input, into.Tape, into.Output);
        }

        public override void Backward(in Pass pass, in Point<T> at, in Adjoint<T> adjoint, Span<T> scratch)
        {
            if (!adjoint.ToInput.IsEmpty) Masked(pass, adjoint.FromOutput, at.Tape, adjoint.ToInput);
        }

        public override void Tangent(in Pass pass, in Point<T> at, in PointTangent<T> along, in Into<T> into)
        {
            if (along.Input.IsEmpty) into.Output.Clear();
            else Masked(pass, along.Input, at.Tape, into.Output);
        }

        public override void BackwardTangent(
            in Pass pass, in Point<T> at, in PointTangent<T> along, in Adjoint<T> adjoint, in Adjoint<T> tangent,
            Span<T> scratch)
        {
            if (adjoint.ToInput.IsEmpty) return;
            Masked(pass, adjoint.FromOutput, at.Tape, adjoint.ToInput);
            Masked(pass, tangent.FromOutput, at.Tape, tangent.ToInput);
        }

        private static void Masked(in Pass pass, ReadOnlySpan<T> from, ReadOnlySpan<T> mask, Span<T> into)
        {
            if (pass.Mode.IsTraining) Elementwise.Zip(default(Multiply<T>), from, mask, into);
            else from.CopyTo(into);
        }
    }
}
