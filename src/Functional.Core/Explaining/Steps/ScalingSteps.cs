using Functional.Core.Differentiation.Symbolic;
using Functional.Core.Forms;

namespace Functional.Core.Explaining;

/// <summary>A sample as it is in the data, and how each of its numbers is scaled.</summary>
internal static class ScalingSteps
{
    private const double Bound = 3; // of clipped numbers

    public static IEnumerable<ExplanationStep> Inputs(SamplePass pass, Names names, Wording words)
    {
        if (pass.Raw is not { } raw) yield break;
        Symbol Shown(int i) => raw.Scaling is null ? names.Activation(1, i + 1) : Names.Raw(i + 1);
        if (raw.Names is { Count: > 0 } columns)
            yield return new ExplanationStep.Prose(words.Columns(
                string.Join(", ", columns.Select((name, i) => $"{Shown(i).Name}: {Visible.Quoted(name)}"))));
        string[] missing = [.. raw.Input.Index().Where(at => double.IsNaN(at.Item) && raw.Fill is not null)
            .Select(at => $"{Shown(at.Index).Name} ({Numerals.Of(raw.Fill![at.Index], 6)})")];
        if (missing.Length > 0) yield return new ExplanationStep.Prose(words.Missing(string.Join(", ", missing)));
        if (raw.Scaling is not { } scaling) yield break;
        foreach (var step in Of(
            words.Scaled, Names.Raws, raw.Filled, scaling, i => (Names.Raw(i + 1), names.Activation(1, i + 1)),
            pass.Input))
            yield return step;
    }

    /// <summary>What is predicted, in the data's unit.</summary>
    public static IEnumerable<ExplanationStep> Outputs(SamplePass pass, Names names, Wording words)
    {
        if (pass.Raw?.TargetScaling is not { IsClipped: false } scaling) yield break;
        yield return new ExplanationStep.Prose(words.Unscaled);
        foreach (var (k, output) in pass.Output.Index())
        {
            double value = scaling.Factor[k] == 0 ? scaling.Shift[k] : output / scaling.Factor[k] + scaling.Shift[k];
            Formula formula = scaling.Factor[k] == 0
                ? scaling.Shift[k]
                : names.Prediction(k + 1) / (Formula)scaling.Factor[k] + scaling.Shift[k];
            yield return new ExplanationStep.Worked([names.RawPrediction(k + 1)], formula, value);
        }
    }

    public static IEnumerable<ExplanationStep> Targets(SamplePass pass, Names names, Wording words) =>
        pass is not { Raw: { TargetScaling: { } scaling, Target: { } raw }, Back: { } back }
            ? []
            : Of(
                words.ScaledTarget, Names.RawTargets, raw.ToArray(), scaling,
                k => (names.RawTarget(k + 1), names.Target(k + 1)), back.Target);

    public static IEnumerable<(Symbol, double)> Numbers(SamplePass pass, Names names)
    {
        if (pass.Raw is { Scaling: not null, Filled: var input })
            for (int i = 0; i < input.Length; i++) yield return (Names.Raw(i + 1), input[i]);
        if (pass is { Raw: { TargetScaling: not null, Target: { } target }, Back: not null })
            for (int k = 0; k < target.Length; k++) yield return (names.RawTarget(k + 1), target[k]);
    }

    private static IEnumerable<ExplanationStep> Of(
        string words, Notation name, double[] raw, Scaling scaling, Func<int, (Symbol Raw, Symbol Scaled)> symbols,
        double[] scaled)
    {
        yield return new ExplanationStep.Prose(words);
        yield return new ExplanationStep.Table([name], WholeNetwork.Column(raw));
        for (int i = 0; i < raw.Length; i++)
        {
            var (from, to) = symbols(i);
            var z = ((Formula)from - scaling.Shift[i]) * scaling.Factor[i];
            var formula = scaling.IsClipped ? z * Formula.Pow(1 + Formula.Pow(z / Bound, 2), -0.5) : z;
            yield return new ExplanationStep.Worked([to], formula, scaled[i]);
        }
    }
}
