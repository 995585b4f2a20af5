using Functional.Core.Numbers.Streams;


namespace Functional;

/// <summary>Multiplies the direction with the learning rate eta, as the schedule has it at the step.</summary>
/// <param name="Value">eta, above 0; parameter units a unit of direction.</param>
public sealed record Rate(double Value) : Optimizer
{
    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override int Slots => 0;

    internal override double? Factor(in StepInfo step) => step.Rate(Value);

    internal override void Update<T>(in Stretch<T> at, in StepInfo step) =>
        Elementwise.Map(new Scale<T>(T.CreateTruncating(step.Rate(Value))), at.Direction, at.Direction);

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) =>
        new Rate(fields.Real("rate", Value, Interval.Positive));
}
