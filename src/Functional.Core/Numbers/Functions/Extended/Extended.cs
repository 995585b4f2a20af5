namespace Functional.Core.Numbers.Functions;

/// <summary>e^x and ln x to some 80 bits, from which the other functions are made. The arguments are finite.</summary>
internal static class Extended
{
    /// <summary>ln 2</summary>
    public static readonly DoubleDouble Ln2 = new(0.6931471805599453, 2.3190468138462996e-17);

    /// <summary>ln 10</summary>
    public static readonly DoubleDouble Ln10 = new(2.302585092994046, -2.1707562233822494e-16);

    /// <summary>Below this a function x + c x^3 + ... is x: x^2 is below 2^-59.</summary>
    public const double Tiny = 1e-9;

    /// <summary>Below this a function a x + b x^2 + ... is a x: x is below 2^-66.</summary>
    public const double Least = 1e-20;

    private const double Sqrt2 = 1.4142135623730951;
    private const int InDoubleDouble = 8, InAll = 20;

    // 1/k!
    private static readonly DoubleDouble[] InverseFactorials = Factorials();

    /// <summary>e^x = (1 + tail) 2^n, with a tail between 2^(-1/2) - 1 and 2^(1/2) - 1; |x| is below 2000.</summary>
    public static (DoubleDouble Tail, int Power) Exp(DoubleDouble x)
    {
        double n = double.Round(x.High / Ln2.High);
        var r = x - Ln2 * n;
        // e^r - 1 = r (1/1! + r/2! + r^2/3! + ...): what is multiplied with r^8 and more needs a double's digits only.
        double rest = 0;
        for (int k = InAll; k > InDoubleDouble; k--) rest = rest * r.High + InverseFactorials[k].High;
        DoubleDouble sum = rest;
        for (int k = InDoubleDouble; k > 0; k--) sum = sum * r + InverseFactorials[k];
        return (sum * r, (int)n);
    }

    /// <summary>e^x, rounded; |x| is below 2000.</summary>
    public static double RoundedExp(DoubleDouble x)
    {
        var (tail, n) = Exp(x);
        return DoubleDouble.Round(tail + 1, n);
    }

    /// <summary>e^x - 1 = tail 2^n + (2^n - 1), for |x| below 100.</summary>
    public static DoubleDouble Expm1(DoubleDouble x)
    {
        var (tail, n) = Exp(x);
        return DoubleDouble.Scale(tail, n) + (DoubleDouble.Scale(1, n) - 1);
    }

    /// <summary>ln(1 + x) for x > -1.</summary>
    public static DoubleDouble Log1p(DoubleDouble x)
    {
        if (x.High is < -0.3 or > 0.42) return Log(x + 1);
        // One step of Halley's: y <- y + 2 (x - e) / (2 + x + e) with e = e^y - 1, which triples the digits.
        double y = Elementary.Of<Log1p>(x.High);
        var e = Expm1(y);
        return DoubleDouble.Sum(y, 2 * (x - e).High / (2 + x.High + e.High));
    }

    /// <summary>ln x for x > 0.</summary>
    public static DoubleDouble Log(DoubleDouble x)
    {
        var (k, rest) = LogOfParts(x);
        return Ln2 * k + rest;
    }

    /// <summary>k and ln m, of x = 2^k m and m between sqrt(1/2) and sqrt 2.</summary>
    public static (double K, DoubleDouble LogM) LogOfParts(DoubleDouble x)
    {
        int k = (int)double.ILogB(x.High);
        if (DoubleDouble.Scale(x, -k).High > Sqrt2) k++;
        return (k, Log1p(DoubleDouble.Scale(x, -k) - 1));
    }

    private static DoubleDouble[] Factorials()
    {
        var inverse = new DoubleDouble[InAll + 1];
        inverse[0] = 1;
        for (int k = 1; k <= InAll; k++) inverse[k] = inverse[k - 1] / k;
        return inverse;
    }
}
