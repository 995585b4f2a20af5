using System.Numerics;
using Functional.Core.Metrics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;

namespace Functional.Core.Landscapes;

/// <summary>What is measured at every point of a landscape: the loss of some samples as one batch, which is
/// <see cref="Evaluation.Loss"/> to the bit, and where there are classes, the accuracy.</summary>
internal sealed class Measure<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Loss loss;
    private readonly Samples<T> samples;
    private readonly Vec<int>? labels;
    private readonly double weight;

    public Measure(Loss loss, Dataset<T> data)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(data);
        data = data.WithPositiveWeights();
        if (data.Rows == 0) throw new ArgumentException(
            "a landscape was asked of 0 samples; it should have at least 1");
        (this.loss, samples) = (loss, data.For(loss));
        labels = data.Problem is Problem.Classification ? ClassificationMetrics.Labels(data.Targets) : null;
        for (int row = 0; row < data.Rows; row++) weight += WeightOf(row);
    }

    /// <summary>Whether there is an accuracy.</summary>
    public bool HasAccuracy => labels is not null;

    /// <summary>The loss and the accuracy of a network; NaN where there are no classes.</summary>
    public (double Loss, double Accuracy) Of(Network<T> network)
    {
        var outputs = network.Predict(samples.Inputs, threads: 1);
        double value = double.CreateTruncating(loss.Value(outputs, samples.Targets, samples.Weights, threads: 1));
        if (labels is null) return (value, double.NaN);
        var predicted = ClassificationMetrics.Predicted(outputs, loss);
        double right = 0;
        for (int row = 0; row < predicted.Length; row++)
            if (predicted[row] == labels[row])
                right += WeightOf(row);
        return (value, right / weight);
    }

    private double WeightOf(int row) => samples.Weights is { } given ? double.CreateTruncating(given[row]) : 1;
}
