using CsCheck;
using Functional;
using Functional.Core.Metrics;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Metrics;

/// <summary>Log loss, Brier score, top k and calibration: what each of them means, and its ends.</summary>
public sealed class ProbabilisticProperties
{
    /// <summary>Every measure, and its best value.</summary>
    private static readonly (Func<Matrix<double>, Vec<int>, double> Of, double Best)[] Measures =
    [
        ((p, labels) => Probabilistic.LogLoss(p, labels), 0), ((p, labels) => Probabilistic.Brier(p, labels), 0),
        ((p, labels) => Probabilistic.TopK(p, labels, 1), 1), ((p, labels) => Probabilistic.TopK(p, labels, 2), 1),
        ((p, labels) => Probabilistic.CalibrationError(p, labels), 0),
        ((p, labels) => Probabilistic.RocAuc(p, labels), 1),
    ];

    // The samples of some classes, all given the same probabilities.
    private static readonly Gen<(int[] Counts, double[] Others)> Populations =
        Gen.Int[2, 5].SelectMany(
            classes => Gen.Select(Gen.Int[1, 9].Array[classes], Gen.Double[0.01, 1].Array[classes], (counts, weights) =>
                (counts, weights.Select(weight => weight / weights.Sum()).ToArray())));

    [Fact]
    public void Nothing_predicts_better_than_the_true_shares() => Populations.Sample((counts, others) =>
        Probabilistic.LogLoss(Alike(Shares(counts), counts), Labels(counts))
            <= Probabilistic.LogLoss(Alike(others, counts), Labels(counts)) + 1e-14
        && Probabilistic.Brier(Alike(Shares(counts), counts), Labels(counts))
            <= Probabilistic.Brier(Alike(others, counts), Labels(counts)) + 1e-14);

    [Fact]
    public void The_log_loss_of_the_true_shares_is_their_entropy() => Populations.Sample((counts, _) =>
        Same(
            Probabilistic.LogLoss(Alike(Shares(counts), counts), Labels(counts)),
            -Shares(counts).Sum(p => p * Math.Log(p))));

    [Fact]
    public void The_brier_score_of_the_true_shares_is_their_gini_impurity() => Populations.Sample((counts, _) =>
        Same(Probabilistic.Brier(Alike(Shares(counts), counts), Labels(counts)), 1 - Shares(counts).Sum(p => p * p)));

    [Fact]
    public void Probabilities_that_come_true_as_often_as_they_say_are_calibrated() =>
        Gen.Int[0, 4].Array[9].Where(eights => eights.Sum() > 0).Sample(eights =>
            eights.Index().SelectMany(pair => Enumerable.Range(0, 8 * pair.Item).Select(
                i => (P: pair.Index / 8.0, Label: i % 8 < pair.Index ? 1 : 0))).ToArray() is var samples
            && Probabilistic.CalibrationError(
                Column([.. samples.Select(sample => sample.P)]),
                Vec<int>.Of([.. samples.Select(sample => sample.Label)])) < 1e-14);

    [Fact]
    public void Log_loss_is_softmax_cross_entropy() => Any.Multiclass.Sample(judged =>
        Same(Probabilistic.LogLoss(judged.Probabilities, judged.Labels), new SoftmaxCrossEntropy().Value(
            judged.Map(Math.Log).Probabilities, new Matrix<int>(judged.Labels.Length, 1, judged.Labels).To<double>())));

    [Fact]
    public void Guessing_evenly_costs_the_logarithm_of_the_classes() => Any.Multiclass.Sample(judged =>
        Same(
            Probabilistic.LogLoss(judged.Map(_ => 1.0 / judged.Classes).Probabilities, judged.Labels),
            Math.Log(judged.Classes)));

    [Fact]
    public void The_brier_score_is_the_mean_squared_distance_from_the_truth() => Any.Judged.Sample(judged =>
        Same(Probabilistic.Brier(judged.Probabilities, judged.Labels), Rows(judged).Average(row => row.Row.Length == 1
            ? (row.Row[0] - row.Label) * (row.Row[0] - row.Label)
            : row.Row.Index().Sum(cell => Math.Pow(cell.Item - (cell.Index == row.Label ? 1 : 0), 2)))));

    [Fact]
    public void Measures_stay_within_their_range() => Any.Judged.Sample(judged =>
        Probabilistic.LogLoss(judged.Probabilities, judged.Labels) is >= 0 and <= 36.05
        && Probabilistic.Brier(judged.Probabilities, judged.Labels) is var brier && brier >= 0
        && brier <= Math.Min(2, judged.Probabilities.Columns)
        && Probabilistic.TopK(judged.Probabilities, judged.Labels, 2) is >= 0 and <= 1
        && Probabilistic.CalibrationError(judged.Probabilities, judged.Labels) is >= 0 and <= 1);

