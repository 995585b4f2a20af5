using Functional.Core.Forms;
using Functional.Core.Inspection;

namespace Functional.Lecture;

/// <summary>Estimates with 95 % intervals, in one order of sums: everyone has the same digits.</summary>
public static class Measurement
{
    /// <summary>A number without chance in it: its interval is the number.</summary>
    public static Estimate Exact(string name, double value) => new(name, value, value, value);

    /// <summary>The mean over seeds, with Student's interval; of one number it is not known, and reaches to
    /// infinity.</summary>
    /// <param name="name">The criterion's.</param>
    /// <param name="values">One a seed; one that is not finite makes the mean NaN, and fails its criterion.</param>
    public static Estimate Mean(string name, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0) return Exact(name, double.NaN);
        var mean = SampleMean.Of(values);
        double half = mean.Half ?? double.PositiveInfinity;
        return new(name, mean.Mean, mean.Mean - half, mean.Mean + half);
    }

    /// <summary>A share of trials, with Wilson's interval. (Wilson, "Probable inference, the law of succession, and
    /// statistical inference", 1927)</summary>
    public static Estimate Share(string name, int times, int of)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(of, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        var interval = Wilson.Interval(times, of);
        return new(name, (double)times / of, interval.Low, interval.High);
    }

    /// <summary>The median over seeds, with the interval between two of the numbers in order that holds the median of
    /// what they are drawn from in at least 95 % of cases (by the binomial distribution); of fewer than six it reaches
    /// to infinity.</summary>
    public static Estimate Median(string name, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0 || values.Any(double.IsNaN)) return Exact(name, double.NaN);
        double[] sorted = [.. values.Order()];
        int n = sorted.Length, below = 0;
        // P(fewer than k of n numbers lie below the median) is at most 2.5 % for the largest such k.
        // Both are times 2^-scale, which alone is no double from a thousand numbers on.
        double weight = 1, sum = 1;
        int scale = n;
        while (Math.ScaleB(sum, -scale) <= 0.025 && below < n / 2)
        {
            weight = weight * (n - below) / (below + 1);
            sum += weight;
            below++;
            if (sum < Large) continue;
            (weight, sum, scale) = (weight / Large, sum / Large, scale - LargeBits);
        }
        double middle = n % 2 == 1 ? sorted[n / 2] : sorted[n / 2 - 1] / 2 + sorted[n / 2] / 2;
        return below == 0
            ? new(name, middle, double.NegativeInfinity, double.PositiveInfinity)
            : new(name, middle, sorted[below - 1], sorted[n - below]);
    }

    /// <summary>As people read it: the number, and its interval where it has one.</summary>
    public static string Shown(Estimate estimate, int digits = 4)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return double.IsNaN(estimate.Value) ? "–"
            : estimate.Low == estimate.High ? Numerals.Of(estimate.Value, digits)
            : $"{Numerals.Of(estimate.Value, digits)} [{End(estimate.Low, digits)}, {End(estimate.High, digits)}]";
    }

    private const int LargeBits = 512;
    private static readonly double Large = Math.ScaleB(1, LargeBits);

    private static string End(double number, int digits) => number switch
    {
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "-∞",
        _ => Numerals.Of(number, digits),
    };
}
