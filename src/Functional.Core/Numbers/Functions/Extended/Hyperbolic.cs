namespace Functional.Core.Numbers.Functions;

/// <summary>Hyperbolic functions and their inverses, each computed to twice a double's digits and rounded once. Odd
/// functions are odd to the bit.</summary>
internal static class Hyperbolic
{
    private const double WithoutInverse = 40;  // from there on e^-x is below any digit of e^x that counts
    private const double WithoutOne = 1e150;   // from there on x^2 + 1 is x^2

    /// <summary>(e^x - e^-x) / 2</summary>
    public static double Sinh(double x)
    {
        double size = Math.Abs(x);
        if (!(size >= Extended.Tiny) || double.IsInfinity(x)) return x;
        return Math.CopySign(size > WithoutInverse ? HalfExp(size) : Near(size), x);

        static double Near(double size)
        {
            var e = Extended.Expm1(size);
            return ((e + e / (e + 1)) * 0.5).High;
        }
    }

    /// <summary>(e^x + e^-x) / 2</summary>
    public static double Cosh(double x)
    {
        double size = Math.Abs(x);
        if (!double.IsFinite(x)) return size;
        if (size > WithoutInverse) return HalfExp(size);
        var e = Extended.Expm1(size) + 1;
        return ((e + 1 / e) * 0.5).High;
    }

    /// <summary>ln(x + sqrt(x^2 + 1))</summary>
    public static double Asinh(double x)
    {
        double size = Math.Abs(x);
        if (!(size >= Extended.Tiny) || double.IsInfinity(x)) return x;
        return Math.CopySign((size > WithoutOne ? Extended.Log(size) + Extended.Ln2 : Near(size)).High, x);

        static DoubleDouble Near(double size)
        {
            var square = DoubleDouble.Product(size, size);
            return Extended.Log1p(square / (DoubleDouble.Sqrt(square + 1) + 1) + size);
        }
    }

    /// <summary>ln(x + sqrt(x^2 - 1)) for x from 1 on; NaN below.</summary>
    public static double Acosh(double x)
    {
        if (!(x >= 1)) return double.NaN;
        if (double.IsInfinity(x)) return x;
        if (x > WithoutOne) return (Extended.Log(x) + Extended.Ln2).High;
        var beyond = DoubleDouble.Sum(x, -1);
        return Extended.Log1p(beyond + DoubleDouble.Sqrt(beyond * (beyond + 2))).High;
    }

    /// <summary>ln((1 + x) / (1 - x)) / 2 for |x| up to 1, where it is infinite; NaN beyond.</summary>
    public static double Atanh(double x)
    {
        double size = Math.Abs(x);
        if (size > 1) return double.NaN;
        if (!(size >= Extended.Tiny)) return x;
        if (size == 1) return Math.CopySign(double.PositiveInfinity, x);
        return Math.CopySign((Extended.Log1p(2 * size / DoubleDouble.Sum(1, -size)) * 0.5).High, x);
    }

    // e^x / 2
    private static double HalfExp(double x)
    {
        if (x > 800) return double.PositiveInfinity;
        var (tail, n) = Extended.Exp(x);
        return DoubleDouble.Round(tail + 1, n - 1);
    }
}
