using Functional.Core.Networks;
using Functional.Core.Randomness;

namespace Functional.Core.Differentiation.Textbook;

/// <summary>A batch's loss as a textbook writes it, number by number over generic arithmetic and without a thought
/// of speed: what automatic differentiation runs on to check the networks' own passes, of which it shares nothing
/// but the drawing of dropped cells.</summary>
internal static class TextbookNetwork
{
    /// <summary>The loss of a batch.</summary>
    /// <param name="network">What the network is, and its running values.</param>
    /// <param name="parameters">Where, in place of the network's own parameters.</param>
    /// <param name="loss">What is differentiated.</param>
    /// <param name="samples">The batch.</param>
    /// <param name="mode">Training or inference.</param>
    public static T Loss<T>(Network<double> network, T[] parameters, Loss loss, Samples<double> samples, Mode mode)
        where T : IReal<T>
    {
        var reader = new Reader<T>(parameters, network.Running.Span.ToArray());
        T[][] outputs = Through(network.Architecture.Body, Rows<T>(samples.Inputs), reader, mode),
            targets = Rows<T>(samples.Targets);
        T sum = T.Zero;
        double weight = 0;
        for (int row = 0; row < outputs.Length; row++)
        {
            double own = samples.Weights?[row] ?? 1;
            weight += own;
            sum += T.Of(own) * TextbookLoss.Of(loss, outputs[row], targets[row]);
        }
        return weight == 0 ? T.Zero : sum * T.Of(loss.Factor(weight, network.Architecture.Outputs));
    }

    /// <summary>Hands out parameters and running values in their order.</summary>
    private sealed class Reader<T>(T[] parameters, double[] running)
    {
        private int parameter, value;

        public T[] Parameters(int count) => parameters[parameter..(parameter += count)];
        public double[] Running(int count) => running[value..(value += count)];
    }

    private static T[][] Through<T>(Layer layer, T[][] x, Reader<T> reader, Mode mode) where T : IReal<T> =>
        layer switch
        {
            Dense dense => Sums(dense, x, reader).Select(z => TextbookActivation.Of(dense.Activation, z)).ToArray(),
            Activate alone => x.Select(z => TextbookActivation.Of(alone.Activation, z)).ToArray(),
            Dropout dropout => mode.IsTraining ? Dropped(dropout, x, mode.Key) : x,
            BatchNorm norm => Normalized(norm, x, reader, mode),
            LayerNorm norm => Normalized(norm, x, reader),
            LayerFunction own => Own(own, x, reader.Parameters(own.ParametersOf(x[0].Length))),
            Sequence sequence => Through(sequence.Layers, x, reader, mode),
            Residual residual =>
                Sum(Through(residual.Body, x, reader, At(mode, 0)), Through(residual.Shortcut, x, reader, At(mode, 1))),
            _ => throw new InvalidOperationException($"no textbook has a {layer.GetType().Name}"),
        };

    private static T[][] Own<T>(LayerFunction layer, T[][] x, T[] parameters) where T : IReal<T> =>
        [.. x.Select(row => layer.Of(parameters, row))];

    private static T[][] Through<T>(IReadOnlyList<Layer> layers, T[][] x, Reader<T> reader, Mode mode)
        where T : IReal<T> =>
        layers.Index().Aggregate(x, (at, next) => Through(next.Item, at, reader, At(mode, next.Index)));

    private static Mode At(Mode mode, int part) => mode.IsTraining ? Mode.Training(mode.Key.At((uint)part)) : mode;

    // z_j = sum of x_i w_ij + b_j
    private static T[][] Sums<T>(Dense dense, T[][] x, Reader<T> reader) where T : IReal<T>
    {
        int inputs = x[0].Length;
        T[] w = reader.Parameters(inputs * dense.Units), b = reader.Parameters(dense.Bias ? dense.Units : 0);
        return [.. x.Select(row => (T[])[.. Enumerable.Range(0, dense.Units).Select(j =>
        {
            T z = dense.Bias ? b[j] : T.Zero;
            for (int i = 0; i < inputs; i++) z += row[i] * w[i * dense.Units + j];
            return z;
        })])];
    }

    private static T[][] Dropped<T>(Dropout dropout, T[][] x, Key key) where T : IReal<T> =>
        [.. x.Select((row, r) => (T[])[.. row.Select((cell, i) =>
            Draw.UniformAt(key, (uint)(r * row.Length + i)) < dropout.Rate ? T.Zero : cell / T.Of(1 - dropout.Rate))])];

    private static T[][] Normalized<T>(BatchNorm norm, T[][] x, Reader<T> reader, Mode mode) where T : IReal<T>
    {
        int width = x[0].Length;
        T[] gamma = reader.Parameters(width), beta = reader.Parameters(width);
        double[] means = reader.Running(width), variances = reader.Running(width);
        var columns = Enumerable.Range(0, width).Select(i =>
        {
            T[] column = [.. x.Select(row => row[i])];
            var (mean, variance) = mode.IsTraining ? Moments(column) : (T.Of(means[i]), T.Of(variances[i]));
            return column.Select(cell => gamma[i] * (cell - mean) / T.Sqrt(variance + T.Of(norm.Epsilon)) + beta[i])
                .ToArray();
        }).ToArray();
        return [.. x.Select((_, row) => (T[])[.. columns.Select(column => column[row])])];
    }

    private static T[][] Normalized<T>(LayerNorm norm, T[][] x, Reader<T> reader) where T : IReal<T>
    {
        int width = x[0].Length;
        T[] gamma = reader.Parameters(width), beta = reader.Parameters(width);
        return [.. x.Select(row =>
        {
            var (mean, variance) = Moments(row);
            return row.Select((cell, i) => gamma[i] * (cell - mean) / T.Sqrt(variance + T.Of(norm.Epsilon)) + beta[i])
                .ToArray();
        })];
    }

    private static (T Mean, T Variance) Moments<T>(T[] x) where T : IReal<T>
    {
        T count = T.Of(x.Length), mean = x.Aggregate(T.Zero, (sum, cell) => sum + cell) / count;
        return (mean, x.Aggregate(T.Zero, (sum, cell) => sum + (cell - mean) * (cell - mean)) / count);
    }

    private static T[][] Sum<T>(T[][] x, T[][] y) where T : IReal<T> =>
        [.. x.Zip(y, (a, b) => (T[])[.. a.Zip(b, (p, q) => p + q)])];

    private static T[][] Rows<T>(Numbers.Matrix<double> matrix) where T : IReal<T> =>
        [.. Enumerable.Range(0, matrix.Rows).Select(row => (T[])[.. matrix.Row(row).ToArray().Select(T.Of)])];
}
