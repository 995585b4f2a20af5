using Functional.Core.Forms;

namespace Functional.Core.Optimizers;

/// <summary>Rules one after the other. <see cref="Optimizer.Then"/> builds it; an empty one changes nothing.</summary>
/// <param name="Rules">In the order in which they see the direction.</param>
public sealed record Chain(Items<Optimizer> Rules) : Optimizer
{
    internal override int Slots => Rules.Sum(rule => rule.Slots);

    internal override void Update<T>(Span<T> direction, Span<T> moments, ReadOnlySpan<T> parameters, in StepInfo step)
    {
        for (int i = 0; i < Rules.Count; i++)
        {
            int own = Rules[i].Slots * direction.Length;
            Rules[i].Update(direction, moments[..own], parameters, step);
            moments = moments[own..];
        }
    }

    internal override Optimizer Meaning => Rules.Aggregate(Identity, (chain, rule) => chain.Then(rule.Meaning));

    private protected override Items<Optimizer> Parts => Rules;

    internal override Optimizer Each(Fields fields) => new Chain(fields.Many("rules", Rules, Kinds));
}
