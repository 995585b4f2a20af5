using Functional.Core.Numbers.Streams;


namespace Functional;

/// <summary>Divides by the root of the sum of all squares so far: S &lt;- S + g^2, then g / (sqrt(S) + epsilon).
/// (Duchi, Hazan and Singer, 2011)</summary>
/// <param name="Initial">S before the first step, at least 0.</param>
/// <param name="Epsilon">Above 0.</param>
public sealed record ScaleByAdagrad(double Initial = 0, double Epsilon = 1e-10) : Optimizer
{
    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override int Slots => 1;

    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        var squares = at.Slot(0);
        if (step.Number == 1) squares.Fill(T.CreateTruncating(Initial));
        Elementwise.Zip(default(AddSquare<T>), at.Direction, squares, squares);
        Elementwise.Zip(new OverRoot<T>(Epsilon), at.Direction, squares, at.Direction);
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new ScaleByAdagrad(
        fields.Real("initial", Initial, Interval.NotNegative),
        fields.Real("epsilon", Epsilon, Interval.Positive));
}

/// <summary>Adagrad, its rate falling as 1 / (1 + decay (t - 1)), after an L2 penalty if there is one. (Duchi,
/// Hazan and Singer, 2011)</summary>
/// <param name="Rate">Learning rate eta, above 0.</param>
/// <param name="RateDecay">At least 0.</param>
/// <param name="Initial">The sum of squares before the first step, at least 0.</param>
/// <param name="Epsilon">Above 0.</param>
/// <param name="WeightDecay">lambda of the L2 penalty, at least 0.</param>
public sealed record Adagrad(
    double Rate = 0.01, double RateDecay = 0, double Initial = 0, double Epsilon = 1e-10, double WeightDecay = 0)
    : Alias
{
    internal override Optimizer Chain =>
        Penalty(WeightDecay).Then(new ScaleByAdagrad(Initial, Epsilon)).Then(new DecayingRate(Rate, RateDecay));

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new Adagrad(
        fields.Real("rate", Rate, Interval.Positive),
        fields.Real("rate_decay", RateDecay, Interval.NotNegative),
        fields.Real("initial", Initial, Interval.NotNegative),
        fields.Real("epsilon", Epsilon, Interval.Positive),
        fields.Real("weight_decay", WeightDecay, Interval.NotNegative));
}
