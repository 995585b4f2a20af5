namespace Functional;

// The optimizers that people ask for by name: each is a chain of rules, and means nothing more.

/// <summary>Stochastic gradient descent: the rate alone, or after momentum (Nesterov's, if asked)
/// and an L2 penalty.</summary>
/// <param name="Rate">Learning rate eta, above 0.</param>
/// <param name="Momentum">Share of the old velocity that is kept, 0 &lt;= momentum &lt; 1.</param>
/// <param name="Nesterov">Whether momentum looks ahead.</param>
/// <param name="WeightDecay">lambda of the L2 penalty, at least 0.</param>
/// <param name="Dampening">Share of the new direction that momentum leaves out, 0 &lt;= dampening &lt; 1;
/// Nesterov's knows none.</param>
public sealed record Sgd(
    double Rate = 0.1, double Momentum = 0, bool Nesterov = false, double WeightDecay = 0, double Dampening = 0) : Alias
{
    internal override Optimizer Chain => Penalty(WeightDecay)
        .Then(Momentum == 0 ? Identity : Nesterov ? new Nesterov(Momentum) : new Momentum(Momentum, Dampening))
        .Then(new Rate(Rate));

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new Sgd(
        fields.Real("rate", Rate, Interval.Positive),
        fields.Real("momentum", Momentum, Interval.ZeroToBelowOne),
        fields.Flag("nesterov", Nesterov),
        fields.Real("weight_decay", WeightDecay, Interval.NotNegative),
        fields.Real("dampening", Dampening, Interval.ZeroToBelowOne));
}

/// <summary>Adam, after an L2 penalty if there is one. (Kingma and Ba, 2015)</summary>
/// <param name="Rate">Learning rate eta, above 0.</param>
/// <param name="Beta1">0 &lt;= beta1 &lt; 1.</param>
/// <param name="Beta2">0 &lt;= beta2 &lt; 1.</param>
/// <param name="Epsilon">Above 0.</param>
/// <param name="WeightDecay">lambda of the L2 penalty, at least 0.</param>
/// <param name="Amsgrad">Whether the mean square never falls. (Reddi, Kale and Kumar, 2018)</param>
public sealed record Adam(
    double Rate = 0.001, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double WeightDecay = 0,
    bool Amsgrad = false) : Alias
{
    internal override Optimizer Chain =>
        Penalty(WeightDecay).Then(new ScaleByAdam(Beta1, Beta2, Epsilon, Amsgrad)).Then(new Rate(Rate));

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new Adam(
        fields.Real("rate", Rate, Interval.Positive),
        fields.Real("beta1", Beta1, Interval.ZeroToBelowOne),
        fields.Real("beta2", Beta2, Interval.ZeroToBelowOne),
        fields.Real("epsilon", Epsilon, Interval.Positive),
        fields.Real("weight_decay", WeightDecay, Interval.NotNegative),
        fields.Flag("amsgrad", Amsgrad));
}

/// <summary>Adam with decoupled weight decay: the decay does not pass through Adam's scaling. (Loshchilov
/// and Hutter, 2019)</summary>
/// <param name="Rate">Learning rate eta, above 0.</param>
/// <param name="Beta1">0 &lt;= beta1 &lt; 1.</param>
/// <param name="Beta2">0 &lt;= beta2 &lt; 1.</param>
/// <param name="Epsilon">Above 0.</param>
/// <param name="WeightDecay">lambda, at least 0.</param>
/// <param name="Amsgrad">Whether the mean square never falls.</param>
public sealed record AdamW(
    double Rate = 0.001, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double WeightDecay = 0.01,
    bool Amsgrad = false) : Alias
{
    internal override Optimizer Chain =>
        new ScaleByAdam(Beta1, Beta2, Epsilon, Amsgrad).Then(new WeightDecay(WeightDecay)).Then(new Rate(Rate));

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new AdamW(
        fields.Real("rate", Rate, Interval.Positive),
        fields.Real("beta1", Beta1, Interval.ZeroToBelowOne),
        fields.Real("beta2", Beta2, Interval.ZeroToBelowOne),
        fields.Real("epsilon", Epsilon, Interval.Positive),
        fields.Real("weight_decay", WeightDecay, Interval.NotNegative),
        fields.Flag("amsgrad", Amsgrad));
}

/// <summary>An optimizer that is another name for a chain.</summary>
public abstract record Alias : Optimizer
{
    internal abstract Optimizer Chain { get; }

    internal override Optimizer Expanded => Chain.Expanded;

    /// <inheritdoc/>
    public override int Slots => Chain.Slots;

    internal override int Scalars => Chain.Scalars;

    /// <inheritdoc/>
    public override bool IsElementwise => Chain.IsElementwise;

    internal override int? AverageOffset(int parameters) => Chain.AverageOffset(parameters);

    internal override double? RateAt(in StepInfo step) => Chain.RateAt(step);

    internal override void Update<T>(in Stretch<T> at, in StepInfo step) =>
        Chain.Update(at, step);

    /// <summary>The L2 penalty that comes first, if there is one.</summary>
    private protected static Optimizer Penalty(double lambda) => lambda == 0 ? Identity : new WeightDecay(lambda);
}
