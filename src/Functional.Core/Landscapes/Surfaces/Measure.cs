using System.Numerics;
using Functional.Core.Metrics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;

namespace Functional.Core.Landscapes;

/// <summary>What is measured at every point of a landscape: the loss of some samples as one batch, which is
/// <see cref="Evaluation.Loss"/> to the bit, and where there are classes or labels, the accuracy of an
/// evaluation.</summary>
internal sealed class Measure<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Loss loss;
    private readonly Samples<T> samples;
    private readonly Func<Matrix<T>, double>? accuracy; // of outputs

    public Measure(Loss loss, Dataset<T> data)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(data);
        data = data.WithPositiveWeights();
        if (data.Rows == 0) throw new ArgumentException(
            "a landscape was asked of 0 samples; it should have at least 1");
        (this.loss, samples) = (loss, data.For(loss));
        double[] weights = [.. Enumerable.Range(0, data.Rows).Select(WeightOf)];
        accuracy = data.Problem switch
        {
            Problem.Classification => OfClasses(ClassificationMetrics.Labels(data.Targets), weights),
            Problem.MultiLabel => outputs => Labelling.Of(
                data.Targets, outputs, loss, 0, data.Weights is null ? null : Vec<double>.Of(weights)).Accuracy,
            _ => null,
        };
    }

    /// <summary>Whether there is an accuracy.</summary>
    public bool HasAccuracy => accuracy is not null;

    /// <summary>The loss and the accuracy of a network; NaN where there is none.</summary>
    public (double Loss, double Accuracy) Of(Network<T> network)
    {
        var outputs = network.Predict(samples.Inputs, threads: 1);
        double value = double.CreateTruncating(loss.Value(outputs, samples.Targets, samples.Weights, threads: 1));
        return (value, accuracy is null ? double.NaN : accuracy(outputs));
    }

    private Func<Matrix<T>, double> OfClasses(Vec<int> labels, double[] weights)
    {
        double whole = 0;
        foreach (double weight in weights) whole += weight;
        return outputs =>
        {
            var predicted = ClassificationMetrics.Predicted(outputs, loss);
            double right = 0;
            for (int row = 0; row < predicted.Length; row++)
                if (predicted[row] == labels[row])
                    right += weights[row];
            return right / whole;
        };
    }

    private double WeightOf(int row) => samples.Weights is { } given ? double.CreateTruncating(given[row]) : 1;
}
