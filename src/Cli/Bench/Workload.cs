using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;

namespace Functional.Cli.Bench;

/// <summary>A piece of work to be timed: a dense float network and a batch size. Other libraries are timed
/// at the same work.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Widths">Inputs, units of each layer, outputs.</param>
/// <param name="Activation">phi of the layers but the last.</param>
/// <param name="Batch">Samples a step.</param>
internal abstract record Workload(string Name, int[] Widths, Activation Activation, int Batch)
{
    /// <summary>Every workload, by increasing work.</summary>
    public static Workload[] All { get; } =
    [
        new TrainingSteps("tiny", [2, 8, 2], Activation.Tanh, 32, new Adam()),
        new TrainingSteps("small", [64, 64, 10], Activation.Relu, 32, new Adam()),
        new TrainingSteps("digits", [64, 100, 10], Activation.Relu, 32, new Adam()),
        new TrainingSteps("medium", [784, 128, 10], Activation.Relu, 32, new Adam()),
        new TrainingSteps("fashion", [784, 512, 512, 10], Activation.Relu, 128, new Adam()),
        new TrainingSteps("deep", [784, 512, 512, 512, 512, 512, 10], Activation.Relu, 256, new Adam()),
        new TrainingSteps("wide", [1024, 2048, 2048, 1000], Activation.Relu, 512, new Sgd(0.01)),
        new Inference("infer_b1", [784, 512, 512, 10], Activation.Relu, 1),
        new Inference("infer_b1024", [784, 512, 512, 10], Activation.Relu, 1024),
        .. Derivatives("fashion", [784, 512, 512, 10], Activation.Relu, 128),
        new OperatorProduct("hessian", [784, 512, 512, 10], Activation.Relu, 2048),
        new LossSurface("surface", [64, 100, 10], Activation.Relu, 1797),
        new ManyNets("many_xor", 1000, [2, 2, 1], Activation.Tanh, 4, new Adam(0.05)),
        new ManyNets("many_tiny", 64, [2, 8, 2], Activation.Tanh, 32, new Adam()),
        new ManyNets("many_relu", 64, [16, 16, 10], Activation.Relu, 32, new Adam()),
        new ManyNets("many_small", 64, [64, 64, 10], Activation.Relu, 32, new Adam()),
        new FashionEpochs("e2e_fashion_mnist", [784, 128, 10], Activation.Relu, 32, new Adam(0.001)),
    ];

    private static IEnumerable<Workload> Derivatives(string name, int[] widths, Activation activation, int batch) =>
    [
        new Derivative($"{name}_forward", widths, activation, batch, Derivative.Kind.Forward),
        new Derivative($"{name}_jvp", widths, activation, batch, Derivative.Kind.Tangent),
        new Derivative($"{name}_gradient", widths, activation, batch, Derivative.Kind.Gradient),
        new Derivative($"{name}_hvp", widths, activation, batch, Derivative.Kind.HessianProduct),
    ];

    /// <summary>What it is, in a few words.</summary>
    public abstract Phrase Description { get; }

    /// <summary>Floating-point operations of a step: two for each multiply-add of its matrix products, those left
    /// out for a zero included.</summary>
    public abstract double Flops { get; }

    /// <summary>Times repetitions on so many threads, each from fresh parameters and after a warm-up.</summary>
    public abstract Timing Time(int threads, Pace pace);

    /// <summary>How many distinct batches the steps go through in turn: one alone would soon be learned
    /// to a loss of zero.</summary>
    protected int Pool => Batch <= 32 ? 64 : Batch <= 256 ? 16 : 4;

    protected string Net => string.Join('-', Widths);

    /// <summary>Multiply-adds of a batch in each layer.</summary>
    protected IEnumerable<double> Products =>
        Widths.Zip(Widths.Skip(1), (inputs, units) => (double)Batch * inputs * units);

    /// <summary>The network with the first weights of a repetition.</summary>
    protected Network<float> Fresh(int repetition) => Network<float>.Init(
        Architecture.Of(
            Widths[0], [.. Widths[1..^1].Select(units => new Dense(units, Activation)), new Dense(Widths[^1])]),
        new Initializer.HeNormal(), Key.FromSeed(1).At((uint)repetition));

    /// <summary>Standard normal inputs of all batches of the pool.</summary>
    protected Matrix<float> Inputs() =>
        new(Pool * Batch, Widths[0], Draw.Normal<float>(Key.FromSeed(2), Pool * Batch * Widths[0]));
}

/// <summary>How long to measure.</summary>
/// <param name="Seconds">The length of a repetition.</param>
/// <param name="Repetitions">How many there are.</param>
/// <param name="Epochs">Passes over a data set, where that is the work.</param>
internal sealed record Pace(double Seconds = 0.4, int Repetitions = 5, int Epochs = 5);

/// <summary>What was measured.</summary>
/// <param name="Microseconds">A step's, one number a repetition.</param>
/// <param name="Epochs">Where the work is whole epochs: how many steps one has, and what share of the test samples
/// was right in the end.</param>
internal sealed record Timing(IReadOnlyList<double> Microseconds, (int Steps, double TestAccuracy)? Epochs = null)
{
    /// <summary>The same of networks that are trained one by one, where the work is many at once.</summary>
    public IReadOnlyList<double> Alone { get; init; } = [];

    public double Median => MedianOf(Microseconds);

    public double? MedianAlone => Alone.Count == 0 ? null : MedianOf(Alone);

    private static double MedianOf(IReadOnlyList<double> times)
    {
        double[] sorted = [.. times.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
