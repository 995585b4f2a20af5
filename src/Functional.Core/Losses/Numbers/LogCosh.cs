using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>The mean over samples and outputs of ln cosh(output - target) = |e| + ln(1 + e^(-2|e|)) - ln 2: nearly
/// e^2 / 2 near the target, |e| - ln 2 far from it. Its derivative is tanh(e).</summary>
public sealed record LogCosh : Loss
{
    private const double LnTwo = 0.6931471805599453;

    internal override void Rows<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow) =>
        EachRow(
            new Separable<Term<T>, Slope<T>, T>(default(Term<T>), default(Slope<T>)), outputs, targets, rows,
            delta, perRow);

    internal override void RowsInLanes<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, ReadOnlySpan<bool> isDue, Span<T> delta,
        Span<T> perRow) =>
        EachInLanes(default(Term<T>), default(Slope<T>), outputs, targets, rows, delta, perRow);

    internal override void DeltaTangent<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> along, int rows, Span<T> into) =>
        TangentBy(default(Curvature<T>), outputs, targets, along, into);

    private readonly struct Term<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct
        {
            V error = L.Subtract(o, t), size = Signs.Size<L, V, T>(error);
            V rest = L.Through<Log1pExp>(L.Multiply(L.All(T.CreateTruncating(-2)), size));
            return L.Add(size, L.Subtract(rest, L.All(T.CreateTruncating(LnTwo))));
        }
    }

    private readonly struct Slope<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct =>
            L.Through<HyperbolicTangent>(L.Subtract(o, t));
    }

    private readonly struct Curvature<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct
        {
            V slope = L.Through<HyperbolicTangent>(L.Subtract(o, t));
            return L.Multiply(L.Subtract(L.All(T.One), slope), L.Add(L.All(T.One), slope));
        }
    }
}
