using System.Numerics;
using Functional.Core.Metrics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Passes;
using static System.FormattableString;

namespace Functional;

/// <summary>How good a network's predictions are on a data set. Where samples have weights, every measure counts them
/// by their weights.</summary>
/// <param name="Rows">Samples looked at.</param>
/// <param name="Loss">The loss of all of them as one batch; NaN where there are none.</param>
public abstract record Evaluation(int Rows, double Loss)
{
    /// <summary>Every measure as a number by its name, the loss first.</summary>
    public abstract IReadOnlyList<(string Name, double Value)> Measures { get; }

    /// <summary>The names of all measures.</summary>
    internal static string[] Names => [.. NamesOf(new Problem.Classification(2)).Union(NamesOf(new Problem.MultiLabel(1))).Union(NamesOf(new Problem.Regression(1)))];

    /// <summary>The names of a problem's measures.</summary>
    internal static IEnumerable<string> NamesOf(Problem problem)
    {
        Evaluation none = problem switch
        {
            Problem.Classification => new OfClasses(0, 0, 0, ConfusionMatrix.Empty, new(0, 0, 0, 0, 0)),
            Problem.MultiLabel => new OfLabels(0, 0, 0, 0, 0, 0),
            _ => new OfNumbers(0, 0, 0, 0, 0, 0, 0),
        };
        return none.Measures.Select(measure => measure.Name);
    }

    /// <summary>The measure that people look at first: the accuracy, or R2.</summary>
    public abstract (string Name, double Value) Score { get; }

    /// <summary>Its first measures in one line.</summary>
    public sealed override string ToString() => this switch
    {
        OfClasses of => Invariant($"accuracy {of.Accuracy:F4}   loss {Loss:F4}   ({Rows} samples)"),
        OfNumbers of =>
            Invariant($"R2 {of.R2:G5}   mean squared error {of.MeanSquaredError:G4}   mean absolute error {of.MeanAbsoluteError:G4}")
            + Invariant($"   ({Rows} samples)"),
        OfLabels of =>
            Invariant($"accuracy {of.Accuracy:F4}   every label right {of.ExactMatch:F4}   F1 {of.F1:F4}   loss {Loss:F4}")
            + Invariant($"   ({Rows} samples)"),
        _ => Invariant($"{Score.Name} {Score.Value:F4}   loss {Loss:F4}   ({Rows} samples)"),
    };

    /// <summary>Whether a larger number of a measure is better.</summary>
    internal static bool IsBetterLarger(string measure) =>
        measure is not ("loss" or "log_loss" or "brier" or "calibration_error" or "mean_squared_error" or "mean_absolute_error" or "median_absolute_error");

    /// <summary>Of a classifier.</summary>
    /// <param name="Rows">Samples looked at.</param>
    /// <param name="Loss">The loss.</param>
    /// <param name="Accuracy">Share of samples put into their class, 0 to 1.</param>
    /// <param name="Counts">How many samples of each class were taken for each, or what they weigh.</param>
    /// <param name="Scores">What is measured on probabilities; none where the outputs mean no probabilities.</param>
    public sealed record OfClasses(int Rows, double Loss, double Accuracy, ConfusionMatrix Counts, ClassScores? Scores)
        : Evaluation(Rows, Loss)
    {
        /// <inheritdoc/>
        public override (string Name, double Value) Score => ("accuracy", Accuracy);

        /// <summary>Cell [true][predicted] counts the samples of one class taken for another, or adds up what they
        /// weigh. It takes no memory until someone asks for a number in it.</summary>
        public Matrix<double> Confusion => Counts.Matrix;

        /// <summary>What becomes of two classes as the second one is predicted from a lower and lower probability on; null where
        /// that was not asked for, or means nothing.</summary>
        public ThresholdCurve? Thresholds { get; init; }

        /// <summary>The share of the largest class: the accuracy of always predicting it.</summary>
        public double MajorityShare => Counts.Classes == 0 ? double.NaN : Counts.RowSums.Max() / Counts.RowSums.Sum();

        /// <summary>The number of the largest class, the first of equals.</summary>
        public int MajorityClass => Array.IndexOf(Counts.RowSums, Counts.RowSums.Max());

        /// <summary>Precision, recall and F1 of each class and on average.</summary>
        public ClassReport Report => ClassReport.OfCounts(Counts);

        /// <inheritdoc/>
        public override IReadOnlyList<(string Name, double Value)> Measures
        {
            get
            {
                var report = Report;
                var known = new List<(string, double)>
                {
                    ("loss", Loss), ("accuracy", Accuracy), ("balanced_accuracy", report.BalancedAccuracy),
                    ("precision", report.Macro.Precision), ("recall", report.Macro.Recall), ("f1", report.Macro.F1), ("f1_weighted", report.Weighted.F1),
                };
                if (Scores is { } scores)
                    known.AddRange([("top_2_accuracy", scores.TopTwo), ("roc_auc", scores.RocAuc), ("log_loss", scores.LogLoss), ("brier", scores.Brier), ("calibration_error", scores.CalibrationError)]);
                return known;
            }
        }
    }

