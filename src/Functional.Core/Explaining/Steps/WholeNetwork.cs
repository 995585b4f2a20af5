using Functional.Core.Differentiation.Symbolic;
using Functional.Core.Numbers;

namespace Functional.Core.Explaining;

/// <summary>A whole network's explanation: what it is, forward, loss, backward.</summary>
internal static class WholeNetwork
{
    public static Explanation Explain(SamplePass pass, Wording words)
    {
        var names = Names.For(pass.Layers.Count + 1, pass.Output.Length, pass.Back?.Loss);
        int[] widths = [pass.Input.Length, .. pass.Layers.Select(layer => layer.Units)];
        IEnumerable<ExplanationStep> back = pass.Back is null ? [] : BackwardSteps.Of(pass, pass.Back, names, words);
        return new(
            words.Title(string.Join("-", widths)),
            [.. Given(pass, names, words), .. ForwardSteps.Of(pass, names, words),
                .. ScalingSteps.Outputs(pass, names, words), .. back, .. UpdateSteps.Of(pass, names, words)],
            Numbers(pass, names));
    }

    private static IEnumerable<ExplanationStep> Given(SamplePass pass, Names names, Wording words)
    {
        yield return new ExplanationStep.Heading(words.Network, 1);
        yield return new ExplanationStep.Prose(words.Notation(pass.Layers.Count + 1));
        foreach (var step in ScalingSteps.Inputs(pass, names, words)) yield return step;
        yield return new ExplanationStep.Table([Names.Inputs], Column(pass.Input));
        foreach (var step in ScalingSteps.Targets(pass, names, words)) yield return step;
        if (pass.Back is { Loss.TakesClassNumbers: true, Target: [var given] })
            yield return new ExplanationStep.Prose(words.Class((int)given));
        else if (pass.Back is { } back) yield return new ExplanationStep.Table([names.Targets], Column(back.Target));
        foreach (var (l, layer) in pass.Layers.Index())
        {
            yield return new ExplanationStep.Table([Names.Weights(l + 1)], layer.Weights);
            if (layer.HasBias) yield return new ExplanationStep.Table([Names.Biases(l + 1)], Column(layer.Biases));
        }
    }

    /// <summary>A vector, standing up.</summary>
    internal static Matrix<double> Column(double[] numbers) => new(numbers.Length, 1, Vec<double>.Of(numbers));

    /// <summary>What the targets are called: numbers, or that of a class.</summary>
    internal static Symbol[] Targets(LossPass back, Names names) =>
        back.Loss.TakesClassNumbers ? [Formula.Named("c")] : [.. back.Target.Select((_, k) => names.Target(k + 1))];

    private static Dictionary<Symbol, double> Numbers(SamplePass pass, Names names)
    {
        var numbers = new Dictionary<Symbol, double>();
        foreach (var (i, x) in pass.Input.Index()) numbers[names.Activation(1, i + 1)] = x;
        foreach (var (l, layer) in pass.Layers.Index())
        {
            for (int i = 0; i < layer.Inputs; i++)
                for (int j = 0; j < layer.Units; j++)
                    numbers[Names.Weight(l + 1, i + 1, j + 1)] = layer.Weights[i, j];
            foreach (var (j, b) in layer.Biases.Index()) numbers[Names.Bias(l + 1, j + 1)] = b;
            foreach (var (j, z) in layer.Sums.Index()) numbers[names.Sum(l + 2, j + 1)] = z;
            foreach (var (j, a) in layer.Activations.Index()) numbers[names.Activation(l + 2, j + 1)] = a;
            foreach (var (j, delta) in (layer.Back?.Deltas ?? []).Index()) numbers[names.Delta(l + 2, j + 1)] = delta;
        }
        foreach (var (symbol, number) in ScalingSteps.Numbers(pass, names)) numbers[symbol] = number;
        if (pass.Back is not { } back) return numbers;
        foreach (var (symbol, number) in UpdateSteps.Numbers(pass, names)) numbers[symbol] = number;
        foreach (var (symbol, y) in Targets(back, names).Zip(back.Target)) numbers[symbol] = y;
        foreach (var (k, slope) in back.Slopes.Index()) numbers[names.Slope(k + 1)] = slope;
        return numbers;
    }
}
