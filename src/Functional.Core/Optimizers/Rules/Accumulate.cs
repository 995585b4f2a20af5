using Functional.Core.Numbers.Streams;


namespace Functional;

/// <summary>
/// Gradient accumulation: adds up the directions of so many steps, and at the last of them gives their mean
/// to another optimizer; at the others the network stays where it is. To the inner optimizer that is one
/// step, to a schedule so many.
/// </summary>
/// <param name="Steps">How many, 1 to 2^20.</param>
/// <param name="Inner">What sees the mean.</param>
public sealed record Accumulate(int Steps, Optimizer Inner) : Optimizer
{
    /// <inheritdoc/>
    public override int Slots => 1 + Inner.Slots;

    internal override int Scalars => Inner.Scalars;

    /// <inheritdoc/>
    public override bool IsElementwise => Inner.IsElementwise;
    internal override IEnumerable<(string Name, Optimizer Rule)> Within => [("inner", Inner)];
    internal override Optimizer Expanded => this with { Inner = Inner.Expanded };
    internal override bool HasAverage(long steps) => Inner.HasAverage(steps / Steps);
    internal override double? RateAt(in StepInfo step) => Inner.RateAt(step with { Number = step.Number / Steps });
    internal override int? AverageOffset(int parameters) => Inner.AverageOffset(parameters) + parameters;

    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        var sum = at.Slot(0);
        Elementwise.Zip(default(Add<T>), sum, at.Direction, sum);
        if (step.Number % Steps != 0)
        {
            at.Direction.Clear();
            return;
        }
        Elementwise.Map(new Scale<T>(T.One / T.CreateTruncating(Steps)), sum, at.Direction);
        sum.Clear();
        Inner.Update(at.With(at.All, Inner.Memory(at.All)), step with { Number = step.Number / Steps });
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new Accumulate(
        fields.Whole("steps", Steps, Interval.Between(1, 1 << 20)),
        fields.One("inner", Inner, Kinds));
}
