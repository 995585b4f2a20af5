using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;


namespace Functional;

/// <summary>Multiplies the direction with a rate that falls by itself: eta / (1 + decay (t - 1))^power, eta as the
/// schedule has it.</summary>
/// <param name="Rate">eta, above 0.</param>
/// <param name="Decay">At least 0.</param>
/// <param name="Power">Above 0.</param>
public sealed record DecayingRate(double Rate, double Decay = 0, double Power = 1) : Optimizer
{
    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override int Slots => 0;

    internal override double? Factor(in StepInfo step)
    {
        double fallen = 1 + Decay * (step.Number - 1);
        return step.Rate(Rate) / (Power == 1 ? fallen : Elementary.RealPower(fallen, Power));
    }

    internal override void Update<T>(in Stretch<T> at, in StepInfo step) =>
        Elementwise.Map(new Scale<T>(T.CreateTruncating(Factor(step)!.Value)), at.Direction, at.Direction);

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new DecayingRate(
        fields.Real("rate", Rate, Interval.Positive),
        fields.Real("decay", Decay, Interval.NotNegative),
        fields.Real("power", Power, Interval.Positive));
}
