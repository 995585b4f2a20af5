using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Losses;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;

namespace Functional.Core.Metrics;

/// <summary>How good a network's predictions are on a data set.</summary>
/// <param name="Rows">Samples looked at.</param>
/// <param name="Loss">The loss of all of them as one batch; NaN where there are none.</param>
public abstract record Evaluation(int Rows, double Loss)
{
    /// <summary>Of a classifier.</summary>
    /// <param name="Rows">Samples looked at.</param>
    /// <param name="Loss">The loss.</param>
    /// <param name="Accuracy">Share of samples put into their class, 0 to 1.</param>
    /// <param name="Confusion">Cell [true][predicted] counts the samples of one class taken for another.</param>
    public sealed record OfClasses(int Rows, double Loss, double Accuracy, Matrix<int> Confusion) : Evaluation(Rows, Loss);

    /// <summary>Of a regression.</summary>
    /// <param name="Rows">Samples looked at.</param>
    /// <param name="Loss">The loss.</param>
    /// <param name="R2">1 - squared error / squared deviation of the targets, averaged over outputs; 1 is perfect, 0 is as good as the mean.</param>
    /// <param name="MeanSquaredError">Mean of (target - output)^2.</param>
    /// <param name="MeanAbsoluteError">Mean of |target - output|.</param>
    public sealed record OfNumbers(int Rows, double Loss, double R2, double MeanSquaredError, double MeanAbsoluteError) : Evaluation(Rows, Loss);

    /// <summary>Predicts a data set and compares.</summary>
    /// <param name="network">Whose predictions.</param>
    /// <param name="data">The samples, scaled as the network wants them.</param>
    /// <param name="loss">The loss it was trained on.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public static Evaluation Of<T>(Network<T> network, Dataset<T> data, Loss loss, int threads = 0) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(loss);
        var samples = data.For(loss);
        var outputs = network.Predict(samples.Inputs, threads);
        double value = data.Rows == 0 ? double.NaN : double.CreateTruncating(loss.Value(outputs, samples.Targets));
        if (data.Problem is not Problem.Classification(var classes))
            return new OfNumbers(data.Rows, value, Regression.R2(data.Targets, outputs), Regression.MeanSquaredError(data.Targets, outputs), Regression.MeanAbsoluteError(data.Targets, outputs));
        var confusion = Classification.Confusion(Classification.Labels(data.Targets), Classification.Predicted(outputs, loss), classes);
        return new OfClasses(data.Rows, value, Classification.Accuracy(confusion), confusion);
    }
}
