using Functional.Core.Numbers.Streams;
using Functional.Core.Optimizers;


namespace Functional;

/// <summary>
/// Adds lambda times the parameters to the direction. Before a rule such as Adam it is the gradient of an L2 penalty;
/// after it, the decoupled decay of AdamW. (Loshchilov and Hutter, 2019)
/// </summary>
/// <param name="Lambda">At least 0.</param>
public sealed record WeightDecay(double Lambda) : Optimizer
{
    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override int Slots => 0;

    internal override void Update<T>(in Stretch<T> at, in StepInfo step) =>
        Elementwise.Zip(new MultiplyAdd<T>(T.CreateTruncating(Lambda)), at.Parameters, at.Direction, at.Direction);

    internal override bool TryUpdateInLanes<T>(in LaneStretch<T> at)
    {
        var lambdas = at.Constants<WeightDecay>(0, (rule, _) => rule.Lambda);
        LaneWise.MultiplyAdd<T>(lambdas, at.All.Parameters, at.All.Direction, at.All.Direction);
        return true;
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) =>
        new WeightDecay(fields.Real("lambda", Lambda, Interval.NotNegative));
}
