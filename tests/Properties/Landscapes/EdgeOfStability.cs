using Functional;
using Functional.Core.Curvature;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Xunit;

namespace Properties.Landscapes;

/// <summary>
/// Full-batch gradient descent on the Chebyshev polynomial T6 at 20 points, a net 1-30-20-1 with tanh, half the mean
/// squared error: the largest eigenvalue of the Hessian rises to 2 / rate and stays there. (Cohen et al., 2021)
/// </summary>
public sealed class EdgeOfStability
{
    private const ulong Seed = 1;

    private static readonly double[] Places = [.. Enumerable.Range(0, 20).Select(i => -1 + 2 * i / 19.0)];

    // Half the mean: half the sum, each sample a twentieth.
    private static readonly Samples<double> Chebyshev = new(
        new(20, 1, [.. Places.AsEnumerable()]), new(20, 1, [.. Places.Select(T6)]), [.. Enumerable.Repeat(0.05, 20)]);

    [Fact]
    public void At_rate_02_the_largest_eigenvalue_rises_to_2_over_the_rate_and_stays_within_5_percent()
    {
        var sharpness = Sharpness(0.2, 6000);
        Assert.InRange(sharpness[0], 0, 9.5);
        Assert.True(sharpness.Max() > 10.2, "it overshoots");
        Assert.All(sharpness[40..], value => Assert.InRange(value, 9.5, 10.5));
    }

    [Fact]
    public void At_rate_0049_it_keeps_rising_below_2_over_the_rate()
    {
        var sharpness = Sharpness(0.049, 6000);
        Assert.True(sharpness[^1] > 1.5 * sharpness[0]);
        Assert.All(sharpness, value => Assert.InRange(value, 0, 2 / 0.049));
    }

    [Fact]
    public void At_rate_05495_training_diverges() => Assert.IsType<Outcome.Diverged>(
        new Learner(new HalfSumSquaredError(), new Sgd(0.5495))
            .Fold(Begin(0.5495), Enumerable.Repeat(Batch<double>.All(Chebyshev), 1000)).Outcome);

    // At the start and every hundred steps.
    private static double[] Sharpness(double rate, int steps) =>
        [.. Watched(rate, steps, every: 100).Select(at => at.Largest[0])];

    /// <summary>The two largest eigenvalues along a training.</summary>
    internal static IEnumerable<(long Step, double Loss, Items<double> Largest)> Watched(
        double rate, int steps, int every)
    {
        var start = Begin(rate);
        yield return (0, double.NaN, Top(start.Network));
        foreach (var at in new Learner(new HalfSumSquaredError(), new Sgd(rate))
            .Scan(start, Enumerable.Repeat(Batch<double>.All(Chebyshev), steps), every))
            yield return (at.State.Step, at.Loss, Top(at.State.Network));
        static Items<double> Top(Network<double> network) =>
            [.. network.Hessian(new HalfSumSquaredError(), Chebyshev).Spectrum(top: 2, bottom: 0).Top
                .Select(pair => pair.Value)];
    }

    private static TrainState<double> Begin(double rate) => new Learner(new HalfSumSquaredError(), new Sgd(rate)).Begin(
        Network<double>.Init(
            Architecture.Of(1, new Dense(30, Activation.Tanh), new Dense(20, Activation.Tanh), new Dense(1)),
            new Initializer.LecunNormal(), Key.FromSeed(Seed).For(Purpose.Init)));

    private static double T6(double x) => 32 * x * x * x * x * x * x - 48 * x * x * x * x + 18 * x * x - 1;
}
