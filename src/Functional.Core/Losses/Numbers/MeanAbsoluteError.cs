using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>The mean of |output - target| over samples and outputs; its derivative is the sign (0 where
/// they are equal).</summary>
public sealed record MeanAbsoluteError : Loss
{
    internal override void Rows<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow) =>
        EachRow(
            new Separable<Term<T>, Slope<T>, T>(default(Term<T>), default(Slope<T>)), outputs, targets, rows,
            delta, perRow);

    internal override void RowsInLanes<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, ReadOnlySpan<bool> isDue, Span<T> delta,
        Span<T> perRow) =>
        EachInLanes(default(Term<T>), default(Slope<T>), outputs, targets, rows, delta, perRow);

    private readonly struct Term<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct =>
            Signs.Size<L, V, T>(L.Subtract(o, t));
    }

    private readonly struct Slope<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct =>
            Signs.Of<L, V, T>(L.Subtract(o, t), T.One);
    }
}
