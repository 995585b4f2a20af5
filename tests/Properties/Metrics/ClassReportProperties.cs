using CsCheck;
using Functional.Core.Metrics;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Generators;
using Properties.Laws;
using Xunit;

namespace Properties.Metrics;

/// <summary>What a confusion matrix says of each class, and how that is averaged.</summary>
public sealed class ClassReportProperties
{
    [Fact]
    public void The_micro_averages_are_those_of_all_counts_added_up() => Any.Confusion.Sample(confusion =>
        ClassReport.Of(confusion) is var report && Diagonal(confusion).Sum() is var right
        && report.Micro == new Averages(
            right / Numbers(report.PredictedCount).Sum(), right / Numbers(report.Support).Sum(),
            ClassificationMetrics.Accuracy(confusion)));

    [Fact]
    public void Weighted_recall_is_the_accuracy() => Any.Confusion.Sample(confusion =>
        Same(ClassReport.Of(confusion).Weighted.Recall, ClassificationMetrics.Accuracy(confusion)));

    [Fact]
    public void Balanced_accuracy_is_the_accuracy_once_every_class_is_weighed_the_same() =>
        Any.Confusion.Sample(confusion =>
            ClassReport.Of(confusion) is var report && Same(
                report.BalancedAccuracy,
                Range(confusion.Rows).Where(k => report.Support[k] > 0)
                    .Average(k => confusion[k, k] / confusion.Row(k).ToArray().Sum())));

    [Fact]
    public void F1_is_the_harmonic_mean_of_precision_and_recall() => Any.Confusion.Sample(confusion =>
        ClassReport.Of(confusion) is var report && Range(confusion.Rows).All(k =>
            Same(report.F1[k] * (report.Precision[k] + report.Recall[k]), 2 * report.Precision[k] * report.Recall[k])
            && report.F1[k] > 0 == confusion[k, k] > 0));

    [Fact]
    public void Truth_and_prediction_change_places_as_precision_and_recall_do() => Any.Confusion.Sample(confusion =>
        (ClassReport.Of(confusion),
            ClassReport.Of(Moved(confusion, (row, column) => (column, row)))) is var (report, turned)
        && turned.Precision == report.Recall && turned.Recall == report.Precision && turned.F1 == report.F1
        && turned.Support == report.PredictedCount && turned.PredictedCount == report.Support);

    [Fact]
    public void The_order_of_the_classes_does_not_matter() =>
        Gen.Select(Any.Confusion, Any.Key).Sample((confusion, key) =>
    {
        var order = Draw.Permutation(key, confusion.Rows);
        var (report, moved) =
            (ClassReport.Of(confusion), ClassReport.Of(Moved(confusion, (row, column) => (order[row], order[column]))));
        return Range(confusion.Rows)
            .All(k => moved.F1[k] == report.F1[order[k]] && moved.Support[k] == report.Support[order[k]])
            && Near.Equal(All(moved), All(report), 1e-14);
    });

    [Fact]
    public void A_class_that_never_occurs_is_felt_only_by_the_mean_over_all_classes() =>
        Any.Confusion.Sample(confusion =>
    {
        int classes = confusion.Rows;
        var (report, wider) = (ClassReport.Of(confusion), ClassReport.Of(Matrix<double>.Of(
            [.. Range(classes).Select(k => (double[])[.. confusion.Row(k), 0]), new double[classes + 1]])));
        return wider.Present == report.Present
            && Near.Equal(All(wider with { Macro = report.Macro }), All(report), 1e-14)
            && Same(wider.Macro.F1 * (classes + 1), report.Macro.F1 * classes);
    });

    [Fact]
    public void Every_share_is_from_0_to_1() => Any.Confusion.Sample(confusion =>
        ClassReport.Of(confusion) is var report
        && new[] { report.Precision, report.Recall, report.F1, All(report) }
            .All(shares => Numbers(shares).All(share => share is >= 0 and <= 1 + 1e-15)));

    [Fact]
    public void Perfect_predictions_have_ones_everywhere() => Gen.Int[1, 9].Array[1, 6].Sample(counts =>
        ClassReport.Of(Moved(
            new(counts.Length, counts.Length, Vec<double>.Zeros(counts.Length * counts.Length)),
            (row, column) => (row, column), counts)) is var report
        && new[] { report.Precision, report.Recall, report.F1, All(report) }
            .All(shares => Numbers(shares).All(share => share == 1)));

    [Fact]
    public void Without_samples_every_share_is_NaN() => Gen.Int[0, 4].Sample(classes =>
        ClassReport.Of(new(classes, classes, Vec<double>.Zeros(classes * classes))) is var report
        && new[] { report.Precision, report.Recall, report.F1, All(report) }
            .All(shares => Numbers(shares).All(double.IsNaN))
        && report.Present.Length == 0 && report.Support.Length == classes);

    [Fact]
    public void A_class_without_samples_or_predictions_counts_0()
    {
        var report = ClassReport.Of(Matrix<double>.Of([2, 1, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]));
        Assert.Equal(Vec<double>.Of(3, 0, 1, 0), report.Support);
        Assert.Equal(Vec<double>.Of(3, 1, 0, 0), report.PredictedCount);
        Assert.Equal(Vec<double>.Of(2.0 / 3, 0, 0, 0), report.Precision);
        Assert.Equal(Vec<double>.Of(2.0 / 3, 0, 0, 0), report.Recall);
        Assert.Equal(Vec<double>.Of(2.0 / 3, 0, 0, 0), report.F1);
        Assert.Equal(Vec<int>.Of(0, 1, 2), report.Present);
        Assert.Equal(1.0 / 3, report.BalancedAccuracy);
        Assert.Equal(1.0 / 6, report.Macro.F1);
        Assert.Equal(2.0 / 9, report.MacroOfPresent.F1);
        Assert.Equal(new(0.5, 0.5, 0.5), report.Weighted);
    }

    [Fact]
    public void A_confusion_matrix_that_is_not_square_is_refused() => Assert.Equal(
        "a confusion matrix is 1 x 2; it should be square",
        Assert.Throws<ArgumentException>(() => ClassReport.Of(Matrix<double>.Of([1, 2]))).Message);

    private static Vec<double> All(ClassReport report) => Vec<double>.Of(
        [report.BalancedAccuracy, .. new[] { report.Macro, report.MacroOfPresent, report.Micro, report.Weighted }
            .SelectMany(averages => new[] { averages.Precision, averages.Recall, averages.F1 })]);

    // Every cell comes from elsewhere; a diagonal may be laid over.
    private static Matrix<double> Moved(
        Matrix<double> confusion, Func<int, int, (int Row, int Column)> from, int[]? diagonal = null) =>
        Matrix<double>.Of(
            [.. Range(confusion.Rows).Select(row => Range(confusion.Columns).Select(column =>
                diagonal is not null && row == column
                ? diagonal[row]
                : confusion[from(row, column).Row, from(row, column).Column]).ToArray())]);

    private static double[] Diagonal(Matrix<double> confusion) =>
        [.. Range(confusion.Rows).Select(k => confusion[k, k])];
    private static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);
    private static T[] Numbers<T>(Vec<T> numbers) where T : unmanaged, System.Numerics.INumberBase<T> =>
        numbers.Span.ToArray();
    private static bool Same(double x, double y) => Math.Abs(x - y) <= 1e-14;
}
