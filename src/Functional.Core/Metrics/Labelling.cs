using System.Numerics;
using Functional.Core.Numbers;

namespace Functional.Core.Metrics;

/// <summary>Measures of labels that hold or do not, label by label.</summary>
public static class Labelling
{
    /// <summary>Which labels each row of outputs means: those whose output reaches the loss's threshold.</summary>
    public static Matrix<int> Predicted<T>(Matrix<T> outputs, Loss loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(loss);
        return Predicted(outputs, loss.Threshold);
    }

    /// <summary>The same, with the output from which on a label holds.</summary>
    internal static Matrix<int> Predicted<T>(Matrix<T> outputs, double least)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T threshold = T.CreateTruncating(least);
        return new(
            outputs.Rows, outputs.Columns,
            Vec<int>.Of([.. outputs.Cells.Span.ToArray().Select(output => output >= threshold ? 1 : 0)]));
    }

    internal static MultiLabelReport Of<T>(
        Matrix<T> targets, Matrix<T> outputs, Loss loss, double value, Vec<double>? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Of(targets, Predicted(outputs, loss), value, weights);

    /// <summary>The same of labels that were predicted.</summary>
    internal static MultiLabelReport Of<T>(
        Matrix<T> targets, Matrix<int> predicted, double value, Vec<double>? weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = targets.Columns;
        // Labels that hold and are predicted; those that hold plus those predicted.
        var (both, either) = (new double[columns], new double[columns]);
        double right = 0, whole = 0, all = 0;
        for (int row = 0; row < targets.Rows; row++)
        {
            double weight = weights?[row] ?? 1;
            int rightHere = 0;
            for (int column = 0; column < columns; column++)
            {
                int truth = targets[row, column] == T.One ? 1 : 0, guess = predicted[row, column];
                if (truth == guess) rightHere++;
                both[column] += weight * (truth & guess);
                either[column] += weight * (truth + guess);
            }
            all += weight;
            right += weight * rightHere;
            if (rightHere == columns) whole += weight;
        }
        double[] f1 = [.. both.Zip(either, (hits, sum) => sum == 0 ? 0 : 2 * hits / sum)];
        return new(
            targets.Rows, value, right / (all * columns), whole / all,
            either.Sum() == 0 ? 0 : 2 * both.Sum() / either.Sum(), Numbers.Streams.Reduce.Sum<double>(f1) / columns);
    }
}
