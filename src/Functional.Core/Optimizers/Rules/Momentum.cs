using Functional.Core.Numbers.Streams;
using Functional.Core.Optimizers;


namespace Functional;

/// <summary>Adds a decaying memory of past directions: v &lt;- decay v + (1 - dampening) g, with v = g at the first
/// step, then moves along v. (Polyak, 1964)</summary>
/// <param name="Decay">Share of the old velocity that is kept, 0 &lt;= decay &lt; 1.</param>
/// <param name="Dampening">Share of the new direction that is left out, 0 &lt;= dampening &lt; 1.</param>
public sealed record Momentum(double Decay, double Dampening = 0) : Optimizer
{
    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override int Slots => 1;

    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        var velocity = at.Slot(0);
        if (Dampening > 0 && step.Number > 1)
            Elementwise.Map(new Scale<T>(T.CreateTruncating(1 - Dampening)), at.Direction, at.Direction);
        Elementwise.Zip(new MultiplyAdd<T>(T.CreateTruncating(Decay)), velocity, at.Direction, velocity);
        velocity.CopyTo(at.Direction);
    }

    internal override bool TryUpdateInLanes<T>(in LaneStretch<T> at)
    {
        var velocity = at.All.Slot(0);
        var kept = at.Constants<Momentum>(
            0, (rule, step) => rule.Dampening > 0 && step.Number > 1 ? 1 - rule.Dampening : 1);
        if (kept.ContainsAnyExcept(T.One))
            LaneWise.Zip(default(Multiply<T>), kept, at.All.Direction, at.All.Direction);
        LaneWise.MultiplyAdd(
            at.Constants<Momentum>(1, (rule, _) => rule.Decay), velocity, at.All.Direction, velocity);
        velocity.CopyTo(at.All.Direction);
        return true;
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new Momentum(
        fields.Real("decay", Decay, Interval.ZeroToBelowOne),
        fields.Real("dampening", Dampening, Interval.ZeroToBelowOne));
}

/// <summary>Momentum that looks ahead: v &lt;- decay v + g, then moves along decay v + g. (Nesterov, 1983;
/// Sutskever et al., 2013)</summary>
/// <param name="Decay">Share of the old velocity that is kept, 0 &lt;= decay &lt; 1.</param>
public sealed record Nesterov(double Decay) : Optimizer
{
    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override int Slots => 1;

    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        var velocity = at.Slot(0);
        var follow = new MultiplyAdd<T>(T.CreateTruncating(Decay));
        Elementwise.Zip(follow, velocity, at.Direction, velocity);
        Elementwise.Zip(follow, velocity, at.Direction, at.Direction);
    }

    internal override bool TryUpdateInLanes<T>(in LaneStretch<T> at)
    {
        var velocity = at.All.Slot(0);
        var decays = at.Constants<Nesterov>(0, (rule, _) => rule.Decay);
        LaneWise.MultiplyAdd<T>(decays, velocity, at.All.Direction, velocity);
        LaneWise.MultiplyAdd<T>(decays, velocity, at.All.Direction, at.All.Direction);
        return true;
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) =>
        new Nesterov(fields.Real("decay", Decay, Interval.ZeroToBelowOne));
}
