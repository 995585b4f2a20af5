using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Lecture;

/// <summary>How a net of some width comes out.</summary>
/// <param name="TrainError">Share of the training part that is wrong.</param>
/// <param name="TestError">Share of the test part that is wrong.</param>
/// <param name="TestLoss">Mean cross-entropy of the test part.</param>
/// <param name="Moved">Distance of the parameters from their start, over the length of the start.</param>
internal readonly record struct WidthResult(double TrainError, double TestError, double TestLoss, double Moved)
{
    /// <summary>How many numbers a result is.</summary>
    public const int Length = 4;

    /// <summary>As a trial keeps it.</summary>
    public double[] Numbers => [TrainError, TestError, TestLoss, Moved];

    /// <summary>The results of a trial.</summary>
    public static WidthResult[] Of(double[] numbers) =>
        [.. numbers.Chunk(Length).Select(four => new WidthResult(four[0], four[1], four[2], four[3]))];
}

/// <summary>Nets of growing width on data that stay the same: MNIST-1D, and the target of Allen-Zhu et al.</summary>
internal static class WidthSweep
{
    private const int TestRows = 2000, TargetRows = 1000, TargetSteps = 2000;

    /// <summary>Lines to learn from, and others to test on.</summary>
    /// <param name="key">The source.</param>
    /// <param name="rows">To learn from.</param>
    /// <param name="noise">Share of their labels that are drawn anew, 0 to 1.</param>
    public static (Samples<float> Train, Samples<float> Test) Lines(Key key, int rows, double noise)
    {
        var data = new Mnist1D(rows + TestRows).Make(key.For(Purpose.Data).At(0));
        var (drawn, labels) = (Draw.Uniform<double>(key.For(Purpose.Data).At(1), rows),
            Draw.Integers(key.For(Purpose.Data).At(2), rows, 10));
        double[] targets = data.Targets.Cells.ToArray();
        for (int row = 0; row < rows; row++)
            if (drawn[row] < noise) targets[row] = labels[row];
        var all = new Samples<float>(
            data.Inputs.To<float>(), new Matrix<double>(targets.Length, 1, Vec<double>.Of(targets)).To<float>());
        return (all.Select([.. Enumerable.Range(0, rows)]), all.Select([.. Enumerable.Range(rows, TestRows)]));
    }

    /// <summary>Trains a net on lines: softmax cross-entropy, gradient descent with momentum 0.9, batches of
    /// 100.</summary>
    public static WidthResult Train(
        Key key, Samples<float> train, Samples<float> test, Layer[] hidden, double rate, int epochs)
    {
        var loss = new SoftmaxCrossEntropy();
        var learner = new Learner(loss, new Sgd(rate, 0.9), key);
        var start = Network<float>.Init(
            Architecture.Of(40, [.. hidden, new Dense(10)]), new Initializer.HeNormal(), key.For(Purpose.Init));
        int steps = epochs * Batches.PerEpoch(train.Inputs.Rows, BatchSize);
        var end = learner.Fold(
            learner.Begin(start), Batches.From(train, BatchSize, key.For(Purpose.Shuffle)).Take(steps),
            threads: 1).Network;
        var outputs = end.Predict(test.Inputs, threads: 1);
        return new(
            Answers.Wrong(end.Predict(train.Inputs, threads: 1), train.Targets), Answers.Wrong(outputs, test.Targets),
            loss.Value(outputs, test.Targets), Moved(start, end));
    }

    private const int BatchSize = 100;

    /// <summary>Test losses of nets of one hidden layer, over the variance, on (sin 3x₁ + sin 3x₂ + sin 3x₃ − 2)² cos
    /// 7x₄ of points on the unit sphere.</summary>
    public static IEnumerable<double> Target(Key key, IEnumerable<int> widths, bool isTestedOnTraining)
    {
        var (train, test) = (Targets(key.For(Purpose.Data).At(3)), Targets(key.For(Purpose.Data).At(4)));
        if (isTestedOnTraining) test = train;
        double mean = Reduce.Sum<double>(test.Targets.Cells.Span) / TargetRows;
        double variance = Reduce.Dot<double>(test.Targets.Cells.Span, test.Targets.Cells.Span) / TargetRows
            - mean * mean;
        var (learned, tested) = (Single(train), Single(test));
        foreach (int width in widths)
        {
            var learner = new Learner(new MeanSquaredError(), new Adam(0.003), key,
                Schedule: new CosineAnnealing(TargetSteps));
            var start = Network<float>.Init(
                Architecture.Of(4, new Dense(width, Activation.Relu), new Dense(1)), new Initializer.HeNormal(),
                key.For(Purpose.Init).At((uint)width));
            var end = learner.Fold(
                learner.Begin(start), Batches.From(learned, BatchSize, key.For(Purpose.Shuffle)).Take(TargetSteps),
                threads: 1);
            yield return learner.Loss.Value(end.Network.Predict(tested.Inputs, threads: 1), tested.Targets) / variance;
        }
    }

    private static Samples<float> Single(Samples<double> samples) =>
        new(samples.Inputs.To<float>(), samples.Targets.To<float>());

    private static Samples<double> Targets(Key key)
    {
        double[] inputs = Draw.Normal<double>(key, 4 * TargetRows).ToArray();
        var targets = new double[TargetRows];
        for (int row = 0; row < TargetRows; row++)
        {
            var x = inputs.AsSpan(4 * row, 4);
            double length = Math.Sqrt(Reduce.Dot<double>(x, x));
            for (int i = 0; i < 4; i++) x[i] /= length;
            double sum = Elementary.Of<Sin>(3 * x[0]) + Elementary.Of<Sin>(3 * x[1]) + Elementary.Of<Sin>(3 * x[2]) - 2;
            targets[row] = sum * sum * Elementary.Of<Cos>(7 * x[3]);
        }
        return new(new(TargetRows, 4, Vec<double>.Of(inputs)), new(TargetRows, 1, Vec<double>.Of(targets)));
    }

    private static double Moved(Network<float> start, Network<float> end)
    {
        double[] from = [.. start.Parameters.Select(cell => (double)cell)];
        double[] way = [.. end.Parameters.Select((cell, i) => cell - from[i])];
        return Math.Sqrt(Reduce.Dot<double>(way, way) / Reduce.Dot<double>(from, from));
    }
}
