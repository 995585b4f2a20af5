using Functional.Core.Numbers.Functions;

namespace Functional.Core.Training;

/// <summary>The learning rates that a range test goes through: from the first to the last by equal factors, one a
/// step.</summary>
/// <param name="From">The first rate, 1e-12 &lt;= from &lt; to.</param>
/// <param name="To">The last rate, at most 1e6.</param>
/// <param name="Steps">How many, 10 to 100000. A hundred is fastai's number: where an epoch is shorter, the test goes
/// on with the next one.</param>
public sealed record RateRange(double From = 1e-7, double To = 10, int Steps = 100)
{
    private const double MostRate = 1e6, LeastRate = 1e-12;
    private const int FewestSteps = 10, MostSteps = 100_000;

    /// <summary>The rate of a step: from (to / from)^(step / (steps - 1)).</summary>
    /// <param name="step">From 0 to <see cref="Steps"/> - 1; later ones keep the last rate.</param>
    public double At(long step) =>
        step <= 0 ? From
        : step >= Steps - 1 ? To
        : From * Elementary.RealPower(To / From, (double)step / (Steps - 1));

    /// <summary>How much of the old mean a new loss leaves, 0 &lt;= smoothing &lt;= 0.98: the mean lasts about a
    /// twentieth of the range. From 1000 steps on it is fastai's 0.98, which over fewer would look back over decades of
    /// rates.</summary>
    public double Smoothing => Math.Clamp(1 - 20.0 / Steps, 0, 0.98);

    /// <summary>What is out of range.</summary>
    internal IEnumerable<Invalid> Faults()
    {
        if (!(From >= LeastRate && From <= MostRate))
            yield return new($"the first rate is {From:R}; it should be between {LeastRate:R} and {MostRate:R}");
        if (!(To >= LeastRate && To <= MostRate))
            yield return new($"the last rate is {To:R}; it should be between {LeastRate:R} and {MostRate:R}");
        if (From >= To)
            yield return new($"the last rate is {To:R}; it should be above the first one, {From:R}");
        if (Steps is < FewestSteps or > MostSteps)
            yield return new($"the steps are {Steps}; they should be between {FewestSteps} and {MostSteps}");
    }

    /// <summary>The range as a schedule: whatever rate the optimizer was given.</summary>
    internal Schedule Schedule => new Growing(this);

    private sealed record Growing(RateRange Range) : Schedule
    {
        public override double At(double rate, long step) => Range.At(step);

        /// <inheritdoc/>
        protected internal override Schedule Each(Fields fields) => this; // of a test alone, never written down
    }
}
