using System.Numerics;

namespace Properties.Numbers;

/// <summary>Elementary functions to some 250 bits after the point, in whole numbers: the reference that the
/// library's own functions are measured against.</summary>
internal static class Exact
{
    internal const int Bits = 320;
    internal const int FineBits = 1500; // for angles of any size
    private static readonly BigInteger One = BigInteger.One << Bits;
    internal static readonly BigInteger Ln2 = 2 * Artanh(One / 3);
    private static readonly BigInteger HalfPi = 2 * (4 * Arctan(5, One) - Arctan(239, One));
    internal static readonly BigInteger FineHalfPi =
        2 * (4 * Arctan(5, One << FineBits - Bits) - Arctan(239, One << FineBits - Bits));
    private static readonly BigInteger TwoOverSqrtPi = (2 * One << Bits) / Root(2 * HalfPi);

    public static BigInteger Of(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0x000F_FFFF_FFFF_FFFF) | (exponent == 0 ? 0 : 0x0010_0000_0000_0000);
        int shift = Math.Max(exponent, 1) - 1075 + Bits;
        mantissa = shift >= 0 ? mantissa << shift : mantissa >> -shift;
        return bits < 0 ? -mantissa : mantissa;
    }

    /// <summary>How far <paramref name="got"/> is from the exact value, in units of its last place (of a double, or
    /// of a float where <paramref name="single"/>).</summary>
    public static double Ulps(double got, BigInteger exact, bool single = false)
    {
        double size = Math.Abs(got);
        double ulp = single
            ? Math.Max(MathF.BitIncrement((float)size) - (double)(float)size, float.Epsilon)
            : Math.BitIncrement(size) - size;
        return (double)BigInteger.Abs(((Of(got) - exact) << 20) / Of(ulp)) / (1 << 20);
    }

    public static BigInteger Exp(BigInteger x)
    {
        var (sum, n) = ExpParts(x);
        return n >= 0 ? sum << n : sum >> -n;
    }

    /// <summary>e^x as the first times 2 to the second.</summary>
    public static (BigInteger Power, int N) ExpParts(BigInteger x)
    {
        var n = Floor(x * One / Ln2 + One / 2);
        var r = x - n * Ln2;
        BigInteger sum = One, term = One;
        for (int k = 1; !term.IsZero; k++) sum += term = Times(term, r) / k;
        return (sum, (int)n);
    }

    public static BigInteger Log(BigInteger x)
    {
        int k = (int)(x.GetBitLength() - Bits);
        var m = k >= 0 ? x >> k : x << -k;
        return k * Ln2 + 2 * Artanh(Over(m - One, m + One));
    }

    public static BigInteger Expm1(BigInteger x) => Exp(x) - One;
    public static BigInteger Log1p(BigInteger x) => Log(One + x);
    public static BigInteger Sigmoid(BigInteger x) => Over(Exp(x), One + Exp(x));
    public static BigInteger Softplus(BigInteger x) => Log(One + Exp(x));
    public static BigInteger Tanh(BigInteger x) => Over(Exp(2 * x) - One, Exp(2 * x) + One);

    public static BigInteger Sin(BigInteger x) => Sine(x, 0);
    public static BigInteger Cos(BigInteger x) => Sine(x, 1);

    public static BigInteger Erf(BigInteger x)
    {
        BigInteger sum = x, power = x, square = Times(x, x);
        for (int k = 1; !power.IsZero; k++)
        {
            power = -Times(power, square) / k;
            sum += power / (2 * k + 1);
        }
        return Times(sum, TwoOverSqrtPi);
    }

    public static BigInteger Power(BigInteger x, long n)
    {
        var power = One;
        for (; n > 0; n--) power = Times(power, x);
        return power;
    }

    private static BigInteger Sine(BigInteger x, int quadrants)
    {
        var n = Floor(x * One / HalfPi + One / 2);
        var r = x - n * HalfPi;
        int quadrant = (int)(((n + quadrants) % 4 + 4) % 4);
        BigInteger term = quadrant % 2 == 0 ? r : One, sum = term, square = Times(r, r);
        for (int k = quadrant % 2 == 0 ? 2 : 1; !term.IsZero; k += 2)
            sum += term = -Times(term, square) / (k * (k + 1));
        return quadrant < 2 ? sum : -sum;
    }

    private static BigInteger Artanh(BigInteger x)
    {
        BigInteger sum = x, power = x, square = Times(x, x);
        for (int k = 3; !power.IsZero; k += 2) sum += (power = Times(power, square)) / k;
        return sum;
    }

    private static BigInteger Arctan(int inverse, BigInteger one)
    {
        BigInteger power = one / inverse, sum = power;
        for (int k = 3, sign = -1; !power.IsZero; k += 2, sign = -sign) sum += sign * (power /= inverse * inverse) / k;
        return sum;
    }

    private static BigInteger Root(BigInteger x) => WholeRoot(x << Bits);

    /// <summary>The whole part of the square root of a whole number.</summary>
    public static BigInteger WholeRoot(BigInteger target)
    {
        if (target.IsZero) return target;
        BigInteger guess = BigInteger.One << (int)(target.GetBitLength() / 2 + 1), next = guess;
        do (guess, next) = (next, (next + target / next) >> 1); while (next < guess);
        return guess;
    }

    private static BigInteger Times(BigInteger x, BigInteger y) => x * y / One; // toward zero, so that a series ends
    private static BigInteger Over(BigInteger x, BigInteger y) => (x << Bits) / y;
    private static BigInteger Floor(BigInteger x) => x >> Bits;
}
