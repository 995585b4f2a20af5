using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Metrics;

/// <summary>Precision, recall and F1, each averaged over classes in the same way; 0 to 1, 1 is best.</summary>
/// <param name="Precision">Of what was taken for a class, the share that is of it.</param>
/// <param name="Recall">Of what is of a class, the share that was found.</param>
/// <param name="F1">The harmonic mean of the two, taken class by class and then averaged.</param>
public readonly record struct Averages(double Precision, double Recall, double F1);

/// <summary>How a classifier fares on each class, and on average. Every share is from 0 to 1, and 1 is best. A
/// class without a sample, or never predicted, counts 0 where its share would be 0 / 0 (scikit-learn's
/// <c>zero_division=0</c>). Where there are no samples at all, every share is NaN.</summary>
/// <param name="Support">How many samples each class has, or what they weigh.</param>
/// <param name="PredictedCount">How many samples were taken for each class, or what they weigh.</param>
/// <param name="Precision">Of each class: right / predicted.</param>
/// <param name="Recall">Of each class: right / support.</param>
/// <param name="F1">Of each class: the harmonic mean of precision and recall, 2 right / (predicted + support).
/// (van Rijsbergen, 1979)</param>
/// <param name="BalancedAccuracy">The mean recall of the classes that have samples. (Brodersen et al., 2010)</param>
/// <param name="Macro">The plain mean over all classes.</param>
/// <param name="MacroOfPresent">The plain mean over the <see cref="Present"/> classes (scikit-learn's default).</param>
/// <param name="Micro">Of the counts of all classes added up. A sample in the wrong class is one too many there and one
/// missing elsewhere, so all three are the accuracy, and absent classes make no difference.</param>
/// <param name="Weighted">The mean over classes weighted by support; absent classes make no difference.</param>
public sealed record ClassReport(
    Vec<double> Support, Vec<double> PredictedCount, Vec<double> Precision, Vec<double> Recall, Vec<double> F1,
    double BalancedAccuracy, Averages Macro, Averages MacroOfPresent, Averages Micro, Averages Weighted)
{
    /// <summary>The classes that have samples or were predicted, in increasing order.</summary>
    public Vec<int> Present =>
        Vec<int>.Of([.. Enumerable.Range(0, Support.Length).Where(k => Support[k] > 0 || PredictedCount[k] > 0)]);

    /// <summary>Reads a confusion matrix.</summary>
    /// <param name="confusion">Cell [true][predicted] counts samples or adds up their weights, as <see
    /// cref="ClassificationMetrics.Confusion"/> gives it.</param>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public static ClassReport Of(Matrix<double> confusion) => OfCounts(ConfusionMatrix.Of(confusion));

    /// <summary>Reads a confusion matrix of which only the cells that are not 0 are kept.</summary>
    public static ClassReport OfCounts(ConfusionMatrix confusion)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        int[] classes = [.. Enumerable.Range(0, confusion.Classes)];
        double[] right = new double[classes.Length], support = new double[classes.Length],
            predicted = new double[classes.Length];
        foreach (var (label, taken, count) in confusion.Cells)
        {
            support[label] += count;
            predicted[taken] += count;
            if (taken == label) right[label] = count;
        }
        double samples = support.Sum();

        double[] precision = Shares(k => right[k], k => predicted[k]);
        double[] recall = Shares(k => right[k], k => support[k]);
        double[] f1 = Shares(k => 2 * right[k], k => predicted[k] + support[k]);
        double accuracy = confusion.Accuracy;

        return new(
            Vec<double>.Freeze(support), Vec<double>.Freeze(predicted), Vec<double>.Freeze(precision),
            Vec<double>.Freeze(recall), Vec<double>.Freeze(f1),
            BalancedAccuracy: Mean(recall, k => support[k] > 0),
            Macro: Average(shares => Mean(shares, _ => true)),
            MacroOfPresent: Average(shares => Mean(shares, k => support[k] > 0 || predicted[k] > 0)),
            Micro: new(accuracy, accuracy, accuracy),
            Weighted: Average(shares => Reduce.Dot<double>(support, shares) / samples));

        double[] Shares(Func<int, double> part, Func<int, double> whole) =>
            [.. classes.Select(k => samples == 0 ? double.NaN : whole(k) == 0 ? 0 : part(k) / whole(k))];

        double Mean(double[] shares, Func<int, bool> counts)
        {
            double[] chosen = [.. classes.Where(counts).Select(k => shares[k])];
            return Reduce.Sum<double>(chosen) / chosen.Length;
        }

        Averages Average(Func<double[], double> of) => new(of(precision), of(recall), of(f1));
    }
}
