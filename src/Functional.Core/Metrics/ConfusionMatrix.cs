using System.Runtime.InteropServices;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Metrics;

/// <summary>How many samples of each class were taken for each, or what they weigh. Only cells that are not 0 are kept,
/// at most one a sample: all cells of 10,000 classes would take 800 MB.</summary>
public sealed record ConfusionMatrix
{
    private ConfusionMatrix(int classes, Items<(int Class, int Predicted, double Count)> cells)
    {
        (Classes, Cells) = (classes, cells);
        var starts = new int[classes + 1];
        foreach (var (label, _, _) in cells) starts[label + 1]++;
        for (int label = 0; label < classes; label++) starts[label + 1] += starts[label];
        Matrix = new(classes, classes, (label, row) =>
        {
            row.Clear();
            for (int i = starts[label]; i < starts[label + 1]; i++) row[cells[i].Predicted] = cells[i].Count;
        });
    }

    /// <summary>That of no class.</summary>
    internal static ConfusionMatrix Empty { get; } = new(0, []);

    /// <summary>How many classes.</summary>
    public int Classes { get; }

    /// <summary>The cells that are not 0, row by row: a class, what its samples were taken for, and how many they
    /// are.</summary>
    public Items<(int Class, int Predicted, double Count)> Cells { get; }

    /// <summary>Cell [true][predicted]. It takes no memory until someone asks for a number in it.</summary>
    public Matrix<double> Matrix { get; }

    /// <summary>The share of samples on the diagonal, 0 to 1; NaN where there are none.</summary>
    public double Accuracy
    {
        get
        {
            double right = 0, all = 0;
            foreach (var (label, predicted, count) in Cells)
            {
                all += count;
                if (predicted == label) right += count;
            }
            return right / all;
        }
    }

    /// <summary>The sum of each row, in the order of numeric law 2: column k goes to lane k mod 16.</summary>
    internal double[] RowSums
    {
        get
        {
            var lanes = new double[Classes * Reduce.Lanes];
            foreach (var (label, predicted, count) in Cells)
                lanes[label * Reduce.Lanes + predicted % Reduce.Lanes] += count;
            return [.. lanes.Chunk(Reduce.Lanes).Select(row => Reduce.Sum<double>(row))];
        }
    }

    /// <summary>Counts samples, or adds up what they weigh.</summary>
    /// <param name="truth">The class of each sample.</param>
    /// <param name="predicted">What each was taken for.</param>
    /// <param name="classes">How many classes.</param>
    /// <param name="weights">How much each sample counts; 1 each if none are given.</param>
    /// <exception cref="ArgumentException">A number is no class.</exception>
    public static ConfusionMatrix Of(Vec<int> truth, Vec<int> predicted, int classes, Vec<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predicted);
        var counts = new Dictionary<(int Class, int Predicted), double>();
        for (int row = 0; row < truth.Length; row++)
        {
            var (label, taken) = (truth[row], predicted[row]);
            if ((uint)label >= (uint)classes || (uint)taken >= (uint)classes)
                throw new ArgumentException(
                    $"row {row} is of class {label} and taken for {taken}; both should be at least 0 and less than "
                    + $"{classes}");
            CollectionsMarshal.GetValueRefOrAddDefault(counts, (label, taken), out _) += weights?[row] ?? 1;
        }
        var cells = counts.Where(cell => cell.Value != 0).OrderBy(cell => cell.Key);
        return new(classes, [.. cells.Select(cell => (cell.Key.Class, cell.Key.Predicted, cell.Value))]);
    }

    /// <summary>Reads a matrix with cell [true][predicted].</summary>
    /// <exception cref="ArgumentException">It is not square.</exception>
    public static ConfusionMatrix Of(Matrix<double> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        int classes = matrix.Rows;
        if (matrix.Columns != classes)
            throw new ArgumentException($"a confusion matrix is {classes} x {matrix.Columns}; it should be square");
        return new(classes,
        [
            .. from label in Enumerable.Range(0, classes)
               from predicted in Enumerable.Range(0, classes)
               where matrix[label, predicted] != 0
               select (label, predicted, matrix[label, predicted]),
        ]);
    }

    /// <summary>Equal counts, to the bit.</summary>
    public bool Equals(ConfusionMatrix? other) =>
        other is not null && Classes == other.Classes && Cells.Equals(other.Cells);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Classes, Cells);
}
