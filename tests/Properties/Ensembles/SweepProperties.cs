using CsCheck;
using Functional;
using Functional.Core.Training;
using Functional.Sweeps;
using Xunit;

namespace Properties.Ensembles;

/// <summary>Sweeps in programs: each experiment has the bits of its lone run, whatever is trained beside it.</summary>
public sealed class SweepProperties
{
    private static readonly Settings Small = new()
    {
        Data = new Moons(Samples: 60),
        Hidden = [new Dense(4, Activation.Tanh)],
        Epochs = 9,
        BatchSize = 8,
        Optimizer = new Adam(0.05),
        Validation = 0.25,
    };

    private static Sweep Wide(Settings settings) => Sweep.Over(Experiment.Of(settings))
        .Vary("optimizer.rate", ValueRange.Log(0.001, 0.1, 3)).Vary("hidden[0].units", 2, 5).Vary("batch_size", 8, 16);

    [Fact]
    public void Each_result_is_that_of_its_experiment_alone()
    {
        var results = Wide(Small).Seeds(2).ToArray();
        Assert.Equal(12, results.Select(result => result.Experiment).Distinct().Count());
        foreach (var result in results)
            foreach (var (place, given) in result.Results.Index())
            {
                var alone = Experiment.Of(result.Experiment.Settings with { Seed = Small.Seed + (ulong)place }).Train();
                Assert.Equal(alone.Model.ParametersSha256, given.Model.ParametersSha256);
                Assert.Equal(alone.Validation!.Loss, given.Validation!.Loss);
            }
    }

    [Fact]
    public void Results_do_not_depend_on_threads() => Gen.Int[1, 3].Sample(
        threads => Assert.Equal(Said(Wide(Small)), Said(Wide(Small).On(threads))), iter: 3);

    // A schedule as long as the training: a shorter training would have been another one from its first step.
    [Theory, InlineData(false), InlineData(true)]
    public void Who_survives_halving_has_the_bits_of_its_whole_training(bool stops)
    {
        var settings = Small with
        {
            Epochs = 27,
            Schedule = new CosineAnnealing(),
            Stopping = stops ? new Patience("validation_loss", 4) : new Never(),
        };
        var results = Sweep.Over(Experiment.Of(settings)).Vary("optimizer.rate", ValueRange.Log(1e-4, 1))
            .By(Search.Halving(9)).ToArray();
        Assert.Equal(9, results.Length);
        int[] epochs = [.. results.Select(result => result.Epochs).OrderDescending()];
        if (!stops) Assert.Equal([27, 9, 9, 3, 3, 3, 3, 3, 3], epochs);
        foreach (var survivor in results.Where(result => result.IsFinished))
            Assert.Equal(
                survivor.Experiment.Train().Model.ParametersSha256, survivor.Results[0].Model.ParametersSha256);
        Assert.Contains(results, result => result.IsFinished);
    }

    [Fact]
    public void Halving_keeps_those_that_were_best_at_the_rung()
    {
        var results = Sweep.Over(Experiment.Of(Small)).Vary("optimizer.rate", ValueRange.Log(1e-4, 1, 9))
            .By(Search.Halving(minEpochs: 3)).ToArray();
        var whole = Sweep.Over(Experiment.Of(Small)).Vary("optimizer.rate", ValueRange.Log(1e-4, 1, 9)).ToArray();
        var atTheRung = whole.Select(result => (result.Number, Score: AtEpoch(result.Experiment, 3)))
            .OrderByDescending(one => one.Score).ThenBy(one => one.Number).Take(3).Select(one => one.Number).Order();
        Assert.Equal(atTheRung, results.Where(result => result.IsFinished).Select(result => result.Number).Order());
    }

    [Fact]
    public void Who_is_interrupted_at_once_still_has_what_was_done_before()
    {
        var plan = Wide(Small).Attempt().OrThrow();
        var memory = new SweepMemory(plan);
        using var ending = new CancellationTokenSource();
        var first = new SweepTraining(plan, memory, 1);
        foreach (var _ in first.Do(ending.Token))
            if (first.EpochsDone >= 20) ending.Cancel();
        var again = new SweepTraining(plan, memory, 1);
        foreach (var _ in again.Do(new(canceled: true))) { }
        Assert.True(first.IsInterrupted && again.IsInterrupted);
        Assert.InRange(again.EpochsDone, 20, first.EpochsInAll - 1);
    }

    [Fact]
    public void A_field_within_another_one_that_is_varied_is_set_after_it() => Assert.Equal(
        ["adam 0.1", "sgd 0.1", "adam 0.2", "sgd 0.2"],
        Sweep.Over(Experiment.Of(Small)).Vary("optimizer.rate", 0.1, 0.2).Vary("optimizer", "adam", "sgd")
            .OrderBy(result => result.Number).Select(result => result.Experiment.Settings.Optimizer switch
            {
                Adam adam => $"adam {adam.Rate}",
                Sgd sgd => $"sgd {sgd.Rate}",
                var other => $"{other}",
            }));

    [Fact]
    public void An_edit_of_settings_is_what_its_path_is()
    {
        var byPath = Sweep.Over(Experiment.Of(Small)).Vary("optimizer.rate", 0.01, 0.1);
        var byEdit = Sweep.Over(Experiment.Of(Small)).Vary(
            "rate", (settings, rate) => settings with { Optimizer = new Adam(rate) }, 0.01, 0.1);
        Assert.Equal(Said(byPath), Said(byEdit));
    }

