using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>The mean over samples and outputs of level e where e >= 0, else (level - 1) e, with e = target -
/// output: smallest at the given quantile of the target. (Koenker and Bassett, 1978)</summary>
/// <param name="Level">Which quantile, 0 &lt; level &lt; 1; 1/2 is the median.</param>
public sealed record Quantile(double Level = 0.5) : Loss
{
    /// <inheritdoc/>
    protected internal override Loss Each(Fields fields) =>
        new Quantile(fields.Real("level", Level, Interval.WithinZeroAndOne));
    internal override void Rows<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow) =>
        EachRow(
            new Separable<Term<T>, Slope<T>, T>(
                new Term<T>(T.CreateTruncating(Level)), new Slope<T>(T.CreateTruncating(Level))),
            outputs, targets, rows, delta, perRow);

    internal override void RowsInLanes<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, ReadOnlySpan<bool> isDue, Span<T> delta,
        Span<T> perRow) =>
        EachInLanes(new Term<T>(T.CreateTruncating(Level)), new Slope<T>(T.CreateTruncating(Level)),
            outputs, targets, rows, delta, perRow);

    private readonly struct Term<T>(T level) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct
        {
            V error = L.Subtract(t, o);
            return L.Multiply(L.Select(L.Less(error, L.All(T.Zero)), L.All(level - T.One), L.All(level)), error);
        }
    }

    private readonly struct Slope<T>(T level) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct
        {
            V error = L.Subtract(t, o), zero = L.All(T.Zero); // 0 at the kink; NaN passes
            return L.Select(
                L.Less(zero, error), L.All(-level), L.Select(L.Less(error, zero), L.All(T.One - level), error));
        }
    }
}
