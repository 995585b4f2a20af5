namespace Functional;

/// <summary>
/// Multiplies the rate with a factor when a watched number has not become better for a while. It is a function of
/// the history: of that number after each epoch. A number is better when it is below (for "max", above) the best so
/// far by more than the threshold.
/// </summary>
/// <param name="Metric">"train_loss", "validation_loss", "validation_accuracy" or "validation_r2".</param>
/// <param name="Mode">"min" or "max": what is better.</param>
/// <param name="Factor">What the rate is multiplied with, 0 &lt; factor &lt; 1.</param>
/// <param name="Patience">How many epochs without a better one are let pass, at least 0.</param>
/// <param name="Threshold">At least 0.</param>
/// <param name="Absolute">Whether the threshold is a difference, not a share of the best.</param>
/// <param name="Cooldown">Epochs after a fall that do not count, at least 0.</param>
/// <param name="Min">The rate does not fall below it, at least 0.</param>
/// <param name="Epsilon">A fall smaller than this is not made, at least 0.</param>
public sealed record ReduceOnPlateau(
    string Metric = "validation_loss", string Mode = "min", double Factor = 0.1, int Patience = 10,
    double Threshold = 1e-4, bool Absolute = false, int Cooldown = 0,
    double Min = 0, double Epsilon = 1e-8) : Schedule
{
    private Items<double> History { get; init; } = [];

    /// <summary>The rate after the epochs it was told of: a fold over their numbers.</summary>
    public override double At(double rate, long step)
    {
        var (best, bad, wait) = (Mode == "min" ? double.PositiveInfinity : double.NegativeInfinity, 0, 0);
        foreach (double number in History)
        {
            // The first number is the best so far.
            if (!double.IsFinite(best) || IsBetter(number, best)) (best, bad) = (number, 0);
            else bad++;
            if (wait > 0) (wait, bad) = (wait - 1, 0);
            if (bad <= Patience) continue;
            double less = Math.Max(rate * Factor, Min);
            if (rate - less > Epsilon) rate = less;
            (wait, bad) = (Cooldown, 0);
        }
        return rate;
    }

    internal override string? Watched => Metric;

    internal override Schedule After(Items<double> history) => this with { History = history };

    /// <inheritdoc/>
    protected internal override Schedule Each(Fields fields) => new ReduceOnPlateau(
        fields.Choice("metric", Metric, "train_loss", "validation_loss", "validation_accuracy", "validation_r2"),
        fields.Choice("mode", Mode, "min", "max"),
        fields.Real("factor", Factor, Interval.WithinZeroAndOne),
        fields.Whole("patience", Patience, Interval.Between(0, int.MaxValue)),
        fields.Real("threshold", Threshold, Interval.NotNegative),
        fields.Flag("absolute", Absolute),
        fields.Whole("cooldown", Cooldown, Interval.Between(0, int.MaxValue)),
        fields.Real("min", Min, Interval.NotNegative),
        fields.Real("epsilon", Epsilon, Interval.NotNegative));

    private bool IsBetter(double number, double best) => (Mode, Absolute) switch
    {
        ("min", false) => number < best * (1 - Threshold),
        ("min", true) => number < best - Threshold,
        (_, false) => number > best * (1 + Threshold),
        _ => number > best + Threshold,
    };
}
