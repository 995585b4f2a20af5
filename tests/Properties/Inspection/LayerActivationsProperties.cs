using CsCheck;
using Functional;
using Functional.Core.Inspection;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Properties.Generators;
using Xunit;

namespace Properties.Inspection;

/// <summary>What comes out of layers, curves without noise, and the worst mistakes.</summary>
public sealed class LayerActivationsProperties
{
    private static readonly Gen<(Network<double> Network, Matrix<double> Inputs)> Seen =
        Any.SmoothNetwork.SelectMany(network => Gen.Int[1, 9].SelectMany(rows =>
            Any.Matrix(rows, network.Architecture.Inputs).Select(inputs => (network, inputs))));

    [Fact]
    public void The_last_layer_says_what_the_network_predicts() => Seen.Sample((network, inputs) =>
    {
        var last = LayerActivations.Of(network, network, inputs)[^1];
        var outputs = network.Predict(inputs).Cells;
        return last.First.Equals(last.Last) && last.Last.Least == outputs.Min() && last.Last.Largest == outputs.Max()
            && last.Last.Mean == Average.Of(outputs.ToArray());
    });

    [Fact]
    public void Every_number_but_zeros_is_counted() => Seen.Sample((network, inputs) =>
        LayerActivations.Of(network, network, inputs).All(layer =>
            layer.Last.Counts.Sum() + Math.Round(layer.Last.ZeroShare * inputs.Rows * layer.Units)
                == inputs.Rows * layer.Units));

    [Fact]
    public void Threads_change_nothing() => Gen.Select(Seen, Gen.Int[2, 4]).Sample((seen, threads) =>
        LayerActivations.Of(seen.Network, seen.Network, seen.Inputs, 1)
            == LayerActivations.Of(seen.Network, seen.Network, seen.Inputs, threads), iter: 30);

    // relu(x - 100), and relu(x + 100).
    [Fact]
    public void A_unit_that_is_never_awake_is_dead()
    {
        var network = new Network<double>(Architecture.Of(1, new Dense(2, Activation.Relu)), [1, 1, -100, 100]);
        var found = LayerActivations.Of(network, network, Matrix<double>.Of([1], [2], [3]))[0];
        Assert.Equal((1, 0.5, 3), (found.Last.DeadUnits, found.Last.ZeroShare, found.Last.Counts.Sum()));
    }

    [Fact]
    public void A_curve_without_noise_stays() => Gen.Select(
        Gen.Double[-9, 9], Gen.Double[-1, 1], Gen.Int[1, 40], Gen.Int[0, 9]).Sample((start, slope, count, reach) =>
        Enumerable.Range(0, count).Select(i => start + slope * i).ToArray() is var line
        && Smoothing.Of(line, reach).Zip(line, (smooth, own) => Math.Abs(smooth - own)).All(off => off < 1e-12));

    [Fact]
    public void Smoothing_stays_between_the_numbers_around() => Gen.Select(
        Gen.Double[-9, 9].Array[1, 40], Gen.Int[0, 9]).Sample((numbers, reach) => Smoothing.Of(numbers, reach).Index()
        .All(at => at.Item >= numbers.Skip(at.Index - reach).Take(2 * reach + 1).Min() - 1e-12
            && at.Item <= numbers.Max() + 1e-12));

    [Fact]
    public void Mistakes_are_wrong_and_the_worst_comes_first() => Any.Multiclass.Sample(judged =>
    {
        Vec<int> predicted =
            [.. judged.Probabilities.Select(row => row.ToArray().Index().MaxBy(one => one.Item).Index)];
        var found = Mistake.OfClasses(judged.Probabilities, judged.Labels, predicted);
        return found.All(one => one.Truth != one.Predicted && one.Truth == judged.Labels[one.Row]
                && one.OfTruth <= one.Probability)
            && found.Zip(found.Skip(1), (worse, better) => worse.Size >= better.Size).All(ordered => ordered)
            && found.Count == predicted.Zip(judged.Labels, (said, label) => said != label).Count(wrong => wrong);
    });

    [Fact]
    public void Numbers_that_are_furthest_off_come_first() => Gen.Double[-9, 9].Array[1, 30].Sample(targets =>
        Mistake.OfNumbers(Vec<double>.Of(targets), Vec<double>.Zeros(targets.Length)) is var found
        && found[0].Size == targets.Max(Math.Abs) && found.Count == targets.Length);
}
