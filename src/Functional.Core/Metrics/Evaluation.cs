using System.Numerics;
using Functional.Core.Forms;
using Functional.Core.Metrics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Passes;

namespace Functional;

/// <summary>How good a network's predictions are on a data set. Where samples have weights, every measure counts them
/// by their weights.</summary>
/// <param name="Rows">Samples looked at.</param>
/// <param name="Loss">The loss of all of them as one batch; NaN where there are none.</param>
public abstract record Evaluation(int Rows, double Loss) : IPhrased
{
    /// <summary>Every measure as a number by its name, the loss first.</summary>
    public abstract IReadOnlyList<(string Name, double Value)> Measures { get; }

    /// <summary>The names of all measures.</summary>
    internal static string[] Names => [.. NamesOf(new Problem.Classification(2))
        .Union(NamesOf(new Problem.MultiLabel(1))).Union(NamesOf(new Problem.Regression(1)))];

    /// <summary>The names of a problem's measures.</summary>
    internal static IEnumerable<string> NamesOf(Problem problem)
    {
        Evaluation none = problem switch
        {
            Problem.Classification => new ClassificationReport(0, 0, 0, ConfusionMatrix.Empty, new(0, 0, 0, 0, 0)),
            Problem.MultiLabel => new MultiLabelReport(0, 0, 0, 0, 0, 0),
            _ => new RegressionReport(0, 0, 0, 0, 0, 0, 0),
        };
        return none.Measures.Select(measure => measure.Name);
    }

    /// <summary>The measure that people look at first: the accuracy, or R2.</summary>
    public abstract (string Name, double Value) Score { get; }

    /// <summary>Its first measures in one line.</summary>
    public sealed override string ToString() => Words.ToString();

    Phrase IPhrased.Words => Words;

    private Phrase Words => this switch
    {
        ClassificationReport of => $"accuracy {of.Accuracy:F4}   loss {Numerals.Fixed(Loss, 4)}   "
            + $"({Counted.Samples(Rows)})",
        RegressionReport of =>
            $"R2 {Numerals.Of(of.R2, 5)}   MSE {Numerals.Of(of.MeanSquaredError)}   MAE "
            + $"{Numerals.Of(of.MeanAbsoluteError)}   "
            + $"({Counted.Samples(Rows)})",
        MultiLabelReport of =>
            $"accuracy {of.Accuracy:F4}   every label right {of.ExactMatch:F4}   F1 {of.F1:F4}   "
            + $"loss {Numerals.Fixed(Loss, 4)}   ({Counted.Samples(Rows)})",
        _ => $"{WordsOf(Score.Name)} {Numerals.Fixed(Score.Value, 4)}   loss {Numerals.Fixed(Loss, 4)}   "
            + $"({Counted.Samples(Rows)})",
    };

    /// <summary>What people call a score, which JSON calls r2.</summary>
    /// <param name="measure">Its name in JSON.</param>
    internal static Phrase WordsOf(string measure) => measure switch
    {
        "r2" => $"R2",
        "exact_match" => $"every label right",
        _ => Phrase.Of(measure),
    };

    /// <summary>Whether a larger number of a measure is better.</summary>
    internal static bool IsBetterLarger(string measure) =>
        measure is not ("loss" or "log_loss" or "brier" or "calibration_error" or "mean_squared_error"
            or "mean_absolute_error" or "median_absolute_error");

    /// <summary>Predicts a data set and compares.</summary>
    /// <param name="network">Whose predictions.</param>
    /// <param name="data">The samples, scaled as the network wants them.</param>
    /// <param name="loss">The loss it was trained on.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="targetScaling">What the targets went through, if anything: the loss is of scaled numbers, every
    /// other measure in the targets' own unit.</param>
    /// <param name="threshold">The least probability of the second of two classes that counts as it; the more
    /// probable class counts if none is given.</param>
    /// <param name="withThresholds">Whether what becomes of two classes at every other threshold
    /// is worked out, too.</param>
    public static Evaluation Of<T>(
        Network<T> network, Dataset<T> data, Loss loss, int threads = 0, Scaling? targetScaling = null,
        double? threshold = null, bool withThresholds = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(loss);
        data = data.WithPositiveWeights();
        var samples = data.For(loss);
        var outputs = network.Predict(samples.Inputs, threads);
        double value = data.Rows == 0
            ? double.NaN
            : double.CreateTruncating(loss.Value(outputs, samples.Targets, samples.Weights, threads));
        return Of(
            data, outputs, value, Probabilities(network.Architecture, loss), loss.Threshold, threads, targetScaling,
            threshold, withThresholds);
    }

