using Functional.Core.Numbers.Lanes;


namespace Functional.Core.Numbers.Functions;

/// <summary>Logarithms to other bases than e, each computed to twice a double's digits and rounded once. NaN below
/// zero, minus infinity at zero.</summary>
internal static class Logarithms
{
    /// <summary>log2 x, exact for powers of two.</summary>
    public static double Log2(double x)
    {
        if (!IsPositive(x)) return Elementary.Of<Log>(x);
        var (k, rest) = Extended.LogOfParts(x);
        return (rest / Extended.Ln2 + k).High;
    }

    /// <summary>log10 x, exact for powers of ten.</summary>
    public static double Log10(double x) =>
        IsPositive(x) ? (Extended.Log(x) / Extended.Ln10).High : Elementary.Of<Log>(x);

    /// <summary>ln x / ln b; NaN for the base 1, and for the bases 0 and infinity but at x = 1.</summary>
    public static double Log(double x, double b) =>
        b == 1 || x != 1 && (b == 0 || double.IsPositiveInfinity(b)) ? double.NaN
        : IsPositive(x) && IsPositive(b) && x != 1 ? (Extended.Log(x) / Extended.Log(b)).High
        : Elementary.Of<Log>(x) / Elementary.Of<Log>(b);

    /// <summary>log2(1 + x), exact near zero and where 1 + x is a power of two.</summary>
    public static double Log2P1(double x) => P1(x, Extended.Ln2);

    /// <summary>log10(1 + x), exact near zero.</summary>
    public static double Log10P1(double x) => P1(x, Extended.Ln10);

    private static double P1(double x, DoubleDouble lnBase) =>
        !IsPositive(1 + x) || x == 0 ? Elementary.Of<Log1p>(x)
        : Math.Abs(x) < Extended.Least ? Multiple(x, 1 / lnBase)
        : (Extended.Log1p(x) / lnBase).High;

    private static double Multiple(double x, DoubleDouble slope) => Fused.MultiplyAdd(x, slope.High, x * slope.Low);

    private static bool IsPositive(double x) => x > 0 && double.IsFinite(x);
}