    [Fact]
    public void Top_k_grows_with_k_and_holds_every_class_in_the_end() => Any.Judged.Sample(judged =>
        Enumerable.Range(1, judged.Classes).Select(
            k => Probabilistic.TopK(judged.Probabilities, judged.Labels, k)).ToArray() is var shares
        && shares.SequenceEqual(shares.Order()) && shares[^1] == 1);

    [Fact]
    public void Top_k_looks_at_the_first_k_of_a_stable_sort() =>
        Any.Multiclass.SelectMany(judged => Gen.Int[1, judged.Classes].Select(k => (judged, k))).Sample((judged, k) =>
            Same(Probabilistic.TopK(judged.Probabilities, judged.Labels, k),
                Rows(judged).Average(row =>
                    row.Row.Index().OrderByDescending(cell => cell.Item).Take(k).Any(cell => cell.Index == row.Label)
                    ? 1
                    : 0)));

    [Fact]
    public void Top_1_is_the_accuracy() => Any.Judged.Sample(judged =>
        Same(Probabilistic.TopK(judged.Probabilities, judged.Labels, 1), ClassificationMetrics.Accuracy(
            ClassificationMetrics.Confusion(judged.Labels, Predicted(judged), judged.Classes))));

    [Fact]
    public void Calibration_error_is_the_mean_gap_between_confidence_and_accuracy_of_each_bin() =>
        Any.Judged.Sample(judged =>
            Rows(judged).Zip(Predicted(judged).Span.ToArray(), (row, predicted) => (
                Confidence: row.Row.Length == 1 ? Math.Max(row.Row[0], 1 - row.Row[0]) : row.Row.Max(),
                Right: predicted == row.Label ? 1.0 : 0)).ToArray() is var samples
            && Same(Probabilistic.CalibrationError(judged.Probabilities, judged.Labels), Enumerable.Range(0, 15)
                .Select(bin => samples.Where(
                    sample => sample.Confidence > bin / 15.0 && sample.Confidence <= (bin + 1) / 15.0).ToArray())
                .Where(bin => bin.Length > 0)
                .Sum(bin => (double)bin.Length / samples.Length * Math.Abs(
                    bin.Average(sample => sample.Right) - bin.Average(sample => sample.Confidence)))));

    [Fact]
    public void The_probability_of_class_1_says_as_much_as_those_of_both() =>
        Any.Binary.Where(judged => judged.Probabilities.Cells.Span.IndexOf(0.5) < 0).Sample(judged =>
            new Judged(
                Matrix<double>.Of([.. judged.Probabilities.Cells.Span.ToArray().Select(p => new[] { 1 - p, p })]),
                judged.Labels) is var both
            && Measures.All(measure => measure.Of(both.Probabilities, both.Labels) is var value
                && measure.Of(judged.Probabilities, judged.Labels) is var one
                && (double.IsNaN(value)
                    ? double.IsNaN(one)
                    : Same(value, measure.Of == Measures[1].Of ? 2 * one : one))));

    [Fact]
    public void The_order_of_the_samples_does_not_matter() => Gen.Select(Any.Judged, Any.Key).Sample((judged, key) =>
        judged.Select(Draw.Permutation(key, judged.Labels.Length).Span.ToArray()) is var moved
        && Measures.All(measure => measure.Of(judged.Probabilities, judged.Labels) is var value
            && measure.Of(moved.Probabilities, moved.Labels) is var other
            && (double.IsNaN(value) ? double.IsNaN(other) : Same(value, other))));

    [Fact]
    public void Certain_and_right_is_the_best_there_is() =>
        Any.Judged.Where(judged => judged.Labels.Span.ToArray().Distinct().Count() > 1).Sample(judged =>
            new Matrix<double>(
                judged.Labels.Length, judged.Probabilities.Columns,
                Vec<double>.Of([.. judged.Labels.Span.ToArray().SelectMany(label =>
                    judged.Probabilities.Columns == 1
                    ? new[] { (double)label }
                    : [.. Enumerable.Range(0, judged.Classes).Select(k => k == label ? 1.0 : 0)])])) is var certain
            && Measures.All(measure => measure.Of(certain, judged.Labels) == measure.Best));

    [Fact]
    public void Certain_and_wrong_is_the_worst_there_is()
    {
        var (certain, wrong) = (Matrix<double>.Of([0, 1], [1, 0]), Vec<int>.Of(0, 1));
        Assert.Equal(52 * Math.Log(2), Probabilistic.LogLoss(certain, wrong), 1e-14);
        Assert.Equal(52 * Math.Log(2), Probabilistic.LogLoss(Column(1, 0), wrong), 1e-14);
        Assert.Equal((2, 1), (Probabilistic.Brier(certain, wrong), Probabilistic.Brier(Column(1, 0), wrong)));
        Assert.Equal((0, 1), (Probabilistic.TopK(certain, wrong, 1), Probabilistic.CalibrationError(certain, wrong)));
        Assert.Equal((0, 0), (Probabilistic.RocAuc(certain, wrong), Probabilistic.RocAuc(Column(1, 0), wrong)));
    }

