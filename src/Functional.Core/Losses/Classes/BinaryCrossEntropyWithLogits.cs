using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>
/// The mean over samples and outputs of ln(1 + e^o) - t o: the cross-entropy of sigmoid(o) with a target t between
/// 0 and 1. Computed as max(o, 0) - t o + ln(1 + e^-|o|), finite and right for logits of any size.
/// </summary>
public sealed record BinaryCrossEntropyWithLogits : Loss
{
    internal override bool IsForClasses => true;
    internal override double Threshold => 0;
    internal override Interval Targets => Interval.Between(0, 1);
    internal override Action<ReadOnlySpan<double>, Span<double>> Probabilities =>
        (row, into) => Elementwise.Map(default(Apply<Logistic, double>), row, into);
    internal override void Rows<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow) =>
        EachRow(new Separable<Term<T>, Slope<T>, T>(default, default), outputs, targets, rows, delta, perRow);

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
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct
        {
            V zero = L.All(T.Zero), negative = L.Subtract(zero, o);
            V below = L.Less(o, zero);
            // Where o > 0, max(o, 0) - t o = (1 - t) o.
            V line = L.Select(below, L.Multiply(t, negative), L.Multiply(L.Subtract(L.All(T.One), t), o));
            return L.Add(line, L.Through<Log1pExp>(L.Select(below, o, negative)));
        }
    }

    private readonly struct Slope<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct =>
            L.Subtract(L.Through<Logistic>(o), t);
    }

    private readonly struct Curvature<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct
        {
            V yes = L.Through<Logistic>(o), no = L.Through<Logistic>(L.Subtract(L.All(T.Zero), o));
            return L.Multiply(yes, no);
        }
    }
}
