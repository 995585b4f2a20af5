using Functional;
using Functional.Core.Data;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Xunit;

namespace Properties.Optimizers;

/// <summary>Sharpness-aware minimisation where it cannot do what it says.</summary>
public sealed class SamRefusals
{
    [Fact]
    public void A_first_loss_that_is_not_finite_leads_nowhere()
    {
        var learner = Learner(new Sam());
        var start = learner.Begin(Network(1));
        ShardGradient<double> bad = new(double.NaN, Direction, Vec<double>.Zeros(0), 1);
        Assert.Null(learner.Ascent(start, bad));
        Assert.IsType<Outcome.Diverged>(learner.Update(start, bad).Outcome);
    }

    [Fact]
    public void A_step_has_as_many_gradients_as_its_optimizer_takes()
    {
        ShardGradient<double> one = new(1, Direction, Vec<double>.Zeros(0), 1);
        var (two, usual) = (Learner(new Sam()), Learner(new Sgd()));
        var (start, plain) = (two.Begin(Network(1)), usual.Begin(Network(1)));
        Assert.Null(usual.Ascent(plain, one));
        Assert.Contains(
            "a second one, at the network of Ascent", Refused(() => two.Update(start, one)), StringComparison.Ordinal);
        Assert.Contains(
            "two gradients were given", Refused(() => usual.Update(plain, one, one)), StringComparison.Ordinal);
        Assert.Contains("0 shards", Refused(() => two.Update(start, one, one with { Shards = 0 })),
            StringComparison.Ordinal);
    }

    public static TheoryData<Optimizer, string> Misplaced => new()
    {
        { new Accumulate(2, new Sam()), "optimizer.inner" },
        { new ClipNorm(1).Then(new Sam()), "optimizer.rules[1]" },
        { new Sam(Inner: new Sam()), "optimizer.inner" },
        { new Sam(Inner: new ClipNorm(1).Then(new Sam())), "optimizer.inner.rules[1]" },
        { new Chain([new Rate(1), new Chain([new Sam(), new Rate(1)])]), "optimizer.rules[1].rules[0]" },
        { new Sam().Then(new Accumulate(2, new Chain([new Sam()]))), "optimizer.rules[1].inner.rules[0]" },
    };

    [Theory, MemberData(nameof(Misplaced))]
    public void Where_the_gradient_is_not_its_own_it_is_refused(Optimizer optimizer, string path)
    {
        string fault = $"{path} is \"sam\", which takes two gradients a step; it should be the optimizer itself or the "
            + "first rule of its chain";
        Assert.Equal(fault, Assert.Single(
            Experiment.Check(new() { Data = new Moons(), Optimizer = optimizer }).FailToSeq()).Message);
        var learner = Learner(optimizer);
        Assert.Equal(fault, Refused(() => learner.Step(
            learner.Begin(Network(1)), Batch<double>.All(Samples))));
    }

    [Fact]
    public void It_may_lead_a_chain_and_hold_any_other_optimizer() => Assert.All(
        (Optimizer[])[new Sam(Inner: new Accumulate(2, new Adam())), new Sam().Then(new ClipNorm(1)),
            new Chain([new Chain([new Sam(), new Rate(0.1)]), new Rate(0.1)])],
        optimizer => Assert.True(Experiment.Check(new() { Data = new Moons(), Optimizer = optimizer }).IsSuccess));

    [Fact]
    public void A_curve_takes_one_gradient_a_step() => Assert.Contains("one gradient", Refused(() => LowCurve.Trained(
        Network(1), Network(2), new MeanSquaredError(), Samples,
        Key.FromSeed(3), optimizer: new Sam())), StringComparison.Ordinal);

    [Fact]
    public void No_limit_of_stable_descent_is_told() => Assert.Null(
        StableSharpness.Of(new Settings { Data = new Moons(), Optimizer = new Sam(Inner: new Sgd(0.1)) }));

    [Fact]
    public void Its_inner_optimizer_is_sgd_with_momentum_unless_given() =>
        Assert.Equal((new Sgd(0.1, 0.9), 0.05, false), (new Sam().Inner, new Sam().Radius, new Sam().Adaptive));

    private static string Refused(Func<object> use) => Assert.ThrowsAny<ArgumentException>(use).Message;

    private static Learner Learner(Optimizer optimizer) => new(new MeanSquaredError(), optimizer);

    private static Network<double> Network(uint seed) => Network<double>.Init(
        Architecture.Of(3, new Dense(2)), new Initializer.GlorotUniform(), Key.FromSeed(seed));

    private static Gradient<double> Direction { get; } = new(Draw.Normal<double>(Key.FromSeed(1), 8));

    private static Samples<double> Samples { get; } = new(
        new(24, 3, Draw.Normal<double>(Key.FromSeed(5), 72)), new(24, 2, Draw.Normal<double>(Key.FromSeed(6), 48)));
}
