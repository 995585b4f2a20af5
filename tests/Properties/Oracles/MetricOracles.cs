using System.Text.Json;
using Functional.Core.Losses;
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
            lacks: example => example.Text("task") is "multiclass" or "binary" or "regression" ? null : example.Text("task"),
            compare: example => example.Text("task") switch
            {
                "multiclass" => OfClasses(example, example.Whole("classes"), Classification.Predicted(example.Table("probabilities"), new SoftmaxCrossEntropy())),
                "binary" => OfClasses(example, classes: 2, AtLeast(example.Real("threshold"), example.Table("scores"))),
                _ => OfNumbers(example),
            },
            aside: "balanced_accuracy, precision, recall, f1, roc_auc, log_loss, explained_variance, *_per_output");

    private static Comparison[] OfClasses(JsonElement example, int classes, Vec<int> predicted)
    {
        var confusion = Classification.Confusion(Classification.Labels(example.Table("y_true")), predicted, classes);
        return
        [
            Comparison.Exact("y_pred", example.At("y_pred"), Reals(predicted)),
            Comparison.Exact("confusion_matrix", example.At("confusion_matrix"), Reals(confusion.Cells)),
            Comparison.Of("accuracy", example.At("accuracy"), Classification.Accuracy(confusion)),
        ];
    }

    private static Comparison[] OfNumbers(JsonElement example)
    {
        var (targets, outputs) = (example.Table("y_true"), example.Table("y_pred"));
        return
        [
            Comparison.Of("r2", example.At("r2"), Regression.R2(targets, outputs)),
            Comparison.Of("mse", example.At("mse"), Regression.MeanSquaredError(targets, outputs)),
            Comparison.Of("mae", example.At("mae"), Regression.MeanAbsoluteError(targets, outputs)),
        ];
    }

    // A score reaches the threshold exactly where their difference, taken as a logit, reaches 0.
    private static Vec<int> AtLeast(double threshold, Matrix<double> scores) => Classification.Predicted(
        new Matrix<double>(scores.Rows, 1, Vec<double>.Of([.. scores.Cells.Span.ToArray().Select(score => score - threshold)])),
        new BinaryCrossEntropyWithLogits());

    private static double[] Reals(Vec<int> counts) => [.. counts.Span.ToArray().Select(count => (double)count)];
}
