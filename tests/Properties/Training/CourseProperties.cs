using Functional;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Training;

/// <summary>How an experiment goes on and ends: schedules, stopping, warm starts, more epochs,
/// weights of classes.</summary>
public sealed class CourseProperties
{
    private static readonly Dataset<double> Data = new Moons(Samples: 120).Make(Key.FromSeed(1));
    private static readonly Mlp<Classifier, ClassificationReport> Net = Mlp.Classifier([8]);

    private static Settings Short(Settings options) => options with { Epochs = 6, Optimizer = new Adam(0.02) };

    public static TheoryData<Settings> Choices => new(
        Short(new()),
        Short(new()) with { Schedule = new ExponentialDecay(0.7), Optimizer = new Nadam(0.01) },
        Short(new()) with { Schedule = new CosineAnnealing(4), ScheduleBy = ScheduleUnit.Step },
        Short(new()) with
        {
            Schedule = new ReduceOnPlateau(Patience: 0, Threshold: 0.3, Factor: 0.5),
            Penalty = new Penalty.ElasticNet(0.001, 0.01)
        },
        Short(new()) with { Optimizer = new Adam(0.02).Then(new Ema(0.9)), ClassWeights = ClassWeights.Given([1, 3]) },
        Short(new()) with { Stopping = new Patience(Epochs: 50) });

    [Theory, MemberData(nameof(Choices))]
    public void Going_on_for_more_epochs_is_training_for_all_of_them(Settings settings)
    {
        Settings Edit(Settings options, int epochs) =>
            settings with { Data = options.Data, Hidden = options.Hidden, Epochs = epochs };
        var whole = Net.Train(Data, options => Edit(options, 6));
        var parts = Net.Continue(Net.Train(Data, options => Edit(options, 2)), Data, epochs: 4);
        Assert.Equal(whole.Model.ParametersSha256, parts.Model.ParametersSha256);
        Assert.Equal(whole.Test, parts.Test);
        Assert.Equal(6, parts.Experiment.Settings.Epochs);
    }

    [Fact]
    public void Going_on_stops_where_training_for_all_epochs_stops()
    {
        Settings Edit(Settings options, int epochs) =>
            options with { Epochs = epochs, Stopping = new Patience("train_loss", 1) };
        var waves = new Sine().Make(Key.FromSeed(42));
        var (net, whole) = (
            Mlp.Regressor([8]),
            Mlp.Regressor([8]).Train(waves, options => Edit(options, 30) with { Optimizer = new Adam(0.1) }));
        Assert.InRange(whole.Results.Last!.Number, 2, 28); // it stops by itself
        foreach (int first in Enumerable.Range(1, 29))
        {
            var paused = net.Train(waves, options => Edit(options, first) with { Optimizer = new Adam(0.1) });
            var parts = net.Continue(paused, waves, epochs: 30 - first);
            Assert.Equal((whole.Model, whole.Results.Last!.Number), (parts.Model, parts.Results.Last!.Number));
        }
    }

    [Fact]
    public void Going_on_within_an_epoch_is_training_in_one_go()
    {
        var (net, waves) = (Mlp.Regressor([8], Activation.Register<Counting>()), new Sine(400).Make(Key.FromSeed(42)));
        Settings Edit(Settings options, int epochs) => options with
        {
            Epochs = epochs,
            BatchSize = 2,
            Optimizer = new Adam(0.05),
            Stopping = new Patience("train_loss", 3),
        };
        Counting.Next(long.MaxValue, () => { });
        var whole = net.Train(waves, options => Edit(options, 13), threads: 1);
        long calls = Counting.Calls;
        int cuts = 0;
        for (int part = 1; part <= 40; part++)
        {
            using var source = new CancellationTokenSource();
            Counting.Next(calls * part / 41, source.Cancel);
            var paused = net.Train(waves, options => Edit(options, 12), threads: 1, cancellation: source.Token);
            if (paused.Results.Last is not { IsWhole: false, Number: < 12 }) continue;
            cuts++;
            var parts = net.Continue(paused, waves, epochs: 13 - (paused.Results.Last.Number - 1), threads: 1);
            Assert.Equal(whole.Model, parts.Model);
            Assert.Equal(
                (whole.Results.Last!.Number, whole.Results.Last.TrainLoss),
                (parts.Results.Last!.Number, parts.Results.Last.TrainLoss));
        }
        Assert.InRange(cuts, 20, 40);
    }

    /// <summary>tanh, and something that happens the nth time that it is asked: a way to cut a
    /// training anywhere.</summary>
    private readonly struct Counting : IActivationFunction
    {
        private static long at;
        private static Action then = () => { };

        public static string Name => "tanh_that_counts";
        public static long Calls { get; private set; }

        public static void Next(long call, Action action) => (Calls, at, then) = (0, call, action);

        public static T At<T>(T z) where T : IReal<T>
        {
            if (++Calls == at) then();
            return T.Tanh(z);
        }
    }

