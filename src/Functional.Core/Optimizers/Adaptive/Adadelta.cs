using Functional.Core.Numbers.Streams;


namespace Functional;

/// <summary>
/// Steps in the units of the parameters: v &lt;- rho v + (1 - rho) g^2, d = sqrt(D + epsilon) / sqrt(v + epsilon)
/// g, D &lt;- rho D + (1 - rho) d^2. (Zeiler, 2012) </summary>
/// <param name="Rho">Share of the old means that is kept, 0 &lt;= rho &lt; 1.</param>
/// <param name="Epsilon">Above 0.</param>
public sealed record ScaleByAdadelta(double Rho = 0.9, double Epsilon = 1e-6) : Optimizer
{
    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override int Slots => 2;

    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        var direction = at.Direction;
        var square = at.Slot(0);
        var steps = at.Slot(1);
        Elementwise.Zip(Means.FollowSquare<T>(Rho), square, direction, square);
        T least = T.CreateTruncating(Epsilon);
        for (int i = 0; i < direction.Length; i++) direction[i] *= T.Sqrt(steps[i] + least) / T.Sqrt(square[i] + least);
        Elementwise.Zip(Means.FollowSquare<T>(Rho), steps, direction, steps);
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new ScaleByAdadelta(
        fields.Real("rho", Rho, Interval.ZeroToBelowOne),
        fields.Real("epsilon", Epsilon, Interval.Positive));
}

/// <summary>Adadelta, after an L2 penalty if there is one. (Zeiler, 2012)</summary>
/// <param name="Rate">Learning rate eta, above 0.</param>
/// <param name="Rho">Share of the old means that is kept, 0 &lt;= rho &lt; 1.</param>
/// <param name="Epsilon">Above 0.</param>
/// <param name="WeightDecay">lambda of the L2 penalty, at least 0.</param>
public sealed record Adadelta(double Rate = 1, double Rho = 0.9, double Epsilon = 1e-6, double WeightDecay = 0) : Alias
{
    internal override Optimizer Chain =>
        Penalty(WeightDecay).Then(new ScaleByAdadelta(Rho, Epsilon)).Then(new Rate(Rate));

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new Adadelta(
        fields.Real("rate", Rate, Interval.Positive),
        fields.Real("rho", Rho, Interval.ZeroToBelowOne),
        fields.Real("epsilon", Epsilon, Interval.Positive),
        fields.Real("weight_decay", WeightDecay, Interval.NotNegative));
}
