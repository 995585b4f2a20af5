using Functional.Core.Numbers;

namespace Functional.Core.Metrics;

/// <summary>What is measured on a classifier's probabilities.</summary>
/// <param name="LogLoss">Mean of -ln of the probability of the true class, from 0 up.</param>
/// <param name="Brier">Mean squared distance of the probabilities from the truth: 0 to 2, for two classes in one column 0 to 1.</param>
/// <param name="RocAuc">Area under the ROC curve, 0 to 1; one against the rest, averaged, for more than two classes.</param>
/// <param name="CalibrationError">How far the confidence is from the accuracy, in 15 bins; 0 to 1.</param>
/// <param name="TopTwo">Share of samples whose class is among the two most probable.</param>
public sealed record ClassScores(double LogLoss, double Brier, double RocAuc, double CalibrationError, double TopTwo)
{
    /// <summary>Measures probabilities (samples x classes, or samples x 1 for that of class 1) on the true classes.</summary>
    public static ClassScores Of(Matrix<double> probabilities, Vec<int> labels, Vec<double>? weights = null) => new(
        Probabilistic.LogLoss(probabilities, labels, weights), Probabilistic.Brier(probabilities, labels, weights), Probabilistic.RocAuc(probabilities, labels, weights),
        Probabilistic.CalibrationError(probabilities, labels, weights), Probabilistic.TopK(probabilities, labels, 2, weights));
}
