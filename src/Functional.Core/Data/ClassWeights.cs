using System.Numerics;
using Functional.Core.Numbers;

namespace Functional;

/// <summary>How much the samples of each class count while learning.</summary>
public abstract record ClassWeights : Form<ClassWeights>
{
    /// <summary>All samples alike.</summary>
    public static ClassWeights Equal { get; } = new Alike();

    /// <summary>All classes alike: a sample of class k weighs n / (classes n_k), of what is learned from; samples with
    /// weights of their own count as much as they weigh. (King and Zeng, 2001)</summary>
    public static ClassWeights Balanced { get; } = new AlikeByClass();

    /// <summary>As given, class by class.</summary>
    /// <param name="weights">At least 0; one for each class.</param>
    public static ClassWeights Given(params Items<double> weights) => new Listed(weights);

    /// <summary>Every weighting, by the name it is written under.</summary>
    internal static Kinds<ClassWeights> Kinds { get; } = new(
        "class weighting", ("equal", Equal), ("balanced", Balanced), ("given", Given([])));

    /// <summary>The weight of each class, whose samples weigh so much together; null for none.</summary>
    internal abstract double[]? Of(double[] counts);

    /// <summary>The data set with its samples weighted by class, on top of the weights they have.</summary>
    internal Dataset<T> Weigh<T>(Dataset<T> data) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (data.Problem is not Problem.Classification(var classes)) return data;
        int[] labels = [.. Enumerable.Range(0, data.Rows).Select(data.ClassOf)];
        var counts = new double[classes];
        for (int row = 0; row < labels.Length; row++)
            counts[labels[row]] += data.Weights is null ? 1 : double.CreateTruncating(data.Weights[row]);
        return Of(counts) is not { } weights
            ? data
            : data.With(Vec<T>.Of([.. labels.Select((label, row) =>
                T.CreateTruncating(weights[label]) * (data.Weights is null ? T.One : data.Weights[row]))]));
    }

    /// <summary>All samples alike.</summary>
    internal sealed record Alike : ClassWeights
    {
        internal override double[]? Of(double[] counts) => null;
    }

    /// <summary>All classes alike: a sample of class k weighs n / (classes n_k). (King and Zeng, 2001)</summary>
    internal sealed record AlikeByClass : ClassWeights
    {
        internal override double[] Of(double[] counts) =>
            [.. counts.Select(count => count == 0 ? 0 : counts.Sum() / (counts.Length * count))];
    }

    /// <summary>As given, class by class.</summary>
    /// <param name="Weights">At least 0; one for each class, not all of them 0.</param>
    internal sealed record Listed(Items<double> Weights) : ClassWeights
    {
        internal override double[] Of(double[] counts) => [.. Weights];

        /// <inheritdoc/>
        protected internal override ClassWeights Each(Fields fields) =>
            new Listed(fields.Reals("weights", Weights, Interval.NotNegative));
    }
}