    [Fact]
    public void Of_equally_probable_classes_the_first_is_predicted_and_of_an_even_chance_class_1()
    {
        Assert.Equal(1, Probabilistic.TopK(Matrix<double>.Of([0.5, 0.5]), Vec<int>.Of(0), 1));
        Assert.Equal(0, Probabilistic.TopK(Matrix<double>.Of([0.5, 0.5]), Vec<int>.Of(1), 1));
        Assert.Equal(1, Probabilistic.TopK(Column(0.5), Vec<int>.Of(1), 1));
        Assert.Equal(0, Probabilistic.TopK(Column(0.5), Vec<int>.Of(0), 1));
        Assert.Equal(0.5, Probabilistic.CalibrationError(Column(0.5, 0.5), Vec<int>.Of(1, 1)));
    }

    [Theory]
    [InlineData(0.75, 0.275)] // in the bin (11/15, 12/15] as 0.8 is: |1 - 0.8 - 0.75| / 2
    [InlineData(0.85, 0.525)] // in the next: (|1 - 0.8| + |-0.85|) / 2
    public void A_bin_includes_its_upper_edge(double other, double error) =>
        Assert.Equal(error, Probabilistic.CalibrationError(Column(0.8, other), Vec<int>.Of(1, 0)), 1e-15);

    [Fact]
    public void Without_samples_or_with_a_probability_that_is_NaN_there_is_no_measure() => Any.Judged.Sample(judged =>
        Measures.All(
            measure => double.IsNaN(measure.Of(new(0, judged.Probabilities.Columns, Vec<double>.Empty), Vec<int>.Empty))
                && double.IsNaN(measure.Of(
                    judged.Map(p => p == judged.Probabilities[0, 0] ? double.NaN : p).Probabilities, judged.Labels))));

    [Theory]
    [InlineData(2, 2, "the label of row 1 is 2; it should be at least 0 and less than 2")]
    [InlineData(1, 2, "the label of row 1 is 2; it should be at least 0 and less than 2")]
    [InlineData(3, -1, "the label of row 1 is -1; it should be at least 0 and less than 3")]
    [InlineData(0, 0, "the label of row 0 is 0; it should be at least 0 and less than 0")]
    public void A_label_that_is_no_class_is_refused(int columns, int label, string message) =>
        Assert.All(Measures, measure =>
            Assert.Equal(message, Assert.Throws<ArgumentException>(
                () => measure.Of(new(2, columns, Vec<double>.Zeros(2 * columns)), Vec<int>.Of(0, label))).Message));

    [Fact]
    public void Every_row_needs_one_label() => Assert.All(Measures, measure => Assert.Equal(
        "there are 3 labels; there should be one for each of 2 rows of probabilities",
        Assert.Throws<ArgumentException>(() => measure.Of(Column(0, 1), Vec<int>.Of(0, 1, 1))).Message));

    [Fact]
    public void Less_than_the_top_1_is_refused() => Assert.StartsWith(
        "k is 0; it should be at least 1",
        Assert.Throws<ArgumentOutOfRangeException>(() => Probabilistic.TopK(Column(1), Vec<int>.Of(1), 0)).Message,
        StringComparison.Ordinal);

    private static Matrix<double> Column(params double[] p) => new(p.Length, 1, Vec<double>.Of(p));
    private static Matrix<double> Alike(double[] p, int[] counts) =>
        Matrix<double>.Of([.. Enumerable.Repeat(p, counts.Sum())]);
    private static Vec<int> Labels(int[] counts) =>
        Vec<int>.Of([.. counts.Index().SelectMany(pair => Enumerable.Repeat(pair.Index, pair.Item))]);
    private static double[] Shares(int[] counts) => [.. counts.Select(count => (double)count / counts.Sum())];
    private static Vec<int> Predicted(Judged judged) => judged.Probabilities.Columns == 1
        ? Vec<int>.Of([.. judged.Probabilities.Cells.Span.ToArray().Select(p => p >= 0.5 ? 1 : 0)])
        : ClassificationMetrics.Predicted(judged.Probabilities, new SoftmaxCrossEntropy());
    private static (double[] Row, int Label)[] Rows(Judged judged) => [.. Enumerable.Range(0, judged.Labels.Length)
        .Select(row => (judged.Probabilities.Row(row).ToArray(), judged.Labels[row]))];
    private static bool Same(double x, double y) => Math.Abs(x - y) <= 1e-12;
}
