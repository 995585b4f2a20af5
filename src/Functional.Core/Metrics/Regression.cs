using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Metrics;

/// <summary>Measures of a regression, in double: of each output, and averaged over the outputs. NaN where there are no
/// samples.</summary>
public static class Regression
{
    /// <summary>Mean of (target - output)^2 over all samples and outputs; at least 0, 0 is best; in the targets' unit squared.</summary>
    public static double MeanSquaredError<T>(Matrix<T> targets, Matrix<T> outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var errors = Errors(targets, outputs);
        return Reduce.Dot<double>(errors, errors) / errors.Length;
    }

    /// <summary>Mean of |target - output| over all samples and outputs; at least 0, 0 is best; in the targets' unit.</summary>
    public static double MeanAbsoluteError<T>(Matrix<T> targets, Matrix<T> outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] errors = [.. Errors(targets, outputs).Select(Math.Abs)];
        return Reduce.Sum<double>(errors) / errors.Length;
    }

    /// <summary>The mean over outputs of <see cref="MedianAbsoluteErrorPerOutput"/>; at least 0, 0 is best.</summary>
    public static double MedianAbsoluteError<T>(Matrix<T> targets, Matrix<T> outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Mean(MedianAbsoluteErrorPerOutput(targets, outputs));

    /// <summary>The mean over outputs of <see cref="R2PerOutput"/>; at most 1, 1 is best.</summary>
    public static double R2<T>(Matrix<T> targets, Matrix<T> outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Mean(R2PerOutput(targets, outputs));

    /// <summary>The mean over outputs of <see cref="ExplainedVariancePerOutput"/>; at most 1, 1 is best.</summary>
    public static double ExplainedVariance<T>(Matrix<T> targets, Matrix<T> outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Mean(ExplainedVariancePerOutput(targets, outputs));

    /// <summary>Of each output: the mean of (target - output)^2.</summary>
    public static Vec<double> MeanSquaredErrorPerOutput<T>(Matrix<T> targets, Matrix<T> outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        PerOutput(targets, outputs, static (_, errors) => Squares(errors) / errors.Length);

    /// <summary>Of each output: the mean of |target - output|.</summary>
    public static Vec<double> MeanAbsoluteErrorPerOutput<T>(Matrix<T> targets, Matrix<T> outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        PerOutput(targets, outputs, static (_, errors) => Reduce.Sum<double>([.. errors.Select(Math.Abs)]) / errors.Length);

    /// <summary>Of each output: the median of |target - output|, which a few wild samples do not move; of an even number of
    /// samples, the mean of the middle two.</summary>
    public static Vec<double> MedianAbsoluteErrorPerOutput<T>(Matrix<T> targets, Matrix<T> outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        PerOutput(targets, outputs, static (_, errors) => Median([.. errors.Select(Math.Abs).Order()]));

    /// <summary>Of each output: the coefficient of determination, 1 - squared error / squared deviation of the targets; at most
    /// 1, 1 is perfect, 0 is as good as the mean. A constant target counts 1 where it is met exactly, else 0 (as
    /// scikit-learn does).</summary>
    public static Vec<double> R2PerOutput<T>(Matrix<T> targets, Matrix<T> outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        PerOutput(targets, outputs, static (truth, errors) => Share(Squares(errors), Squares(Centred(truth))));

    /// <summary>Of each output: 1 - variance of the errors / variance of the targets; at most 1, and at least R2, which it equals
    /// where the errors are zero on average: a constant error costs nothing here. A constant target counts 1 where the
    /// error is constant, else 0 (as scikit-learn does).</summary>
    public static Vec<double> ExplainedVariancePerOutput<T>(Matrix<T> targets, Matrix<T> outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        PerOutput(targets, outputs, static (truth, errors) => Share(Squares(Centred(errors)), Squares(Centred(truth))));

    private static double Share(double left, double all) => all != 0 ? 1 - left / all : left == 0 ? 1 : left > 0 ? 0 : double.NaN;

    private static double Squares(double[] x) => Reduce.Dot<double>(x, x);

    private static double[] Centred(double[] x)
    {
        if (Array.TrueForAll(x, value => value == x[0])) return new double[x.Length]; // the mean's own rounding is no deviation
        double mean = Reduce.Sum<double>(x) / x.Length;
        return [.. x.Select(value => value - mean)];
    }

    // NaN comes first in order; a single one makes the median NaN.
    private static double Median(double[] ordered) => double.IsNaN(ordered[0])
        ? double.NaN
        : (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;

    private static double Mean(Vec<double> scores) => Reduce.Sum(scores.Span) / scores.Length;

    private static Vec<double> PerOutput<T>(Matrix<T> targets, Matrix<T> outputs, Func<double[], double[], double> score) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] errors = Errors(targets, outputs), scores = new double[targets.Columns];
        int[] rows = [.. Enumerable.Range(0, targets.Rows)];
        for (int column = 0; column < scores.Length; column++)
            scores[column] = rows.Length == 0 ? double.NaN : score(
                [.. rows.Select(row => double.CreateTruncating(targets[row, column]))],
                [.. rows.Select(row => errors[row * targets.Columns + column])]);
        return Vec<double>.Freeze(scores);
    }

    private static double[] Errors<T>(Matrix<T> targets, Matrix<T> outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(outputs);
        if (targets.Rows != outputs.Rows || targets.Columns != outputs.Columns)
            throw new ArgumentException($"targets of {targets.Rows} x {targets.Columns} and outputs of {outputs.Rows} x {outputs.Columns}");
        var errors = new double[targets.Cells.Length];
        for (int i = 0; i < errors.Length; i++)
            errors[i] = double.CreateTruncating(targets.Cells[i]) - double.CreateTruncating(outputs.Cells[i]);
        return errors;
    }
}
