using Functional.Core.Metrics;
using Functional.Core.Numbers;

namespace Functional.Core.Inspection;

/// <summary>A sample on which a model is far off.</summary>
/// <param name="Row">Its row in its part, from 0.</param>
/// <param name="Truth">The number of its class, or the number to be predicted.</param>
/// <param name="Predicted">What was predicted.</param>
/// <param name="Probability">That of the predicted class; NaN where there is none.</param>
/// <param name="Size">How bad it is: -ln of the probability of the true class, or how far the number is off.</param>
public sealed record Mistake(int Row, double Truth, double Predicted, double Probability, double Size)
{
    /// <summary>The probability of the true class; NaN where there is none.</summary>
    public double OfTruth { get; init; } = double.NaN;

    /// <summary>The samples put into a wrong class, from the worst on; of equals the first comes first.</summary>
    /// <param name="probabilities">Samples x classes, or samples x 1 for that of class 1.</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="predicted">What each was taken for.</param>
    public static Items<Mistake> OfClasses(Matrix<double> probabilities, Vec<int> labels, Vec<int> predicted)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        if (Probabilistic.Scores(probabilities, labels, null) is not { } scores) return [];
        return
        [
            .. scores.Index().Where(row => labels[row.Index] != predicted[row.Index])
                .Select(row => new Mistake(
                    row.Index, labels[row.Index], predicted[row.Index],
                    ProbabilityOf(probabilities.Row(row.Index), predicted[row.Index]), row.Item.LogLoss)
                {
                    OfTruth = ProbabilityOf(probabilities.Row(row.Index), labels[row.Index]),
                })
                .OrderByDescending(mistake => mistake.Size),
        ];
    }

    /// <summary>The numbers that are furthest off, from the worst on; of equals the first comes first.</summary>
    /// <param name="targets">What should have been predicted.</param>
    /// <param name="predicted">What was, in the same order.</param>
    public static Items<Mistake> OfNumbers(Vec<double> targets, Vec<double> predicted)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(predicted);
        return
        [
            .. Enumerable.Range(0, targets.Length)
                .Select(row => new Mistake(
                    row, targets[row], predicted[row], double.NaN, Math.Abs(targets[row] - predicted[row])))
                .Where(mistake => double.IsFinite(mistake.Size))
                .OrderByDescending(mistake => mistake.Size),
        ];
    }

    private static double ProbabilityOf(ReadOnlySpan<double> row, int label) =>
        row.Length > 1 ? row[label] : label == 1 ? row[0] : 1 - row[0];
}
