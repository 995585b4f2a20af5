using Functional.Core.Numbers;

namespace Functional;

/// <summary>What becomes of two classes where the second one is predicted from a probability on.</summary>
/// <param name="Threshold">The least probability of the second class that counts as it.</param>
/// <param name="TruePositives">Samples of the second class that are predicted as it, or what they weigh.</param>
/// <param name="FalsePositives">Samples of the first class that are not.</param>
/// <param name="FalseNegatives">Samples of the second class that are missed.</param>
/// <param name="TrueNegatives">Samples of the first class that are predicted as it.</param>
public readonly record struct ThresholdPoint(
    double Threshold, double TruePositives, double FalsePositives, double FalseNegatives, double TrueNegatives)
    : IPhrased
{
    /// <summary>Of what is predicted as the second class, the share that is; NaN where nothing is.</summary>
    public double Precision => TruePositives / (TruePositives + FalsePositives);

    /// <summary>Of the second class, the share that is found; NaN where there is none.</summary>
    public double Recall => TruePositives / (TruePositives + FalseNegatives);

    /// <summary>Of the first class, the share that is taken for the second; NaN where there is none.</summary>
    public double FalsePositiveRate => FalsePositives / (FalsePositives + TrueNegatives);

    /// <summary>2 precision recall / (precision + recall); 0 where nothing is found.</summary>
    public double F1 =>
        TruePositives == 0 ? 0 : 2 * TruePositives / (2 * TruePositives + FalsePositives + FalseNegatives);

    /// <summary>The share of samples that are right.</summary>
    public double Accuracy =>
        (TruePositives + TrueNegatives) / (TruePositives + FalsePositives + FalseNegatives + TrueNegatives);

    /// <summary>The threshold with its measures.</summary>
    public override string ToString() => Words.ToString();

    Phrase IPhrased.Words => Words;

    private Phrase Words => $"from {Threshold:R}: {Measures}";

    /// <summary>The measures alone.</summary>
    internal Phrase Measures =>
        $"precision {(double.IsNaN(Precision) ? (Phrase)$"none" : $"{Precision:F4}"),-6}   recall {Recall:F4}   "
        + $"F1 {F1:F4}   accuracy {Accuracy:F4}";
}

/// <summary>Every threshold that makes a difference between two classes, from the highest down:
/// recall grows along it.</summary>
/// <param name="Points">The first predicts no sample as the second class, the last all of them.</param>
public sealed record ThresholdCurve(Items<ThresholdPoint> Points)
{
    /// <summary>The curve of samples.</summary>
    /// <param name="probabilities">Of the second class, for each sample.</param>
    /// <param name="truth">0 or 1 for each sample.</param>
    /// <param name="weights">How much each counts; 1 each if none are given.</param>
    public static ThresholdCurve Of(Vec<double> probabilities, Vec<int> truth, Vec<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(truth);
        // Equals in their own order.
        int[] order = [.. Enumerable.Range(0, truth.Length).OrderByDescending(row => probabilities[row])];
        double Sum(int label) => order.Where(row => truth[row] == label).Sum(row => weights?[row] ?? 1);
        double yes = Sum(1), no = Sum(0), found = 0, taken = 0;
        var points = new List<ThresholdPoint> { new(double.PositiveInfinity, 0, 0, yes, no) };
        for (int i = 0; i < order.Length; i++)
        {
            double weight = weights?[order[i]] ?? 1;
            if (truth[order[i]] == 1) found += weight;
            else taken += weight;
            if (i + 1 == order.Length || probabilities[order[i + 1]] < probabilities[order[i]])
                points.Add(
                    new(probabilities[order[i]], found, taken, Math.Max(0, yes - found), Math.Max(0, no - taken)));
        }
        return new([.. points]);
    }

    /// <summary>The point with the largest F1; of equals, that of the highest threshold.</summary>
    public ThresholdPoint BestF1 => Points.Aggregate((best, point) => point.F1 > best.F1 ? point : best);

    /// <summary>The highest threshold that finds at least a share of the second class.</summary>
    /// <param name="least">From 0 to 1.</param>
    public ThresholdPoint WithRecall(double least) => Points.First(point => !(point.Recall < least));

    /// <summary>What becomes of the samples from a threshold on.</summary>
    public ThresholdPoint At(double threshold) =>
        Points.Last(point => point.Threshold >= threshold) with { Threshold = threshold };
}
