using Functional.Core.Numbers.Streams;


namespace Functional;

/// <summary>Shortens the direction to a given Euclidean length where it is longer: d min(1, max / (|d| + 10^-6)).
/// (Pascanu, Mikolov and Bengio, 2013; the small number as in PyTorch)</summary>
/// <param name="Max">The greatest length, above 0.</param>
public sealed record ClipNorm(double Max) : Optimizer
{
    /// <inheritdoc/>
    public override int Slots => 0;

    /// <inheritdoc/>
    public override bool IsElementwise => false;
    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        T factor =
            T.CreateTruncating(Max) / (T.Sqrt(Reduce.Dot<T>(at.Direction, at.Direction)) + T.CreateTruncating(1e-6));
        if (factor < T.One) Elementwise.Map(new Scale<T>(factor), at.Direction, at.Direction);
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) =>
        new ClipNorm(fields.Real("max", Max, Interval.Positive));
}
