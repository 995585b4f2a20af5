using Functional.Core.Forms;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Optimizers;

/// <summary>
/// Adam's direction: m &lt;- beta1 m + (1 - beta1) g, v &lt;- beta2 v + (1 - beta2) g^2, then m^ / (sqrt(v^) + epsilon) with
/// m^ = m / (1 - beta1^t) and v^ = v / (1 - beta2^t). (Kingma and Ba, 2015) With AMSGrad v^ is made of the largest v so far.
/// (Reddi, Kale and Kumar, 2018)
/// </summary>
/// <param name="Beta1">Share of the old mean that is kept, 0 &lt;= beta1 &lt; 1.</param>
/// <param name="Beta2">Share of the old mean square that is kept, 0 &lt;= beta2 &lt; 1.</param>
/// <param name="Epsilon">Keeps the quotient finite; above 0.</param>
/// <param name="Amsgrad">Whether the mean square never falls.</param>
public sealed record ScaleByAdam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, bool Amsgrad = false) : Optimizer
{
    internal override int Slots => Amsgrad ? 3 : 2;
    internal override void Update<T>(Span<T> direction, Span<T> moments, ReadOnlySpan<T> parameters, in StepInfo step)
    {
        var mean = Moments.Slot(moments, 0, direction.Length);
        var square = Moments.Slot(moments, 1, direction.Length);
        Elementwise.Zip(new Follow<T>(Beta1), mean, direction, mean);
        Elementwise.Zip(new FollowSquare<T>(Beta2), square, direction, square);
        if (Amsgrad)
        {
            var largest = Moments.Slot(moments, 2, direction.Length);
            Elementwise.Zip(default(Larger<T>), largest, square, largest);
            square = largest;
        }
        double meanBias = 1 - Elementary.Power(Beta1, step.Number), squareBias = 1 - Elementary.Power(Beta2, step.Number);
        Elementwise.Zip(new Quotient<T>(1 / meanBias, 1 / Math.Sqrt(squareBias), Epsilon), mean, square, direction);
    }

    internal override Optimizer Each(Fields fields) => new ScaleByAdam(
        fields.Real("beta1", Beta1, Interval.ZeroToBelowOne),
        fields.Real("beta2", Beta2, Interval.ZeroToBelowOne),
        fields.Real("epsilon", Epsilon, Interval.Positive),
        fields.Flag("amsgrad", Amsgrad));
}
