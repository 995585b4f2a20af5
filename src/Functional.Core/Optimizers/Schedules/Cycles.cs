using Functional.Core.Numbers.Functions;


namespace Functional;

/// <summary>
/// Up to the rate, down again, and then far below where it began: from rate / first to the rate over a share of the
/// steps, then to rate / (first last); in three phases, back to rate / first before that. A phase without a step
/// between its ends is at its end. (Smith and Topin, 2018) </summary>
/// <param name="Steps">How long, at least 2; 0 for the whole training.</param>
/// <param name="Rising">Share of the steps that rise, between 0 and 1.</param>
/// <param name="First">What the rate is divided by at first, above 0.</param>
/// <param name="Last">What that is divided by in the end, above 0.</param>
/// <param name="Linear">Straight lines instead of half cosine waves.</param>
/// <param name="ThreePhases">Whether the fall mirrors the rise, and the rest of the steps goes to the end.</param>
public sealed record OneCycle(
    int Steps = 0, double Rising = 0.3, double First = 25, double Last = 1e4, bool Linear = false,
    bool ThreePhases = false) : Schedule
{
    /// <inheritdoc/>
    public override double At(double rate, long step)
    {
        double low = rate / First, end = low / Last, total = Math.Max(Steps, 2), top = Rising * total - 1;
        var phases = ThreePhases
            ? new[] { (top, low, rate), (2 * Rising * total - 2, rate, low), (total - 1, low, end) }
            : [(top, low, rate), (total - 1, rate, end)];
        double begin = 0;
        foreach (var (until, from, to) in phases)
        {
            if (step <= until) return until > begin ? Between(from, to, (step - begin) / (until - begin)) : to;
            begin = until;
        }
        return end;
    }

    internal override Schedule For(int steps) => Steps > 0 ? this : this with { Steps = Math.Max(steps, 2) };

    /// <inheritdoc/>
    protected internal override Schedule Each(Fields fields) => new OneCycle(
        fields.Whole("steps", Steps, Interval.Between(0, int.MaxValue)),
        fields.Real("rising", Rising, Interval.WithinZeroAndOne),
        fields.Real("first", First, Interval.Positive),
        fields.Real("last", Last, Interval.Positive),
        fields.Flag("linear", Linear),
        fields.Flag("three_phases", ThreePhases));

    private double Between(double from, double to, double share) =>
        Linear ? from + (to - from) * share : CosineAnnealing.Wave(from, to, share);
}

/// <summary>
/// Up and down between a least rate and the rate, again and again: min + (rate - min) triangle(t) scale, where the
/// scale stays 1, halves with each cycle, or shrinks with each step. (Smith, 2017) </summary>
/// <param name="Min">At least 0.</param>
/// <param name="Up">Steps up, at least 1.</param>
/// <param name="Down">Steps down, at least 1; 0 for as many as up.</param>
/// <param name="Scale">"same", "halving" (with each cycle) or "shrinking" (by
/// <paramref name="Factor"/> with each step).</param>
/// <param name="Factor">What each step shrinks by, 0 &lt; factor &lt;= 1.</param>
public sealed record Cyclic(double Min = 0, int Up = 10, int Down = 0, string Scale = "same", double Factor = 1)
    : Schedule
{
    /// <inheritdoc/>
    public override double At(double rate, long step)
    {
        long down = Down > 0 ? Down : Up, within = step % (Up + down), cycle = step / (Up + down);
        double height = within <= Up ? (double)within / Up : (double)(Up + down - within) / down;
        double scale = Scale switch
        {
            "halving" => Elementary.Power(0.5, cycle),
            "shrinking" => Elementary.Power(Factor, step),
            _ => 1
        };
        return Min + (rate - Min) * height * scale;
    }

    /// <inheritdoc/>
    protected internal override Schedule Each(Fields fields) => new Cyclic(
        fields.Real("min", Min, Interval.NotNegative),
        fields.Whole("up", Up, Interval.Between(1, int.MaxValue)),
        fields.Whole("down", Down, Interval.Between(0, int.MaxValue)),
        fields.Choice("scale", Scale, "same", "halving", "shrinking"),
        fields.Real("factor", Factor, Interval.ZeroToOne));
}
