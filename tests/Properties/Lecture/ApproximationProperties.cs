using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Xunit;

namespace Properties.Lecture;

/// <summary>One hidden layer approximates any continuous function, the better the wider it is. (Cybenko, 1989;
/// Hornik et al., 1989)</summary>
public sealed class ApproximationProperties(ITestOutputHelper output)
{
    [Fact]
    public void Wider_nets_learn_random_functions_better()
    {
        double[] errors = [.. Enumerable.Range(0, 3).Select(power => 1 << 2 * power)
            .Select(width => Enumerable.Range(1, 4).Average(seed => TestError(width, Key.FromSeed((ulong)seed))))];
        output.WriteLine($"mean squared test error of width 1, 4, 16: {string.Join(", ", errors)}");
        Assert.True(errors[1] < 0.8 * errors[0] && errors[2] < 0.8 * errors[1]);
    }

    // A step at the left end of every cell, as high as the function rises from the middle of the cell before.
    [Fact]
    public void Step_units_meet_the_bound_of_the_constructive_proof() =>
        Gen.Select(Gen.Int[1, 60], Gen.Double[0.1, 5], Gen.Double[-3, 3]).Sample((cells, frequency, phase) =>
    {
        double F(double x) => Math.Sin(frequency * x + phase);
        double width = 2.0 / cells, lipschitz = frequency;
        double[] middles = [.. Enumerable.Range(0, cells).Select(i => F(-1 + (i + 0.5) * width))];
        double[] ones = [.. Enumerable.Repeat(1.0, cells)],
            thresholds = [.. Enumerable.Range(0, cells).Select(i => 1 - i * width)];
        double[] jumps = [.. middles.Select((value, i) => i == 0 ? value : value - middles[i - 1])];
        var network = new Network<double>(
            Architecture.Of(1, new Dense(cells, Activation.Step), new Dense(1)),
            Vec<double>.Of([.. ones, .. thresholds, .. jumps, 0]));
        double[] points = [.. Enumerable.Range(0, 501).Select(i => -1 + i / 250.0)];
        var predicted = network.Predict(new(501, 1, Vec<double>.Of(points)));
        return points.Select((x, row) => Math.Abs(predicted[row, 0] - F(x))).Max() <= lipschitz * width * (1 + 1e-9);
    }, iter: 200);

    private static double TestError(int width, Key key)
    {
        var source = new Fourier(256, Terms: 4);
        var (train, test) =
            (Split<double>.Of(source.Make(key), 0.5, 0, key) is var parts ? (parts.Train, parts.Test) : default);
        var learner = new Learner(new MeanSquaredError(), new Adam(0.03));
        var start = learner.Begin(Network<double>.Init(
            Architecture.Of(1, new Dense(width, Activation.Tanh), new Dense(1)), new Initializer.HeNormal(),
            key.For(Purpose.Init)));
        var trained =
            learner.Fold(start, Enumerable.Repeat(Batch<double>.All(train.For(learner.Loss)), 800), threads: 1).Network;
        return learner.Loss.Value(trained.Predict(test.Inputs), test.Targets);
    }
}
