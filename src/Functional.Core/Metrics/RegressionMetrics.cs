using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Metrics;

/// <summary>Measures of a regression, in double: of each output, and averaged over the outputs. NaN where there are no
/// samples. A sample counts as much as it weighs; 1 if no weights are given.</summary>
public static class RegressionMetrics
{
    /// <summary>Mean of (target - output)^2 over all samples and outputs; at least 0, 0 is best; in the
    /// targets' unit squared.</summary>
    public static double MeanSquaredError<T>(Matrix<T> targets, Matrix<T> outputs, Vec<double>? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Average.OfSquares(Errors(targets, outputs), EachOutput(weights, targets.Columns));

    /// <summary>Mean of |target - output| over all samples and outputs; at least 0, 0 is best; in
    /// the targets' unit.</summary>
    public static double MeanAbsoluteError<T>(Matrix<T> targets, Matrix<T> outputs, Vec<double>? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Average.Of([.. Errors(targets, outputs).Select(Math.Abs)], EachOutput(weights, targets.Columns));

    /// <summary>The mean over outputs of <see cref="MedianAbsoluteErrorPerOutput"/>; at least 0, 0 is best.</summary>
    public static double MedianAbsoluteError<T>(Matrix<T> targets, Matrix<T> outputs, Vec<double>? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Mean(MedianAbsoluteErrorPerOutput(targets, outputs, weights));

    /// <summary>The mean over outputs of <see cref="R2PerOutput"/>; at most 1, 1 is best.</summary>
    public static double R2<T>(Matrix<T> targets, Matrix<T> outputs, Vec<double>? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Mean(R2PerOutput(targets, outputs, weights));

    /// <summary>The mean over outputs of <see cref="ExplainedVariancePerOutput"/>; at most 1, 1 is best.</summary>
    public static double ExplainedVariance<T>(Matrix<T> targets, Matrix<T> outputs, Vec<double>? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Mean(ExplainedVariancePerOutput(targets, outputs, weights));

    /// <summary>Of each output: the mean of (target - output)^2.</summary>
    public static Vec<double> MeanSquaredErrorPerOutput<T>(
        Matrix<T> targets, Matrix<T> outputs, Vec<double>? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        PerOutput(targets, outputs, weights, static (_, errors, counts) => Average.OfSquares(errors, counts));

    /// <summary>Of each output: the mean of |target - output|.</summary>
    public static Vec<double> MeanAbsoluteErrorPerOutput<T>(
        Matrix<T> targets, Matrix<T> outputs, Vec<double>? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        PerOutput(
            targets, outputs, weights, static (_, errors, counts) => Average.Of([.. errors.Select(Math.Abs)], counts));

    /// <summary>Of each output: the median of |target - output|, which a few wild samples do not move; of an even
    /// number of samples, the mean of the middle two.</summary>
    public static Vec<double> MedianAbsoluteErrorPerOutput<T>(
        Matrix<T> targets, Matrix<T> outputs, Vec<double>? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        PerOutput(
            targets, outputs, weights,
            static (_, errors, counts) => Average.Median([.. errors.Select(Math.Abs)], counts));

    /// <summary>Of each output: the coefficient of determination, 1 - squared error / squared deviation of the
    /// targets; at most 1, 1 is perfect, 0 is as good as the mean. A constant target counts 1 where it is met
    /// exactly, else 0 (as scikit-learn does).</summary>
    public static Vec<double> R2PerOutput<T>(Matrix<T> targets, Matrix<T> outputs, Vec<double>? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        PerOutput(
            targets, outputs, weights,
            static (truth, errors, counts) => Share(Squares(errors, counts), Squares(Centred(truth, counts), counts)));

    /// <summary>Of each output: 1 - variance of the errors / variance of the targets; at most 1, and at least R2,
    /// which it equals where the errors are zero on average: a constant error costs nothing here. A constant target
    /// counts 1 where the error is constant, else 0 (as scikit-learn does).</summary>
    public static Vec<double> ExplainedVariancePerOutput<T>(
        Matrix<T> targets, Matrix<T> outputs, Vec<double>? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        PerOutput(targets, outputs, weights, static (truth, errors, counts) =>
            Share(Squares(Centred(errors, counts), counts), Squares(Centred(truth, counts), counts)));

    /// <summary>Each target's mean, in every row: what knows nothing of the inputs predicts.</summary>
    internal static Matrix<double> Means(Matrix<double> targets, Vec<double>? weights)
    {
        double[] means = [.. Enumerable.Range(0, targets.Columns).Select(column =>
            Average.Of(
                [.. Enumerable.Range(0, targets.Rows).Select(row => targets[row, column])], weights?.Span.ToArray()))];
        return targets.MapRows((_, into) => means.CopyTo(into));
    }

    private static double Share(double left, double all) =>
        all != 0 ? 1 - left / all : left == 0 ? 1 : left > 0 ? 0 : double.NaN;

    private static double Squares(double[] x, double[]? weights) => weights is null
        ? Reduce.Dot<double>(x, x)
        : Reduce.Dot<double>([.. x.Zip(weights, (value, weight) => weight * value)], x);

    private static double[] Centred(double[] x, double[]? weights)
    {
        if (Average.AreOne(x)) return new double[x.Length]; // rounding is no deviation
        double mean = Average.Of(x, weights);
        return [.. x.Select(value => value - mean)];
    }

    // A sample's weight, once for each of its outputs.
    private static double[]? EachOutput(Vec<double>? weights, int outputs) =>
        weights is null ? null : [.. weights.Span.ToArray().SelectMany(weight => Enumerable.Repeat(weight, outputs))];

    private static double Mean(Vec<double> scores) => Reduce.Sum(scores.Span) / scores.Length;

    private static Vec<double> PerOutput<T>(
        Matrix<T> targets, Matrix<T> outputs, Vec<double>? weights, Func<double[], double[], double[]?, double> score)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] errors = Errors(targets, outputs), scores = new double[targets.Columns];
        int[] rows = [.. Enumerable.Range(0, targets.Rows).Where(row => weights?[row] != 0)];
        double[]? counts = weights is null ? null : [.. rows.Select(row => weights[row])];
        for (int column = 0; column < scores.Length; column++)
            scores[column] = rows.Length == 0 ? double.NaN : score(
                [.. rows.Select(row => double.CreateTruncating(targets[row, column]))],
                [.. rows.Select(row => errors[row * targets.Columns + column])], counts);
        return Vec<double>.Freeze(scores);
    }

    private static double[] Errors<T>(Matrix<T> targets, Matrix<T> outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(outputs);
        if (targets.Rows != outputs.Rows || targets.Columns != outputs.Columns)
            throw new ArgumentException(
                $"targets of {targets.Rows} x {targets.Columns} and outputs of {outputs.Rows} x {outputs.Columns}");
        var errors = new double[targets.Cells.Length];
        for (int i = 0; i < errors.Length; i++)
            errors[i] = double.CreateTruncating(targets.Cells[i]) - double.CreateTruncating(outputs.Cells[i]);
        return errors;
    }
}
