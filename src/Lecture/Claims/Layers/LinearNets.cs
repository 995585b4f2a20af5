using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;

namespace Functional.Lecture;

/// <summary>Nets of dense layers whose hidden units have no non-linearity, beside the one layer that they
/// are.</summary>
internal static class LinearNets
{
    private const double Unit = 1.1102230246251565e-16; // of rounding, 2^-53

    /// <summary>As small nets are fitted: to a gradient of nothing.</summary>
    public static readonly LBfgs Descent = new(MostSteps: 3000, Tolerance: 1e-10);

    /// <summary>Layers of 1 to 16 units, 2 to 6 of them, with biases; weights and biases from N(0, 1).</summary>
    public static Network<double> Random(Key key, Activation hidden)
    {
        int depth = 2 + Draw.Integers(key.At(0), 1, 5)[0];
        int[] widths = [.. Draw.Integers(key.At(1), depth + 1, 16).Select(width => 1 + width)];
        return Drawn(Architecture.Of(widths[0], [.. widths.Skip(1).Select((width, layer) =>
            new Dense(width, layer == depth - 1 ? Activation.Identity : hidden))]), key.At(2));
    }

    /// <summary>A net with every parameter from N(0, 1).</summary>
    public static Network<double> Drawn(Architecture architecture, Key key) =>
        new(architecture, Draw.Normal<double>(key, architecture.ParameterCount));

    /// <summary>The one layer that a net would be if its activations were linear: W = W{1} W{2} ..., and
    /// b = (b{1} W{2} + b{2}) W{3} + ...</summary>
    public static Network<double> Collapsed(Network<double> network)
    {
        int inputs = network.Architecture.Inputs, outputs = inputs, at = 0;
        var cells = network.Parameters.Span;
        double[] map = [.. Enumerable.Range(0, inputs * inputs).Select(i => i % (inputs + 1) == 0 ? 1.0 : 0)],
            bias = new double[inputs];
        foreach (var layer in network.Architecture.Layers.OfType<Dense>())
        {
            var weights = cells.Slice(at, outputs * layer.Units);
            at += weights.Length;
            map = Times(map, weights, inputs, outputs);
            bias = Times(bias, weights, 1, outputs);
            for (int i = 0; layer.Bias && i < layer.Units; i++) bias[i] += cells[at++];
            outputs = layer.Units;
        }
        return new(Architecture.Of(inputs, new Dense(outputs)), Vec<double>.Of([.. map, .. bias]));
    }

    /// <summary>The largest difference between the outputs of a net and of its one layer, as a share of what rounding
    /// can make of it: each of both is off by at most gamma(K) times the same sums of absolute values, gamma(K) =
    /// K u / (1 - K u), with K the length of all sums together. (Higham, 2002, sections 3.1 and 3.5)</summary>
    public static double ShareOfRounding(Network<double> network, Matrix<double> inputs)
    {
        var (outputs, collapsed) = (network.Predict(inputs), Collapsed(network).Predict(inputs));
        var sizes = Collapsed(network.With(Absolute(network.Parameters))).Predict(
            new(inputs.Rows, inputs.Columns, Absolute(inputs.Cells)));
        int length = network.Architecture.Inputs + 1
            + network.Architecture.Layers.OfType<Dense>().SkipLast(1).Sum(layer => layer.Units + 1);
        double gamma = length * Unit / (1 - length * Unit);
        return Enumerable.Range(0, outputs.Cells.Length)
            .Max(i => Math.Abs(outputs.Cells[i] - collapsed.Cells[i]) / (2 * gamma * sizes.Cells[i]));
    }

    /// <summary>The least loss that L-BFGS finds from random weights.</summary>
    public static DescentPoint Fitted(Architecture architecture, Samples<double> samples, Key key) =>
        Descent.Course(
            Network<double>.Init(architecture, new Initializer.GlorotNormal(), key), new HalfSumSquaredError(), samples,
            threads: 1).Last();

    private static Vec<double> Absolute(Vec<double> cells) => Vec<double>.Of([.. cells.Select(Math.Abs)]);

    private static double[] Times(double[] left, ReadOnlySpan<double> right, int rows, int inner)
    {
        int columns = right.Length / inner;
        var product = new double[rows * columns];
        for (int row = 0; row < rows; row++)
            for (int k = 0; k < inner; k++)
                for (int column = 0; column < columns; column++)
                    product[row * columns + column] += left[row * inner + k] * right[k * columns + column];
        return product;
    }
}
