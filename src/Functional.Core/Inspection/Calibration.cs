using Functional.Core.Metrics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Inspection;

/// <summary>The samples whose predicted class has a probability in a stretch.</summary>
/// <param name="Low">Where it begins, left out.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Weight">How many samples, or what they weigh.</param>
/// <param name="Confidence">Their mean probability of the predicted class; NaN where there are none.</param>
/// <param name="Right">Which share of them is right; NaN where there are none.</param>
public sealed record CalibrationBin(double Low, double High, double Weight, double Confidence, double Right)
{
    /// <summary>The 95 % interval of that share.</summary>
    public Range95 RightRange => Wilson.Interval(Right * Weight, Weight);
}

/// <summary>Whether a classifier is as often right as it says. (Guo et al., "On calibration of modern neural
/// networks", 2017)</summary>
public static class Calibration
{
    /// <summary>The samples by the probability of their predicted class, in stretches of equal width.</summary>
    /// <param name="probabilities">Samples x classes, or samples x 1 for that of class 1.</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="weights">How much each counts; 1 each if none are given.</param>
    /// <param name="bins">How many stretches, at least 1.</param>
    public static Items<CalibrationBin> Bins(
        Matrix<double> probabilities, Vec<int> labels, Vec<double>? weights = null, int bins = 15)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (Probabilistic.Scores(probabilities, labels, weights) is not { } scores) return [];
        var found = scores.Index().ToLookup(
            row => (int)Math.Clamp(Math.Ceiling(row.Item.Confidence * bins), 1, bins),
            row => (row.Item.Confidence, Right: row.Item.IsRight ? 1.0 : 0, Weight: weights?[row.Index] ?? 1));
        return
        [
            .. Enumerable.Range(1, bins).Select(bin =>
            {
                double[] counts = [.. found[bin].Select(row => row.Weight)];
                return new CalibrationBin(
                    (bin - 1.0) / bins, (double)bin / bins, Reduce.Sum<double>(counts),
                    Average.Of([.. found[bin].Select(row => row.Confidence)], counts),
                    Average.Of([.. found[bin].Select(row => row.Right)], counts));
            }),
        ];
    }
}
