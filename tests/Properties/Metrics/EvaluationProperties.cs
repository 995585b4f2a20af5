using CsCheck;
using Functional;
using Functional.Core.Metrics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Metrics;

/// <summary>An evaluation works out probabilities row by row: it is what the measures say of all
/// of them at once.</summary>
public sealed class EvaluationProperties
{
    private sealed record Case(Network<float> Network, Dataset<float> Data);

    private static readonly Gen<Case> Cases =
        from rows in Gen.Int[1, 900]
        from classes in Gen.Int[3, 60]
        from isWeighted in Gen.Bool
        from key in Any.Key
        let architecture = Architecture.Of(2, new Dense(classes))
        select new Case(
            Network<float>.Init(architecture, new Initializer.Normal(2), key.At(0)),
            Dataset<float>.Of(
                new Problem.Classification(classes), new(rows, 2, Draw.Normal<float>(key.At(1), 2 * rows)),
                new Matrix<int>(rows, 1, Draw.Integers(key.At(2), rows, classes)).To<float>(),
                isWeighted ? Draw.Uniform<float>(key.At(3), rows, 0.1f, 2) : null));

    private static readonly Loss[] OfProbabilities =
        [new SoftmaxCrossEntropy(), new SoftmaxCrossEntropySoftTargets(), new BinaryCrossEntropyWithLogits()];

    [Fact]
    public void It_measures_the_probabilities_that_the_outputs_mean() =>
        Gen.Select(Cases, Gen.OneOf(OfProbabilities)).Sample((c, loss) =>
    {
        var of = (ClassificationReport)Evaluation.Of(c.Network, c.Data, loss);
        var outputs = c.Network.Predict(c.Data.Inputs);
        var labels = ClassificationMetrics.Labels(c.Data.Targets);
        var weights = c.Data.Weights is { } some ? new Matrix<float>(some.Length, 1, some).To<double>().Cells : null;
        var (shares, samples) = (outputs.To<double>().MapRows(loss.Probabilities!), c.Data.For(loss));
        var confusion = ClassificationMetrics.Confusion(
            labels, ClassificationMetrics.Predicted(outputs, loss), shares.Columns, weights);
        return of.Scores == ClassScores.Of(shares, labels, weights) && of.Confusion == confusion
            && of.Loss == loss.Value(outputs, samples.Targets, samples.Weights);
    });

    [Fact]
    public void It_is_the_same_on_any_number_of_threads() =>
        Gen.Select(Cases, Gen.OneOf(OfProbabilities), Gen.Int[2, 7]).Sample((c, loss, threads) =>
            Evaluation.Of(c.Network, c.Data, loss, threads) == Evaluation.Of(c.Network, c.Data, loss, threads: 1));
}
