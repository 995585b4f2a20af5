using System.Numerics;
using Functional;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Xunit;

namespace Properties.Training;

/// <summary>Training is a sequence of checkpoints, and going on from one is training that never paused.</summary>
public sealed class CheckpointProperties
{
    private static readonly Dataset<double> Data = new Moons(Samples: 50).Make(Key.FromSeed(1));

    private static readonly Settings Usual = new()
    {
        Data = new Given(),
        Epochs = 3,
        BatchSize = 16,
        Hidden = [new Dense(4, Activation.Tanh), new BatchNorm(), new Dropout(0.2)],
        Optimizer = new Adam(0.02),
    };

    public static TheoryData<Settings> Choices => new(
    [
        .. Optimizer.Kinds.Prototypes.Select(rule => Usual with { Optimizer = rule.Then(new Rate(0.1)) }),
        Usual with { Schedule = new ReduceOnPlateau(Patience: 0, Threshold: 0.9, Factor: 0.5), Shards = 2 },
        Usual with { Schedule = new OneCycle(), ScheduleBy = ScheduleUnit.Step, Penalty = new Penalty.L2(0.01) },
        Usual with { Epochs = 6, Optimizer = new Adam(0.5), Stopping = new Patience(Epochs: 1) },
        Usual with
        {
            Hidden = [new Residual([new Dense(2), new LayerNorm()])],
            Optimizer = new Adam(0.02).Then(new Ema(0.9))
        },
    ]);

    [Theory, MemberData(nameof(Choices))]
    public void Going_on_from_any_checkpoint_is_training_that_never_paused(Settings settings)
    {
        Holds<float>(settings with { Precision = Precision.Float });
        Holds<double>(settings with { Precision = Precision.Double });
    }

    private static void Holds<T>(Settings settings) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (experiment, data) = Prepared<T>(settings);
        var whole = experiment.Course(data, every: Every.Steps(1)).ToArray();
        Assert.True(experiment.IsOver(whole[^1]) && whole[..^1].All(look => !experiment.IsOver(look)));
        for (int at = 0; at < whole.Length; at++)
            Assert.Equal(whole[(at + 1)..], experiment.Course(data, from: whole[at], every: Every.Steps(1)));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(100)]
    public void How_often_one_looks_changes_nothing(int steps)
    {
        var (experiment, data) = Prepared<float>(Usual);
        var epochs = experiment.Course(data).ToArray();
        var looks = experiment.Course(data, every: Every.Steps(steps)).ToArray();
        Assert.Equal(3, epochs.Length);
        Assert.Equal(epochs, looks.Where(look => look.IsEndOfEpoch));
        Assert.All(looks, look => Assert.True(look.IsEndOfEpoch || look.State.Step % steps == 0));
        Assert.Equal(looks.Select(look => look.State.Step), looks.Select(look => look.State.Step).Distinct().Order());
    }

    [Fact]
    public void The_network_that_is_kept_is_the_best_of_the_whole_epochs()
    {
        var (experiment, data) = Prepared<double>(
            Usual with { Epochs = 30, Optimizer = new Adam(0.3), Stopping = new Patience(Epochs: 8) });
        var epochs = experiment.Course(data).ToArray();
        for (int end = 1; end <= epochs.Length; end++)
            Assert.Equal(epochs[..end].MinBy(epoch => epoch.Validation!.Loss)!.Network, epochs[end - 1].Kept);
        Assert.Contains(epochs, epoch => !epoch.IsChosen);
    }

    [Fact]
    public void Within_an_epoch_what_predicts_is_kept_unless_a_number_is_watched()
    {
        var (experiment, data) = Prepared<float>(Usual);
        Assert.All(experiment.Course(data, every: Every.Steps(1)), look => Assert.Equal(look.Network, look.Kept));
        var (patient, same) = Prepared<float>(Usual with { Stopping = new Patience() });
        Assert.All(
            patient.Course(same, every: Every.Steps(1)).TakeWhile(look => look.Epoch == 1 && !look.IsEndOfEpoch),
            look =>
                Assert.Equal(patient.Begin<float>().Network, look.Kept));
    }

    [Fact]
    public void Going_on_that_is_cancelled_before_its_first_step_says_so()
    {
        var net = Mlp.Classifier([4]);
        var trained = net.Train(
            Data, settings => settings with { Epochs = 2 }, cancellation: TestContext.Current.CancellationToken);
        var more = net.Continue(trained, Data, 3, cancellation: new CancellationToken(canceled: true));
        Assert.Equal(new Outcome.Cancelled(trained.Results.Last!.Step), more.Outcome);
        Assert.Equal(trained.Model.ParametersSha256, more.Model.ParametersSha256);
    }

    [Fact]
    public void A_cancelled_training_says_so()
    {
        using var source = new CancellationTokenSource();
        var trained = Mlp.Classifier([4]).Train(
            Data, settings => settings with { Epochs = 50 }, progress: new After(3, source.Cancel),
            cancellation: source.Token);
        Assert.Equal(new Outcome.Cancelled(trained.Results.Last!.Step), trained.Outcome);
        Assert.Equal(3, trained.Results.Last.Number);
        Assert.Contains(
            $"training was cancelled after {trained.Results.Last.Step} steps", trained.ToString(),
            StringComparison.Ordinal);
        var whole = Mlp.Classifier([4]).Train(
            Data, settings => settings with { Epochs = 3 }, progress: new After(3, source.Cancel),
            cancellation: CancellationToken.None);
        Assert.IsType<Outcome.Trained>(whole.Outcome);
    }

    // The token comes when training is over by itself.
    [Fact]
    public void A_training_that_is_over_was_not_cancelled()
    {
        using var source = new CancellationTokenSource();
        var trained = Mlp.Classifier([4]).Train(
            Data, settings => settings with { Epochs = 3 }, progress: new After(3, source.Cancel),
            cancellation: source.Token);
        Assert.IsType<Outcome.Trained>(trained.Outcome);
    }

    [Fact]
    public async Task Epochs_that_are_waited_for_are_the_same()
    {
        Settings Short(Settings settings) => settings with { Epochs = 4 };
        var waited = new List<Epoch>();
        await foreach (var epoch in Mlp.Classifier([4])
            .EpochsAsync(Data, Short, cancellation: TestContext.Current.CancellationToken))
            waited.Add(epoch);
        Assert.Equal(
            Mlp.Classifier([4]).Epochs(Data, Short, cancellation: TestContext.Current.CancellationToken), waited);
    }

    private sealed class After(int number, Action action) : IProgress<Epoch>
    {
        public void Report(Epoch value)
        {
            if (value.Number == number) action();
        }
    }

    private static (Experiment, Prepared<T>) Prepared<T>(Settings settings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var experiment = Experiment.Of(settings, Data);
        return (experiment, experiment.Prepare<T>(Data));
    }
}
