using System.Numerics;
using System.Runtime.CompilerServices;
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
    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        var mean = at.Slot(0);
        var square = at.Slot(1);
        double meanBias = Elementary.Gathered(Beta1, step.Number), squareBias = Elementary.Gathered(Beta2, step.Number);
        var quotient = new Quotient<T>(1 / meanBias, 1 / Math.Sqrt(squareBias), Epsilon);
        if (!Amsgrad)
        {
            Elementwise.Renew(new Rule<T>(new(Beta1), new(Beta2), quotient), mean, square, at.Direction);
            return;
        }
        var largest = at.Slot(2);
        Elementwise.Zip(new Follow<T>(Beta1), mean, at.Direction, mean);
        Elementwise.Zip(new FollowSquare<T>(Beta2), square, at.Direction, square);
        Elementwise.Zip(default(Larger<T>), largest, square, largest);
        Elementwise.Zip(quotient, mean, largest, at.Direction);
    }

    internal override Optimizer Each(Fields fields) => new ScaleByAdam(
        fields.Real("beta1", Beta1, Interval.ZeroToBelowOne),
        fields.Real("beta2", Beta2, Interval.ZeroToBelowOne),
        fields.Real("epsilon", Epsilon, Interval.Positive),
        fields.Flag("amsgrad", Amsgrad));

    /// <summary>Mean, mean square and direction in one go.</summary>
    private readonly struct Rule<T>(Follow<T> mean, FollowSquare<T> square, Quotient<T> quotient) : ITriple<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (V X, V Y, V Z) At<L, V>(V oldMean, V oldSquare, V direction) where L : struct, ILanes<V, T> where V : struct
        {
            if (quotient.IsSettled && L.Any(L.Or(Gradual<T>.Is<L, V>(oldMean), Gradual<T>.Is<L, V>(oldSquare)))) return Fading<L, V>(oldMean, oldSquare, direction);
            V newMean = mean.At<L, V>(oldMean, direction), newSquare = square.At<L, V>(oldSquare, direction);
            return (newMean, newSquare, quotient.At<L, V>(newMean, newSquare));
        }

        // The same numbers where means of weights that no gradient reaches any more have faded below the least normal number.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private (V X, V Y, V Z) Fading<L, V>(V oldMean, V oldSquare, V direction) where L : struct, ILanes<V, T> where V : struct
        {
            V zero = L.All(T.Zero), isStill = L.Equal(direction, zero);
            V meanFades = L.And(Gradual<T>.Is<L, V>(oldMean), isStill), squareFades = L.And(Gradual<T>.Is<L, V>(oldSquare), isStill);
            V newMean = mean.At<L, V>(L.Select(meanFades, zero, oldMean), direction), newSquare = square.At<L, V>(L.Select(squareFades, zero, oldSquare), direction);
            newMean = L.Select(meanFades, Gradual<T>.Product<L, V>(mean.Kept<L, V>(), L.And(meanFades, oldMean)), newMean);
            V root = quotient.Root<L, V>(L.Select(Gradual<T>.Is<L, V>(newSquare), zero, newSquare));
            newSquare = L.Select(squareFades, Gradual<T>.Product<L, V>(square.Kept<L, V>(), L.And(squareFades, oldSquare)), newSquare);
            return (newMean, newSquare, Gradual<T>.Quotient<L, V>(newMean, root, meanFades));
        }
    }
}
