using Functional.Core.Differentiation.Symbolic;
using Functional.Core.Networks.Activations;

namespace Functional.Core.Explaining;

/// <summary>The loss, and its derivatives from the last layer to the first: delta of each layer from that of the
/// next, and from it the gradients of W and b.</summary>
internal static class BackwardSteps
{
    public static IEnumerable<ExplanationStep> Of(SamplePass pass, LossPass back, Names names, Wording words)
    {
        Symbol[] outputs = [.. pass.Output.Select((_, k) => names.Prediction(k + 1))];
        var loss = Formulas.Of(back, outputs, WholeNetwork.Targets(back, names), pass.Output);
        yield return new ExplanationStep.Heading(words.Loss, 1);
        yield return new ExplanationStep.Prose(words.LossIs(back.Loss));
        yield return new ExplanationStep.Worked([names.Loss], loss, back.Value);
        yield return new ExplanationStep.Heading(words.Backward, 1);
        yield return new ExplanationStep.Heading(words.Error, 2);
        foreach (var (k, output) in outputs.Index())
            yield return new ExplanationStep.Worked([names.Slope(k + 1)], loss.Derivative(output), back.Slopes[k]);
        for (int n = names.Layers; n > 1; n--)
        {
            yield return new ExplanationStep.Heading(words.BackThrough(n, isOutput: n == names.Layers), 2);
            yield return Chain(n, names);
            foreach (var step in Deltas(pass, n, loss, names).Concat(Gradients(pass.Layers[n - 2], n, names)))
                yield return step;
        }
    }

    // The loss's derivative by W{n-1}: along the chain to z{n}, which is delta{n}, times the layer's input.
    private static ExplanationStep.Relation Chain(int n, Names names) => new([names.Loss.By(Names.Weights(n - 1)),
        (Before(n, names) * names.Activations(n).By(names.Sums(n))).Under(names.Deltas(n)) * names.Sums(n)
            .By(Names.Weights(n - 1)).Over(names.Activations(n - 1))]);

    // The loss's derivative by a{n}.
    private static Notation Before(int n, Names names) => n == names.Layers
        ? names.Loss.By(names.Predictions)
        : names.Deltas(n + 1) * names.Sums(n + 1).By(names.Activations(n)).Over(Names.Weights(n));

    private static IEnumerable<ExplanationStep> Deltas(SamplePass pass, int n, Formula loss, Names names)
    {
        var layer = pass.Layers[n - 2];
        bool isOutput = n == names.Layers, isSoftmax = layer.Phi is Softmax;
        var arrived = isOutput ? names.Loss.By(names.Predictions) : (Names.Weights(n) * names.Deltas(n + 1)).Bracketed;
        var (phi, slope) = (names.Sums(n).Of(Names.Phi + "'"), names.Activations(n).By(names.Sums(n)));
        yield return ForwardSteps.Vector(
            [names.Deltas(n), Before(n, names) * slope,
                isSoftmax ? slope * arrived : names.IsSingle(n) ? arrived * phi : arrived.Cellwise(phi)],
            layer.Back!.Deltas);

        Formula[] arriving = [.. Enumerable.Range(1, layer.Units).Select(j => (isOutput, isSoftmax) switch
        {
            (true, true) => names.Slope(j), // each of them reaches every sum: by its name
            (true, false) => loss.Derivative(names.Prediction(j)),
            _ => Sum.Of(Enumerable.Range(1, pass.Layers[n - 1].Units)
                .Select(k => (Formula)Names.Weight(n, j, k) * names.Delta(n + 1, k))),
        })];
        Symbol[] a = [.. Enumerable.Range(1, layer.Units).Select(j => names.Activation(n, j))];
        foreach (var (j, formula) in ForwardSteps.Phi(n, layer, names).Index())
        {
            var z = names.Sum(n, j + 1);
            var delta = isSoftmax
                ? a[j] * (arriving[j] - Sum.Of(arriving.Zip(a, (slope, share) => slope * (Formula)share)))
                : arriving[j] * formula.Derivative(z);
            yield return new ExplanationStep.Worked([names.Delta(n, j + 1)], delta, layer.Back!.Deltas[j]);
        }
    }

    private static IEnumerable<ExplanationStep> Gradients(LayerPass layer, int n, Names names)
    {
        yield return new ExplanationStep.Table(
            [names.Loss.By(Names.Weights(n - 1)),
                names.Activations(n - 1) * (names.IsSingle(n) ? names.Deltas(n) : names.Deltas(n).Transposed)],
            layer.Back!.Weights);
        for (int i = 1; i <= layer.Inputs; i++)
            for (int j = 1; j <= layer.Units; j++)
                yield return new ExplanationStep.Worked(
                    [names.Loss.By(Names.Weight(n - 1, i, j))], (Formula)names.Delta(n, j) * names.Activation(n - 1, i),
                    layer.Back!.Weights[i - 1, j - 1]);
        if (!layer.HasBias) yield break;
        yield return ForwardSteps.Vector([names.Loss.By(Names.Biases(n - 1)), names.Deltas(n)], layer.Back!.Biases);
        for (int j = 1; j <= layer.Units; j++)
            yield return new ExplanationStep.Worked(
                [names.Loss.By(Names.Bias(n - 1, j))], names.Delta(n, j), layer.Back!.Biases[j - 1]);
    }
}
