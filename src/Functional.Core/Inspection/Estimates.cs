using System.Numerics;
using Functional.Core.Metrics;
using Functional.Core.Numbers;
using Functional.Core.Randomness;

namespace Functional.Core.Inspection;

/// <summary>A measure of a model on a sample, and its 95 % interval.</summary>
/// <param name="Measure">Its name, as in <see cref="Evaluation.Measures"/>, or
/// <c>root_mean_squared_error</c>.</param>
/// <param name="Value">On the sample.</param>
/// <param name="Low">Where the interval begins; NaN where it is not known.</param>
/// <param name="High">Where it ends.</param>
public sealed record Estimate(string Measure, double Value, double Low, double High);

/// <summary>Measures with bootstrap intervals.</summary>
internal static class Estimates
{
    /// <summary>Those that a report shows of a part; none where it has no rows.</summary>
    /// <param name="part">What was measured on the part.</param>
    /// <param name="data">The part, with targets as the network has them.</param>
    /// <param name="outputs">The network's outputs for it.</param>
    /// <param name="loss">The loss that it learned from.</param>
    /// <param name="probabilities">What the outputs mean as probabilities, if any.</param>
    /// <param name="scaling">What the targets went through, if anything.</param>
    /// <param name="predicted">The class of each row; null where there are no classes.</param>
    /// <param name="key">The source of the draws.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public static Items<Estimate> Of<T>(
        Evaluation part, Dataset<T> data, Matrix<T> outputs, Loss loss, Matrix<double>? probabilities, Scaling? scaling,
        Vec<int>? predicted, Key key, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (data.Rows == 0) return [];
        var own = data.Weights is null ? null : new Matrix<T>(data.Rows, 1, data.Weights).To<double>().Cells;
        var (names, measures) = part switch
        {
            ClassificationReport => Classes(data, predicted!, probabilities),
            RegressionReport => Numbers(data, outputs, scaling),
            _ => Labels(data, outputs, loss),
        };
        var intervals = Bootstrap.Intervals(data.Rows, key, counts => measures(Weighed(counts, own)), threads: threads);
        return [.. names.Zip(intervals, (name, interval) =>
            new Estimate(name, ValueOf(part, name), interval.Low, interval.High))];
    }

    private static double ValueOf(Evaluation part, string name) => part is RegressionReport numbers && name == Root
        ? numbers.RootMeanSquaredError
        : part.Measures.First(measure => measure.Name == name).Value;

    private const string Root = "root_mean_squared_error";

    private static Vec<double> Weighed(Vec<double> counts, Vec<double>? own) =>
        own is null ? counts : [.. counts.Zip(own, (count, weight) => count * weight)];

    private static (string[], Func<Vec<double>, double[]>) Classes<T>(
        Dataset<T> data, Vec<int> predicted, Matrix<double>? probabilities)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var labels = ClassificationMetrics.Labels(data.Targets);
        int classes = ((Problem.Classification)data.Problem).Classes;
        var scores = probabilities is null ? null : Probabilistic.Scores(probabilities, labels, null);
        double[]? logs = scores is null ? null : [.. scores.Select(score => score.LogLoss)];
        double[]? squares = scores is null ? null : [.. scores.Select(score => score.Brier)];
        string[] names = ["accuracy", "balanced_accuracy", "f1"];
        return (logs is null ? names : [.. names, "log_loss", "brier"], weights =>
        {
            var counts = ConfusionMatrix.Of(labels, predicted, classes, weights);
            var report = ClassReport.OfCounts(counts);
            double[] found = [counts.Accuracy, report.BalancedAccuracy, report.Macro.F1];
            if (logs is null) return found;
            double[] each = weights.ToArray();
            return [.. found, Average.Of(logs, each), Average.Of(squares!, each)];
        }
        );
    }

    private static (string[], Func<Vec<double>, double[]>) Numbers<T>(
        Dataset<T> data, Matrix<T> outputs, Scaling? scaling) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Matrix<double> Own(Matrix<T> numbers) => scaling?.Undo(numbers.To<double>()) ?? numbers.To<double>();
        var (targets, predicted) = (Own(data.Targets), Own(outputs));
        return (["r2", Root, "mean_absolute_error"], weights =>
        [
            RegressionMetrics.R2(targets, predicted, weights),
            Math.Sqrt(RegressionMetrics.MeanSquaredError(targets, predicted, weights)),
            RegressionMetrics.MeanAbsoluteError(targets, predicted, weights),
        ]);
    }

    private static (string[], Func<Vec<double>, double[]>) Labels<T>(Dataset<T> data, Matrix<T> outputs, Loss loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (["accuracy", "exact_match", "f1"], weights =>
        {
            var report = Labelling.Of(data.Targets, outputs, loss, 0, weights);
            return [report.Accuracy, report.ExactMatch, report.F1];
        }
    );
}
