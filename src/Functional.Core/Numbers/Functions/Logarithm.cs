using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Functions;

/// <summary>The machinery of <see cref="Log"/> and <see cref="Log1p"/>.</summary>
internal static class Logarithm
{
    private const double TwoTo54 = 18014398509481984;
    private const double Ln2High = 0.693147180369123816490; // 32 bits, so that k Ln2High is exact
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double SqrtHalf = 0.7071067811865476;

    private const double MantissaBits = 2.2250738585072009E-308; // 52 ones: the largest denormal

    /// <summary>ln(x + error) for positive finite x and an error below half its last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<L, V>(V x, V error) where L : struct, ILanes<V, double> where V : struct
    {
        V tiny = L.Less(x, L.All(2.2250738585072014E-308)); // denormals are brought into the normal range first
        V scaled = L.Select(tiny, L.Multiply(x, L.All(TwoTo54)), x);
        V m = L.Or(L.And(scaled, L.All(MantissaBits)), L.All(1)); // 1 <= m < 2
        // The exponent field as a number: placed into the lowest bits of 2^52.
        V exponent = L.Subtract(
            L.Or(L.ShiftRight(scaled, 52), L.All(4503599627370496.0)), L.All(4503599627370496.0 + 1023));
        V high = L.Less(L.All(2 * SqrtHalf), m);
        m = L.Select(high, L.Multiply(m, L.All(0.5)), m);
        V k = L.Add(exponent, L.Select(high, L.All(1), L.All(0)));
        k = L.Subtract(k, L.Select(tiny, L.All(54), L.All(0)));

        V f = L.Subtract(m, L.All(1));
        V s = L.Divide(f, L.Add(f, L.All(2)));
        V z = L.Multiply(s, s);
        // 2 artanh s = 2 s (1 + z/3 + z^2/5 + ...), z below 0.0295, to z^11/23 < 2^-59.
        V p = L.All(2.0 / 25);
        p = L.Fma(p, z, L.All(2.0 / 23));
        p = L.Fma(p, z, L.All(2.0 / 21));
        p = L.Fma(p, z, L.All(2.0 / 19));
        p = L.Fma(p, z, L.All(2.0 / 17));
        p = L.Fma(p, z, L.All(2.0 / 15));
        p = L.Fma(p, z, L.All(2.0 / 13));
        p = L.Fma(p, z, L.All(2.0 / 11));
        p = L.Fma(p, z, L.All(2.0 / 9));
        p = L.Fma(p, z, L.All(2.0 / 7));
        p = L.Fma(p, z, L.All(2.0 / 5));
        p = L.Fma(p, z, L.All(2.0 / 3));
        p = L.Multiply(p, z);
        // ln(1 + f) = f - (f^2/2 - s (f^2/2 + p)), which keeps f, the largest term, unrounded. (fdlibm, Sun 1993)
        V halfSquare = L.Multiply(L.Multiply(L.All(0.5), f), f);
        V correction = L.Fma(k, L.All(Ln2Low), L.Divide(error, x));
        V rest = L.Subtract(halfSquare, L.Fma(s, L.Add(halfSquare, p), correction));
        return L.Fma(k, L.All(Ln2High), L.Subtract(f, rest));
    }

    /// <summary>The ends of the line for an argument x: minus infinity at zero, NaN below it,
    /// infinity at infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Guard<L, V>(V x, V value, V atInfinity) where L : struct, ILanes<V, double> where V : struct
    {
        value = L.Select(L.Equal(x, L.All(double.PositiveInfinity)), atInfinity, value);
        value = L.Select(L.Equal(x, L.All(0)), L.All(double.NegativeInfinity), value);
        return L.Select(L.LessOrEqual(L.All(0), x), value, L.All(double.NaN));
    }
}
