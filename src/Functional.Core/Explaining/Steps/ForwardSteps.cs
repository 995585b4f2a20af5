using Functional.Core.Differentiation.Symbolic;
using Functional.Core.Networks.Activations;

namespace Functional.Core.Explaining;

/// <summary>Forward propagation: every sum and activation, layer by layer and neuron by neuron, then
/// all in one formula.</summary>
internal static class ForwardSteps
{
    public static IEnumerable<ExplanationStep> Of(SamplePass pass, Names names, Wording words)
    {
        yield return new ExplanationStep.Heading(words.Forward, 1);
        foreach (var (l, layer) in pass.Layers.Index())
        {
            yield return new ExplanationStep.Heading(
                words.Layer(l + 2, layer.Units, layer.Phi, isOutput: l + 2 == names.Layers), 2);
            if (layer.Phi is Networks.Activations.Step)
                yield return new ExplanationStep.Relation(
                    [((Notation)"z").Of(Function(layer.Phi, words)), words.StepIs]);
            foreach (var step in Sums(l + 2, layer, names)) yield return step;
            foreach (var step in Activations(l + 2, layer, names)) yield return step;
        }
        yield return new ExplanationStep.Heading(words.Composed, 2);
        yield return new ExplanationStep.Relation([names.Predictions, Composed(pass, names, words)]);
        foreach (var step in LinearSteps.Of(pass, words)) yield return step;
    }

    /// <summary>The activations of a layer as formulas of its sums.</summary>
    public static IReadOnlyList<Formula> Phi(int n, LayerPass layer, Names names)
    {
        Symbol[] z = [.. layer.Sums.Select((_, j) => names.Sum(n, j + 1))];
        return layer.Phi is Softmax
            ? Formulas.Softmax(z)
            : [.. z.Select((symbol, j) => Formulas.Of(layer.Phi, symbol, layer.Sums[j]))];
    }

    /// <summary>A vector's formula with its numbers; of a single one only the formula, as its number follows.</summary>
    public static ExplanationStep Vector(Notation[] sides, double[] numbers) => numbers.Length == 1
        ? new ExplanationStep.Relation([.. sides])
        : new ExplanationStep.Table([.. sides], WholeNetwork.Column(numbers));

    private static IEnumerable<ExplanationStep> Sums(int n, LayerPass layer, Names names)
    {
        yield return Vector([names.Sums(n), Affine(n, layer, names.Activations(n - 1))], layer.Sums);
        for (int j = 1; j <= layer.Units; j++)
        {
            var terms = Enumerable.Range(1, layer.Inputs)
                .Select(i => (Formula)Names.Weight(n - 1, i, j) * names.Activation(n - 1, i));
            yield return new ExplanationStep.Worked(
                [names.Sum(n, j)], Sum.Of(layer.HasBias ? terms.Append(Names.Bias(n - 1, j)) : terms),
                layer.Sums[j - 1]);
        }
    }

    private static IEnumerable<ExplanationStep> Activations(int n, LayerPass layer, Names names)
    {
        if (!names.IsSingle(n))
            yield return Vector([names.Activations(n), names.Sums(n).Of(Names.Phi)], layer.Activations);
        foreach (var (j, formula) in Phi(n, layer, names).Index())
        {
            var phi = layer.Phi is Softmax
                ? names.Sums(n).Of(Names.Phi).Item(j + 1)
                : ((Notation)names.Sum(n, j + 1)).Of(Names.Phi);
            yield return new ExplanationStep.Worked([names.Activation(n, j + 1), phi], formula, layer.Activations[j]);
        }
    }

    // W{n-1}ᵀ a + b{n-1}
    private static Notation Affine(int n, LayerPass layer, Notation input)
    {
        var product = Names.Weights(n - 1).Transposed * input;
        return layer.HasBias ? product + " + " + Names.Biases(n - 1) : product;
    }

    private static Notation Composed(SamplePass pass, Names names, Wording words) =>
        pass.Layers.Index().Aggregate(Names.Inputs, (inner, next) =>
    {
        var (n, layer) = (next.Index + 2, next.Item);
        bool isOutput = n == names.Layers;
        var sum = Affine(n, layer, inner);
        var a = layer.Phi is not Identity ? sum.Of(Function(layer.Phi, words)) : isOutput ? sum : sum.Bracketed;
        return isOutput ? a : a.Over(names.Activations(n));
    });

    /// <summary>What an activation is called.</summary>
    public static Notation Function(Activation phi, Wording words)
    {
        if (phi is Sigmoid) return new("σ", @"\sigma");
        if (phi is Networks.Activations.Step) return new(words.Step, $@"\mathop{{\text{{{words.Step}}}}}");
        string name = Activation.Kinds.NameOf(phi);
        return new(name, $@"\operatorname{{{name.Replace("_", @"\_", StringComparison.Ordinal)}}}");
    }
}
