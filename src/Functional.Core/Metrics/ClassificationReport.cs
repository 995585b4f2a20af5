using Functional.Core.Metrics;
using Functional.Core.Numbers;

namespace Functional;

/// <summary>Of a classifier.</summary>
/// <param name="Rows">Samples looked at.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Accuracy">Share of samples put into their class, 0 to 1.</param>
/// <param name="Counts">How many samples of each class were taken for each, or what they weigh.</param>
/// <param name="Scores">What is measured on probabilities; none where the outputs mean no probabilities.</param>
public sealed record ClassificationReport(
    int Rows, double Loss, double Accuracy, ConfusionMatrix Counts, ClassScores? Scores)
    : Evaluation(Rows, Loss)
{
    /// <inheritdoc/>
    public override (string Name, double Value) Score => ("accuracy", Accuracy);

    /// <summary>Cell [true][predicted] counts the samples of one class taken for another, or adds up what they
    /// weigh. It takes no memory until someone asks for a number in it.</summary>
    public Matrix<double> Confusion => Counts.Matrix;

    /// <summary>What becomes of two classes as the second one is predicted from a lower and lower probability on;
    /// null where that was not asked for, or means nothing.</summary>
    public ThresholdCurve? Thresholds { get; init; }

    /// <summary>The share of the largest class: the accuracy of always predicting it.</summary>
    public double MajorityShare => Counts.Classes == 0 ? double.NaN : Counts.RowSums.Max() / Counts.RowSums.Sum();

    /// <summary>The number of the largest class, the first of equals.</summary>
    public int MajorityClass => Array.IndexOf(Counts.RowSums, Counts.RowSums.Max());

    /// <summary>Precision, recall and F1 of each class and on average.</summary>
    public ClassReport Report => ClassReport.OfCounts(Counts);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, double Value)> Measures
    {
        get
        {
            var report = Report;
            var known = new List<(string, double)>
            {
                ("loss", Loss), ("accuracy", Accuracy), ("balanced_accuracy", report.BalancedAccuracy),
                ("precision", report.Macro.Precision), ("recall", report.Macro.Recall), ("f1", report.Macro.F1),
                ("f1_weighted", report.Weighted.F1),
            };
            if (Scores is { } scores)
                known.AddRange([
                    ("top_2_accuracy", scores.TopTwo), ("roc_auc", scores.RocAuc), ("log_loss", scores.LogLoss),
                    ("brier", scores.Brier), ("calibration_error", scores.CalibrationError)]);
            return known;
        }
    }
}
