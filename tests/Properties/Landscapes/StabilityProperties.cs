using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Training;
using Xunit;

namespace Properties.Landscapes;

/// <summary>The limit of stability, beside trainings on a loss with one eigenvalue.</summary>
public sealed class StabilityProperties
{
    private const int Steps = 1500;

    private static readonly Gen<Optimizer> Stable = Gen.Select(
        Gen.Double[0.001, 10], Gen.Double[0, 0.9], Gen.Double[0, 0.8], Gen.Int[0, 4])
        .Select(Optimizer (rate, momentum, dampening, kind) => kind switch
        {
            0 => new Sgd(rate, Dampening: dampening),
            1 => new Sgd(rate, momentum),
            2 => new Sgd(rate, momentum, Dampening: dampening),
            3 => new Sgd(rate, momentum, Nesterov: true),
            _ => new Rate(rate),
        });

    [Fact]
    public void Below_the_limit_training_comes_nearer_and_above_it_it_goes_away() => Stable.Sample(optimizer =>
    {
        double limit = StableSharpness.Of(new() { Optimizer = optimizer })!.Value;
        return Distance(optimizer, 0.98 * limit) < 0.5 && Distance(optimizer, 1.02 * limit) > 2;
    }, iter: 40);

    [Fact]
    public void Where_steps_are_no_rate_times_a_gradient_of_the_loss_there_is_none() => Assert.All(
        (Settings[])[
            new() { Optimizer = new Adam() },
            new() { Optimizer = new Sgd(WeightDecay: 0.01) },
            new() { Optimizer = new Sgd(), Penalty = new Penalty.L2() },
            new() { Optimizer = new Sgd(), Schedule = new StepDecay() },
            new() { Optimizer = new ClipNorm(1).Then(new Sgd()) },
        ],
        settings => Assert.Null(StableSharpness.Of(settings)));

    // From w = 1, of w' w = lambda w^2 / 2, whose minimum is 0.
    private static double Distance(Optimizer optimizer, double lambda)
    {
        var network = new Network<double>(
            Architecture.Of(1, new Dense(1, Activation.Identity, false)), [1.0]);
        Samples<double> samples = new(new(1, 1, [Math.Sqrt(lambda)]), new(1, 1, [0.0]));
        var learner = new Learner(new HalfSumSquaredError(), optimizer);
        var state = learner.Fold(learner.Begin(network), Enumerable.Repeat(Batch<double>.All(samples), Steps));
        return state.Outcome is Outcome.Diverged ? double.PositiveInfinity : Math.Abs(state.Network.Parameters[0]);
    }
}
