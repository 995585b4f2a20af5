using System.Text.Json;
using Functional;
using Functional.Core.Metrics;
using Functional.Core.Numbers;
using Xunit;

namespace Properties.Oracles;

/// <summary>Metrics, against scikit-learn.</summary>
public sealed class MetricOracles(ITestOutputHelper output)
{
    [Fact]
    public void Metrics_agree() =>
        Golden.Check("metrics.json", output, atLeast: 14,
            lacks: example =>
                example.Text("task") is "multiclass" or "binary" or "regression" ? null : example.Text("task"),
            compare: example => example.Text("task") switch
            {
                "multiclass" => Multiclass(example),
                "binary" => Binary(example),
                _ => OfNumbers(example),
            });

    private static Comparison[] Multiclass(JsonElement example)
    {
        var (probabilities, labels) =
            (example.Table("probabilities"), ClassificationMetrics.Labels(example.Table("y_true")));
        var report = Report(
            example, example.Whole("classes"), labels,
            ClassificationMetrics.Predicted(probabilities, new SoftmaxCrossEntropy()), out var comparisons);
        var (each, present) = (example.At("per_class"), example.At("present_labels"));
        return
        [
            .. comparisons,
            Comparison.Of("precision", each.At("precision"), report.Precision.Span),
            Comparison.Of("recall", each.At("recall"), report.Recall.Span),
            Comparison.Of("f1", each.At("f1"), report.F1.Span),
            Comparison.Exact("support", each.At("support"), report.Support.Span.ToArray()),
            Comparison.Exact("present labels", present.At("labels"), Reals(report.Present)),
            .. Averaged(present, report.MacroOfPresent, report),
            Comparison.Of("log_loss", example.At("log_loss"), Probabilistic.LogLoss(probabilities, labels)),
        ];
    }

    private static Comparison[] Binary(JsonElement example)
    {
        var (scores, labels) = (example.Table("scores"), ClassificationMetrics.Labels(example.Table("y_true")));
        var report = Report(example, 2, labels, AtLeast(example.Real("threshold"), scores), out var comparisons);
        return
        [
            .. comparisons,
            Averaged("binary", example.At("binary"), new(report.Precision[1], report.Recall[1], report.F1[1])),
            Comparison.Of("roc_auc", example.At("roc_auc"), Probabilistic.RocAuc(scores, labels)),
            Comparison.Of("log_loss", example.At("log_loss"), Probabilistic.LogLoss(scores, labels)),
        ];
    }

    // What both kinds of classification have.
    private static ClassReport Report(
        JsonElement example, int classes, Vec<int> labels, Vec<int> predicted, out Comparison[] comparisons)
    {
        var confusion = ClassificationMetrics.Confusion(labels, predicted, classes);
        var report = ClassReport.Of(confusion);
        comparisons =
        [
            Comparison.Exact("y_pred", example.At("y_pred"), Reals(predicted)),
            Comparison.Exact("confusion_matrix", example.At("confusion_matrix"), confusion.Cells.Span.ToArray()),
            Comparison.Of("accuracy", example.At("accuracy"), ClassificationMetrics.Accuracy(confusion)),
            Comparison.Of("balanced_accuracy", example.At("balanced_accuracy"), report.BalancedAccuracy),
            .. Averaged(example.At("all_labels"), report.Macro, report),
        ];
        return report;
    }

    private static Comparison[] OfNumbers(JsonElement example)
    {
        var (targets, outputs) = (example.Table("y_true"), example.Table("y_pred"));
        return
        [
            Comparison.Of("r2", example.At("r2"), RegressionMetrics.R2(targets, outputs)),
            Comparison.Of("mse", example.At("mse"), RegressionMetrics.MeanSquaredError(targets, outputs)),
            Comparison.Of(
                "rmse_of_mean", example.At("rmse_of_mean"),
                Math.Sqrt(RegressionMetrics.MeanSquaredError(targets, outputs))),
            Comparison.Of("mae", example.At("mae"), RegressionMetrics.MeanAbsoluteError(targets, outputs)),
            Comparison.Of(
                "explained_variance", example.At("explained_variance"),
                RegressionMetrics.ExplainedVariance(targets, outputs)),
            Comparison.Of(
                "r2_per_output", example.At("r2_per_output"), RegressionMetrics.R2PerOutput(targets, outputs).Span),
            Comparison.Of(
                "mse_per_output", example.At("mse_per_output"),
                RegressionMetrics.MeanSquaredErrorPerOutput(targets, outputs).Span),
            Comparison.Of(
                "mae_per_output", example.At("mae_per_output"),
                RegressionMetrics.MeanAbsoluteErrorPerOutput(targets, outputs).Span),
            Comparison.Of(
                "explained_variance_per_output", example.At("explained_variance_per_output"),
                RegressionMetrics.ExplainedVariancePerOutput(targets, outputs).Span),
        ];
    }

    private static Comparison[] Averaged(JsonElement labels, Averages macro, ClassReport report) =>
        [Averaged("macro", labels.At("macro"), macro), Averaged("micro", labels.At("micro"), report.Micro),
            Averaged("weighted", labels.At("weighted"), report.Weighted)];

    private static Comparison Averaged(string what, JsonElement want, Averages got) =>
        Comparison.Of(what, want.Vector("precision", "recall", "f1").Span, [got.Precision, got.Recall, got.F1]);

    // A score reaches the threshold exactly where their difference, taken as a logit, reaches 0.
    private static Vec<int> AtLeast(double threshold, Matrix<double> scores) => ClassificationMetrics.Predicted(
        new Matrix<double>(
            scores.Rows, 1, Vec<double>.Of([.. scores.Cells.Span.ToArray().Select(score => score - threshold)])),
        new BinaryCrossEntropyWithLogits());

    private static double[] Reals(Vec<int> counts) => [.. counts.Span.ToArray().Select(count => (double)count)];
}
