using Functional.Core.Numbers;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Metrics;

/// <summary>
/// Measures of predicted probabilities. A row of them belongs to a sample; it has one number a class, or is the single
/// probability of class 1 where there are two. Where there are no samples, or a probability is NaN, a measure is NaN. A
/// label that is no class, or another number of labels or weights than of rows, is an <see cref="ArgumentException"/>.
/// A
/// sample counts as much as it weighs; 1 if no weights are given.
/// </summary>
public static partial class Probabilistic
{
    /// <summary>The machine epsilon of double, 2^-52: what <see cref="LogLoss"/> takes for a smaller probability.</summary>
    private const double Least = 1.0 / (1L << 52);

    private const int Bins = 15;

    /// <summary>Mean of -ln p[label], from 0 (best) to 52 ln 2 = 36.04: p counts 2^-52 where it is less, so that a single
    /// impossible sample does not make it infinite (as scikit-learn does). (Good, 1952)</summary>
    public static double LogLoss(Matrix<double> probabilities, Vec<int> labels, Vec<double>? weights = null) => Mean(probabilities, labels, weights,
        (row, label) => -Elementary.Of<Log>(Math.Max(Least, row.Length > 1 ? row[label] : label == 1 ? row[0] : 1 - row[0])));

    /// <summary>Mean squared distance of the probabilities from the truth: of sum over k of (p[k] - y[k])^2 with y = 1 at the
    /// label and 0 elsewhere, from 0 (best) to 2; of (p - y)^2 where a row is the probability of class 1, from 0 to 1.
    /// (Brier, 1950)</summary>
    public static double Brier(Matrix<double> probabilities, Vec<int> labels, Vec<double>? weights = null) => Mean(probabilities, labels, weights, (row, label) =>
    {
        double[] missed = row.ToArray();
        if (row.Length > 1) missed[label] -= 1; else missed[0] -= label;
        return Reduce.Dot<double>(missed, missed);
    });

    /// <summary>The share of samples whose label is among the <paramref name="k"/> most probable classes, 0 to 1, 1 is best.
    /// Of equals the first is the more probable; of a probability of class 1 that is 1/2, class 1 is.</summary>
    /// <param name="probabilities">One row a sample.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="k">At least 1; from the number of classes on the share is 1.</param>
    /// <param name="weights">How much each sample counts.</param>
    public static double TopK(Matrix<double> probabilities, Vec<int> labels, int k, Vec<double>? weights = null)
    {
        if (k < 1) throw new ArgumentOutOfRangeException(nameof(k), k, $"k is {k}; it should be at least 1");
        return Mean(probabilities, labels, weights, (row, label) => Before(label, row) < k ? 1 : 0);
    }

    /// <summary>Expected calibration error: the samples are put into 15 bins of equal width, ((m-1)/15, m/15], by the
    /// probability of their predicted class; it is the mean over samples of |share of right ones - mean probability| of
    /// their bin, from 0 (best) to 1. (Guo et al., 2017)</summary>
    public static double CalibrationError(Matrix<double> probabilities, Vec<int> labels, Vec<double>? weights = null)
    {
        if (!Measurable(probabilities, labels, weights)) return double.NaN;
        var bins = Enumerable.Range(0, labels.Length).ToLookup(
            row => (int)Math.Clamp(Math.Ceiling(Confidence(probabilities.Row(row)) * Bins), 1, Bins),
            row => (weights?[row] ?? 1) * ((Predicted(probabilities.Row(row)) == labels[row] ? 1 : 0) - Confidence(probabilities.Row(row))));
        double[] gaps = [.. Enumerable.Range(1, Bins).Select(bin => Math.Abs(Reduce.Sum<double>([.. bins[bin]])))];
        return Reduce.Sum<double>(gaps) / (weights is null ? labels.Length : Reduce.Sum(weights.Span));
    }

    private static int Predicted(ReadOnlySpan<double> row) => row.Length > 1 ? Largest.IndexOf(row) : row[0] >= 0.5 ? 1 : 0;

    private static double Confidence(ReadOnlySpan<double> row) => row.Length > 1 ? row[Predicted(row)] : Math.Max(row[0], 1 - row[0]);

    // How many classes are more probable than one.
    private static int Before(int label, ReadOnlySpan<double> row)
    {
        if (row.Length == 1) return Predicted(row) == label ? 0 : 1;
        int before = 0;
        for (int k = 0; k < row.Length; k++)
            if (row[k] > row[label] || (row[k] == row[label] && k < label))
                before++;
        return before;
    }

    private static double Mean(Matrix<double> probabilities, Vec<int> labels, Vec<double>? weights, Func<ReadOnlySpan<double>, int, double> term) =>
        Measurable(probabilities, labels, weights)
            ? Average.Of([.. Enumerable.Range(0, labels.Length).Select(row => term(probabilities.Row(row), labels[row]))], weights?.Span.ToArray())
            : double.NaN;

    // The door: labels that do not fit are refused; what has no measure is told apart.
    private static bool Measurable(Matrix<double> probabilities, Vec<int> labels, Vec<double>? weights)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Length != probabilities.Rows)
            throw new ArgumentException($"there are {labels.Length} labels; there should be one for each of {probabilities.Rows} rows of probabilities");
        if (weights is not null && weights.Length != labels.Length)
            throw new ArgumentException($"there are {weights.Length} weights; there should be one for each of {labels.Length} labels");
        int classes = probabilities.Columns == 1 ? 2 : probabilities.Columns;
        for (int row = 0; row < labels.Length; row++)
            if (labels[row] < 0 || labels[row] >= classes)
                throw new ArgumentException($"the label of row {row} is {labels[row]}; it should be at least 0 and less than {classes}");
        foreach (double probability in probabilities.Cells.Span)
            if (double.IsNaN(probability))
                return false;
        return labels.Length > 0;
    }
}
