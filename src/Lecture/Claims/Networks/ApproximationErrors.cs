using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>The errors of trained and of built nets, by inputs, width, seed and kind of function.</summary>
internal sealed class ApproximationErrors(
    ClaimTrials trials, IReadOnlyList<double[]>[][] trained, IReadOnlyList<double[]>[] stairs)
{
    private static readonly int[] Widths = ApproximationTrials.Widths, Stairs = ApproximationTrials.Stairs;

    /// <summary>How many functions some width reaches.</summary>
    public int Reached(double tolerance) => trained.Sum(widths => Enumerable.Range(0, trials.Seeds)
        .Sum(seed => Enumerable.Range(0, RidgeSum.Families)
            .Count(family => widths.Any(width => width[seed][family] <= tolerance))));

    /// <summary>The slope of each seed.</summary>
    public double[] Slopes(int family, int inputs) => [.. Enumerable.Range(0, trials.Seeds).Select(seed =>
        ApproximationTrials.Slope([.. Widths.Select(width => (double)width)],
            [.. trained[inputs - 1].Select(width => width[seed][family])]))];

    /// <summary>The largest error on a single wave, over (2 r C)²/n: r the radius of the ball around the points, C the
    /// wave's constant.</summary>
    public double BarronRatio() => Enumerable.Range(0, trials.Seeds).Max(seed => Enumerable.Range(0, 2).Max(i =>
    {
        double constant = ApproximationTrials.Function(trials.KeyOf(seed), RidgeSum.SingleWave, i + 1).BarronConstant;
        double squared = 4 * (i + 1) * constant * constant;
        return Widths.Index().Max(width => trained[i][width.Index][seed][RidgeSum.SingleWave] * width.Item / squared);
    }));

    /// <summary>The median over seeds.</summary>
    public double Median(int inputs, int width, int family) =>
        Measurement.Median("error", [.. trained[inputs][width].Select(seed => seed[family])]).Value;

    /// <summary>The least trained width whose median is below a tolerance; NaN where there is none.</summary>
    public double UnitsTrained(int inputs, int family, double tolerance) => Widths.Index()
        .Where(width => Median(inputs, width.Index, family) <= tolerance)
        .Select(width => (double)width.Item).FirstOrDefault(double.NaN);

    /// <summary>The least number of steep units whose median is below a tolerance; NaN where there is none.</summary>
    public double UnitsBuilt(int inputs, int family, double tolerance) => Stairs.Index()
        .Where(stair => Measurement.Median("error",
            [.. stairs[inputs].Select(seed =>
                seed[family * (1 + Stairs.Length) + 1 + stair.Index])]).Value <= tolerance)
        .Select(stair => (double)stair.Item * Ridges(family)).FirstOrDefault(double.NaN);

    private static int Ridges(int family) => ApproximationTrials.Function(default, family, 1).Ridges.Length;
}
