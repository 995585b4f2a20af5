using System.Numerics;
using Functional.Core.Metrics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;

namespace Functional.Core.Inspection;

/// <summary>What a model loses where a feature says nothing: its cells are those of other samples.</summary>
/// <param name="Feature">The number of the feature, from 0.</param>
/// <param name="LossRise">How much the loss rises, on average over permutations; exactly 0 for a feature that the
/// network does not use.</param>
/// <param name="Least">The least of the rises.</param>
/// <param name="Most">The largest.</param>
/// <param name="ScoreDrop">How much the score falls on average: the accuracy, or R2.</param>
public sealed record Importance(int Feature, double LossRise, double Least, double Most, double ScoreDrop);

/// <summary>How much a network relies on each feature. (Breiman, "Random forests", 2001; for any model Fisher, Rudin
/// and Dominici, 2019)</summary>
internal static class PermutationImportance
{
    /// <summary>Multiply-adds that all of it may take: the rows that are looked at follow from it.</summary>
    private const double MostWork = 4e10;

    private const int FewestRows = 100, MostRows = 5000;

    /// <summary>How often the cells of each feature are permuted.</summary>
    public const int Repeats = 5;

    /// <summary>The importance of each feature, in their order. Permutation r of feature f is drawn from
    /// <c>key.At(f).At(r)</c>; of many samples some are drawn from <c>key.At(2^31)</c>.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">Samples that it did not learn from, scaled as it wants them; at least 1.</param>
    /// <param name="loss">The loss that it learned from.</param>
    /// <param name="widths">How many inputs each feature takes; those of a category are permuted together.</param>
    /// <param name="key">The source of the permutations.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public static Items<Importance> Of<T>(
        Network<T> network, Dataset<T> data, Loss loss, Items<int> widths, Key key, int threads = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        data = Some(network, data, widths.Count, key);
        var samples = data.For(loss);
        var (baseLoss, baseScore) = Measured(samples.Inputs);
        var found = new List<Importance>();
        int first = 0;
        foreach (var (feature, width) in widths.Index())
        {
            var changes = Enumerable.Range(0, Repeats).Select(repeat =>
            {
                var order = Draw.Permutation(key.At((uint)feature).At((uint)repeat), data.Rows);
                var (value, score) = Measured(Permuted(samples.Inputs, first, width, order));
                return (Rise: value - baseLoss, Drop: baseScore - score);
            }).ToArray();
            double[] rises = [.. changes.Select(change => change.Rise)];
            found.Add(new(
                feature, Average.Of(rises), rises.Min(), rises.Max(),
                Average.Of([.. changes.Select(change => change.Drop)])));
            first += width;
        }
        return [.. found];

        (double Loss, double Score) Measured(Matrix<T> inputs)
        {
            var outputs = network.Predict(inputs, threads);
            return (double.CreateTruncating(loss.Value(outputs, samples.Targets, samples.Weights, threads)),
                Score(data, outputs, loss));
        }
    }

    private static Dataset<T> Some<T>(Network<T> network, Dataset<T> data, int features, Key key)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double row = Math.Max(1.0, network.Parameters.Length) * Math.Max(1, features) * Repeats;
        int most = (int)Math.Clamp(MostWork / row, FewestRows, MostRows);
        return data.Rows <= most
            ? data
            : data.Select(Draw.Permutation(key.At(1u << 31), data.Rows).Span[..most]);
    }

    private static double Score<T>(Dataset<T> data, Matrix<T> outputs, Loss loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var weights = data.Weights is null ? null : new Matrix<T>(data.Rows, 1, data.Weights).To<double>().Cells;
        return data.Problem switch
        {
            Problem.Classification(var classes) => ConfusionMatrix.Of(
                ClassificationMetrics.Labels(data.Targets), ClassificationMetrics.Predicted(outputs, loss), classes,
                weights).Accuracy,
            Problem.MultiLabel => Labelling.Of(data.Targets, outputs, loss, 0, weights).Accuracy,
            _ => RegressionMetrics.R2(data.Targets, outputs, weights),
        };
    }

    private static Matrix<T> Permuted<T>(Matrix<T> inputs, int first, int width, Vec<int> order)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(
            inputs.Rows, inputs.Columns,
            Vec<T>.Create(inputs.Rows * inputs.Columns, (inputs, first, width, order), static (into, from) =>
            {
                var (inputs, first, width, order) = from;
                inputs.Cells.Span.CopyTo(into);
                for (int row = 0; row < inputs.Rows; row++)
                    inputs.Row(order[row]).Slice(first, width).CopyTo(into.Slice(row * inputs.Columns + first, width));
            }));
}
