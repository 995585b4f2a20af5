using Functional.Core.Networks.Activations;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Products;

namespace Functional.Core.Explaining;

/// <summary>Layers without a non-linearity between them, multiplied out to one: W{1} W{2} and
/// W{2}' b{1} + b{2}.</summary>
internal static class LinearSteps
{
    public static IEnumerable<ExplanationStep> Of(SamplePass pass, Wording words)
    {
        for (int first = 0, last; first < pass.Layers.Count; first = last + 1)
        {
            for (last = first; last + 1 < pass.Layers.Count && pass.Layers[last].Phi is Identity;) last++;
            if (last == first) continue;
            yield return new ExplanationStep.Heading(words.Multiplied, 2);
            yield return new ExplanationStep.Prose(words.MultipliedIs(first + 2, last + 2));
            var (weights, biases) = (pass.Layers[first].Weights, Biases(pass.Layers[first]));
            Notation product = Names.Weights(first + 1), sum = Names.Biases(first + 1);
            for (int l = first + 1; l <= last; l++)
            {
                var (layer, own) = (pass.Layers[l], Names.Weights(l + 1));
                bool isFirst = l == first + 1;
                weights = Product(weights, layer.Weights, []);
                biases = Product(biases, layer.Weights, layer.Biases);
                product *= own;
                sum = own.Transposed * (isFirst ? sum : sum.Bracketed)
                    + (layer.HasBias ? " + " + (Notation)Names.Biases(l + 1) : "");
            }
            yield return new ExplanationStep.Table([new("W", @"\mathbf{W}"), product], weights);
            if (pass.Layers.Skip(first).Take(last - first + 1).Any(layer => layer.HasBias))
                yield return new ExplanationStep.Table(
                    [new("b", @"\mathbf{b}"), sum], WholeNetwork.Column(biases.Cells.Span.ToArray()));
        }
    }

    private static Matrix<double> Biases(LayerPass layer) =>
        new(1, layer.Units, layer.HasBias ? Vec<double>.Of(layer.Biases) : Vec<double>.Zeros(layer.Units));

    private static Matrix<double> Product(Matrix<double> left, Matrix<double> right, double[] plus)
    {
        var cells = new double[left.Rows * right.Columns];
        MatMul.Multiply(
            left.Cells.Span, right.Cells.Span, plus, cells, left.Rows, left.Columns, right.Columns, threads: 1);
        return new(left.Rows, right.Columns, Vec<double>.Of(cells));
    }
}
