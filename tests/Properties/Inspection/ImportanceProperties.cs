using CsCheck;
using Functional;
using Functional.Core.Inspection;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Inspection;

/// <summary>How much a network relies on a feature.</summary>
public sealed class ImportanceProperties
{
    private static readonly Gen<(Network<double> Network, Dataset<double> Data, Key Key)> Judged =
        Gen.Select(Gen.Int[2, 5], Gen.Int[1, 6], Gen.Int[2, 40], Any.Key, (inputs, units, rows, key) =>
        {
            var architecture = Architecture.Of(inputs, new Dense(units, Activation.Tanh), new Dense(1));
            var network = Network<double>.Init(architecture, new Initializer.GlorotNormal(), key.At(0));
            Matrix<double> Drawn(uint at, int columns) =>
                new(rows, columns, Draw.Normal<double>(key.At(at), rows * columns));
            return (network, Dataset<double>.Of(new Problem.Regression(1), Drawn(1, inputs), Drawn(2, 1)), key.At(3));
        });

    [Fact]
    public void A_feature_without_weights_has_an_importance_of_exactly_zero() =>
        Gen.Select(Judged, Gen.Int[0, 1]).Sample((judged, unused) =>
        {
            var (network, data, key) = judged;
            int units = ((Dense)network.Architecture.Layers[0]).Units;
            double[] parameters = network.Parameters.ToArray();
            parameters.AsSpan(unused * units, units).Clear();
            var found = Of(network.With(Vec<double>.Of(parameters)), data, key)[unused];
            return found is { LossRise: 0, Least: 0, Most: 0, ScoreDrop: 0 };
        });

    [Fact]
    public void Threads_change_nothing() => Gen.Select(Judged, Gen.Int[2, 4]).Sample((judged, threads) =>
        Of(judged.Network, judged.Data, judged.Key) == Of(judged.Network, judged.Data, judged.Key, threads), iter: 30);

    [Fact]
    public void A_mean_lies_between_the_least_and_the_largest() => Judged.Sample(judged =>
        Of(judged.Network, judged.Data, judged.Key).All(one =>
            one.Least <= one.LossRise + 1e-12 && one.LossRise <= one.Most + 1e-12));

    // y = x1: without x1 nothing is known, so that the mean squared error is twice the variance.
    [Fact]
    public void A_network_that_copies_a_feature_relies_on_it_alone()
    {
        var network = new Network<double>(Architecture.Of(2, new Dense(1)), [1, 0, 0]);
        var inputs = new Matrix<double>(4000, 2, Draw.Normal<double>(Key.FromSeed(3), 8000));
        Vec<double> targets = [.. inputs.Select(row => row[0])];
        var found = Of(network, Dataset<double>.Of(new Problem.Regression(1), inputs, new(4000, 1, targets)),
            Key.FromSeed(4));
        Assert.InRange(found[0].LossRise, 1.85, 2.15);
        Assert.Equal(0, found[1].LossRise);
        Assert.InRange(found[0].ScoreDrop, 1.85, 2.15);
    }

    // Each row of the category has one 1, so that a network that adds its cells does not see a permutation of rows.
    [Fact]
    public void Inputs_of_a_category_are_permuted_together()
    {
        var network = new Network<double>(Architecture.Of(3, new Dense(1)), [1, 1, 1, 0]);
        double[][] rows = [.. Enumerable.Range(0, 30).Select(i => Enumerable.Range(0, 3)
            .Select(k => i % 3 == k ? 1.0 : 0).ToArray())];
        var data = Dataset<double>.Of(
            new Problem.Regression(1), Matrix<double>.Of(rows), new(30, 1, [.. Enumerable.Repeat(2.0, 30)]));
        var found = PermutationImportance.Of(network, data, new MeanSquaredError(), [3], Key.FromSeed(5));
        Assert.Equal(0, found[0].LossRise);
    }

    private static Items<Importance> Of(Network<double> network, Dataset<double> data, Key key, int threads = 1) =>
        PermutationImportance.Of(
            network, data, new MeanSquaredError(), [.. Enumerable.Repeat(1, data.Inputs.Columns)], key, threads);
}
