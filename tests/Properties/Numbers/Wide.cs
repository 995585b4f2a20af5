using System.Numerics;

namespace Properties.Numbers;

/// <summary>A number of 320 bits and more, wherever its point is: <see cref="Exact"/> for results that are too small or
/// too large for a fixed one.</summary>
internal readonly record struct Wide(BigInteger Mantissa, int Exponent)
{
    private const int Bits = 400;

    public static implicit operator Wide(int value) => new(value, 0);

    public static implicit operator Wide(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0x000F_FFFF_FFFF_FFFF) | (exponent == 0 ? 0 : 0x0010_0000_0000_0000);
        return new(bits < 0 ? -mantissa : mantissa, Math.Max(exponent, 1) - 1075);
    }

    public bool IsNegative => Mantissa.Sign < 0;

    public static Wide operator -(Wide x) => new(-x.Mantissa, x.Exponent);
    public static Wide operator -(Wide x, Wide y) => x + -y;
    public static Wide operator *(Wide x, Wide y) => Short(x.Mantissa * y.Mantissa, x.Exponent + y.Exponent);

    public static Wide operator +(Wide x, Wide y)
    {
        if (x.Mantissa.IsZero || y.Mantissa.IsZero) return x.Mantissa.IsZero ? y : x;
        if (x.Exponent < y.Exponent) (x, y) = (y, x);
        if (x.Exponent - y.Exponent > 5000) return x;
        return Short((x.Mantissa << (x.Exponent - y.Exponent)) + y.Mantissa, y.Exponent);
    }

    public static Wide operator /(Wide x, Wide y)
    {
        int shift = Math.Max(0, Bits + (int)(y.Mantissa.GetBitLength() - x.Mantissa.GetBitLength()));
        return Short((x.Mantissa << shift) / y.Mantissa, x.Exponent - shift - y.Exponent);
    }

    public static Wide Abs(Wide x) => x.IsNegative ? -x : x;

    public static Wide Sqrt(Wide x)
    {
        int shift = 2 * Bits + (x.Exponent & 1);
        return Short(Exact.WholeRoot(x.Mantissa << shift), (x.Exponent - shift) / 2);
    }

    public static Wide Exp(Wide x)
    {
        var (power, n) = Exact.ExpParts(x.Fixed());
        return new(power, n - Exact.Bits);
    }

    public static Wide Expm1(Wide x)
    {
        if (!(Abs(x) < 0.25)) return Exp(x) - 1;
        Wide sum = x, term = x;
        for (int k = 2; k < 90; k++) sum += term = term * x / k;
        return sum;
    }

    public static Wide Log(Wide x)
    {
        int k = (int)x.Mantissa.GetBitLength() + x.Exponent;
        var m = new Wide(x.Mantissa, x.Exponent - k); // 1/2 <= m < 1
        if (m < 0.75) (k, m) = (k - 1, m * 2);
        return new Wide(k * Exact.Ln2, -Exact.Bits) + Log1p(m - 1);
    }

    public static Wide Log1p(Wide x)
    {
        if (!(Abs(x) < 0.55)) return Log(1 + x);
        Wide s = x / (2 + x), square = s * s, power = s, sum = s; // 2 artanh s
        for (int k = 3; !power.Mantissa.IsZero && power.Top > sum.Top - Bits; k += 2)
            sum += (power *= square) / k;
        return 2 * sum;
    }

    public static Wide Tanh(Wide x) => Expm1(2 * x) is var e ? e / (e + 2) : 0;
    public static Wide Sigmoid(Wide x) => 1 / (1 + Exp(-x));
    public static Wide Softplus(Wide x) => Log1p(Exp(x));
    public static Wide Sinh(Wide x) => (Expm1(x) - Expm1(-x)) / 2;
    public static Wide Cosh(Wide x) => (Exp(x) + Exp(-x)) / 2;
    public static Wide Asinh(Wide x) => x.IsNegative ? -Asinh(-x) : Log1p(x + x * x / (1 + Sqrt(1 + x * x)));
    public static Wide Acosh(Wide x) => Log1p(x - 1 + Sqrt((x - 1) * (x + 1)));
    public static Wide Atanh(Wide x) => x.IsNegative ? -Atanh(-x) : Log1p(2 * x / (1 - x)) / 2;
    public static Wide Sin(Wide x) => Sine(x, 0);
    public static Wide Cos(Wide x) => Sine(x, 1);

    public static Wide Erf(Wide x)
    {
        Wide sum = x, power = x, square = x * x;
        for (int k = 1; k < 400; k++)
        {
            power = -power * square / k;
            sum += power / (2 * k + 1);
        }
        return 2 * sum / Sqrt(new Wide(2 * Exact.FineHalfPi, -Exact.FineBits));
    }

    private static Wide Sine(Wide x, int quadrants)
    {
        int down = Math.Max(0, -x.Exponent); // a whole number over 2^down
        var whole = x.Exponent > 0 ? x.Mantissa << x.Exponent : x.Mantissa;
        var n = ((whole << Exact.FineBits + 1) + (Exact.FineHalfPi << down)) / (Exact.FineHalfPi << down + 1);
        if (down > 60 + x.Mantissa.GetBitLength()) n = 0;
        var r = n.IsZero ? x
            : new Wide((whole << Exact.FineBits) - (n * Exact.FineHalfPi << down), -Exact.FineBits - down);
        int quadrant = (int)(((n + quadrants) % 4 + 4) % 4);
        Wide term = quadrant % 2 == 0 ? r : 1, sum = term, square = r * r;
        for (int k = quadrant % 2 == 0 ? 2 : 1; k < 140; k += 2) sum += term = -term * square / (k * (k + 1));
        return quadrant < 2 ? sum : -sum;
    }

    public static Wide Power(Wide x, long n)
    {
        Wide power = 1, square = x;
        for (long left = Math.Abs(n); left > 0; left >>= 1, square *= square)
            if ((left & 1) != 0) power *= square;
        return n < 0 ? 1 / power : power;
    }

    public static bool operator <(Wide x, Wide y) => (x - y).IsNegative;
    public static bool operator >(Wide x, Wide y) => y < x;

    /// <summary>How far a double is from this, in units of its last place; an infinite one stands for 2^1024.</summary>
    public double Ulps(double got)
    {
        if (double.IsNaN(got)) return double.PositiveInfinity;
        if (double.IsInfinity(got) && got < 0 == IsNegative && Abs(this) > new Wide(1, 1024)) return 0;
        double size = Math.Min(Math.Abs(got), double.MaxValue);
        Wide place = double.IsInfinity(got) ? new Wide(got > 0 ? 1 : -1, 1024) : got;
        Wide ulp = size < double.MaxValue ? Math.BitIncrement(size) - size : size - Math.BitDecrement(size);
        var off = Abs(place - this) / ulp;
        if (off.Mantissa.IsZero || off.Top < -60) return 0;
        return off.Top > 60 ? double.PositiveInfinity : (double)(off.Mantissa >> -off.Exponent - 20) / (1 << 20);
    }

    /// <summary>The double nearest to this, ties to even.</summary>
    public double Nearest() => Nearest(53, -1074, 971);

    /// <summary>The float nearest to this, ties to even.</summary>
    public float NearestFloat() => (float)Nearest(24, -149, 104);

    // By how many digits there are, and the least and the largest exponent of the last of them.
    private double Nearest(int digits, int least, int largest)
    {
        var size = BigInteger.Abs(Mantissa);
        int last = Math.Max(Top - digits, least), shift = last - Exponent;
        if (shift <= 0) last = Exponent;
        else
        {
            var (whole, rest) = BigInteger.DivRem(size, BigInteger.One << shift);
            int side = rest.CompareTo(BigInteger.One << (shift - 1));
            size = side > 0 || side == 0 && !whole.IsEven ? whole + 1 : whole;
        }
        double nearest = last + size.GetBitLength() > largest + digits ? double.PositiveInfinity
            : Math.ScaleB((double)size, last);
        return IsNegative ? -nearest : nearest;
    }

    // The exponent of the power of two above it.
    private int Top => (int)Mantissa.GetBitLength() + Exponent;

    private BigInteger Fixed() =>
        Exponent + Exact.Bits is >= 0 and var shift ? Mantissa << shift : Mantissa >> -(Exponent + Exact.Bits);

    private static Wide Short(BigInteger mantissa, int exponent)
    {
        int drop = (int)mantissa.GetBitLength() - Bits;
        return drop <= 0 ? new(mantissa, exponent) : new(mantissa >> drop, exponent + drop);
    }
}
