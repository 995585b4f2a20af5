using CsCheck;
using Functional;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Lecture;
using Functional.Lecture.Measuring;
using Properties.Generators;
using Xunit;

namespace Properties.Lecture;

/// <summary>More parameters than samples: such nets fit whatever labels there are, and hardly have to move for it.
/// (Allen-Zhu et al., 2020; Zhang et al., 2017)</summary>
public sealed class OverparameterisedProperties
{
    [Fact]
    public void A_wide_net_learns_random_labels_that_a_narrow_one_cannot() => Any.Key.Sample(key =>
        RandomLabels(key, 96).TrainError == 0 && RandomLabels(key, 2).TrainError > 0.3, iter: 3);

    [Fact]
    public void A_wider_net_moves_less_to_learn_the_same() => Any.Key.Sample(key =>
        RandomLabels(key, 256).Moved < 0.8 * RandomLabels(key, 32).Moved, iter: 3);

    // Twice the units at half their outgoing weights: nothing a net can do is lost by making it wider.
    [Fact]
    public void A_net_with_every_unit_twice_is_the_same_function() => Any.Key.Sample(key =>
    {
        const int Units = 6;
        double[] net = Draw.Normal<double>(key.At(0), 6 * Units + 1).ToArray();
        var points = new Matrix<double>(20, 4, Draw.Normal<double>(key.At(1), 80));
        double[] weights = net[..(4 * Units)], biases = net[(4 * Units)..(5 * Units)],
            heights = net[(5 * Units)..(6 * Units)];
        double[] twice = [.. weights.Chunk(Units).SelectMany(row => (double[])[.. row, .. row]), .. biases, .. biases,
            .. heights.Concat(heights).Select(height => height / 2), net[^1]];
        return Outputs(Units, net, points).Zip(Outputs(2 * Units, twice, points), (x, y) => Math.Abs(x - y))
            .All(error => error < 1e-12);
    }, iter: 50);

    [Fact]
    public void Noise_changes_about_its_share_of_the_labels_and_no_test_label() => Any.Key.Sample(key =>
        (WidthSweep.Lines(key, 1000, 0), WidthSweep.Lines(key, 1000, 0.15)) is var (clean, noisy)
        && clean.Test.Targets == noisy.Test.Targets && clean.Train.Inputs == noisy.Train.Inputs
        && Enumerable.Range(0, 1000).Count(row =>
            clean.Train.Targets[row, 0] != noisy.Train.Targets[row, 0]) is > 90 and < 185,
        iter: 10);

    [Fact]
    public void Narrow_nets_turn_the_verdict_on_one_thread_and_on_two()
    {
        Assert.Equal(Planted("narrow", 1).Digest, Planted("narrow", 2).Digest);
        Assert.Equal(Standing.Fails, Planted("narrow", 2).Standing);
    }

    private static ClaimResult Planted(string falsehood, int threads) => ClaimResult.Of(
        Overparameterised.Claim,
        new ClaimTrials(new ClaimOrder(2, Falsehood: falsehood), new NoMemory()) { Threads = threads });

    private static WidthResult RandomLabels(Key key, int width)
    {
        var (train, test) = WidthSweep.Lines(key, 200, 1);
        return WidthSweep.Train(key.At(1), train, test, [new Dense(width, Activation.Relu)], 0.05, 400);
    }

    private static Vec<double> Outputs(int units, double[] parameters, Matrix<double> points) =>
        new Network<double>(
            Architecture.Of(4, new Dense(units, Activation.Relu), new Dense(1)), Vec<double>.Of(parameters))
            .Predict(points).Cells;
}