    /// <summary>Of labels that hold or do not.</summary>
    /// <param name="Rows">Samples looked at.</param>
    /// <param name="Loss">The loss.</param>
    /// <param name="Accuracy">Share of all labels of all samples that are right, 0 to 1.</param>
    /// <param name="ExactMatch">Share of samples with every label right.</param>
    /// <param name="F1Micro">F1 of the labels that hold, all counts added up.</param>
    /// <param name="F1">F1 of each label, averaged; a label that neither holds nor is predicted anywhere counts 0.</param>
    public sealed record OfLabels(int Rows, double Loss, double Accuracy, double ExactMatch, double F1Micro, double F1) : Evaluation(Rows, Loss)
    {
        /// <inheritdoc/>
        public override (string Name, double Value) Score => ("accuracy", Accuracy);

        /// <inheritdoc/>
        public override IReadOnlyList<(string Name, double Value)> Measures =>
            [("loss", Loss), ("accuracy", Accuracy), ("exact_match", ExactMatch), ("f1", F1), ("f1_micro", F1Micro)];
    }

    /// <summary>Of a regression.</summary>
    /// <param name="Rows">Samples looked at.</param>
    /// <param name="Loss">The loss.</param>
    /// <param name="R2">1 - squared error / squared deviation of the targets, averaged over outputs; 1 is perfect, 0 is as good as the mean.</param>
    /// <param name="MeanSquaredError">Mean of (target - output)^2.</param>
    /// <param name="MeanAbsoluteError">Mean of |target - output|.</param>
    /// <param name="MedianAbsoluteError">Median of |target - output|, averaged over outputs.</param>
    /// <param name="ExplainedVariance">1 - variance of the errors / variance of the targets, averaged over outputs; R2 that forgives a shift.</param>
    public sealed record OfNumbers(
        int Rows, double Loss, double R2, double MeanSquaredError, double MeanAbsoluteError, double MedianAbsoluteError, double ExplainedVariance) : Evaluation(Rows, Loss)
    {
        /// <inheritdoc/>
        public override (string Name, double Value) Score => ("r2", R2);

        /// <summary>The root of the mean squared error, in the targets' unit.</summary>
        public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

        /// <summary>The root of the mean squared error of always predicting the mean of these targets; NaN where it was not measured.</summary>
        public double RootMeanSquaredErrorOfMean { get; init; } = double.NaN;

        /// <summary>The mean absolute error of always predicting the mean of these targets; NaN where it was not measured.</summary>
        public double MeanAbsoluteErrorOfMean { get; init; } = double.NaN;

        /// <inheritdoc/>
        public override IReadOnlyList<(string Name, double Value)> Measures =>
        [
            ("loss", Loss), ("r2", R2), ("mean_squared_error", MeanSquaredError), ("mean_absolute_error", MeanAbsoluteError),
            ("median_absolute_error", MedianAbsoluteError), ("explained_variance", ExplainedVariance),
        ];
    }

    /// <summary>Predicts a data set and compares.</summary>
    /// <param name="network">Whose predictions.</param>
    /// <param name="data">The samples, scaled as the network wants them.</param>
    /// <param name="loss">The loss it was trained on.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="targetScaling">What the targets went through, if anything: the loss is of scaled numbers, every other measure in the targets' own unit.</param>
    /// <param name="threshold">The least probability of the second of two classes that counts as it; the more probable class counts if none is given.</param>
    /// <param name="withThresholds">Whether what becomes of two classes at every other threshold is worked out, too.</param>
    public static Evaluation Of<T>(Network<T> network, Dataset<T> data, Loss loss, int threads = 0, Scaling? targetScaling = null, double? threshold = null, bool withThresholds = false) where T : unmanaged, IBinaryFloatingPointIeee754<T>
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
        var weights = data.Weights is null ? null : new Matrix<T>(data.Rows, 1, data.Weights).To<double>().Cells;
        if (data.Problem is Problem.MultiLabel) return Labelling.Of(data.Targets, outputs, loss, value, weights);
        if (data.Problem is not Problem.Classification(var classes))
        {
            Matrix<double> Own(Matrix<T> numbers) => targetScaling?.Undo(numbers.To<double>()) ?? numbers.To<double>();
            var (targets, predicted) = (Own(data.Targets), Own(outputs));
            var means = Regression.Means(targets, weights);
            return new OfNumbers(
                data.Rows, value, Regression.R2(targets, predicted, weights),
                Regression.MeanSquaredError(targets, predicted, weights), Regression.MeanAbsoluteError(targets, predicted, weights),
                Regression.MedianAbsoluteError(targets, predicted, weights), Regression.ExplainedVariance(targets, predicted, weights))
            {
                RootMeanSquaredErrorOfMean = Math.Sqrt(Regression.MeanSquaredError(targets, means, weights)),
                MeanAbsoluteErrorOfMean = Regression.MeanAbsoluteError(targets, means, weights),
            };
        }
        var labels = Classification.Labels(data.Targets);
        var meant = Probabilities(network.Architecture, loss);
        var taken = threshold is { } least && meant is not null ? SecondFrom(least, Shares(outputs, meant)) : Classification.Predicted(outputs, loss);
        var counts = ConfusionMatrix.Of(labels, taken, classes, weights);
        var scores = meant is not null
            ? ClassScores.Of(Shares(outputs, meant), labels, weights, threads)
            : null;
        return new OfClasses(data.Rows, value, counts.Accuracy, counts, scores)
        {
            Thresholds = withThresholds && classes == 2 && meant is not null ? ThresholdCurve.Of(Second(Shares(outputs, meant)), labels, weights) : null,
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
