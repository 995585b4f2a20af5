using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Functions;

/// <summary>The machinery of <see cref="Exp"/> and <see cref="Expm1"/>.</summary>
internal static class Exponential
{
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 0.6931471805599453;      // ln 2 rounded to a double
    private const double Ln2Low = 2.3190468138462996E-17;   // what that leaves

    /// <summary>x = n ln 2 + r; returns e^r - 1 and n, as a number. x beyond what a double can hold is
    /// brought to its edge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V Tail, V Power) Reduce<L, V>(V x) where L : struct, ILanes<V, double> where V : struct =>
        ReduceBounded<L, V>(Lane.Clamp<L, V>(x, -760, 720));

    /// <summary>The same for an x between -760 and 720.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V Tail, V Power) ReduceBounded<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
    {
        V n = Lane.Round<L, V>(L.Multiply(x, L.All(Log2E)));
        V high = L.Fma(n, L.All(-Ln2High), x);
        V low = L.Multiply(n, L.All(Ln2Low));
        V r = L.Subtract(high, low);
        V lost = L.Subtract(L.Subtract(high, r), low); // r + lost is x - n ln 2 to some 100 bits
        // e^r - 1 = r + r^2 (1/2! + r/3! + r^2/4! + ...), to r^14/14! < 2^-57 r.
        V p = L.All(1.0 / 87178291200);
        p = L.Fma(p, r, L.All(1.0 / 6227020800));
        p = L.Fma(p, r, L.All(1.0 / 479001600));
        p = L.Fma(p, r, L.All(1.0 / 39916800));
        p = L.Fma(p, r, L.All(1.0 / 3628800));
        p = L.Fma(p, r, L.All(1.0 / 362880));
        p = L.Fma(p, r, L.All(1.0 / 40320));
        p = L.Fma(p, r, L.All(1.0 / 5040));
        p = L.Fma(p, r, L.All(1.0 / 720));
        p = L.Fma(p, r, L.All(1.0 / 120));
        p = L.Fma(p, r, L.All(1.0 / 24));
        p = L.Fma(p, r, L.All(1.0 / 6));
        p = L.Fma(p, r, L.All(0.5));
        // The correction of r enters with the slope 1 + r of e^r - 1.
        V correction = L.Fma(r, lost, lost);
        return (L.Add(r, L.Fma(L.Multiply(r, r), p, correction)), n);
    }

    /// <summary>2^n for whole n from -1022 to 1023, built in the exponent field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V PowerOfTwo<L, V>(V n) where L : struct, ILanes<V, double> where V : struct =>
        // 2^52 + 1023 + n holds n's biased exponent in its lowest bits.
        L.ShiftLeft(L.Add(n, L.All(4503599627370496.0 + 1023)), 52);

    /// <summary>x 2^n, in two steps so that neither power leaves the range; a denormal result
    /// is rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Scale<L, V>(V x, V n) where L : struct, ILanes<V, double> where V : struct
    {
        V half = Lane.Round<L, V>(L.Multiply(n, L.All(0.5)));
        return L.Multiply(L.Multiply(x, PowerOfTwo<L, V>(half)), PowerOfTwo<L, V>(L.Subtract(n, half)));
    }

    /// <summary>The ends of the line: infinity from overflow on, <paramref name="bottom"/> from underflow
    /// on, NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Guard<L, V>(V x, V value, V bottom) where L : struct, ILanes<V, double> where V : struct
    {
        value = L.Select(L.Less(L.All(709.782712893384), x), L.All(double.PositiveInfinity), value);
        value = L.Select(L.Less(x, L.All(-745.1332191019412)), bottom, value);
        return L.Select(L.Equal(x, x), value, x);
    }
}
