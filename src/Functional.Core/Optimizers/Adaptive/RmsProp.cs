using Functional.Core.Numbers.Streams;


namespace Functional;

/// <summary>
/// Divides by the root of the mean square: v &lt;- alpha v + (1 - alpha) g^2, then g / (sqrt(v) + epsilon);
/// centred, with v less the square of the mean gradient. (Tieleman and Hinton, 2012; Graves, 2013) </summary>
/// <param name="Alpha">Share of the old mean that is kept, 0 &lt;= alpha &lt; 1.</param>
/// <param name="Epsilon">Above 0.</param>
/// <param name="Centered">Whether the mean gradient is taken away.</param>
public sealed record ScaleByRms(double Alpha = 0.99, double Epsilon = 1e-8, bool Centered = false) : Optimizer
{
    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override int Slots => Centered ? 2 : 1;

    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        var direction = at.Direction;
        var square = at.Slot(0);
        Elementwise.Zip(Means.FollowSquare<T>(Alpha), square, direction, square);
        if (!Centered)
        {
            Elementwise.Zip(new OverRoot<T>(Epsilon), direction, square, direction);
            return;
        }
        var mean = at.Slot(1);
        Elementwise.Zip(Means.Follow<T>(Alpha), mean, direction, mean);
        T least = T.CreateTruncating(Epsilon);
        for (int i = 0; i < direction.Length; i++) direction[i] /= T.Sqrt(square[i] - mean[i] * mean[i]) + least;
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new ScaleByRms(
        fields.Real("alpha", Alpha, Interval.ZeroToBelowOne),
        fields.Real("epsilon", Epsilon, Interval.Positive),
        fields.Flag("centered", Centered));
}

/// <summary>RMSprop, with momentum and an L2 penalty if asked. (Tieleman and Hinton, 2012)</summary>
/// <param name="Rate">Learning rate eta, above 0.</param>
/// <param name="Alpha">Share of the old mean square that is kept, 0 &lt;= alpha &lt; 1.</param>
/// <param name="Epsilon">Above 0.</param>
/// <param name="Centered">Whether the mean gradient is taken away.</param>
/// <param name="Momentum">Share of the old velocity that is kept, 0 &lt;= momentum &lt; 1.</param>
/// <param name="WeightDecay">lambda of the L2 penalty, at least 0.</param>
public sealed record RmsProp(
    double Rate = 0.01, double Alpha = 0.99, double Epsilon = 1e-8, bool Centered = false, double Momentum = 0,
    double WeightDecay = 0) : Alias
{
    internal override Optimizer Chain => Penalty(WeightDecay).Then(new ScaleByRms(Alpha, Epsilon, Centered))
        .Then(Momentum == 0 ? Identity : new Momentum(Momentum)).Then(new Rate(Rate));

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new RmsProp(
        fields.Real("rate", Rate, Interval.Positive),
        fields.Real("alpha", Alpha, Interval.ZeroToBelowOne),
        fields.Real("epsilon", Epsilon, Interval.Positive),
        fields.Flag("centered", Centered),
        fields.Real("momentum", Momentum, Interval.ZeroToBelowOne),
        fields.Real("weight_decay", WeightDecay, Interval.NotNegative));
}
