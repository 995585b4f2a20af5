using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Products;
using Functional.Core.Numbers.Streams;

namespace Functional.Lecture;

/// <summary>The tangent kernel of a ReLU net of one output: K(x, x') = Σ rate ∂f(x)/∂θ ∂f(x')/∂θ over the parameters
/// θ.</summary>
internal static class EmpiricalKernel
{
    /// <summary>K of all pairs of points. With δ the derivatives of f by the sums of a layer and a what goes in, a
    /// layer adds δ·δ' (rate of weights × a·a' + rate of biases): no Jacobian is written down.</summary>
    /// <param name="network">Dense layers; all but the last one with ReLU.</param>
    /// <param name="rates">Of each layer.</param>
    /// <param name="points">A point a row.</param>
    public static Matrix<double> Of(Network<double> network, Items<LayerRate> rates, Matrix<double> points)
    {
        int rows = points.Rows;
        var layers = Layers(network);
        var inputs = new List<double[]> { points.Cells.ToArray() };
        foreach (var layer in layers)
        {
            var sums = new double[rows * layer.Units];
            MatMul.Multiply<double>(inputs[^1], layer.Weights.Span, layer.Biases.Span, sums, rows, layer.Inputs,
                layer.Units, threads: 1);
            inputs.Add([.. sums.Select(sum => Math.Max(sum, 0))]);
        }
        var kernel = new double[rows * rows];
        double[] deltas = [.. Enumerable.Repeat(1.0, rows)];
        for (int l = layers.Length - 1; l >= 0; l--)
        {
            var (layer, input) = (layers[l], inputs[l]);
            double[] byInputs = Gram(input, rows), byDeltas = Gram(deltas, rows);
            for (int i = 0; i < kernel.Length; i++)
                kernel[i] += byDeltas[i] * (rates[l].Weights * byInputs[i] + rates[l].Biases);
            if (l == 0) break;
            var before = new double[rows * layer.Inputs];
            MatMul.MultiplyRightTransposed<double>(
                deltas, layer.Weights.Span, before, rows, layer.Units, layer.Inputs, threads: 1);
            for (int i = 0; i < before.Length; i++)
                if (input[i] <= 0)
                    before[i] = 0;
            deltas = before;
        }
        return new(rows, rows, Vec<double>.Of(kernel));
    }

    /// <summary>‖to - from‖ / ‖from‖, of the squares of all cells.</summary>
    public static double Drift(Matrix<double> from, Matrix<double> to)
    {
        double[] start = from.Cells.ToArray(), way = [.. to.Cells.Select((cell, i) => cell - start[i])];
        return Math.Sqrt(Reduce.Dot<double>(way, way) / Reduce.Dot<double>(start, start));
    }

    // X X'.
    private static double[] Gram(double[] x, int rows)
    {
        var products = new double[rows * rows];
        MatMul.MultiplyRightTransposed<double>(x, x, products, rows, x.Length / rows, rows, threads: 1);
        return products;
    }

    private static DenseWeights[] Layers(Network<double> network)
    {
        var cells = network.Parameters.ToArray().AsMemory();
        int first = 0;
        return
        [
            .. network.Architecture.Layout.Chunk(2).Select(slices =>
            {
                var (weights, biases) = (slices[0], slices[1]);
                var layer = new DenseWeights(weights.Shape[0], weights.Shape[1],
                    cells.Slice(first, weights.Length), cells.Slice(first + weights.Length, biases.Length));
                first += weights.Length + biases.Length;
                return layer;
            }),
        ];
    }

    private readonly record struct DenseWeights(
        int Inputs, int Units, ReadOnlyMemory<double> Weights, ReadOnlyMemory<double> Biases);
}
