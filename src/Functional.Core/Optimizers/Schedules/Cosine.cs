using Functional.Core.Numbers.Functions;


namespace Functional;

/// <summary>min + (rate - min)(1 + cos(pi t / period)) / 2: down to the least rate in one period, and up again in
/// the next. (Loshchilov and Hutter, 2017)</summary>
/// <param name="Period">Steps from the rate to the least one, at least 1; 0 for the whole training.</param>
/// <param name="Min">At least 0.</param>
public sealed record CosineAnnealing(int Period = 0, double Min = 0) : Schedule
{
    /// <inheritdoc/>
    public override double At(double rate, long step) => Wave(rate, Min, (double)step / Math.Max(Period, 1));
    internal override Schedule For(int steps) => Period > 0 ? this : this with { Period = steps };

    /// <inheritdoc/>
    protected internal override Schedule Each(Fields fields) => new CosineAnnealing(
        fields.Whole("period", Period, Interval.Between(0, int.MaxValue)),
        fields.Real("min", Min, Interval.NotNegative));

    /// <summary>Half a cosine wave, from <paramref name="high"/> at 0 to <paramref name="low"/> at 1.</summary>
    internal static double Wave(double high, double low, double place) =>
        low + (high - low) * (1 + Elementary.Of<Cos>(Pi * place)) / 2;
}

/// <summary>Cosine annealing that starts again at the full rate after each period, each period longer by a factor.
/// (Loshchilov and Hutter, 2017)</summary>
/// <param name="Period">Steps of the first period, at least 1.</param>
/// <param name="Factor">What each period is longer by, at least 1.</param>
/// <param name="Min">At least 0.</param>
public sealed record CosineWarmRestarts(int Period = 10, int Factor = 1, double Min = 0) : Schedule
{
    /// <inheritdoc/>
    public override double At(double rate, long step)
    {
        long period = Period, since = Factor == 1 ? step % Period : step;
        for (; since >= period; period *= Factor) since -= period;
        return CosineAnnealing.Wave(rate, Min, (double)since / period);
    }

    /// <inheritdoc/>
    protected internal override Schedule Each(Fields fields) => new CosineWarmRestarts(
        fields.Whole("period", Period, Interval.Between(1, int.MaxValue)),
        fields.Whole("factor", Factor, Interval.Between(1, 1000)),
        fields.Real("min", Min, Interval.NotNegative));
}