    [Theory, InlineData(0), InlineData(-5)]
    public void Going_on_for_no_epochs_is_refused(int epochs) => Assert.Equal(
        $"epochs is {epochs}; it should be at least 1",
        Assert.Throws<InvalidInputException>(() => Net.Continue(Net.Train(Data, Short), Data, epochs)).Message);

    [Fact]
    public void A_warm_start_begins_where_the_model_stands()
    {
        var first = Net.Train(Data, Short);
        var still = Net.Train(Data, options => Short(options) with { Optimizer = new Sgd(1e-12) }, from: first.Model);
        Assert.InRange(Math.Abs(first.Test.Loss - still.Test.Loss), 0, 1e-6);
        Assert.Contains("the model to start from is float", Assert.Throws<InvalidInputException>(
            () => Mlp.Classifier([9]).Train(Data, Short, from: first.Model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_by_epoch_is_its_rate_in_each_epoch()
    {
        var whole = Net.Train(
            Data,
            options => Short(options) with { Epochs = 2, Optimizer = new Sgd(0.1), Schedule = new StepDecay(1, 0.5) });
        var first = Net.Epochs(Data, options => Short(options) with { Epochs = 2, Optimizer = new Sgd(0.1) }).First();
        var halved = Net.Epochs(
            Data,
            options => Short(options) with { Epochs = 2, Optimizer = new Sgd(0.1), Schedule = new StepDecay(1, 0.5) })
            .ToArray();
        Assert.Equal(first.Model.ParametersSha256, halved[0].Model.ParametersSha256);
        Assert.Equal(whole.Model.ParametersSha256, halved[1].Model.ParametersSha256);
        Assert.NotEqual(
            Net.Train(
                Data, options => Short(options) with { Epochs = 2, Optimizer = new Sgd(0.1) }).Model.ParametersSha256,
            whole.Model.ParametersSha256);
    }

    [Fact]
    public void Patience_keeps_the_best_model_and_ends_when_nothing_gets_better()
    {
        Settings Patient(Settings options, bool restore) => Short(options) with
        {
            Epochs = 400,
            Optimizer = new Adam(0.3),
            Stopping = new Patience(Epochs: 5, RestoreBest: restore)
        };
        var epochs = Net.Epochs(Data, options => Patient(options, restore: true)).ToArray();
        double[] losses = [.. epochs.Select(epoch => epoch.Validation!.Loss)];
        int best = losses.ToList().IndexOf(losses.Min());
        Assert.InRange(epochs.Length, 6, 399);
        Assert.Equal(best + 1 + 5, epochs.Length);
        Assert.Equal(
            epochs[best].Model.ParametersSha256,
            Net.Train(Data, options => Patient(options, restore: true)).Model.ParametersSha256);
        Assert.Equal(
            epochs[^1].Model.ParametersSha256,
            Net.Train(Data, options => Patient(options, restore: false)).Model.ParametersSha256);
    }

    [Fact]
    public void A_target_ends_training_when_it_is_reached()
    {
        var epochs = Net.Epochs(
            Data,
            options => Short(options) with { Epochs = 400, Stopping = new TargetReached("validation_accuracy", 0.9) })
            .ToArray();
        double[] accuracies =
            [.. epochs.Select(epoch => ((Functional.ClassificationReport)epoch.Validation!).Accuracy)];
        Assert.True(accuracies[^1] >= 0.9 && accuracies.SkipLast(1).All(accuracy => accuracy < 0.9));
    }

    [Fact]
    public void Ones_own_validation_samples_are_watched_and_no_others()
    {
        var watched = new Moons(Samples: 50).Make(Key.FromSeed(9));
        var trained = Net.Train(Data, Short, validation: watched);
        Assert.Equal((96, 50, 24), (trained.Train.Rows, trained.Validation.Rows, trained.Test.Rows));
        Assert.Equal(trained.Model.Evaluate(watched), trained.Validation);
    }

    [Fact]
    public void Balanced_classes_weigh_the_same_together()
    {
        var uneven = Dataset<double>.Check(
            new Problem.Classification(3), Matrix<double>.Of([0], [1], [2], [3], [4], [5]),
            Matrix<double>.Of([0], [0], [0], [1], [1], [2])).IfFail(_ => throw new InvalidOperationException());
        var weights = ClassWeights.Balanced.Weigh(uneven).Weights!;
        Assert.Equal(Vec<double>.Of(2 / 3.0, 2 / 3.0, 2 / 3.0, 1, 1, 2), weights);
        Assert.Null(ClassWeights.Equal.Weigh(uneven).Weights);
    }

    [Fact]
    public void Averaged_parameters_are_what_predicts()
    {
        var plain = Net.Train(Data, Short);
        var averaged = Net.Train(
            Data, options => Short(options) with { Optimizer = new Adam(0.02).Then(new Ema(0.5)) });
        Assert.NotEqual(plain.Model.ParametersSha256, averaged.Model.ParametersSha256);
        Assert.Equal(plain.Model.ParametersSha256, Net.Train(
            Data,
            options => Short(options) with { Optimizer = new Adam(0.02).Then(new Ema(0)) }).Model.ParametersSha256);
    }
}
