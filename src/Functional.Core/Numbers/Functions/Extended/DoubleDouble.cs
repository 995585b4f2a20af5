using Functional.Core.Numbers.Lanes;


namespace Functional.Core.Numbers.Functions;

/// <summary>
/// The unrounded sum of two doubles, <paramref name="High"/> the one nearest to it: some 104 bits. What is computed on
/// these and rounded at the end is within little more than half a unit of the last place. (Dekker, "A floating-point
/// technique for extending the available precision", 1971)
/// </summary>
internal readonly record struct DoubleDouble(double High, double Low)
{
    public static implicit operator DoubleDouble(double value) => new(value, 0);

    /// <summary>x + y, exactly. (Knuth's two-sum)</summary>
    public static DoubleDouble Sum(double x, double y)
    {
        double sum = x + y, part = sum - x;
        return new(sum, (x - (sum - part)) + (y - part));
    }

    /// <summary>x y, exactly where nothing of it is below the least number.</summary>
    public static DoubleDouble Product(double x, double y)
    {
        double product = x * y;
        return new(product, Fused.MultiplyAdd(x, y, -product));
    }

    public static DoubleDouble operator +(DoubleDouble x, DoubleDouble y)
    {
        var (high, low) = (Sum(x.High, y.High), Sum(x.Low, y.Low));
        var sum = Quick(high.High, high.Low + low.High);
        return Quick(sum.High, sum.Low + low.Low);
    }

    public static DoubleDouble operator -(DoubleDouble x) => new(-x.High, -x.Low);

    public static DoubleDouble operator -(DoubleDouble x, DoubleDouble y) => x + -y;

    public static DoubleDouble operator *(DoubleDouble x, DoubleDouble y)
    {
        var high = Product(x.High, y.High);
        return Quick(high.High, high.Low + (x.High * y.Low + x.Low * y.High));
    }

    public static DoubleDouble operator /(DoubleDouble x, DoubleDouble y)
    {
        double first = x.High / y.High, second = (x - y * first).High / y.High;
        return Quick(first, second) + (x - y * first - y * second).High / y.High;
    }

    /// <summary>The square root of a number that is not negative: the nearest double, and a step of Newton's.</summary>
    public static DoubleDouble Sqrt(DoubleDouble x)
    {
        if (x.High == 0) return x;
        double root = double.Sqrt(x.High);
        return Quick(root, (x - Product(root, root)).High / (2 * root));
    }

    /// <summary>x 2^n, every part exact where it is in range.</summary>
    public static DoubleDouble Scale(DoubleDouble x, int n) => new(Scale(x.High, n), Scale(x.Low, n));

    /// <summary>x 2^n as a double, rounded once even where the result is subnormal.</summary>
    public static double Round(DoubleDouble x, int n)
    {
        double rounded = Scale(x.High, n);
        if (double.IsNormal(rounded) || double.IsInfinity(rounded)) return rounded;
        double left = x.High - Scale(rounded, -n) + x.Low, half = Scale(double.Epsilon, -n - 1);
        return left > half ? rounded + double.Epsilon : left < -half ? rounded - double.Epsilon : rounded;
    }

    /// <summary>x 2^n: in two steps, of which the first is exact.</summary>
    private static double Scale(double x, int n) => x * PowerOfTwo(n / 2) * PowerOfTwo(n - n / 2);

    /// <summary>2^n for n from -1022 to 1023.</summary>
    private static double PowerOfTwo(int n) => BitConverter.Int64BitsToDouble((long)(n + 1023) << 52);

    // The sum of a number and one that is smaller by far.
    private static DoubleDouble Quick(double x, double y)
    {
        double sum = x + y;
        return new(sum, y - (sum - x));
    }
}
