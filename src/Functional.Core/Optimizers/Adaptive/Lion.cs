using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;


namespace Functional;

/// <summary>The sign of a mix of old directions and the new one: sign(beta1 m + (1 - beta1) g), then m &lt;- beta2
/// m + (1 - beta2) g. (Chen et al., 2023)</summary>
/// <param name="Beta1">0 &lt;= beta1 &lt; 1.</param>
/// <param name="Beta2">0 &lt;= beta2 &lt; 1.</param>
public sealed record SignOfMomentum(double Beta1 = 0.9, double Beta2 = 0.99) : Optimizer
{
    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override int Slots => 1;

    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        var mean = at.Slot(0);
        var direction = at.Direction;
        T kept = T.CreateTruncating(Beta2), taken = T.CreateTruncating(1 - Beta2);
        T keptHere = T.CreateTruncating(Beta1), takenHere = T.CreateTruncating(1 - Beta1);
        for (int i = 0; i < direction.Length; i++)
        {
            T fresh = direction[i];
            direction[i] = Fused.MultiplyAdd(keptHere, mean[i], takenHere * fresh);
            mean[i] = Fused.MultiplyAdd(kept, mean[i], taken * fresh);
        }
        Elementwise.Map(default(SignOf<T>), direction, direction);
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new SignOfMomentum(
        fields.Real("beta1", Beta1, Interval.ZeroToBelowOne),
        fields.Real("beta2", Beta2, Interval.ZeroToBelowOne));
}

/// <summary>Lion: steps of one length by sign, with decoupled weight decay. (Chen et al., 2023)</summary>
/// <param name="Rate">Learning rate eta, above 0; about a tenth of Adam's.</param>
/// <param name="Beta1">0 &lt;= beta1 &lt; 1.</param>
/// <param name="Beta2">0 &lt;= beta2 &lt; 1.</param>
/// <param name="WeightDecay">lambda, at least 0.</param>
public sealed record Lion(double Rate = 1e-4, double Beta1 = 0.9, double Beta2 = 0.99, double WeightDecay = 0) : Alias
{
    internal override Optimizer Chain =>
        new SignOfMomentum(Beta1, Beta2).Then(Penalty(WeightDecay)).Then(new Rate(Rate));

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new Lion(
        fields.Real("rate", Rate, Interval.Positive),
        fields.Real("beta1", Beta1, Interval.ZeroToBelowOne),
        fields.Real("beta2", Beta2, Interval.ZeroToBelowOne),
        fields.Real("weight_decay", WeightDecay, Interval.NotNegative));
}
