using Functional.Core.Curvature;
using Functional.Core.Data;
using Functional.Core.Ensembles;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Data;

namespace Functional.Lecture;

/// <summary>How long a training of a race goes on.</summary>
internal enum Budget
{
    /// <summary>Every training sees the data equally often.</summary>
    Epochs,

    /// <summary>Every training takes equally many steps.</summary>
    Steps,
}

/// <summary>A size of batches and how long it is trained.</summary>
/// <param name="Rows">Of a batch; 0 for all rows: gradient descent.</param>
/// <param name="Budget">How long.</param>
internal sealed record Racer(int Rows, Budget Budget);

/// <summary>What a training came to.</summary>
/// <param name="TrainLoss">Of what it learned from.</param>
/// <param name="TestLoss">Of what it has not seen.</param>
/// <param name="Accuracy">The same, right of all.</param>
/// <param name="Distance">Of the parameters from where they began.</param>
/// <param name="TopEigenvalue">Of the Hessian of the training loss.</param>
/// <param name="BallSharpness">How much the training loss rises within a ball of radius 0.05, in first order.</param>
internal sealed record Raced(
    double TrainLoss, double TestLoss, double Accuracy, double Distance, double TopEigenvalue, double BallSharpness)
{
    public double[] Numbers => [TrainLoss, TestLoss, Accuracy, Distance, TopEigenvalue, BallSharpness];

    public static Raced Of(double[] numbers) =>
        new(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
}

/// <summary>The same net on the same data from the same first weights, trained with batches of several sizes, each at
/// the rate that suits it.</summary>
/// <param name="IsFull">Fashion-MNIST for data; else digits.</param>
internal sealed record BatchRace(bool IsFull)
{
    /// <summary>How often each training sees the data where all see them equally often.</summary>
    public const int Epochs = 60;

    /// <summary>How many steps each takes where all take equally many.</summary>
    public const int Steps = 2000;

    private const int Hidden = 32, DigitsTrain = 1078, FashionTrain = 4000, FashionValidation = 1000;
    private static readonly Loss Loss = new SoftmaxCrossEntropy();
    private static readonly Lazy<LoadedData> Fashion = new(() => DataCatalog.Load(new FashionMnist(), seed: 0));

    /// <summary>The learning rates that are tried, each twice the one before: 0.0125 to 6.4, and for Fashion-MNIST from
    /// 0.003125 on.</summary>
    public Items<double> Rates { get; } =
        [.. Enumerable.Range(IsFull ? -2 : 0, IsFull ? 12 : 10).Select(i => Math.ScaleB(0.0125, i))];

    /// <summary>How many rows there are to learn from.</summary>
    public int TrainRows => IsFull ? FashionTrain : DigitsTrain;

    /// <summary>The validation loss at the end of a training at each rate; infinite where it diverges.</summary>
    /// <param name="racer">Its batches.</param>
    /// <param name="key">What parts, first weights and batches are drawn from.</param>
    public double[] Tune(Racer racer, Key key)
    {
        var parts = Parts(key);
        var (_, ends) = Train(racer, Rates, parts, key);
        var measure = new Measure<double>(Loss, parts.Validation);
        return [.. ends.States.Select(end => end.Outcome is Outcome.Diverged
            ? double.PositiveInfinity
            : Finite(measure.Of(end.Network.To<double>()).Loss))];
    }

    /// <summary>A training at a rate, judged.</summary>
    public Raced Race(Racer racer, double rate, Key key)
    {
        var parts = Parts(key);
        var (start, ends) = Train(racer, [rate], parts, key);
        var end = ends[0].Network.To<double>();
        var (testLoss, accuracy) = new Measure<double>(Loss, parts.Test).Of(end);
        double[] way = end.Parameters.ToArray();
        Doubles.Add(-1, start.To<double>().Parameters.Span, way);
        var train = parts.Train.For(Loss);
        return new(
            new Measure<double>(Loss, parts.Train).Of(end).Loss, testLoss, accuracy, Doubles.Norm(way),
            end.Hessian(Loss, train, threads: 1)
                .Spectrum(1, 0, key.For(Purpose.Landscape), tolerance: 1e-4).Largest.Value,
            end.BallSharpness(Loss, train, threads: 1).Value);
    }

    private static double Finite(double loss) => double.IsNaN(loss) ? double.PositiveInfinity : loss;

    // All rates side by side.
    private static (Network<float> Start, Ensemble<float> End) Train(
        Racer racer, IReadOnlyList<double> rates, Split<double> parts, Key key)
    {
        var samples = parts.Train.To<float>().For(Loss);
        var start = Network<float>.Init(
            Architecture.Of(samples.Inputs.Columns, new Dense(Hidden, Activation.Relu), new Dense(10)),
            new Initializer.HeNormal(), key.For(Purpose.Init));
        int rows = racer.Rows == 0 ? samples.Inputs.Rows : racer.Rows,
            steps = racer.Budget == Budget.Steps ? Steps : Epochs * Batches.PerEpoch(samples.Inputs.Rows, rows);
        var batches = racer.Rows == 0
            ? Enumerable.Repeat(Batch<float>.All(samples), steps)
            : Batches.From(samples, rows, key.For(Purpose.Shuffle)).Take(steps);
        return (
            start,
            Ensemble<float>.Begin(rates.Select(rate => (new Learner(Loss, new Sgd(rate), key), start)))
                .Fold(_ => batches, threads: 1));
    }

    private Split<double> Parts(Key key)
    {
        if (!IsFull)
        {
            var digits = Datasets.Digits();
            return Split<double>.Of(
                digits.With(digits.Inputs.Map(pixel => pixel / 16)), 0.25, 0.2, key.For(Purpose.Data));
        }
        var (all, test) = (Fashion.Value.Data, Fashion.Value.Test!);
        var order = Draw.Permutation(key.For(Purpose.Data), all.Rows).Span;
        return new(
            Shaded(all.Select(order[..FashionTrain])),
            Shaded(all.Select(order.Slice(FashionTrain, FashionValidation))), Shaded(test));
    }

    private static Dataset<double> Shaded(Dataset<double> images) =>
        images.With(images.Inputs.Map(pixel => pixel / 255));
}
