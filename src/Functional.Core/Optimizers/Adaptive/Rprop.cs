using System.Numerics;

namespace Functional;

/// <summary>
/// Looks at the signs of the gradient only: each parameter has its own step, which grows while the sign stays
/// and shrinks where it turns (then that parameter waits). For full batches. (Riedmiller and Braun, 1993; Igel
/// and Husken, 2000) </summary>
/// <param name="Rate">The first step of each parameter, above 0.</param>
/// <param name="Shrink">What a step is multiplied with where the sign turns, 0 &lt; shrink &lt; 1.</param>
/// <param name="Grow">What a step is multiplied with while the sign stays, at least 1.</param>
/// <param name="Min">The smallest step, above 0.</param>
/// <param name="Max">The largest step, above 0.</param>
public sealed record Rprop(
    double Rate = 0.01, double Shrink = 0.5, double Grow = 1.2, double Min = 1e-6, double Max = 50) : Optimizer
{
    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override int Slots => 2;

    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        var direction = at.Direction;
        var before = at.Slot(0);
        var steps = at.Slot(1);
        if (step.Number == 1) steps.Fill(T.CreateTruncating(Rate));
        T shrink = T.CreateTruncating(Shrink), grow = T.CreateTruncating(Grow), least = T.CreateTruncating(Min),
            most = T.CreateTruncating(Max);
        for (int i = 0; i < direction.Length; i++)
        {
            T sign = Sign(direction[i]), turn = sign * Sign(before[i]);
            if (turn > T.Zero) steps[i] = T.Min(steps[i] * grow, most);
            if (turn < T.Zero)
            {
                steps[i] = T.Max(steps[i] * shrink, least);
                sign = T.Zero;
            }
            before[i] = sign;
            direction[i] = sign * steps[i];
        }
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new Rprop(
        fields.Real("rate", Rate, Interval.Positive),
        fields.Real("shrink", Shrink, Interval.WithinZeroAndOne),
        fields.Real("grow", Grow, new Interval(1, double.MaxValue)),
        fields.Real("min", Min, Interval.Positive),
        fields.Real("max", Max, Interval.Positive));

    // NaN stays NaN, so that a diverged gradient is seen.
    private static T Sign<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        x > T.Zero ? T.One : x < T.Zero ? -T.One : x;
}
