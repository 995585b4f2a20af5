using CsCheck;
using Functional;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Xunit;

namespace Properties.Optimizers;

/// <summary>Every schedule gives a finite rate within its range, at every step of every length, with phases of no step
/// or one.</summary>
public sealed class ScheduleProperties
{
    private const double Rate = 1, Slack = 1e-15; // of a half cosine wave
    private static readonly bool[] BothWays = [false, true];
    private static readonly int[] NoneOrOne = [0, 1];
    private static readonly string[] Scales = ["same", "halving", "shrinking"];

    [Fact]
    public void Rates_are_finite_and_within_their_range_at_every_step_of_every_length() =>
        Assert.Empty(from length in Enumerable.Range(1, 50)
                     from schedule in OfLength(length)
                     from step in Enumerable.Range(0, length + 5)
                     where schedule.At(Rate, step) is not (>= 0 and <= Rate * (1 + Slack))
                     select $"{schedule} at step {step}: {schedule.At(Rate, step)}");

    [Fact]
    public void One_cycle_is_never_zero_and_once_at_its_rate() =>
        Assert.Empty(from length in Enumerable.Range(2, 49)
                     from cycle in Cycles(length)
                     let rates = Enumerable.Range(0, length).Select(step => cycle.At(Rate, step)).ToArray()
                     where rates.Any(rate => rate is not (> 0 and <= Rate * (1 + Slack)))
                         || double.IsInteger(cycle.Rising * length) && cycle.Rising * length >= 1
                             && Math.Abs(rates.Max() - Rate) > Slack
                     select $"{cycle}: {string.Join(' ', rates)}");

    [Fact]
    public void A_rise_without_a_step_begins_at_the_rate() =>
        Assert.Equal(1, new OneCycle(Steps: 10, Rising: 0.1).At(1, 0));

    [Fact]
    public void A_cycle_of_five_epochs_trains_to_the_end() =>
        Assert.All(Cycles(5), cycle => Assert.IsType<Outcome.Trained>(
            Mlp.Regressor([4]).Train(
                new Sine(20).Make(Key.FromSeed(1)), options => options with { Epochs = 5, Schedule = cycle }).Outcome));

    [Fact]
    public void A_cycle_that_grows_is_refused() => Assert.Equal(
        "schedule.factor is 2; it should be 0 < x <= 1",
        Assert.Throws<InvalidInputException>(() => Mlp.Regressor([4]).Train(
            new Sine(20).Make(Key.FromSeed(1)),
            options => options with { Schedule = new Cyclic(Scale: "shrinking", Factor: 2) })).Message);

    [Fact]
    public void A_plateau_does_not_take_NaN_for_the_best() =>
        Assert.Equal(Rate, new ReduceOnPlateau("train_loss", Patience: 1).After([double.NaN, 3, 2, 1]).At(Rate, 4));

    [Fact]
    public void A_plateau_begins_with_the_first_number_whatever_the_threshold() =>
        Gen.Select(Gen.Double[0, 3], Gen.Double[-2, 2], Gen.Bool, Gen.Bool).Sample(
            (threshold, first, smallest, absolute) => new ReduceOnPlateau(
                "train_loss", smallest ? "min" : "max", Patience: 1, Threshold: threshold, Absolute: absolute)
                .After([first, first]).At(Rate, 2) == Rate);

    private static IEnumerable<Schedule> OfLength(int length) =>
    [
        new ConstantRate(), new StepDecay(length, 0.5), new Multistep([0, length - 1, length]),
        new ExponentialDecay(0.5), new Polynomial(length), new Polynomial(length, 2.5),
        new LinearWarmup(0.1, 1, length), new LinearWarmup(1, 0.1, length), new CosineAnnealing(length),
        new CosineAnnealing(length, 0.25),
        new CosineWarmRestarts(length), new CosineWarmRestarts(length, 2, 0.25), .. Cycles(length),
        .. Schedule.Kinds.Prototypes.Select(schedule => schedule.For(length)),
        .. from down in NoneOrOne from scale in Scales select new Cyclic(0.1, length, down, scale, 0.9),
        .. from scale in Scales select new Cyclic(0.1, 1, length, scale, 0.9),
        .. from patience in NoneOrOne from cooldown in NoneOrOne
           select new ReduceOnPlateau("train_loss", Patience: patience, Cooldown: cooldown)
               .After([.. Enumerable.Range(0, length).Select(_ => 1.0)]),
    ];

    // Phases that end at, before and after every step.
    private static IEnumerable<OneCycle> Cycles(int length) =>
        from end in Enumerable.Range(1, 2 * length - 1)
        from linear in BothWays
        from three in BothWays
        select new OneCycle(length, end / 2.0 / length, Linear: linear, ThreePhases: three);
}
