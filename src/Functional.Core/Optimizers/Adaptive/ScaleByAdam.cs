using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional;

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
            Elementwise.Renew(RuleAt<T>(step), mean, square, at.Direction);
            return;
        }
        var largest = at.Slot(2);
        Elementwise.Zip(new Follow<T>(Beta1), mean, at.Direction, mean);
        Elementwise.Zip(new FollowSquare<T>(Beta2), square, at.Direction, square);
        Elementwise.Zip(default(Larger<T>), largest, square, largest);
        Elementwise.Zip(QuotientAt<T>(step), mean, largest, at.Direction);
    }

    internal override bool Move<T>(in Stretch<T> at, in StepInfo step, T factor, Span<T> parameters) =>
        Amsgrad ? base.Move(at, step, factor, parameters) : Descent.Move(RuleAt<T>(step), at.Slot(0), at.Slot(1), factor, at.Direction, parameters);

    private Rule<T> RuleAt<T>(in StepInfo step) where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(new(Beta1), new(Beta2), QuotientAt<T>(step));

    private Quotient<T> QuotientAt<T>(in StepInfo step) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double meanBias = Elementary.Gathered(Beta1, step.Number), squareBias = Elementary.Gathered(Beta2, step.Number);
        return new(1 / meanBias, 1 / Math.Sqrt(squareBias), Epsilon);
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new ScaleByAdam(
        fields.Real("beta1", Beta1, Interval.ZeroToBelowOne),
        fields.Real("beta2", Beta2, Interval.ZeroToBelowOne),
        fields.Real("epsilon", Epsilon, Interval.Positive),
        fields.Flag("amsgrad", Amsgrad));

    /// <summary>Mean, mean square and direction in one go.</summary>
    private readonly struct Rule<T>(Follow<T> mean, FollowSquare<T> square, Quotient<T> quotient) : IDescent<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Below it, numbers are looked at more closely; not where nothing is kept, for fading does not see to the sign of zero times a faint number.
        private readonly T faint = quotient.IsSettled && mean.Keeps ? Subnormals<T>.LeastNormal : T.Zero;
        private bool LooksForFaint => faint > T.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (V X, V Y, V Z) At<L, V>(V oldMean, V oldSquare, V direction) where L : struct, ILanes<V, T> where V : struct
        {
            if (LooksForFaint && L.Any(L.Or(Subnormals<T>.Is<L, V>(oldMean), Subnormals<T>.Is<L, V>(oldSquare)))) return Fading<L, V>(oldMean, oldSquare, direction);
            V newMean = mean.At<L, V>(oldMean, direction), newSquare = square.At<L, V>(oldSquare, direction);
            return (newMean, newSquare, quotient.At<L, V>(newMean, newSquare));
        }

        // The same numbers where means of weights that no gradient reaches any more have faded below the least normal number.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private (V X, V Y, V Z) Fading<L, V>(V oldMean, V oldSquare, V direction) where L : struct, ILanes<V, T> where V : struct
        {
            V zero = L.All(T.Zero), isStill = L.Equal(direction, zero);
            V meanFades = L.And(Subnormals<T>.Is<L, V>(oldMean), isStill), squareFades = L.And(Subnormals<T>.Is<L, V>(oldSquare), isStill);
            V newMean = mean.At<L, V>(L.Select(meanFades, zero, oldMean), direction), newSquare = square.At<L, V>(L.Select(squareFades, zero, oldSquare), direction);
            newMean = L.Select(meanFades, Subnormals<T>.Product<L, V>(mean.Kept<L, V>(), L.And(meanFades, oldMean)), newMean);
            V root = quotient.Root<L, V>(L.Select(Subnormals<T>.Is<L, V>(newSquare), zero, newSquare));
            newSquare = L.Select(squareFades, Subnormals<T>.Product<L, V>(square.Kept<L, V>(), L.And(squareFades, oldSquare)), newSquare);
            return (newMean, newSquare, Subnormals<T>.Quotient<L, V>(newMean, root, meanFades));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool TryMove<L, V>(Moved<T> move, V oldMean, V oldSquare, V direction, V x, out V newMean, out V newSquare, out V moved) where L : struct, ILanes<V, T> where V : struct
        {
            V isFaint = L.Or(L.Less(Subnormals<T>.Size<L, V>(oldMean), L.All(faint)), L.Less(oldSquare, L.All(faint)));
            if (L.Any(isFaint)) return TryFading<L, V>(move, oldMean, oldSquare, direction, x, out newMean, out newSquare, out moved);
            (newMean, newSquare) = (mean.At<L, V>(oldMean, direction), square.At<L, V>(oldSquare, direction));
            moved = move.Plainly<L, V>(x, quotient.At<L, V>(newMean, newSquare));
            return true;
        }

        // A mean that has faded leaves its parameter as it is: what is left is to let it fade on.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private bool TryFading<L, V>(Moved<T> move, V oldMean, V oldSquare, V direction, V x, out V newMean, out V newSquare, out V moved) where L : struct, ILanes<V, T> where V : struct
        {
            V isStill = L.Equal(direction, L.All(T.Zero)), fadingMean = L.And(oldMean, Subnormals<T>.Is<L, V>(oldMean)), fadingSquare = L.And(oldSquare, Subnormals<T>.Is<L, V>(oldSquare));
            V isLost = L.And(isStill, move.IsLost<L, V>(x)); // a faint mean over 2^-30 or more is a direction below 2^-96
            V others = L.Or(L.Xor(fadingMean, L.And(fadingMean, isLost)), L.Xor(fadingSquare, L.And(fadingSquare, isStill)));
            newMean = mean.At<L, V>(L.Xor(oldMean, fadingMean), direction);
            newSquare = square.At<L, V>(L.Xor(oldSquare, fadingSquare), direction);
            moved = move.Plainly<L, V>(x, quotient.At<L, V>(newMean, newSquare));
            newMean = L.Or(newMean, Subnormals<T>.Product<L, V>(mean.Kept<L, V>(), fadingMean));
            newSquare = L.Or(newSquare, Subnormals<T>.Product<L, V>(square.Kept<L, V>(), fadingSquare));
            return !L.Any(others);
        }
    }
}
