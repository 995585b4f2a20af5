using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Passes;
using Functional.Core.Randomness;

namespace Functional.Lecture;

/// <summary>What may be left out of a derivation.</summary>
internal enum Omission
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The derivative of the sigmoid.</summary>
    Slope,

    /// <summary>That an error goes back through the transposed weights.</summary>
    Transpose,
}

/// <summary>A net of the lecture's slides, and its gradients as the slides derive them: number by number, in plain
/// loops, from the error of the prediction back to the first layer.</summary>
/// <param name="Name">Of its criterion.</param>
/// <param name="Widths">Inputs, hidden units of each layer, outputs.</param>
/// <param name="HasSigmoidOutput">Whether phi stands at the output, too.</param>
internal sealed record SlideNet(string Name, Items<int> Widths, bool HasSigmoidOutput)
{
    private static readonly Loss Loss = new HalfSumSquaredError();

    /// <summary>The nets of the slides; the number of units of the last one is drawn.</summary>
    public static Items<SlideNet> All(Key key) =>
    [
        new("one_neuron", [1, 1, 1], false), new("five_four_three", [3, 5, 4, 3], false),
        new("m_units", [1 + Draw.Integers(key.At(0), 1, 4)[0], 1 + Draw.Integers(key.At(1), 1, 10)[0], 1], true),
    ];

    /// <summary>How many layers have weights.</summary>
    public int Depth => Widths.Count - 1;

    /// <summary>The same net for the library.</summary>
    public Network<double> Drawn(Key key) => LinearNets.Drawn(Architecture.Of(Widths[0], [.. Enumerable.Range(1, Depth)
        .Select(layer => new Dense(Widths[layer], IsSigmoid(layer - 1) ? Activation.Sigmoid : Activation.Identity))]),
            key);

    /// <summary>So many samples.</summary>
    public Samples<double> Samples(Key key, int count) => new(
        new(count, Widths[0], Draw.Normal<double>(key.At(0), count * Widths[0])),
        new(count, Widths[^1], Draw.Uniform<double>(key.At(1), count * Widths[^1])));

    /// <summary>The derivatives by each weight and bias, in the order of the parameters. The delta of a layer is its
    /// derivative by the biases.</summary>
    public double[] Gradient(Network<double> network, Samples<double> samples, Omission omission)
    {
        ReadOnlySpan<double> cells = network.Parameters.Span;
        var gradient = new double[cells.Length];
        int[] first = new int[Depth + 1];
        for (int l = 0; l < Depth; l++) first[l + 1] = first[l] + (Widths[l] + 1) * Widths[l + 1];
        for (int sample = 0; sample < samples.Inputs.Rows; sample++)
        {
            double[][] a = [[.. samples.Inputs.Row(sample)], .. new double[Depth][]];
            for (int l = 0; l < Depth; l++)
            {
                a[l + 1] = new double[Widths[l + 1]];
                for (int j = 0; j < Widths[l + 1]; j++)
                {
                    double z = cells[first[l] + Widths[l] * Widths[l + 1] + j];
                    for (int i = 0; i < Widths[l]; i++) z += a[l][i] * cells[first[l] + i * Widths[l + 1] + j];
                    a[l + 1][j] = IsSigmoid(l) ? Elementary.Of<Logistic>(z) : z;
                }
            }
            // -(y - ŷ)
            double[] error = [.. a[Depth].Select((output, k) => -(samples.Targets[sample, k] - output))];
            for (int l = Depth - 1; l >= 0; l--)
            {
                double[] delta = [.. error.Select((back, j) => back * Slope(l, a[l + 1][j], omission))];
                error = new double[Widths[l]];
                for (int i = 0; i < Widths[l]; i++)
                    for (int j = 0; j < Widths[l + 1]; j++)
                    {
                        gradient[first[l] + i * Widths[l + 1] + j] += delta[j] * a[l][i];
                        int weight = omission == Omission.Transpose ? j * Widths[l] + i : i * Widths[l + 1] + j;
                        error[i] += cells[first[l] + weight] * delta[j];
                    }
                for (int j = 0; j < Widths[l + 1]; j++)
                    gradient[first[l] + Widths[l] * Widths[l + 1] + j] += delta[j];
            }
        }
        return gradient;
    }

    /// <summary>The quantities of the slides, a slice of the gradient each, from the last layer back.</summary>
    public IEnumerable<(string Name, Range Cells)> Quantities()
    {
        int end = Enumerable.Range(0, Depth).Sum(l => (Widths[l] + 1) * Widths[l + 1]);
        for (int l = Depth - 1; l >= 0; l--)
        {
            int weights = Widths[l] * Widths[l + 1], start = end - weights - Widths[l + 1];
            yield return ($"δ{{{l + 2}}}", (start + weights)..end);
            yield return ($"∂/∂W{{{l + 1}}}", start..(start + weights));
            end = start;
        }
    }

    /// <summary>The gradient by the library's backward pass, in reverse mode, in forward mode, and by central
    /// differences of a step and of half of it.</summary>
    public static double[][] Others(Network<double> network, Samples<double> samples, double step)
    {
        var check = new GradientCheck(network, samples, Loss, Key.FromSeed(0));
        double[] Differences(double h) => [.. Enumerable.Range(0, network.Parameters.Length).Select(i =>
            (At(network, samples, i, h) - At(network, samples, i, -h)) / (2 * h))];
        return
        [
            [.. network.LossGradient(Loss, samples, threads: 1).Gradient.Direction],
            [.. check.Gradient(Way.ReverseMode).Direction], [.. check.Gradient(Way.ForwardMode).Direction],
            Differences(step), Differences(step / 2),
        ];
    }

    private static double At(Network<double> network, Samples<double> samples, int parameter, double step)
    {
        double[] cells = [.. network.Parameters];
        cells[parameter] += step;
        return Loss.Value(
            network.With(Vec<double>.Of(cells)).Predict(samples.Inputs, threads: 1), samples.Targets);
    }

    private bool IsSigmoid(int layer) => layer < Depth - 1 || HasSigmoidOutput;

    private double Slope(int layer, double a, Omission omission) =>
        IsSigmoid(layer) && omission != Omission.Slope ? a * (1 - a) : 1;
}
