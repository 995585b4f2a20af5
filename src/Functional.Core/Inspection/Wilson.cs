namespace Functional.Core.Inspection;

/// <summary>How far a share may be from the probability behind it. (Wilson, "Probable inference, the law of succession,
/// and statistical inference", 1927)</summary>
public static class Wilson
{
    private const double Deviations = 1.959963984540054; // 95 % of the bell curve

    /// <summary>The 95 % interval of a share; at a share of 0 it begins at 0, and at a share of 1 it ends at 1.</summary>
    /// <param name="times">How many, or what they weigh: 0 to <paramref name="of"/>.</param>
    /// <param name="of">Of how many; above 0.</param>
    public static Range95 Interval(double times, double of)
    {
        double share = times / of, squared = Deviations * Deviations, middle = share + squared / (2 * of),
            half = Deviations * Math.Sqrt(share * (1 - share) / of + squared / (4 * of * of)), whole = 1 + squared / of;
        return new(
            share == 0 ? 0 : Math.Max(0, (middle - half) / whole),
            share == 1 ? 1 : Math.Min(1, (middle + half) / whole));
    }
}
