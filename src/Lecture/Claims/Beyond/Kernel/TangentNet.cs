using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Lecture;

/// <summary>A ReLU net of two inputs, three hidden layers of one width and one output, as Jacot et al. (2018) write
/// it: each layer is W a / √fan-in + β b with W and b standard normal. Here W / √fan-in and β b are what is stored. A
/// step of gradient descent on W and b is one on these, whose rate is 1 / fan-in for weights and β² for
/// biases.</summary>
/// <param name="Width">Units of a hidden layer.</param>
/// <param name="Division">What the output is divided by, at a rate that is as many times larger, squared: 1 in the
/// paper. A division that grows as √width makes it the mean-field parametrisation, in which features are
/// learned.</param>
/// <param name="Deviation">Standard deviation of W: 1 in the paper.</param>
internal sealed record TangentNet(int Width, double Division = 1, double Deviation = 1)
{
    /// <summary>β.</summary>
    public const double Bias = 0.1;

    /// <summary>Layers of weights.</summary>
    public const int Depth = 4;

    private const int Inputs = 2, TrainingRows = 64;

    // Half the sum of the squared errors, each of weight 1 / rows: half their mean.
    private static readonly HalfSumSquaredError Loss = new();

    /// <summary>2-width-width-width-1.</summary>
    public Architecture Architecture => Architecture.Of(
        Inputs, [.. Enumerable.Repeat<Layer>(new Dense(Width, Activation.Relu), Depth - 1), new Dense(1)]);

    /// <summary>The learning rate of each layer's weights and biases at rate 1: the shares of weights and biases in
    /// the tangent kernel.</summary>
    public Items<LayerRate> Rates =>
    [
        .. Enumerable.Range(0, Depth).Select(layer =>
        {
            double factor = layer == Depth - 1 ? 1 : Division * Division;
            return new LayerRate(factor / FanIn(layer), factor * Bias * Bias);
        }),
    ];

    /// <summary>The net that a key means, before training.</summary>
    public Network<double> Start(Key key)
    {
        var architecture = Architecture;
        var parameters = new double[architecture.ParameterCount];
        int first = 0;
        foreach (var (i, slice) in architecture.Layout.Index())
        {
            int layer = i / 2;
            double deviation = (i % 2 == 0 ? Deviation / Math.Sqrt(FanIn(layer)) : Bias)
                / (layer == Depth - 1 ? Division : 1);
            Draw.Normal<double>(key.At((uint)i), slice.Length, 0, deviation).Span.CopyTo(parameters.AsSpan(first));
            first += slice.Length;
        }
        return new(architecture, Vec<double>.Of(parameters));
    }

    /// <summary>The net after full-batch gradient descent at rate 1, with its loss before and after. (All in single
    /// precision.)</summary>
    public (Network<float> End, double First, double Last) Train(
        Network<float> start, Samples<float> samples, int steps)
    {
        var learner = new Learner(Loss, new LayerRates(Rates, [.. Architecture.Layout.Select(slice => slice.Length)]));
        var end = learner.Fold(
            learner.Begin(start), Enumerable.Repeat(Batch<float>.All(samples), steps), threads: 1).Network;
        return (end, At(start), At(end));

        double At(Network<float> net) => Loss.Value(
            Core.Passes.Propagation.Predict(net, samples.Inputs, threads: 1), samples.Targets, samples.Weights);
    }

    /// <summary>x₁ x₂ at standard normal points, of which each has the weight 1 / points.</summary>
    public static Samples<float> Product(Key key)
    {
        double[] inputs = Draw.Normal<double>(key, Inputs * TrainingRows).ToArray();
        double[] targets = [.. inputs.Chunk(Inputs).Select(x => x[0] * x[1])];
        return new(
            new Matrix<double>(TrainingRows, Inputs, Vec<double>.Of(inputs)).To<float>(),
            new Matrix<double>(TrainingRows, 1, Vec<double>.Of(targets)).To<float>(),
            [.. Enumerable.Repeat(1f / TrainingRows, TrainingRows)]);
    }

    /// <summary>Points on the unit circle at even angles, the first at (1, 0).</summary>
    public static Matrix<double> Circle(int points) => new(points, Inputs,
    [
        .. Enumerable.Range(0, points).Select(i => LimitKernel.Pi * 2 * i / points)
            .SelectMany(angle => (double[])[Elementary.Of<Cos>(angle), Elementary.Of<Sin>(angle)]),
    ]);

    private int FanIn(int layer) => layer == 0 ? Inputs : Width;
}

/// <summary>Learning rates of a dense layer.</summary>
/// <param name="Weights">Of its weights.</param>
/// <param name="Biases">Of its biases.</param>
internal readonly record struct LayerRate(double Weights, double Biases);
