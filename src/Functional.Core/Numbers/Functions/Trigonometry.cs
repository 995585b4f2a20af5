using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Functions;

/// <summary>sin x, for x in radians, of any size.</summary>
internal readonly struct Sin : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct =>
        L.Select(L.Equal(x, L.All(0)), x, Trigonometry.OfQuadrant<L, V>(x, 0));
}

/// <summary>cos x = sin(x + pi/2), for x in radians, of any size.</summary>
internal readonly struct Cos : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct =>
        Trigonometry.OfQuadrant<L, V>(x, 1);
}

/// <summary>The machinery of <see cref="Sin"/> and <see cref="Cos"/>: x = n pi/2 + r, then the
/// Taylor series at r.</summary>
internal static class Trigonometry
{
    private const double TwoOverPi = 0.6366197723675814;
    private const double HalfPiHigh = 1.5707963267948966;
    private const double HalfPiMiddle = 6.123233995736766e-17;
    private const double HalfPiLow = -1.4973849048591698e-33;
    private const double LargestNear = 1 << 20;

    /// <summary>sin(x + quadrants pi/2).</summary>
    public static V OfQuadrant<L, V>(V x, int quadrants) where L : struct, ILanes<V, double> where V : struct
    {
        var (n, r, lost) = Reduce<L, V>(x);
        if (L.Any(L.Less(L.All(LargestNear), Lane.Abs<L, V>(x)))) ReduceFar<L, V>(x, ref n, ref r, ref lost);
        n = L.Add(n, L.All(quadrants));
        // n modulo 4: odd takes the cosine, 2 and 3 change the sign.
        V half = Floor<L, V>(L.Multiply(n, L.All(0.5)));
        V odd = L.Equal(L.Subtract(n, L.Add(half, half)), L.All(1));
        V quarter = Floor<L, V>(L.Multiply(half, L.All(0.5)));
        V negative = L.Equal(L.Subtract(half, L.Add(quarter, quarter)), L.All(1));
        V value = L.Select(odd, Cosine<L, V>(r, lost), Sine<L, V>(r, lost));
        return L.Select(negative, Lane.Negate<L, V>(value), value);
    }

    private static V Floor<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
    {
        V nearest = Lane.Round<L, V>(x);
        return L.Subtract(nearest, L.Select(L.Less(x, nearest), L.All(1), L.All(0)));
    }

    // (Cody and Waite, 1980) with pi/2 in three parts: n times the first is taken away exactly.
    private static (V N, V R, V Lost) Reduce<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
    {
        V n = Lane.Round<L, V>(L.Multiply(x, L.All(TwoOverPi)));
        V minusN = Lane.Negate<L, V>(n);
        V high = L.Fma(minusN, L.All(HalfPiHigh), x);
        V middle = L.Multiply(n, L.All(HalfPiMiddle));
        V middleError = L.Fma(n, L.All(HalfPiMiddle), Lane.Negate<L, V>(middle));
        V r = L.Subtract(high, middle);
        V part = L.Subtract(high, r);
        V lost = L.Add(L.Subtract(high, L.Add(r, part)), L.Subtract(part, middle));
        lost = L.Fma(minusN, L.All(HalfPiLow), L.Subtract(lost, middleError));
        V sum = L.Add(r, lost);
        return (n, sum, L.Subtract(lost, L.Subtract(sum, r)));
    }

    private static void ReduceFar<L, V>(V x, ref V n, ref V r, ref V lost)
        where L : struct, ILanes<V, double> where V : struct
    {
        Span<double> xs = stackalloc double[L.Count], ns = stackalloc double[L.Count];
        Span<double> rs = stackalloc double[L.Count], losts = stackalloc double[L.Count];
        L.Store(x, ref xs[0], 0);
        L.Store(n, ref ns[0], 0);
        L.Store(r, ref rs[0], 0);
        L.Store(lost, ref losts[0], 0);
        for (int i = 0; i < xs.Length; i++)
            if (xs[i] is > LargestNear or < -LargestNear)
                (ns[i], rs[i], losts[i]) = double.IsInfinity(xs[i]) ? (0, double.NaN, 0) : PayneHanek.Reduce(xs[i]);
        (n, r, lost) = (L.Load(ref ns[0], 0), L.Load(ref rs[0], 0), L.Load(ref losts[0], 0));
    }

    // sin(r + lost) = r - r^3/3! + ... + lost cos r
    private static V Sine<L, V>(V r, V lost) where L : struct, ILanes<V, double> where V : struct
    {
        V z = L.Multiply(r, r);
        V p = L.All(1.0 / 355687428096000);
        p = L.Fma(p, z, L.All(-1.0 / 1307674368000));
        p = L.Fma(p, z, L.All(1.0 / 6227020800));
        p = L.Fma(p, z, L.All(-1.0 / 39916800));
        p = L.Fma(p, z, L.All(1.0 / 362880));
        p = L.Fma(p, z, L.All(-1.0 / 5040));
        p = L.Fma(p, z, L.All(1.0 / 120));
        p = L.Fma(p, z, L.All(-1.0 / 6));
        V correction = L.Fma(L.Multiply(L.All(-0.5), z), lost, lost);
        return L.Add(r, L.Fma(L.Multiply(r, z), p, correction));
    }

    // cos(r + lost) = 1 - r^2/2 + r^4/4! - ... - lost sin r
    private static V Cosine<L, V>(V r, V lost) where L : struct, ILanes<V, double> where V : struct
    {
        V z = L.Multiply(r, r);
        V p = L.All(1.0 / 20922789888000);
        p = L.Fma(p, z, L.All(-1.0 / 87178291200));
        p = L.Fma(p, z, L.All(1.0 / 479001600));
        p = L.Fma(p, z, L.All(-1.0 / 3628800));
        p = L.Fma(p, z, L.All(1.0 / 40320));
        p = L.Fma(p, z, L.All(-1.0 / 720));
        p = L.Fma(p, z, L.All(1.0 / 24));
        V half = L.Multiply(L.All(0.5), z);
        V first = L.Subtract(L.All(1), half);
        V error = L.Subtract(L.Subtract(L.All(1), first), half);
        V rest = L.Fma(L.Multiply(z, z), p, Lane.Negate<L, V>(L.Multiply(r, lost)));
        return L.Add(first, L.Add(error, rest));
    }
}
