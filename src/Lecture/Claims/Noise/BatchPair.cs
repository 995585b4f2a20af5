using Functional.Core.Curvature;
using Functional.Core.Data;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Data;

namespace Functional.Lecture;

/// <summary>What a training came to.</summary>
/// <param name="TrainAccuracy">On what it learned from.</param>
/// <param name="TestAccuracy">On what it has not seen.</param>
/// <param name="TrainLoss">On what it learned from.</param>
/// <param name="Distance">Of the parameters from where they began.</param>
/// <param name="Epochs">How many it took.</param>
/// <param name="Sharpness">Keskar's phi: whole space at 1e-3 and 5e-4, then a random one of 100 dimensions at
/// both.</param>
internal sealed record Solution(
    double TrainAccuracy, double TestAccuracy, double TrainLoss, double Distance, double Epochs,
    Items<double> Sharpness)
{
    /// <summary>How many numbers it is.</summary>
    public const int Length = 9;

    public double[] Numbers => [TrainAccuracy, TestAccuracy, TrainLoss, Distance, Epochs, .. Sharpness];

    public static Solution Of(double[] numbers) =>
        new(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], [.. numbers[5..Length]]);
}

/// <summary>
/// One net trained twice from the same first weights, with small batches and with large ones of a tenth of the data:
/// five hidden layers of equal width with batch norm and ReLU, Adam, until the training loss ceases to improve. (Keskar
/// et al., 2017, F1)
/// </summary>
/// <param name="IsFull">Fashion-MNIST for data; else MNIST-1D.</param>
internal sealed record BatchPair(bool IsFull)
{
    /// <summary>How many points of the line between the two solutions are looked at: from -1 to 2.</summary>
    public const int LinePoints = 31;

    private const int MnistRows = 4000, FashionRows = 10_000, HiddenLayers = 5, Patience = 10, MostEpochs = 200,
        Dimensions = 100;
    private static readonly Loss Loss = new SoftmaxCrossEntropy();
    private static readonly Lazy<Dataset<double>> Lines = new(() => Datasets.Draw(new Mnist1D(5000), seed: 42));
    private static readonly Lazy<LoadedData> Fashion = new(() => DataCatalog.Load(new FashionMnist(), seed: 0));

    /// <summary>The sizes of the boxes in which sharpness is measured.</summary>
    public static Items<double> Epsilons { get; } = [1e-3, 5e-4];

    /// <summary>Rows of a large batch: a tenth of the data.</summary>
    public int LargeRows => (IsFull ? FashionRows : MnistRows) / 10;

    /// <summary>Rows of a small batch: 256 of 60000, in proportion, and a power of two or so.</summary>
    public int SmallRows => IsFull ? 43 : 16;

    /// <summary>Both solutions, then the line between them: training and test loss, training and test accuracy at each
    /// point a, of parameters a large + (1 - a) small.</summary>
    /// <param name="key">What first weights, batches and directions are drawn from.</param>
    /// <param name="isSame">Whether the large batches are small, too.</param>
    public double[] Train(Key key, bool isSame)
    {
        var (train, test) = Data();
        int width = IsFull ? 128 : 64;
        Layer[] block = [new Dense(width), new BatchNorm(), new Activate(Activation.Relu)],
            hidden = [.. Enumerable.Repeat(block, HiddenLayers).SelectMany(layers => layers)];
        var start = Network<float>.Init(
            Architecture.Of(train.Inputs.Columns, [.. hidden, new Dense(10)]), new Initializer.HeNormal(),
            key.For(Purpose.Init));
        var small = Trained(start, train, SmallRows, key);
        var large = Trained(start, train, isSame ? SmallRows : LargeRows, key);
        var line = new StraightLine<double>(small.Network, large.Network);
        var points = Enumerable.Range(0, LinePoints).SelectMany(i =>
        {
            var there = Settled(line.At(At(i)), train);
            var (trainLoss, trainAccuracy) = new Measure<double>(Loss, train).Of(there);
            var (testLoss, testAccuracy) = new Measure<double>(Loss, test).Of(there);
            return new[] { trainLoss, testLoss, trainAccuracy, testAccuracy };
        });
        return
        [
            .. Judged(small, start, train, test, key).Numbers, .. Judged(large, start, train, test, key).Numbers,
            .. points,
        ];
    }

    /// <summary>a of a point of the line.</summary>
    public static double At(int point) => (point - 10) / 10.0;

    // Until ten epochs have brought no new least loss.
    private static (Network<double> Network, int Epochs) Trained(
        Network<float> start, Dataset<double> train, int rows, Key key)
    {
        var samples = train.To<float>().For(Loss);
        var learner = new Learner(Loss, new Adam(), key);
        int perEpoch = Batches.PerEpoch(samples.Inputs.Rows, rows), epoch = 0, best = 0;
        var (least, end) = (double.PositiveInfinity, start);
        foreach (var at in learner.Scan(
            learner.Begin(start), Batches.From(samples, rows, key.For(Purpose.Shuffle)).Take(MostEpochs * perEpoch),
            perEpoch, threads: 1))
        {
            epoch++;
            end = at.State.Network;
            if (at.Loss < least) (least, best) = (at.Loss, epoch);
            if (epoch - best >= Patience) break;
        }
        return (Settled(end.To<double>(), train), epoch);
    }

    // With means and variances of batch norm over the whole training set: the loss is a function of the parameters.
    private static Network<double> Settled(Network<double> network, Dataset<double> train) =>
        new Learner(Loss, new Sgd()).WithStatistics(network, [Batch<double>.All(train.For(Loss))], threads: 1);

    private static Solution Judged(
        (Network<double> Network, int Epochs) end, Network<float> start, Dataset<double> train, Dataset<double> test,
        Key key)
    {
        var network = end.Network;
        var (loss, trainAccuracy) = new Measure<double>(Loss, train).Of(network);
        double[] way = network.Parameters.ToArray();
        Doubles.Add(-1, start.To<double>().Parameters.Span, way);
        var samples = train.For(Loss);
        var directions = key.For(Purpose.Landscape);
        return new(
            trainAccuracy, new Measure<double>(Loss, test).Of(network).Accuracy, loss, Doubles.Norm(way), end.Epochs,
            [.. new int?[] { null, Dimensions }.SelectMany(subspace => Epsilons.Select(epsilon =>
                network.KeskarSharpness(Loss, samples, epsilon, subspace, directions, threads: 1).Value))]);
    }

    private (Dataset<double> Train, Dataset<double> Test) Data()
    {
        if (IsFull)
        {
            var (all, test) = (Fashion.Value.Data, Fashion.Value.Test!);
            return (Shaded(all.Select([.. Enumerable.Range(0, FashionRows)])), Shaded(test));
        }
        var lines = Lines.Value;
        return (
            lines.Select([.. Enumerable.Range(0, MnistRows)]),
            lines.Select([.. Enumerable.Range(MnistRows, lines.Rows - MnistRows)]));
    }

    private static Dataset<double> Shaded(Dataset<double> images) =>
        images.With(images.Inputs.Map(pixel => pixel / 255));
}
