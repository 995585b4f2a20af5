namespace Functional.Core.Training;

/// <summary>What came of a range test: the loss against the rate, and the rates that it suggests.</summary>
/// <param name="Range">The rates that it was to go through.</param>
/// <param name="Points">Its steps; none where the first loss was not finite.</param>
public sealed record RateCurve(RateRange Range, Items<RatePoint> Points)
{
    /// <summary>How it ended.</summary>
    public RateEnd End =>
        Points.Count > 0
            && RateTests.HasRisen(Points[^1].Smoothed, Points.Min(point => point.Smoothed)) ? RateEnd.Rose
        : Points.Count < Range.Steps ? RateEnd.NotFinite
        : RateEnd.Whole;

    /// <summary>The step with the least smoothed loss; null where there is none.</summary>
    public RatePoint? Minimum => Points.MinBy(point => point.Smoothed);

    /// <summary>How far the smoothed loss falls: from the mean loss of the first tenth of the steps, where rates are
    /// too small to change anything, to its minimum.</summary>
    public double Descent => Minimum is { } least ? Level - least.Smoothed : 0;

    /// <summary>How far the smoothed loss may fall by the chance of the batches alone: three standard errors of
    /// <see cref="Descent"/>. The scatter of one batch is taken from the differences of losses one after the other, up
    /// to the minimum.</summary>
    public double Chance
    {
        get
        {
            if (Minimum is not { Step: > 0 } least) return 0;
            double sum = 0, kept = Range.Smoothing;
            for (int i = 1; i <= least.Step; i++)
            {
                double difference = Points[i].Loss - Points[i - 1].Loss;
                sum += difference * difference;
            }
            double variance = sum / (2.0 * least.Step);
            return 3 * Math.Sqrt(variance * ((1 - kept) / (1 + kept) + 1.0 / First));
        }
    }

    /// <summary>Whether the loss falls by more than chance would make it.</summary>
    public bool Falls => Descent > Chance;

    /// <summary>The rate at which the smoothed loss falls fastest as the rate grows, after the first tenth and before
    /// the minimum; null where it does not fall.</summary>
    public double? Steepest
    {
        get
        {
            if (!Falls) return null;
            int reach = Math.Max(1, Range.Steps / 40), low = Math.Max(First, reach);
            (double Slope, double? Rate) best = (0, null);
            for (int i = low; i < Minimum!.Step && i + reach < Points.Count; i++)
            {
                double slope = Points[i + reach].Smoothed - Points[i - reach].Smoothed;
                if (slope < best.Slope) best = (slope, Points[i].Rate);
            }
            return best.Rate;
        }
    }

    /// <summary>A tenth of the rate at which the smoothed loss is least; null where it does not fall.</summary>
    public double? TenthOfMinimum => Falls ? Minimum!.Rate / 10 : null;

    /// <summary>The rate to try first: the smaller of the two, since a rate that is too large spoils a training, and
    /// one that is too small only makes it longer; null where the loss does not fall.</summary>
    public double? Recommended => TenthOfMinimum is { } tenth ? Math.Min(tenth, Steepest ?? tenth) : null;

    private int First => Math.Max(1, Range.Steps / 10);

    private double Level
    {
        get
        {
            double sum = 0;
            int count = Math.Min(First, Points.Count);
            for (int i = 0; i < count; i++) sum += Points[i].Loss;
            return sum / count;
        }
    }
}
