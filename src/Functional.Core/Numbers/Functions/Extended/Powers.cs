using Functional.Core.Numbers.Lanes;


namespace Functional.Core.Numbers.Functions;

/// <summary>Powers and roots, each computed to twice a double's digits and rounded once. Special values are those of
/// IEEE 754-2019, 9.2.1.</summary>
internal static class Powers
{
    private const int MostSquared = 64;

    /// <summary>x^y; NaN where x is negative and y is not whole.</summary>
    public static double Pow(double x, double y)
    {
        if (y == 0 || x == 1) return 1;
        if (y == 1) return x;
        if (y == 2) return x * x;
        if (y == -1) return 1 / x;
        if (double.IsNaN(x) || double.IsNaN(y)) return double.NaN;
        if (x < 0 && double.IsFinite(x) && double.IsFinite(y) && !double.IsInteger(y)) return double.NaN;
        double size = Math.Abs(x);
        bool hasLimit = size == 0 || double.IsInfinity(size) || double.IsInfinity(y);
        double power =
            size == 1 ? 1
            : !hasLimit ? OfPositive(size, y)
            : size > 1 == y > 0 ? double.PositiveInfinity : 0;
        return double.IsNegative(x) && double.IsOddInteger(y) ? -power : power;
    }

    /// <summary>The n-th root, x^(1/n); of a negative x where n is odd.</summary>
    public static double Root(double x, int n)
    {
        if (n == 1) return x;
        if (n == 0 || double.IsNaN(x)) return double.NaN;
        bool isOdd = int.IsOddInteger(n);
        if (x < 0 && !isOdd) return double.NaN;
        double size = Math.Abs(x), root =
            size == 0 || double.IsInfinity(size) ? (size == 0 == n > 0 ? 0 : double.PositiveInfinity)
            : n == 2 ? double.Sqrt(size)
            : Extended.RoundedExp(Extended.Log(size) / n);
        return isOdd ? Math.CopySign(root, x) : root;
    }

    /// <summary>sqrt(x^2 + y^2), without overflow on the way.</summary>
    public static double Hypot(double x, double y)
    {
        if (double.IsInfinity(x) || double.IsInfinity(y)) return double.PositiveInfinity;
        double most = Math.Max(Math.Abs(x), Math.Abs(y));
        if (most == 0 || double.IsNaN(most)) return most;
        int n = double.ILogB(most);
        var (a, b) = (DoubleDouble.Scale(x, -n).High, DoubleDouble.Scale(y, -n).High);
        return DoubleDouble.Round(DoubleDouble.Sqrt(DoubleDouble.Product(a, a) + DoubleDouble.Product(b, b)), n);
    }

    /// <summary>2^x, exact for whole x.</summary>
    public static double Exp2(double x)
    {
        if (IsBeyond(x * Extended.Ln2.High)) return Elementary.Of<Exp>(x);
        double n = double.Round(x);
        return DoubleDouble.Round(Extended.Exp(Extended.Ln2 * (x - n)).Tail + 1, (int)n);
    }

    /// <summary>10^x; of a whole x the double that is written as 1eX.</summary>
    public static double Exp10(double x) =>
        IsBeyond(x * Extended.Ln10.High) ? Elementary.Of<Exp>(x * Extended.Ln10.High)
        : double.IsInteger(x) && Math.Abs(x) <= MostSquared ? Whole(10, (int)x)
        : Extended.RoundedExp(Extended.Ln10 * x);

    /// <summary>2^x - 1, exact near zero.</summary>
    public static double Exp2M1(double x) => M1(x, Extended.Ln2);

    /// <summary>10^x - 1, exact near zero.</summary>
    public static double Exp10M1(double x) => M1(x, Extended.Ln10);

    private static double M1(double x, DoubleDouble lnBase) =>
        IsBeyond(x * lnBase.High) || x == 0 ? Elementary.Of<Expm1>(x * lnBase.High)
        : Math.Abs(x) < Extended.Least ? Fused.MultiplyAdd(x, lnBase.High, x * lnBase.Low)
        : (x * lnBase.High) switch
        {
            > 90 => Extended.RoundedExp(lnBase * x), // the one is below half a unit of the last place
            < -90 => -1,
            _ => Extended.Expm1(lnBase * x).High,
        };

    // Where e^x is infinite or 0 whatever the digits; or NaN.
    private static bool IsBeyond(double x) => !(Math.Abs(x) < 760);

    // x is neither 1 nor infinite.
    private static double OfPositive(double x, double y)
    {
        if (y == 0.5) return double.Sqrt(x);
        if (double.IsInteger(y) && Math.Abs(y) <= MostSquared && IsFarFromEnds(x, y)) return Whole(x, (int)y);
        var log = Extended.Log(x);
        return (y * log.High) switch
        {
            > 720 => double.PositiveInfinity,
            < -760 => 0,
            _ => Extended.RoundedExp(DoubleDouble.Product(y, log.High) + y * log.Low),
        };
    }

    // Where neither x^y nor what it loses in rounding leaves the range.
    private static bool IsFarFromEnds(double x, double y) => (Math.Abs(double.ILogB(x)) + 1) * Math.Abs(y) < 900;

    // By repeated squaring.
    private static double Whole(double x, int n)
    {
        DoubleDouble power = 1, square = x;
        for (int left = Math.Abs(n); left > 0; left >>= 1, square *= square)
            if ((left & 1) != 0) power *= square;
        return n < 0 ? (1 / power).High : power.High;
    }
}
