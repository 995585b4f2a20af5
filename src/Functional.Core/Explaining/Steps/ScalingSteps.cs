using Functional.Core.Differentiation.Symbolic;
using Functional.Core.Numbers;

namespace Functional.Core.Explaining;

/// <summary>A sample as it is in the data, and how each of its numbers is scaled.</summary>
internal static class ScalingSteps
{
    private const double Bound = 3; // of clipped numbers

    public static IEnumerable<ExplanationStep> Inputs(SamplePass pass, Names names, Wording words) =>
        pass.Raw is not { Scaling: { } scaling, Input: var raw }
            ? []
            : Of(words.Scaled, Names.Raws, raw, scaling, i => (Names.Raw(i + 1), names.Activation(1, i + 1)), pass.Input);

    public static IEnumerable<ExplanationStep> Targets(SamplePass pass, Names names, Wording words) =>
        pass is not { Raw: { TargetScaling: { } scaling, Target: { } raw }, Back: { } back }
            ? []
            : Of(words.ScaledTarget, Names.RawTargets, raw, scaling, k => (names.RawTarget(k + 1), names.Target(k + 1)), back.Target);

    public static IEnumerable<(Symbol, double)> Numbers(SamplePass pass, Names names)
    {
        if (pass.Raw is { Scaling: not null, Input: var input })
            for (int i = 0; i < input.Length; i++) yield return (Names.Raw(i + 1), input[i]);
        if (pass is { Raw: { TargetScaling: not null, Target: { } target }, Back: not null })
            for (int k = 0; k < target.Length; k++) yield return (names.RawTarget(k + 1), target[k]);
    }

    private static IEnumerable<ExplanationStep> Of(
        string words, Notation name, Vec<double> raw, Scaling scaling, Func<int, (Symbol Raw, Symbol Scaled)> symbols, double[] scaled)
    {
        yield return new ExplanationStep.Prose(words);
        yield return new ExplanationStep.Table([name], WholeNetwork.Column(raw.Span.ToArray()));
        for (int i = 0; i < raw.Length; i++)
        {
            var (from, to) = symbols(i);
            var z = ((Formula)from - scaling.Shift[i]) * scaling.Factor[i];
            var formula = scaling.IsClipped ? z * Formula.Pow(1 + Formula.Pow(z / Bound, 2), -0.5) : z;
            yield return new ExplanationStep.Worked([to], formula, scaled[i]);
        }
    }
}
