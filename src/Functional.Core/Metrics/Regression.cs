using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Metrics;

/// <summary>Measures of a regression, in double, averaged over the outputs; NaN where there are no samples.</summary>
public static class Regression
{
    /// <summary>Mean of (target - output)^2.</summary>
    public static double MeanSquaredError<T>(Matrix<T> targets, Matrix<T> outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var errors = Errors(targets, outputs);
        return Reduce.Dot<double>(errors, errors) / errors.Length;
    }

    /// <summary>Mean of |target - output|.</summary>
    public static double MeanAbsoluteError<T>(Matrix<T> targets, Matrix<T> outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] errors = [.. Errors(targets, outputs).Select(Math.Abs)];
        return Reduce.Sum<double>(errors) / errors.Length;
    }

    /// <summary>1 - squared error / squared deviation of the targets, averaged over outputs. A constant target counts 1 where
    /// it is met exactly, else 0 (as scikit-learn does).</summary>
    public static double R2<T>(Matrix<T> targets, Matrix<T> outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] errors = Errors(targets, outputs), scores = new double[targets.Columns];
        if (targets.Rows == 0) return double.NaN;
        for (int column = 0; column < scores.Length; column++)
        {
            double[] truth = [.. Enumerable.Range(0, targets.Rows).Select(row => double.CreateTruncating(targets[row, column]))];
            double[] missed = [.. Enumerable.Range(0, targets.Rows).Select(row => errors[row * targets.Columns + column])];
            double mean = Reduce.Sum<double>(truth) / truth.Length;
            double[] centred = [.. truth.Select(x => x - mean)];
            double all = Reduce.Dot<double>(centred, centred), left = Reduce.Dot<double>(missed, missed);
            scores[column] = all != 0 ? 1 - left / all : left == 0 ? 1 : 0;
        }
        return Reduce.Sum<double>(scores) / scores.Length;
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