    /// <summary>The same of outputs that are there.</summary>
    /// <param name="data">The samples; all of them count.</param>
    /// <param name="outputs">A row each.</param>
    /// <param name="value">Their loss.</param>
    /// <param name="meant">The probabilities that a row means; none where it means none.</param>
    /// <param name="least">The output from which on a single one means class 1, or a label holds.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="targetScaling">What targets and outputs went through, if anything.</param>
    /// <param name="threshold">The least probability of the second of two classes that counts as it.</param>
    /// <param name="withThresholds">Whether what becomes of two classes at every other one is worked out, too.</param>
    internal static Evaluation Of<T>(
        Dataset<T> data, Matrix<T> outputs, double value, Action<ReadOnlySpan<double>, Span<double>>? meant,
        double least, int threads, Scaling? targetScaling, double? threshold, bool withThresholds)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var weights = data.Weights is null ? null : new Matrix<T>(data.Rows, 1, data.Weights).To<double>().Cells;
        if (data.Problem is Problem.MultiLabel)
            return Labelling.Of(data.Targets, Labelling.Predicted(outputs, least), value, weights);
        if (data.Problem is not Problem.Classification(var classes))
        {
            Matrix<double> Own(Matrix<T> numbers) => targetScaling?.Undo(numbers.To<double>()) ?? numbers.To<double>();
            var (targets, predicted) = (Own(data.Targets), Own(outputs));
            var means = RegressionMetrics.Means(targets, weights);
            return new RegressionReport(
                data.Rows, value, RegressionMetrics.R2(targets, predicted, weights),
                RegressionMetrics.MeanSquaredError(targets, predicted, weights),
                RegressionMetrics.MeanAbsoluteError(targets, predicted, weights),
                RegressionMetrics.MedianAbsoluteError(targets, predicted, weights),
                RegressionMetrics.ExplainedVariance(targets, predicted, weights))
            {
                RootMeanSquaredErrorOfMean = Math.Sqrt(RegressionMetrics.MeanSquaredError(targets, means, weights)),
                MeanAbsoluteErrorOfMean = RegressionMetrics.MeanAbsoluteError(targets, means, weights),
            };
        }
        var labels = ClassificationMetrics.Labels(data.Targets);
        var taken = threshold is { } from && meant is not null
            ? SecondFrom(from, Shares(outputs, meant))
            : ClassificationMetrics.Predicted(outputs, least);
        var counts = ConfusionMatrix.Of(labels, taken, classes, weights);
        var scores = meant is not null
            ? ClassScores.Of(Shares(outputs, meant), labels, weights, threads)
            : null;
        return new ClassificationReport(data.Rows, value, counts.Accuracy, counts, scores)
        {
            Thresholds = withThresholds && classes == 2 && meant is not null
                ? ThresholdCurve.Of(Second(Shares(outputs, meant)), labels, weights)
                : null,
        };
    }

    /// <summary>How a row of outputs becomes the probabilities that it means, by the loss or because the output layer
    /// makes them; null where outputs mean none.</summary>
    internal static Action<ReadOnlySpan<double>, Span<double>>? Probabilities(Architecture architecture, Loss loss)
    {
        if (loss.Probabilities is { } meant) return meant;
        var last = architecture.Layers is [.., Dense dense] ? dense.Activation : null;
        bool are = last == Activation.Softmax || last == Activation.Sigmoid && architecture.Outputs == 1;
        return are ? (row, into) => row.CopyTo(into) : null;
    }

    // Of two classes the second from a probability on.
    private static Vec<int> SecondFrom(double threshold, Matrix<double> shares) =>
        Vec<int>.Of([.. Second(shares).Span.ToArray().Select(probability => probability >= threshold ? 1 : 0)]);

    // The probability of the second class; where there is one output, it is that.
    private static Vec<double> Second(Matrix<double> shares)
    {
        var room = new double[shares.Columns];
        return Vec<double>.Of([.. Enumerable.Range(0, shares.Rows).Select(row => shares.Row(row, room)[^1])]);
    }

    // In double they may be twice as large as the outputs: a row is worked out when it is looked at.
    private static Matrix<double> Shares<T>(Matrix<T> outputs, Action<ReadOnlySpan<double>, Span<double>> meant)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(outputs.Rows, outputs.Columns, (row, into) =>
        {
            Widening.Of(outputs.Row(row), into);
            meant(into, into);
        });
}
