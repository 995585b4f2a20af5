using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;


namespace Functional;

/// <summary>
/// Adam that trusts the mean square only once it has seen enough: with rho = 2 / (1 - beta2) - 1 and rho_t =
/// rho - 2 t beta2^t / (1 - beta2^t), the direction is m^ while rho_t is at most 5, else r m^ sqrt(1 -
/// beta2^t) / (sqrt(v) + epsilon) with r = sqrt((rho_t - 4)(rho_t - 2) rho / ((rho - 4)(rho - 2) rho_t)).
/// (Liu et al., 2020) </summary>
/// <param name="Beta1">0 &lt;= beta1 &lt; 1.</param>
/// <param name="Beta2">0 &lt;= beta2 &lt; 1.</param>
/// <param name="Epsilon">Above 0.</param>
public sealed record ScaleByRadam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : Optimizer
{
    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override int Slots => 2;

    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        var mean = at.Slot(0);
        var square = at.Slot(1);
        Elementwise.Zip(Means.Follow<T>(Beta1), mean, at.Direction, mean);
        Elementwise.Zip(Means.FollowSquare<T>(Beta2), square, at.Direction, square);
        double power = Elementary.PowerAgain(Beta2, step.Number), meanBias = Elementary.Gathered(Beta1, step.Number);
        double most = 2 / (1 - Beta2) - 1, length = most - 2 * step.Number * power / (1 - power);
        if (length <= 5)
        {
            Elementwise.Map(new Scale<T>(T.CreateTruncating(1 / meanBias)), mean, at.Direction);
            return;
        }
        double trust = Math.Sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length));
        Elementwise.Zip(
            Means.Quotient<T>(trust * Math.Sqrt(1 - power) / meanBias, 1, Epsilon), mean, square, at.Direction);
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new ScaleByRadam(
        fields.Real("beta1", Beta1, Interval.ZeroToBelowOne),
        fields.Real("beta2", Beta2, Interval.ZeroToBelowOne),
        fields.Real("epsilon", Epsilon, Interval.Positive));
}

/// <summary>RAdam, after an L2 penalty if there is one. (Liu et al., 2020)</summary>
/// <param name="Rate">Learning rate eta, above 0.</param>
/// <param name="Beta1">0 &lt;= beta1 &lt; 1.</param>
/// <param name="Beta2">0 &lt;= beta2 &lt; 1.</param>
/// <param name="Epsilon">Above 0.</param>
/// <param name="WeightDecay">lambda of the L2 penalty, at least 0.</param>
public sealed record Radam(
    double Rate = 0.001, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double WeightDecay = 0)
    : Alias
{
    internal override Optimizer Chain =>
        Penalty(WeightDecay).Then(new ScaleByRadam(Beta1, Beta2, Epsilon)).Then(new Rate(Rate));

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new Radam(
        fields.Real("rate", Rate, Interval.Positive),
        fields.Real("beta1", Beta1, Interval.ZeroToBelowOne),
        fields.Real("beta2", Beta2, Interval.ZeroToBelowOne),
        fields.Real("epsilon", Epsilon, Interval.Positive),
        fields.Real("weight_decay", WeightDecay, Interval.NotNegative));
}
