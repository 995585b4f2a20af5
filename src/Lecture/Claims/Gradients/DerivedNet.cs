using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Networks.Activations;
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

    /// <summary>The derivatives of the activations.</summary>
    Slope,

    /// <summary>That an error goes back through the transposed weights.</summary>
    Transpose,
}

/// <summary>A dense net, and its gradient as the slides derive it: number by number, in plain loops, from the error of
/// the prediction back to the first layer.</summary>
/// <param name="Widths">Inputs, units of each layer.</param>
/// <param name="Phi">The activation of each layer: sigmoid, tanh, softplus or identity.</param>
internal sealed record DerivedNet(Items<int> Widths, Items<Activation> Phi)
{
    private static readonly Loss Loss = new HalfSumSquaredError();

    /// <summary>One hidden neuron.</summary>
    public static DerivedNet OneNeuron { get; } = new([1, 1, 1], [Activation.Sigmoid, Activation.Identity]);

    /// <summary>Two hidden layers of five and four units, three outputs.</summary>
    public static DerivedNet FiveFourThree { get; } =
        new([3, 5, 4, 3], [Activation.Sigmoid, Activation.Sigmoid, Activation.Identity]);

    /// <summary>One to four inputs, one to ten hidden units, one output; phi at the output, too.</summary>
    public static DerivedNet MUnits(Key key) => new(
        [1 + Draw.Integers(key.At(0), 1, 4)[0], 1 + Draw.Integers(key.At(1), 1, 10)[0], 1],
        [Activation.Sigmoid, Activation.Sigmoid]);

    /// <summary>So many layers of one to eight units, with any activations.</summary>
    public static DerivedNet Random(Key key, int depth)
    {
        Activation[] kinds = [Activation.Sigmoid, Activation.Tanh, Activation.Softplus, Activation.Identity];
        return new(
            [.. Draw.Integers(key.At(0), depth + 1, 8).Select(width => 1 + width)],
            [.. Draw.Integers(key.At(1), depth, kinds.Length).Select(kind => kinds[kind])]);
    }

    /// <summary>How many layers have weights.</summary>
    public int Depth => Phi.Count;

    /// <summary>Whether all of it is linear, so that the loss is a quadratic of each parameter.</summary>
    public bool IsLinear => Phi.All(phi => phi == Activation.Identity);

    /// <summary>The same net for the library, with random parameters.</summary>
    public Network<double> Drawn(Key key) => LinearNets.Drawn(
        Architecture.Of(Widths[0], [.. Phi.Select((phi, layer) => new Dense(Widths[layer + 1], phi))]), key);

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
            double[][] z = new double[Depth + 1][], a = [[.. samples.Inputs.Row(sample)], .. new double[Depth][]];
            for (int l = 0; l < Depth; l++)
            {
                z[l + 1] = new double[Widths[l + 1]];
                for (int j = 0; j < Widths[l + 1]; j++)
                {
                    double sum = cells[first[l] + Widths[l] * Widths[l + 1] + j];
                    for (int i = 0; i < Widths[l]; i++) sum += a[l][i] * cells[first[l] + i * Widths[l + 1] + j];
                    z[l + 1][j] = sum;
                }
                a[l + 1] = [.. z[l + 1].Select(sum => Value(Phi[l], sum))];
            }
            // -(y - ŷ)
            double[] error = [.. a[Depth].Select((output, k) => -(samples.Targets[sample, k] - output))];
            for (int l = Depth - 1; l >= 0; l--)
            {
                double[] delta = omission == Omission.Slope
                    ? error
                    : [.. error.Select((back, j) => back * Slope(Phi[l], z[l + 1][j], a[l + 1][j]))];
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

    private static double Value(Activation phi, double z) => phi switch
    {
        Sigmoid => Elementary.Of<Logistic>(z),
        Tanh => Elementary.Of<HyperbolicTangent>(z),
        Softplus => Elementary.Of<Log1pExp>(z),
        _ => z,
    };

    private static double Slope(Activation phi, double z, double a) => phi switch
    {
        Sigmoid => a * (1 - a),
        Tanh => (1 - a) * (1 + a),
        Softplus => Elementary.Of<Logistic>(z),
        _ => 1,
    };
}
