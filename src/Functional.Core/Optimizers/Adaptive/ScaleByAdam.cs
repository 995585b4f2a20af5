using System.Numerics;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;
using Functional.Core.Optimizers;

namespace Functional;

/// <summary>
/// Adam's direction: m &lt;- beta1 m + (1 - beta1) g, v &lt;- beta2 v + (1 - beta2) g^2, then m^ / (sqrt(v^) +
/// epsilon) with m^ = m / (1 - beta1^t) and v^ = v / (1 - beta2^t). (Kingma and Ba, 2015) With AMSGrad v^ is made
/// of the largest v so far. (Reddi, Kale and Kumar, 2018) </summary>
/// <param name="Beta1">Share of the old mean that is kept, 0 &lt;= beta1 &lt; 1.</param>
/// <param name="Beta2">Share of the old mean square that is kept, 0 &lt;= beta2 &lt; 1.</param>
/// <param name="Epsilon">Keeps the quotient finite; above 0.</param>
/// <param name="Amsgrad">Whether the mean square never falls.</param>
public sealed partial record ScaleByAdam(
    double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, bool Amsgrad = false) : Optimizer
{
    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override int Slots => Amsgrad ? 3 : 2;

    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        var mean = at.Slot(0);
        var square = at.Slot(1);
        if (!Amsgrad)
        {
            StepAt<T>(step).Update(mean, square, at.Direction);
            return;
        }
        var largest = at.Slot(2);
        Elementwise.Zip(Means.Follow<T>(Beta1), mean, at.Direction, mean);
        Elementwise.Zip(Means.FollowSquare<T>(Beta2), square, at.Direction, square);
        Elementwise.Zip(default(Larger<T>), largest, square, largest);
        var (meanFactor, rootFactor) = Factors(step);
        Elementwise.Zip(Means.Quotient<T>(meanFactor, rootFactor, Epsilon), mean, largest, at.Direction);
    }

    internal override bool Move<T>(in Stretch<T> at, in StepInfo step, T factor, Span<T> parameters) =>
        Amsgrad
            ? base.Move(at, step, factor, parameters)
            : StepAt<T>(step).Move(at.Slot(0), at.Slot(1), at.Direction, Descent.By(factor), parameters);

    private AdamStep<Same<T>, T> StepAt<T>(in StepInfo step) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (mean, root) = Factors(step);
        return new(
            Means.Follow<T>(Beta1), Means.FollowSquare<T>(Beta2), Means.Quotient<T>(mean, root, Epsilon),
            MayFade<T>(mean, root));
    }

    // What undoes the zeros that mean and mean square began with: 1 / (1 - beta1^t) and 1 / sqrt(1 - beta2^t).
    private (double Mean, double Root) Factors(in StepInfo step) => (
        1 / Elementary.Gathered(Beta1, step.Number), 1 / Math.Sqrt(Elementary.Gathered(Beta2, step.Number)));

    // Whether the mean's factor is 1 by now, the root of every subnormal mean square vanishes beside epsilon, and
    // there is a mean that fades.
    private bool MayFade<T>(double meanFactor, double rootFactor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.CreateTruncating(meanFactor) == T.One && rootFactor <= 1 << 5 && Epsilon >= 1.0 / (1 << 30)
        && T.CreateTruncating(Beta1) > T.Zero;

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new ScaleByAdam(
        fields.Real("beta1", Beta1, Interval.ZeroToBelowOne),
        fields.Real("beta2", Beta2, Interval.ZeroToBelowOne),
        fields.Real("epsilon", Epsilon, Interval.Positive),
        fields.Flag("amsgrad", Amsgrad));
}