    // Both follow from the rest unless they are given: with the output, the scaling of targets changes. A toy's targets
    // are not scaled unless that is asked for.
    [Fact]
    public void What_an_experiment_leaves_open_stays_open_and_what_it_says_stays()
    {
        var settings = new Settings { Hidden = [new Dense(3)], Epochs = 1, Data = new Sine(Samples: 40) };
        var data = Functional.Datasets.Draw(new Sine(Samples: 40), 1);
        IEnumerable<Scaler?> Scalings(Sweep sweep) =>
            sweep.Vary("output_activation", "softplus", "identity").OrderBy(result => result.Number)
                .Select(result => result.Experiment.Settings.TargetScaling);
        var open = settings with { OutputActivation = Activation.Softplus };
        Assert.Equal([new Scaler.None(), new Scaler.Standard()], Scalings(Sweep.Over(Experiment.Of(open, data), data)));
        Assert.Equal(
            [new Scaler.Standard(), new Scaler.Standard()],
            Sweep.Over(Experiment.Of(settings)).Vary("batch_size", 4, 8)
                .Select(result => result.Experiment.Settings.TargetScaling));
    }

    [Fact]
    public void Data_may_be_varied_too() => Assert.Equal(
        [(40, 30), (80, 60)],
        Sweep.Over(Experiment.Of(Small with { Test = 0 })).Vary("data.samples", 40, 80).Select(result =>
            (((Moons)result.Experiment.Settings.Data).Samples, result.Results[0].Train.Rows)));

    [Fact]
    public void Samples_of_a_program_s_own_can_be_swept_over()
    {
        var data = Functional.Datasets.Draw(new Moons(60), 7);
        var results = Sweep.Over(Experiment.Of(Small, data), data).Vary("batch_size", 4, 8).ToArray();
        Assert.Equal(
            Experiment.Of(Small with { BatchSize = 4 }, data).Train(data).Model.ParametersSha256,
            results[0].Results[0].Model.ParametersSha256);
    }

    // The second experiment would take a day.
    [Fact]
    public void Nothing_is_trained_before_it_is_asked_for() => Assert.Equal(
        1, Sweep.Over(Experiment.Of(Small)).Vary("epochs", 1, 1_000_000).On(threads: 1).First().Epochs);

    [Fact]
    public void One_that_diverged_has_no_mean_and_is_never_the_best()
    {
        var sweep = Sweep.Over(Experiment.Of(Small with { Hidden = [new Dense(4)], Optimizer = new Sgd() }))
            .Vary("optimizer.rate", 1e30, 0.01).Seeds(2);
        var diverged = sweep.First();
        Assert.Null(diverged.Score);
        Assert.All(diverged.Results, results => Assert.IsType<Outcome.Diverged>(results.Outcome));
        Assert.Equal(2, sweep.Best().Number);
        Assert.EndsWith("diverged", $"{diverged}", StringComparison.Ordinal);
    }

    [Fact]
    public void The_best_is_the_best_by_the_validation_part_or_by_what_is_asked_for()
    {
        var sweep = Wide(Small);
        var results = sweep.ToArray();
        Assert.Equal(results.Max(result => result.Score!.Mean), sweep.Best().Score!.Mean);
        Assert.Equal(
            results.Min(result => result.Results[0].Validation!.Loss),
            sweep.Best(result => result.Validation!.Loss, isBetterLarger: false).Results[0].Validation!.Loss);
    }

    public static TheoryData<Func<Sweep, Sweep>, string[]> Faults => new()
    {
        { sweep => sweep, ["there is no field to vary"] },
        {
            sweep => sweep.Vary("optimizer.rat", 1).Vary("Batch", 2).Vary("batch_size"),
            ["\"Batch\" is no path to a field", "batch_size has no values", "optimizer.rat is not a field"]
        },
        {
            sweep => sweep.Vary("optimizer.rate", -1, 0.1).Vary("optimizer.rate", 2).Vary("seed", 3),
            ["seed is varied by the seeds", "optimizer.rate is varied twice", "optimizer.rate is -1"]
        },
        {
            sweep => sweep.Vary("optimizer.rate", 0.1, 0.1).Vary("batch_size", ValueRange.Lin(1.5, 3, 2)).Seeds(1, 1),
            ["the seed 1 is given 2 times", "has the value 0.1 twice", "this field is whole"]
        },
        {
            sweep => sweep.Vary("epochs", 1, 2).By(Search.Halving(eta: 1)),
            ["epochs is what halving shortens", "eta is 1; it should be between 2 and 100"]
        },
        {
            sweep => sweep.Vary("validation", 0).Vary("batch_size", 8, 16).By(Search.Halving()),
            ["there is no validation part to choose by"]
        },
        { sweep => sweep.Vary("validation", 0, 0.2), ["validation leaves some experiments without"] },
        { sweep => sweep.Vary("optimizer.rate", 0.1, 0.10000000000000001e0, 1e-1), ["0.1 twice"] },
    };

    [Theory, MemberData(nameof(Faults))]
    public void Every_fault_is_named_at_once(Func<Sweep, Sweep> vary, string[] faults)
    {
        var found = Assert.Throws<InvalidInputException>(() =>
            vary(Sweep.Over(Experiment.Of(Small))).First()).Faults;
        foreach (string fault in faults)
            Assert.Contains(found, one => one.Message.Contains(fault, StringComparison.Ordinal));
    }

    private static double AtEpoch(Experiment experiment, int epoch) => Trainer.Of(experiment, experiment.Load().Data)
        .OrThrow().Epochs(1).First(one => one.Number == epoch).Validation!.Score.Value;

    private static string Said(IEnumerable<SweepResult> sweep) => string.Join('\n', sweep.Select(result =>
        $"{result.Number} {result.Score} {result.Experiment.Digest} {result.Results[0].Model.ParametersSha256}"));
}
