using Functional.Core.Numbers.Functions;


namespace Functional;

/// <summary>The rate as it is.</summary>
public sealed record ConstantRate : Schedule
{
    /// <inheritdoc/>
    public override double At(double rate, long step) => rate;
}

/// <summary>rate factor^floor(t / every): a step down now and then.</summary>
/// <param name="Every">Steps from one fall to the next, at least 1.</param>
/// <param name="Factor">What each fall multiplies with, above 0.</param>
public sealed record StepDecay(int Every = 30, double Factor = 0.1) : Schedule
{
    /// <inheritdoc/>
    public override double At(double rate, long step) => rate * Elementary.Power(Factor, step / Every);

    /// <inheritdoc/>
    protected internal override Schedule Each(Fields fields) => new StepDecay(
        fields.Whole("every", Every, Interval.Between(1, int.MaxValue)),
        fields.Real("factor", Factor, Interval.Positive));
}

/// <summary>rate factor^(how many milestones t has reached).</summary>
/// <param name="Milestones">Steps at which the rate falls.</param>
/// <param name="Factor">What each fall multiplies with, above 0.</param>
public sealed record Multistep(Items<int> Milestones, double Factor = 0.1) : Schedule
{
    /// <summary>Falls after 30 and 60 steps.</summary>
    public Multistep() : this([30, 60]) { }

    /// <inheritdoc/>
    public override double At(double rate, long step) =>
        rate * Elementary.Power(Factor, Milestones.Count(milestone => milestone <= step));

    /// <inheritdoc/>
    protected internal override Schedule Each(Fields fields) => new Multistep(
        fields.Wholes("milestones", Milestones, Interval.Between(0, int.MaxValue)),
        fields.Real("factor", Factor, Interval.Positive));
}

/// <summary>rate factor^t.</summary>
/// <param name="Factor">What each step multiplies with, above 0.</param>
public sealed record ExponentialDecay(double Factor = 0.95) : Schedule
{
    /// <inheritdoc/>
    public override double At(double rate, long step) => rate * Elementary.Power(Factor, step);

    /// <inheritdoc/>
    protected internal override Schedule Each(Fields fields) =>
        new ExponentialDecay(fields.Real("factor", Factor, Interval.Positive));
}

/// <summary>rate (1 - t / steps)^power down to zero, where it stays.</summary>
/// <param name="Steps">How long, at least 1; 0 for the whole training.</param>
/// <param name="Power">Above 0; 1 is a straight line.</param>
public sealed record Polynomial(int Steps = 0, double Power = 1) : Schedule
{
    /// <inheritdoc/>
    public override double At(double rate, long step)
    {
        int steps = Math.Max(Steps, 1);
        double left = 1 - Math.Min(step, steps) / (double)steps;
        return rate * (Power == 1 ? left : Elementary.RealPower(left, Power));
    }

    internal override Schedule For(int steps) => Steps > 0 ? this : this with { Steps = steps };

    /// <inheritdoc/>
    protected internal override Schedule Each(Fields fields) => new Polynomial(
        fields.Whole("steps", Steps, Interval.Between(0, int.MaxValue)),
        fields.Real("power", Power, Interval.Positive));
}

/// <summary>A straight line from rate start to rate end, where it stays.</summary>
/// <param name="Start">First share of the rate, above 0.</param>
/// <param name="End">Last share of the rate, above 0.</param>
/// <param name="Steps">How long, at least 1.</param>
public sealed record LinearWarmup(double Start = 1.0 / 3, double End = 1, int Steps = 5) : Schedule
{
    /// <inheritdoc/>
    public override double At(double rate, long step) => rate * (Start + (End - Start) * Math.Min(step, Steps) / Steps);

    /// <inheritdoc/>
    protected internal override Schedule Each(Fields fields) => new LinearWarmup(
        fields.Real("start", Start, Interval.Positive), fields.Real("end", End, Interval.Positive),
        fields.Whole("steps", Steps, Interval.Between(1, int.MaxValue)));
}
