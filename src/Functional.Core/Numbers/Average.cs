using Functional.Core.Numbers.Streams;


namespace Functional.Core.Numbers;

/// <summary>Averages of numbers, weighted where weights are given: a whole weight counts as often as it says.</summary>
internal static class Average
{
    /// <summary>sum(w x) / sum(w); NaN where there are no numbers.</summary>
    public static double Of(double[] numbers, double[]? weights = null) => weights is null
        ? Reduce.Sum<double>(numbers) / numbers.Length
        : Reduce.Dot<double>(weights, numbers) / Reduce.Sum<double>(weights);

    /// <summary>sum(w x^2) / sum(w).</summary>
    public static double OfSquares(double[] numbers, double[]? weights = null) => weights is null
        ? Reduce.Dot<double>(numbers, numbers) / numbers.Length
        : Reduce.Dot<double>([.. numbers.Zip(weights, (x, w) => w * x)], numbers) / Reduce.Sum<double>(weights);

    /// <summary>Whether numbers differ by no more than the rounding of sums and products of their size: by at most
    /// 2^-48 of the largest.</summary>
    public static bool AreOne(double[] numbers)
    {
        if (numbers.Length == 0) return true;
        double low = numbers.Min(), high = numbers.Max();
        return high - low <= Rounding * Math.Max(Math.Abs(low), Math.Abs(high));
    }

    private const double Rounding = 1.0 / (1L << 48); // 16 units in the last place of a number

    /// <summary>The middle number; the mean of two where the weights above and below are equal between them. A NaN
    /// makes it NaN.</summary>
    public static double Median(double[] numbers, double[]? weights = null) => Quantile(numbers, 0.5, weights);

    /// <summary>The number below which a share of the weight lies (the averaged inverse of the distribution: the
    /// mean of two where the share ends between them). A NaN makes it NaN.</summary>
    public static double Quantile(double[] numbers, double share, double[]? weights = null)
    {
        // Equals in their own order.
        int[] order = [.. Enumerable.Range(0, numbers.Length).Where(i => weights?[i] != 0).OrderBy(i => numbers[i])];
        double[] sorted = [.. order.Select(i => numbers[i])], counts = [.. order.Select(i => weights?[i] ?? 1)];
        if (sorted.Length == 0 || double.IsNaN(sorted[0])) return double.NaN; // NaN comes first in order
        double wanted = share * counts.Sum(), below = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            below += counts[i];
            if (i + 1 < sorted.Length && Math.Abs(below - wanted) <= Rounding * wanted)
                return (sorted[i] + sorted[i + 1]) / 2;
            if (below >= wanted) return sorted[i];
        }
        return sorted[^1];
    }
}
