namespace Functional.Lecture;

/// <summary>How far two lists are in one order: 1 where they are, -1 where one is the other's reverse. (Spearman, "The
/// proof and measurement of association between two things", 1904)</summary>
internal static class RankCorrelation
{
    /// <summary>The correlation of the ranks; numbers that are equal share their mean rank. NaN where all numbers of a
    /// list are equal.</summary>
    public static double Of(IReadOnlyList<double> xs, IReadOnlyList<double> ys)
    {
        double[] x = Ranks(xs), y = Ranks(ys);
        double middle = (x.Length + 1) / 2.0, xy = 0, xx = 0, yy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - middle, y[i] - middle);
            (xy, xx, yy) = (xy + dx * dy, xx + dx * dx, yy + dy * dy);
        }
        return xy / Math.Sqrt(xx * yy);
    }

    private static double[] Ranks(IReadOnlyList<double> numbers) =>
        [.. numbers.Select(number => numbers.Count(other => other < number)
            + (numbers.Count(other => other == number) + 1) / 2.0)];
}
