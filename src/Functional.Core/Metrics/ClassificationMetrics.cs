using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Metrics;

/// <summary>Measures of a classifier.</summary>
public static class ClassificationMetrics
{
    /// <summary>The class of each row of outputs: the largest output (the first of equals), or for a single output
    /// whether it reaches the loss's threshold.</summary>
    public static Vec<int> Predicted<T>(Matrix<T> outputs, Loss loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(loss);
        return Predicted(outputs, loss.Threshold);
    }

    /// <summary>The same, with the output from which on a single one means class 1.</summary>
    internal static Vec<int> Predicted<T>(Matrix<T> outputs, double least)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T threshold = T.CreateTruncating(least);
        return Vec<int>.Create(outputs.Rows, outputs, (into, matrix) =>
        {
            for (int i = 0; i < into.Length; i++)
                into[i] = matrix.Columns == 1 ? matrix[i, 0] >= threshold ? 1 : 0 : Largest.IndexOf(matrix.Row(i));
        });
    }

    /// <summary>The class numbers in a column of targets.</summary>
    public static Vec<int> Labels<T>(Matrix<T> targets) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Vec<int>.Of([.. Enumerable.Range(0, targets.Rows).Select(row => int.CreateTruncating(targets[row, 0]))]);
    }

    /// <summary>Cell [true][predicted] counts samples, or adds up what they weigh.</summary>
    /// <param name="truth">The class of each sample.</param>
    /// <param name="predicted">What each was taken for.</param>
    /// <param name="classes">How many classes.</param>
    /// <param name="weights">How much each sample counts; 1 each if none are given.</param>
    public static Matrix<double> Confusion(
        Vec<int> truth, Vec<int> predicted, int classes, Vec<double>? weights = null) =>
        ConfusionMatrix.Of(truth, predicted, classes, weights).Matrix;

    /// <summary>The share of samples on the diagonal, 0 to 1; NaN where there are none.</summary>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public static double Accuracy(Matrix<double> confusion) => ConfusionMatrix.Of(confusion).Accuracy;
}
