namespace Functional;

/// <summary>Brings every number of the direction between -max and max.</summary>
/// <param name="Max">Above 0.</param>
public sealed record ClipValue(double Max) : Optimizer
{
    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override int Slots => 0;

    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        T max = T.CreateTruncating(Max);
        foreach (ref T cell in at.Direction) cell = cell > max ? max : cell < -max ? -max : cell; // NaN passes
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) =>
        new ClipValue(fields.Real("max", Max, Interval.Positive));
}
