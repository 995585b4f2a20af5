using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Forms;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Optimizers;

/// <summary>
/// Adam's direction: m &lt;- beta1 m + (1 - beta1) g, v &lt;- beta2 v + (1 - beta2) g^2, then m^ / (sqrt(v^) + epsilon) with
/// m^ = m / (1 - beta1^t) and v^ = v / (1 - beta2^t). (Kingma and Ba, 2015)
/// </summary>
/// <param name="Beta1">Share of the old mean that is kept, 0 &lt;= beta1 &lt; 1.</param>
/// <param name="Beta2">Share of the old mean square that is kept, 0 &lt;= beta2 &lt; 1.</param>
/// <param name="Epsilon">Keeps the quotient finite; above 0.</param>
public sealed record ScaleByAdam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : Optimizer
{
    internal override int Slots => 2;
    internal override void Update<T>(Span<T> direction, Span<T> moments, ReadOnlySpan<T> parameters, in StepInfo step)
    {
        var mean = moments[..direction.Length];
        var square = moments[direction.Length..];
        Elementwise.Zip(new Follow<T>(Beta1), mean, direction, mean);
        Elementwise.Zip(new FollowSquare<T>(Beta2), square, direction, square);
        double meanBias = 1 - Elementary.Power(Beta1, step.Number), squareBias = 1 - Elementary.Power(Beta2, step.Number);
        Elementwise.Zip(new Quotient<T>(1 / meanBias, 1 / Math.Sqrt(squareBias), Epsilon), mean, square, direction);
    }

    internal override Optimizer Each(Fields fields) => new ScaleByAdam(
        fields.Real("beta1", Beta1, Interval.ZeroToBelowOne),
        fields.Real("beta2", Beta2, Interval.ZeroToBelowOne),
        fields.Real("epsilon", Epsilon, Interval.Positive));

    /// <summary>keep old + (1 - keep) new</summary>
    private readonly struct Follow<T>(double keep) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T kept = T.CreateTruncating(keep), taken = T.CreateTruncating(1 - keep);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V old, V fresh) where L : struct, ILanes<V, T> where V : struct =>
            L.Fma(L.All(kept), old, L.Multiply(L.All(taken), fresh));
    }

    /// <summary>keep old + (1 - keep) new^2</summary>
    private readonly struct FollowSquare<T>(double keep) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T kept = T.CreateTruncating(keep), taken = T.CreateTruncating(1 - keep);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V old, V fresh) where L : struct, ILanes<V, T> where V : struct =>
            L.Fma(L.All(kept), old, L.Multiply(L.All(taken), L.Multiply(fresh, fresh)));
    }

    /// <summary>(a m) / (b sqrt(v) + epsilon)</summary>
    private readonly struct Quotient<T>(double a, double b, double epsilon) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T meanFactor = T.CreateTruncating(a), rootFactor = T.CreateTruncating(b), least = T.CreateTruncating(epsilon);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V mean, V square) where L : struct, ILanes<V, T> where V : struct =>
            L.Divide(L.Multiply(L.All(meanFactor), mean), L.Fma(L.All(rootFactor), L.Sqrt(square), L.All(least)));
    }
}
