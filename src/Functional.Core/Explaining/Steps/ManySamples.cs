using System.Numerics;
using Functional.Core.Differentiation.Symbolic;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;

namespace Functional.Core.Explaining;

/// <summary>A table of samples: inputs, hidden activations where they fit, predictions; with targets the loss of
/// each and of all.</summary>
internal static class ManySamples
{
    private const int MostHidden = 4; // columns of hidden activations

    public static Explanation Explain<T>(
        Network<T> network, Matrix<T> inputs, Matrix<T>? targets, Loss loss, Wording words)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SamplePass[] passes = [.. Enumerable.Range(0, inputs.Rows).Select(row =>
        {
            var pass = SamplePass.Of(network, Vec<T>.Of(inputs.Row(row)), null, loss, null, null);
            return targets is null ? pass : pass with { Back = Loss(network, inputs, targets, loss, row) };
        })];
        var first = passes[0];
        var names = Names.For(first.Layers.Count + 1, first.Output.Length, targets is null ? null : loss);
        int[] widths = [first.Input.Length, .. first.Layers.Select(layer => layer.Units)];
        IEnumerable<ExplanationStep> losses =
            targets is null ? [] : Losses(names, words, loss, loss.Value(network.Predict(inputs), targets));
        return new(
            words.Title(string.Join("-", widths)),
            [
                new ExplanationStep.Heading(words.Samples, 1), new ExplanationStep.Prose(words.SamplesAre),
                Table(passes, names, showsHidden: widths[1..^1].Sum() <= MostHidden),
                .. losses,
            ],
            new Dictionary<Symbol, double>());
    }

    private static ExplanationStep.Samples Table(SamplePass[] passes, Names names, bool showsHidden)
    {
        var rows = passes.Select((pass, i) => Cells(i + 1, pass, names, showsHidden).ToArray()).ToArray();
        return new(
            [.. rows[0].Select(cell => cell.Name)],
            new(
                rows.Length, rows[0].Length,
                Vec<double>.Of([.. rows.SelectMany(row => row.Select(cell => cell.Value))])));
    }

    private static IEnumerable<(Notation Name, double Value)> Cells(
        int number, SamplePass pass, Names names, bool showsHidden)
    {
        yield return ("i", number);
        foreach (var (i, x) in pass.Input.Index()) yield return (names.Activation(1, i + 1), x);
        foreach (var (l, layer) in pass.Layers.Index())
        {
            if (l + 1 < pass.Layers.Count && !showsHidden) continue;
            foreach (var (j, a) in layer.Activations.Index()) yield return (names.Activation(l + 2, j + 1), a);
        }
        if (pass.Back is not { } back) yield break;
        foreach (var (symbol, y) in WholeNetwork.Targets(back, names).Zip(back.Target)) yield return (symbol, y);
        yield return (names.Loss + "(i)", back.Value);
    }

    private static LossPass Loss<T>(Network<T> network, Matrix<T> inputs, Matrix<T> targets, Loss loss, int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var target = targets.Select([row]);
        var value = loss.Value(network.Predict(inputs.Select([row])), target);
        return new(
            loss, target.Cells.Span.ToArray().Select(double.CreateTruncating).ToArray(),
            double.CreateTruncating(value), []);
    }

    // The loss of all: the sum of those of each, or their mean.
    private static IEnumerable<ExplanationStep> Losses<T>(Names names, Wording words, Loss loss, T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isSum = loss.Factor(2, 1) == loss.Factor(1, 1);
        Notation sum = new("Σᵢ ", @"\sum_{i} "), mean = new("1/N · Σᵢ ", @"\tfrac{1}{N} \sum_{i} ");
        yield return new ExplanationStep.Prose(words.LossIs(loss));
        yield return new ExplanationStep.Scalar(
            [names.Loss, (isSum ? sum : mean) + names.Loss + "(i)"], double.CreateTruncating(value));
    }
}
