using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>The mean over samples and outputs of -t ln o - (1 - t) ln(1 - o), with outputs that are probabilities
/// already (from a sigmoid). Logarithms end at -100 and the derivative's divisor o (1 - o) at 10^-12, as in
/// PyTorch; with logits nothing needs to end.</summary>
public sealed record BinaryCrossEntropy : Loss
{
    internal override bool IsForClasses => true;
    internal override Interval Targets => Interval.Between(0, 1);
    internal override Action<ReadOnlySpan<double>, Span<double>> Probabilities => (row, into) => row.CopyTo(into);
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
    internal override void Expect<T>(ReadOnlySpan<T> outputs, int rows, Span<T> targets) => outputs.CopyTo(targets);

    private readonly struct Term<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct
        {
            V one = L.All(T.One);
            V yes = Ending<L, V, T>(L.Through<Log>(o)),
                no = Ending<L, V, T>(L.Through<Log1p>(L.Subtract(L.All(T.Zero), o)));
            return L.Subtract(L.Multiply(L.Subtract(t, one), no), L.Multiply(t, yes));
        }
    }

    private readonly struct Slope<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct
        {
            V below = L.Multiply(o, L.Subtract(L.All(T.One), o)), least = L.All(T.CreateTruncating(1e-12));
            return L.Divide(L.Subtract(o, t), L.Select(L.Less(below, least), least, below));
        }
    }

    private static V Ending<L, V, T>(V logarithm)
        where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V least = L.All(T.CreateTruncating(-100));
        return L.Select(L.Less(logarithm, least), least, logarithm);
    }

    // (o^2 - 2 o t + t) / (o (1 - o))^2, kept finite as PyTorch does: 10^-12 is added to both factors of the divisor.
    private readonly struct Curvature<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct
        {
            V least = L.All(T.CreateTruncating(1e-12)), error = L.Subtract(o, t), one = L.All(T.One);
            V below = L.Multiply(L.Add(o, least), L.Add(L.Subtract(one, o), least));
            return L.Divide(L.Fma(error, error, L.Multiply(t, L.Subtract(one, t))), L.Multiply(below, below));
        }
    }
}
