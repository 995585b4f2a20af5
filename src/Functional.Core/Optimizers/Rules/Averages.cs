using System.Numerics;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;

namespace Functional;

/// <summary>
/// Keeps an exponential moving average of the parameters, a &lt;- decay a + (1 - decay) w, starting from those
/// before the first step; the direction passes. To be the last rule of a chain: it sees where the network is about
/// to go. The averaged parameters are what predicts. </summary>
/// <param name="Decay">Share of the old average that is kept, 0 &lt;= decay &lt; 1.</param>
/// <param name="Debias">Whether the parameters before the first step do not count: the average of the t steps so far
/// then has weights that add up to 1,
/// a &lt;- a + (1 - decay) / (1 - decay^t) (w - a), as that of Optax's ema.</param>
public sealed record Ema(double Decay = 0.999, bool Debias = false) : Optimizer
{
    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override int Slots => 1;

    internal override int? AverageOffset(int parameters) => 0;
    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        var average = at.Slot(0);
        var direction = at.Direction;
        var parameters = at.Parameters;
        if (Debias)
        {
            T share = T.CreateTruncating((1 - Decay) / Elementary.Gathered(Decay, step.Number));
            for (int i = 0; i < direction.Length; i++)
                average[i] = Towards(average[i], parameters[i] - direction[i], share);
            return;
        }
        if (step.Number == 1) parameters.CopyTo(average);
        T kept = T.CreateTruncating(Decay), taken = T.CreateTruncating(1 - Decay);
        for (int i = 0; i < direction.Length; i++)
            average[i] = Fused.MultiplyAdd(kept, average[i], taken * (parameters[i] - direction[i]));
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) =>
        new Ema(fields.Real("decay", Decay, Interval.ZeroToBelowOne), fields.Flag("debias", Debias));

    /// <summary>A share of the way from an average to the next number; all of it where the share is 1, whatever the
    /// average was.</summary>
    internal static T Towards<T>(T average, T next, T share) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        share == T.One ? next : average + share * (next - average);
}

/// <summary>
/// Keeps the plain average of the parameters from a step on, a &lt;- a + (w - a) / max(1, t - 1 - start); the
/// direction passes. To be the last rule of a chain. The averaged parameters are what predicts. (Polyak and
/// Juditsky, 1992) </summary>
/// <param name="Start">The step from which on all count alike, at least 0.</param>
public sealed record PolyakAverage(int Start = 0) : Optimizer
{
    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override int Slots => 1;

    internal override int? AverageOffset(int parameters) => 0;
    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        var average = at.Slot(0);
        var direction = at.Direction;
        var parameters = at.Parameters;
        T share = T.One / T.CreateTruncating(Math.Max(1, step.Number - 1 - Start));
        for (int i = 0; i < direction.Length; i++)
            average[i] = Ema.Towards(average[i], parameters[i] - direction[i], share);
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) =>
        new PolyakAverage(fields.Whole("start", Start, Interval.Between(0, int.MaxValue)));
}

/// <summary>Averaged stochastic gradient descent: w &lt;- (1 - lambda eta) w - eta g with eta = rate / (1 +
/// lambda rate (t - 1))^power, and the average of the parameters is what predicts. (Polyak and Juditsky,
/// 1992; Bottou, 2010)</summary>
/// <param name="Rate">The first learning rate, above 0.</param>
/// <param name="Lambda">Decay of the parameters and of the rate, at least 0.</param>
/// <param name="Power">Of the rate's decay, above 0.</param>
/// <param name="Start">The step from which on the average is taken, at least 0.</param>
/// <param name="WeightDecay">lambda of the L2 penalty, at least 0.</param>
public sealed record Asgd(
    double Rate = 0.01, double Lambda = 1e-4, double Power = 0.75, int Start = 1_000_000, double WeightDecay = 0)
    : Alias
{
    internal override Optimizer Chain => Penalty(WeightDecay).Then(Penalty(Lambda))
        .Then(new DecayingRate(Rate, Lambda * Rate, Power)).Then(new PolyakAverage(Start));

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new Asgd(
        fields.Real("rate", Rate, Interval.Positive),
        fields.Real("lambda", Lambda, Interval.NotNegative),
        fields.Real("power", Power, Interval.Positive),
        fields.Whole("start", Start, Interval.Between(0, int.MaxValue)),
        fields.Real("weight_decay", WeightDecay, Interval.NotNegative));
}
