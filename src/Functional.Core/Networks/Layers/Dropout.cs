using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers.Products;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;
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
    internal override IEnumerable<double> DropoutRates => [Rate];
    internal override Layer WithoutRates => new Dropout(0.5);
    internal override Stage<T> Stage<T>(int inputs) =>
        new DropoutStage<OneMask, T>(new(Rate, inputs), inputs);

    internal override Stage<T> Stage<T>(int inputs, LanePlace place) =>
        new DropoutStage<LaneMasks, T>(new(place, place.Draws.NextRates(), inputs), inputs * LaneMatMul.Count);

    /// <inheritdoc/>
    protected internal override Layer Each(Fields fields) =>
        new Dropout(fields.Real("rate", Rate, Interval.ZeroToBelowOne));

    /// <summary>Where masks come from: for each cell 0, or 1 / (1 - rate).</summary>
    private interface IMasks
    {
        void Draw<T>(in Pass pass, Span<T> into) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
    }

    /// <summary>That of one network.</summary>
    private readonly struct OneMask(double rate, int width) : IMasks
    {
        public void Draw<T>(in Pass pass, Span<T> into) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            Mask(pass.Mode.Key, pass.FirstRow, width, rate, into);

        public static void Mask<T>(Key key, int firstRow, int width, double rate, Span<T> into)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            Core.Randomness.Draw.Mask(
                key, (uint)firstRow * (uint)width, rate, T.CreateTruncating(1 / (1 - rate)), into);
    }

    /// <summary>Those of networks side by side, each with a key and a rate of its own.</summary>
    private readonly struct LaneMasks(LanePlace place, double[] rates, int width) : IMasks
    {
        public void Draw<T>(in Pass pass, Span<T> into) where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var room = ThreadCache<T>.Take(into.Length / LaneMatMul.Count);
            var own = room.Span[..(into.Length / LaneMatMul.Count)];
            for (int lane = 0; lane < LaneMatMul.Count; lane++)
            {
                if (place.Draws.IsDue[lane])
                    OneMask.Mask(place.KeyOf(lane), pass.FirstRow, width, rates[lane], own);
                else own.Clear();
                Interleaved.Write<T>(own, lane, into);
            }
            ThreadCache<T>.Return(room);
        }
    }

    private sealed class DropoutStage<M, T>(M masks, int width) : Stage<T>(width, width, 0)
        where M : struct, IMasks where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override bool Draws => true;
        public override long Tape(int rows) => (long)rows * Inputs; // the mask

        public override void Forward(in Pass pass, in Point<T> at, in Into<T> into)
        {
            if (!pass.Mode.IsTraining)
            {
                at.Input.CopyTo(into.Output);
                return;
            }
            masks.Draw(pass, into.Tape);
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
