using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>
/// Adam by the largest gradient instead of the mean square: m &lt;- beta1 m + (1 - beta1) g, u &lt;- max(beta2 u,
/// |g| + epsilon), then m / ((1 - beta1^t) u). (Kingma and Ba, 2015) </summary>
/// <param name="Beta1">0 &lt;= beta1 &lt; 1.</param>
/// <param name="Beta2">0 &lt;= beta2 &lt; 1.</param>
/// <param name="Epsilon">Above 0.</param>
public sealed record ScaleByAdamax(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : Optimizer
{
    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override int Slots => 2;

    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        var mean = at.Slot(0);
        var largest = at.Slot(1);
        Elementwise.Zip(Means.Follow<T>(Beta1), mean, at.Direction, mean);
        Elementwise.Zip(new Fading<T>(Beta2, Epsilon), largest, at.Direction, largest);
        Elementwise.Zip(new Quotient<T>(1 / Elementary.Gathered(Beta1, step.Number)), mean, largest, at.Direction);
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new ScaleByAdamax(
        fields.Real("beta1", Beta1, Interval.ZeroToBelowOne),
        fields.Real("beta2", Beta2, Interval.ZeroToBelowOne),
        fields.Real("epsilon", Epsilon, Interval.Positive));

    /// <summary>max(keep old, |new| + least)</summary>
    private readonly struct Fading<T>(double keep, double least) : IZip<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T kept = T.CreateTruncating(keep), smallest = T.CreateTruncating(least);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V old, V fresh) where L : struct, ILanes<V, T> where V : struct
        {
            V size = L.Add(Signs.Size<L, V, T>(fresh), L.All(smallest));
            V faded = L.Multiply(L.All(kept), old);
            return L.Select(L.Less(size, faded), faded, size);
        }
    }

    /// <summary>(a m) / u</summary>
    private readonly struct Quotient<T>(double a) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T factor = T.CreateTruncating(a);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V mean, V largest) where L : struct, ILanes<V, T> where V : struct =>
            L.Divide(L.Multiply(L.All(factor), mean), largest);
    }
}

/// <summary>Adamax, after an L2 penalty if there is one. (Kingma and Ba, 2015)</summary>
/// <param name="Rate">Learning rate eta, above 0.</param>
/// <param name="Beta1">0 &lt;= beta1 &lt; 1.</param>
/// <param name="Beta2">0 &lt;= beta2 &lt; 1.</param>
/// <param name="Epsilon">Above 0.</param>
/// <param name="WeightDecay">lambda of the L2 penalty, at least 0.</param>
public sealed record Adamax(
    double Rate = 0.002, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double WeightDecay = 0)
    : Alias
{
    internal override Optimizer Chain =>
        Penalty(WeightDecay).Then(new ScaleByAdamax(Beta1, Beta2, Epsilon)).Then(new Rate(Rate));

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new Adamax(
        fields.Real("rate", Rate, Interval.Positive),
        fields.Real("beta1", Beta1, Interval.ZeroToBelowOne),
        fields.Real("beta2", Beta2, Interval.ZeroToBelowOne),
        fields.Real("epsilon", Epsilon, Interval.Positive),
        fields.Real("weight_decay", WeightDecay, Interval.NotNegative));
}
