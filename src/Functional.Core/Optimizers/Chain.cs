namespace Functional;

/// <summary>Rules one after the other. <see cref="Optimizer.Then"/> builds it; an empty one changes nothing.</summary>
/// <param name="Rules">In the order in which they see the direction.</param>
public sealed record Chain(Items<Optimizer> Rules) : Optimizer
{
    /// <inheritdoc/>
    public override int Slots => Rules.Sum(rule => rule.Slots);

    internal override int Scalars => Rules.Sum(rule => rule.Scalars);

    /// <inheritdoc/>
    public override bool IsElementwise => Rules.All(rule => rule.IsElementwise);

    // Of several averages the last one counts.
    internal override int? AverageOffset(int parameters)
    {
        int? found = null;
        int at = 0;
        foreach (var rule in Rules)
        {
            if (rule.AverageOffset(parameters) is { } within) found = at + within;
            at += rule.Memory(parameters);
        }
        return found;
    }

    internal override bool HasAverage(long steps) =>
        Rules.LastOrDefault(rule => rule.AverageOffset(1) is not null)?.HasAverage(steps) ?? false;

    internal override double? RateAt(in StepInfo step)
    {
        for (int i = Rules.Count - 1; i >= 0; i--)
            if (Rules[i].RateAt(step) is { } rate)
                return rate;
        return null;
    }

    internal override void Update<T>(in Stretch<T> at, in StepInfo step)
    {
        int start = 0;
        for (int i = 0; i < Rules.Count; i++)
        {
            int own = Rules[i].Memory(at.All);
            Rules[i].Update(at.With(start, own), step);
            start += own;
        }
    }

    internal override bool Ascends => Rules.Count > 0 && Rules[0].Ascends;

    internal override void Ascend<T>(ReadOnlySpan<T> parameters, Span<T> gradient) =>
        Rules[0].Ascend(parameters, gradient);

    internal override IEnumerable<(string Name, Optimizer Rule)> Within =>
        Rules.Select((rule, i) => ($"rules[{i}]", rule));

    internal override Optimizer Expanded => Rules.Aggregate(Identity, (chain, rule) => chain.Then(rule.Expanded));

    internal override Items<Optimizer> Parts => Rules;

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new Chain(fields.Many("rules", Rules, Kinds));
}
