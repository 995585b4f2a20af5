using Functional.Core.Numbers.Functions;

namespace Functional.Lecture;

/// <summary>y proportional to a power of x.</summary>
internal static class PowerLaw
{
    /// <summary>The power: the slope of the straight line of least squares through (log x, log y).</summary>
    /// <param name="xs">Positive numbers.</param>
    /// <param name="ys">As many, positive.</param>
    public static double Exponent(IReadOnlyList<double> xs, IReadOnlyList<double> ys)
    {
        double[] x = [.. xs.Select(Elementary.Of<Log>)], y = [.. ys.Select(Elementary.Of<Log>)];
        double meanX = x.Sum() / x.Length, meanY = y.Sum() / y.Length, products = 0, squares = 0;
        for (int i = 0; i < x.Length; i++)
        {
            products += (x[i] - meanX) * (y[i] - meanY);
            squares += (x[i] - meanX) * (x[i] - meanX);
        }
        return products / squares;
    }
}
