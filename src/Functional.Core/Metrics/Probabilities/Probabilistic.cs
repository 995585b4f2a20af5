using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Metrics;

/// <summary>
/// Measures of predicted probabilities. A row of them belongs to a sample; it has one number a class, or is the single
/// probability of class 1 where there are two. Where there are no samples, or a probability is NaN, a measure is NaN. A
/// label that is no class, or another number of labels or weights than of rows, is an <see cref="ArgumentException"/>.
/// A sample counts as much as it weighs; 1 if no weights are given.
/// </summary>
public static partial class Probabilistic
{
    private const int Bins = 15;

    /// <summary>Mean of -ln p[label], from 0 (best) to 52 ln 2 = 36.04: p counts 2^-52 where it is less, so that a
    /// single impossible sample does not make it infinite (as scikit-learn does). (Good, 1952)</summary>
    public static double LogLoss(Matrix<double> probabilities, Vec<int> labels, Vec<double>? weights = null) =>
        LogLoss(Scores(probabilities, labels, weights), weights);

    /// <summary>Mean squared distance of the probabilities from the truth: of sum over k of (p[k] - y[k])^2
    /// with y = 1 at the label and 0 elsewhere, from 0 (best) to 2; of (p - y)^2 where a row is the
    /// probability of class 1, from 0 to 1.
    /// (Brier, 1950)</summary>
    public static double Brier(Matrix<double> probabilities, Vec<int> labels, Vec<double>? weights = null) =>
        Brier(Scores(probabilities, labels, weights), weights);

    /// <summary>The share of samples whose label is among the <paramref name="k"/> most probable classes,
    /// 0 to 1, 1 is best. Of equals the first is the more probable; of a probability of class 1 that is
    /// 1/2, class 1 is.</summary>
    /// <param name="probabilities">One row a sample.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="k">At least 1; from the number of classes on the share is 1.</param>
    /// <param name="weights">How much each sample counts.</param>
    public static double TopK(Matrix<double> probabilities, Vec<int> labels, int k, Vec<double>? weights = null)
    {
        if (k < 1) throw new ArgumentOutOfRangeException(nameof(k), k, $"k is {k}; it should be at least 1");
        return TopK(Scores(probabilities, labels, weights), k, weights);
    }

    /// <summary>Expected calibration error: the samples are put into 15 bins of equal width, ((m-1)/15, m/15], by the
    /// probability of their predicted class; it is the mean over samples of |share of right ones - mean probability| of
    /// their bin, from 0 (best) to 1. (Guo et al., 2017)</summary>
    public static double CalibrationError(Matrix<double> probabilities, Vec<int> labels, Vec<double>? weights = null) =>
        CalibrationError(Scores(probabilities, labels, weights), weights);

    /// <summary>What each row says of its label; null where there is no measure.</summary>
    internal static RowScore[]? Scores(
        Matrix<double> probabilities, Vec<int> labels, Vec<double>? weights, int threads = 1)
    {
        Require(probabilities, labels, weights);
        var scores = RowScore.All(probabilities, labels, threads);
        return scores.Length == 0 || scores.Any(score => double.IsNaN(score.Brier)) ? null : scores;
    }

    internal static double LogLoss(RowScore[]? scores, Vec<double>? weights) =>
        Mean(scores, score => score.LogLoss, weights);

    internal static double Brier(RowScore[]? scores, Vec<double>? weights) =>
        Mean(scores, score => score.Brier, weights);

    internal static double TopK(RowScore[]? scores, int k, Vec<double>? weights) =>
        Mean(scores, score => score.Before < k ? 1 : 0, weights);

    internal static double CalibrationError(RowScore[]? scores, Vec<double>? weights)
    {
        if (scores is null) return double.NaN;
        var bins = scores.Index().ToLookup(
            row => (int)Math.Clamp(Math.Ceiling(row.Item.Confidence * Bins), 1, Bins),
            row => (weights?[row.Index] ?? 1) * ((row.Item.IsRight ? 1 : 0) - row.Item.Confidence));
        double[] gaps = [.. Enumerable.Range(1, Bins).Select(bin => Math.Abs(Reduce.Sum<double>([.. bins[bin]])))];
        return Reduce.Sum<double>(gaps) / (weights is null ? scores.Length : Reduce.Sum(weights.Span));
    }

    private static double Mean(RowScore[]? scores, Func<RowScore, double> of, Vec<double>? weights) =>
        scores is null ? double.NaN : Average.Of([.. scores.Select(of)], weights?.Span.ToArray());

    // Labels that do not fit are refused.
    private static void Require(Matrix<double> probabilities, Vec<int> labels, Vec<double>? weights)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Length != probabilities.Rows)
            throw new ArgumentException(
                $"there are {labels.Length} labels; there should be one for each of {probabilities.Rows} rows of "
                    + $"probabilities");
        if (weights is not null && weights.Length != labels.Length)
            throw new ArgumentException(
                $"there are {weights.Length} weights; there should be one for each of {labels.Length} labels");
        int classes = probabilities.Columns == 1 ? 2 : probabilities.Columns;
        for (int row = 0; row < labels.Length; row++)
            if (labels[row] < 0 || labels[row] >= classes)
                throw new ArgumentException(
                    $"the label of row {row} is {labels[row]}; it should be at least 0 and less than {classes}");
    }
}
