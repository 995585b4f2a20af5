using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>
/// Adam with Nesterov's look ahead: (mu_(t+1) m / (1 - M_t mu_(t+1)) + (1 - mu_t) g / (1 - M_t)) / (sqrt(v / (1 -
/// beta2^t)) + epsilon), with mu_t = beta1 (1 - 0.96^(t decay) / 2) and M_t the product of mu_1 to mu_t, which is
/// kept as a single number. (Dozat, 2016) </summary>
/// <param name="Beta1">0 &lt;= beta1 &lt; 1.</param>
/// <param name="Beta2">0 &lt;= beta2 &lt; 1.</param>
/// <param name="Epsilon">Above 0.</param>
/// <param name="MomentumDecay">How fast mu comes to beta1, at least 0.</param>
public sealed record ScaleByNadam(
    double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double MomentumDecay = 0.004) : Optimizer
{
    private static readonly double LogBase = Elementary.Of<Log>(0.96);

    /// <inheritdoc/>
    public override int Slots => 2;

    internal override int Scalars => 1;

    /// <inheritdoc/>
    public override bool IsElementwise => false; // for the product, which is brought forward once a step
    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        var mean = at.Slot(0);
        var square = at.Slot(1);
        ref T product = ref at.Scalar(Slots);
        double now = Mu(step.Number), next = Mu(step.Number + 1),
            all = step.Number == 1 ? now : double.CreateTruncating(product) * now;
        product = T.CreateTruncating(all);
        Elementwise.Zip(Means.Follow<T>(Beta1), mean, at.Direction, mean);
        Elementwise.Zip(Means.FollowSquare<T>(Beta2), square, at.Direction, square);
        Elementwise.Zip(new Ahead<T>(next / (1 - all * next), (1 - now) / (1 - all)), mean, at.Direction, at.Direction);
        Elementwise.Zip(
            Means.Quotient<T>(1, 1 / Math.Sqrt(Elementary.Gathered(Beta2, step.Number)), Epsilon), at.Direction, square,
            at.Direction);
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new ScaleByNadam(
        fields.Real("beta1", Beta1, Interval.ZeroToBelowOne),
        fields.Real("beta2", Beta2, Interval.ZeroToBelowOne),
        fields.Real("epsilon", Epsilon, Interval.Positive),
        fields.Real("momentum_decay", MomentumDecay, Interval.NotNegative));

    private double Mu(long t) => Beta1 * (1 - 0.5 * Elementary.Of<Exp>(t * MomentumDecay * LogBase));

    /// <summary>a m + b g</summary>
    private readonly struct Ahead<T>(double a, double b) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T ofMean = T.CreateTruncating(a), ofGradient = T.CreateTruncating(b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V mean, V gradient) where L : struct, ILanes<V, T> where V : struct =>
            L.Fma(L.All(ofMean), mean, L.Multiply(L.All(ofGradient), gradient));
    }
}

/// <summary>NAdam, after an L2 penalty if there is one. (Dozat, 2016)</summary>
/// <param name="Rate">Learning rate eta, above 0.</param>
/// <param name="Beta1">0 &lt;= beta1 &lt; 1.</param>
/// <param name="Beta2">0 &lt;= beta2 &lt; 1.</param>
/// <param name="Epsilon">Above 0.</param>
/// <param name="MomentumDecay">How fast the momentum comes to beta1, at least 0.</param>
/// <param name="WeightDecay">lambda of the L2 penalty, at least 0.</param>
public sealed record Nadam(
    double Rate = 0.002, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double MomentumDecay = 0.004,
    double WeightDecay = 0) : Alias
{
    internal override Optimizer Chain =>
        Penalty(WeightDecay).Then(new ScaleByNadam(Beta1, Beta2, Epsilon, MomentumDecay)).Then(new Rate(Rate));

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new Nadam(
        fields.Real("rate", Rate, Interval.Positive),
        fields.Real("beta1", Beta1, Interval.ZeroToBelowOne),
        fields.Real("beta2", Beta2, Interval.ZeroToBelowOne),
        fields.Real("epsilon", Epsilon, Interval.Positive),
        fields.Real("momentum_decay", MomentumDecay, Interval.NotNegative),
        fields.Real("weight_decay", WeightDecay, Interval.NotNegative));
}
