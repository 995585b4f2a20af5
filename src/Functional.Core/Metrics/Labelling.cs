using System.Numerics;
using Functional.Core.Losses;
using Functional.Core.Numbers;

namespace Functional.Core.Metrics;

/// <summary>Measures of labels that hold or do not, label by label.</summary>
public static class Labelling
{
    /// <summary>Which labels each row of outputs means: those whose output reaches the loss's threshold.</summary>
    public static Matrix<int> Predicted<T>(Matrix<T> outputs, Loss loss) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(loss);
        T threshold = T.CreateTruncating(loss.Threshold);
        return new(outputs.Rows, outputs.Columns, Vec<int>.Of([.. outputs.Cells.Span.ToArray().Select(output => output >= threshold ? 1 : 0)]));
    }

    internal static Evaluation.OfLabels Of<T>(Matrix<T> targets, Matrix<T> outputs, Loss loss, double value) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var predicted = Predicted(outputs, loss);
        int columns = targets.Columns, whole = 0;
        var (both, either) = (new long[columns], new long[columns]); // labels that hold and are predicted; those that hold plus those predicted
        long right = 0;
        for (int row = 0; row < targets.Rows; row++)
        {
            int rightHere = 0;
            for (int column = 0; column < columns; column++)
            {
                int truth = targets[row, column] == T.One ? 1 : 0, guess = predicted[row, column];
                if (truth == guess) rightHere++;
                both[column] += truth & guess;
                either[column] += truth + guess;
            }
            right += rightHere;
            if (rightHere == columns) whole++;
        }
        double[] f1 = [.. both.Zip(either, (hits, all) => all == 0 ? 0 : 2.0 * hits / all)];
        return new(
            targets.Rows, value, (double)right / ((double)targets.Rows * columns), (double)whole / targets.Rows,
            either.Sum() == 0 ? 0 : 2.0 * both.Sum() / either.Sum(), Numbers.Kernels.Reduce.Sum<double>(f1) / columns);
    }
}
