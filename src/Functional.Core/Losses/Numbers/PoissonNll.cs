using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>The mean over samples and outputs of e^o - t o: the outputs are logarithms of the rates of counts t
/// (without the term that depends on t alone).</summary>
public sealed record PoissonNll : Loss
{
    internal override Interval Targets => Interval.NotNegative;
    internal override void Rows<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow) =>
        EachRow(
            new Separable<Term<T>, Slope<T>, T>(default(Term<T>), default(Slope<T>)), outputs, targets, rows,
            delta, perRow);

    internal override void RowsInLanes<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, ReadOnlySpan<bool> isDue, Span<T> delta,
        Span<T> perRow) =>
        EachInLanes(default(Term<T>), default(Slope<T>), outputs, targets, rows, delta, perRow);

    internal override bool IsLikelihood => true;
    internal override void DeltaTangent<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> along, int rows, Span<T> into) =>
        TangentBy(default(Curvature<T>), outputs, targets, along, into);

    private readonly struct Term<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct =>
            L.Subtract(L.Through<Exp>(o), L.Multiply(t, o));
    }

    private readonly struct Slope<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct => L.Subtract(L.Through<Exp>(o), t);
    }

    private readonly struct Curvature<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct => L.Through<Exp>(o);
    }
}
