using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Losses;

/// <summary>The mean of |output - target| over samples and outputs; its derivative is the sign (0 where they are equal).</summary>
public sealed record MeanAbsoluteError : Loss
{
    internal override double Factor(double weight, int outputs) => 1.0 / (weight * outputs);
    internal override void Rows<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow) =>
        EachRow(new Separable<Term<T>, Slope<T>, T>(default(Term<T>), default(Slope<T>)), outputs, targets, rows, delta, perRow);

    private readonly struct Term<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct
        {
            V error = L.Subtract(o, t);
            return L.Select(L.Less(error, L.All(T.Zero)), L.Subtract(L.All(T.Zero), error), error);
        }
    }

    private readonly struct Slope<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V o, V t) where L : struct, ILanes<V, T> where V : struct
        {
            V error = L.Subtract(o, t), zero = L.All(T.Zero); // NaN is neither below nor above, and passes
            return L.Select(L.Less(error, zero), L.All(-T.One), L.Select(L.Less(zero, error), L.All(T.One), error));
        }
    }
}
