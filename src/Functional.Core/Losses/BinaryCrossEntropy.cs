using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Forms;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Losses;

/// <summary>The mean over samples and outputs of -t ln o - (1 - t) ln(1 - o), with outputs that are probabilities already (from a sigmoid).
/// Logarithms end at -100 and the derivative's divisor o (1 - o) at 10^-12, as in PyTorch; with logits nothing needs to end.</summary>
public sealed record BinaryCrossEntropy : Loss
{
    internal override bool IsForClasses => true;
    internal override Interval Targets => Interval.Between(0, 1);
    internal override Matrix<double> Probabilities(Matrix<double> outputs) => outputs;
    internal override void Rows<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow) =>
        EachRow(new Separable<Term<T>, Slope<T>, T>(default(Term<T>), default(Slope<T>)), outputs, targets, rows, delta, perRow);

    private readonly struct Term<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct
        {
            V one = L.All(T.One);
            V yes = Ending<L, V, T>(L.Through<Log>(o)), no = Ending<L, V, T>(L.Through<Log1p>(L.Subtract(L.All(T.Zero), o)));
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

    private static V Ending<L, V, T>(V logarithm) where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V least = L.All(T.CreateTruncating(-100));
        return L.Select(L.Less(logarithm, least), least, logarithm);
    }
}
