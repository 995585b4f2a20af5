using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>The mean over samples and outputs of e^2 / 2 where |e| &lt; delta, else delta (|e| - delta / 2), with e
/// = output - target: squared near the target, absolute far from it. (Huber, 1964)</summary>
/// <param name="Delta">Where the square ends, above 0; units of the target.</param>
public sealed record Huber(double Delta = 1) : Loss
{
    /// <inheritdoc/>
    protected internal override Loss Each(Fields fields) => new Huber(fields.Real("delta", Delta, Interval.Positive));
    internal override void Rows<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow) =>
        EachRow(
            new Separable<Term<T>, Slope<T>, T>(
                new Term<T>(T.CreateTruncating(Delta)), new Slope<T>(T.CreateTruncating(Delta))),
            outputs, targets, rows, delta, perRow);

    internal override void RowsInLanes<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, ReadOnlySpan<bool> isDue, Span<T> delta,
        Span<T> perRow) =>
        EachInLanes(new Term<T>(T.CreateTruncating(Delta)), new Slope<T>(T.CreateTruncating(Delta)),
            outputs, targets, rows, delta, perRow);

    internal override void DeltaTangent<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> along, int rows, Span<T> into) =>
        TangentBy(new Curvature<T>(T.CreateTruncating(Delta)), outputs, targets, along, into);

    private readonly struct Term<T>(T delta) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct
        {
            V error = L.Subtract(o, t), size = Signs.Size<L, V, T>(error), half = L.All(T.CreateTruncating(0.5));
            V far = L.Multiply(L.All(delta), L.Subtract(size, L.Multiply(half, L.All(delta))));
            return L.Select(L.Less(size, L.All(delta)), L.Multiply(half, L.Multiply(error, error)), far);
        }
    }

    private readonly struct Slope<T>(T delta) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct
        {
            V error = L.Subtract(o, t);
            return L.Select(
                L.Less(error, L.All(-delta)), L.All(-delta),
                L.Select(L.Less(L.All(delta), error), L.All(delta), error));
        }
    }

    private readonly struct Curvature<T>(T delta) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct
        {
            V size = Signs.Size<L, V, T>(L.Subtract(o, t));
            return L.Select(L.Less(size, L.All(delta)), L.All(T.One), L.All(T.Zero));
        }
    }
}
