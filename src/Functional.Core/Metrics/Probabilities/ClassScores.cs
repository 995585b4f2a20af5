using Functional.Core.Numbers;

namespace Functional.Core.Metrics;

/// <summary>What is measured on a classifier's probabilities.</summary>
/// <param name="LogLoss">Mean of -ln of the probability of the true class, from 0 up.</param>
/// <param name="Brier">Mean squared distance of the probabilities from the truth: 0 to 2, for two classes in
/// one column 0 to 1.</param>
/// <param name="RocAuc">Area under the ROC curve, 0 to 1; one against the rest, averaged, for more than two
/// classes.</param>
/// <param name="CalibrationError">How far the confidence is from the accuracy, in 15 bins; 0 to 1.</param>
/// <param name="TopTwo">Share of samples whose class is among the two most probable.</param>
public sealed record ClassScores(
    double LogLoss, double Brier, double RocAuc, double CalibrationError, double TopTwo)
{
    /// <summary>Measures probabilities (samples x classes, or samples x 1 for that of class 1) on
    /// the true classes.</summary>
    /// <param name="probabilities">One row a sample.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="weights">How much each sample counts; 1 each if none are given.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public static ClassScores Of(
        Matrix<double> probabilities, Vec<int> labels, Vec<double>? weights = null, int threads = 1)
    {
        var rows = Probabilistic.Scores(probabilities, labels, weights, threads);
        return new(
            Probabilistic.LogLoss(rows, weights), Probabilistic.Brier(rows, weights),
            Probabilistic.RocAuc(rows, probabilities, labels, weights, threads),
            Probabilistic.CalibrationError(rows, weights), Probabilistic.TopK(rows, 2, weights));
    }
}
