using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Data;
using Properties.Generators;
using Properties.Laws;
using Xunit;

namespace Properties.Training;

/// <summary>Averaged parameters predict with statistics of their own.</summary>
public sealed class StatisticsProperties
{
    private static readonly Optimizer[] Averages =
        [new Ema(), new Ema(Debias: true), new PolyakAverage(500), new Accumulate(1, new Ema())];

    [Fact]
    public void An_average_predicts_about_as_well_as_what_it_is_the_average_of()
    {
        Layer[] hidden = [new Dense(64), new BatchNorm(), new Activate(Activation.Relu), new Dense(64), new BatchNorm(),
            new Activate(Activation.Relu)];
        var trained = Averages.Select(average => Mlp.Classifier(hidden).Train(
            DataCatalog.LoadDigits(),
            options => options with { Epochs = 20, Optimizer = new Adam(0.01).Then(average) })).ToArray();
        Assert.All(trained, classifier => Assert.InRange(classifier.Test.Accuracy, 0.95, 1));
        // Which early stopping looks at.
        Assert.All(trained, classifier => Assert.InRange(classifier.Validation.Accuracy, 0.95, 1));
    }

    [Fact]
    public void Statistics_of_one_batch_are_those_that_training_takes_in_it() =>
        Any.Runs(Any.Learner, Any.Network).Where(run => run.Batches.Length > 0).Sample(run =>
    {
        var (network, batch) = (run.Start.Network, run.Batches[0]);
        var seen = (run.Learner with { Shards = 1 }).WithStatistics(network, [batch], step: 7);
        var forgetful = new Network<double>(network.Architecture.WithoutMemory, network.Parameters, network.Running);
        var inputs = batch.Samples.Inputs.Select(batch.Order.Span.Slice(batch.Start, batch.Count));
        var (_, tape) = forgetful.Forward(inputs, Mode.Training(run.Learner.Key.For(Purpose.Dropout).AtStep(7)));
        return seen.Parameters == network.Parameters && seen.Architecture == network.Architecture
            && Near.Equal(seen.Running, network.Running.Length == 0 ? network.Running : tape.Running, 1e-14);
    });

    [Fact]
    public void A_short_batch_weighs_as_many_rows_as_it_has()
    {
        var data = Dataset<double>.Of(
            new Problem.Regression(1), new(33, 1, Vec<double>.Of([.. Enumerable.Range(0, 33).Select(i => i % 2.0)])),
            new(33, 1, Vec<double>.Zeros(33)));
        var network = new Network<double>(
            Architecture.Of(1, new BatchNorm(), new Dense(1)), Vec<double>.Of(1, 0, 1, 0));
        var samples = data.For(new MeanSquaredError());
        var running = new Learner(new MeanSquaredError(), Optimizer.Identity)
            .WithStatistics(network, Batches.From(samples, 32, Key.FromSeed(1)).Take(2)).Running;
        Assert.Equal(16.0 / 33, running[0], 1e-12);
        Assert.InRange(running[1], 0.24, 0.26);
    }

    [Fact]
    public void Sorted_rows_are_taken_in_another_order_on_demand()
    {
        Matrix<double> inputs = new(64, 1, Vec<double>.Of([.. Enumerable.Range(0, 64).Select(i => i < 32 ? 0.0 : 10)]));
        var data = Dataset<double>.Of(new Problem.Regression(1), inputs, inputs);
        var model = Mlp.Regressor(new BatchNorm(), new Dense(1)).Train(data, options =>
            options with { Epochs = 1, Precision = Precision.Double, Scaling = new Scaler.None() }).Results.Model;
        Assert.InRange(((Model<double>)model.WithStatistics(data)).Network.Running[1], 23, 28);
    }

    [Fact]
    public void Before_its_first_step_an_average_is_the_network_itself()
    {
        var moons = new Moons(Samples: 200).Make(Key.FromSeed(1));
        var trained = Mlp.Classifier([4]).Train(
            moons, options => options with { Epochs = 2, Optimizer = new Accumulate(64, new Adam().Then(new Ema())) });
        Assert.Contains(
            ((Model<float>)trained.Results.Model).Network.Parameters.Span.ToArray(), parameter => parameter != 0);
    }

    [Fact]
    public void Statistics_of_an_epoch_are_the_mean_of_those_of_its_batches() =>
        Any.Runs(Any.Learner, Any.Network).Where(run => run.Batches.Length > 0).Sample(run =>
    {
        var network = run.Start.Network;
        var all = run.Learner.WithStatistics(network, run.Batches).Running;
        var each =
            run.Batches.Select((batch, step) => run.Learner.WithStatistics(network, [batch], step).Running).ToArray();
        return Near.Equal(all, Vec<double>.Of([.. Enumerable.Range(0, all.Length).Select(i => each.Zip(
            run.Batches,
            (running, batch) => running[i] * batch.Count).Sum() / run.Batches.Sum(batch => batch.Count))]), 1e-13);
    });

    [Fact]
    public void They_forget_what_was_and_change_nothing_without_batch_norm() =>
        Any.Runs(Any.Learner, Any.Network).Where(run => run.Batches.Length > 0).Sample(run =>
            run.Start.Network is var network
            && new Network<double>(network.Architecture, network.Parameters) is var fresh
            && run.Learner.WithStatistics(network, run.Batches, threads: 3)
                == run.Learner.WithStatistics(fresh, run.Batches)
            && (network.Running.Length > 0
                || ReferenceEquals(run.Learner.WithStatistics(network, run.Batches), network)));

    [Fact]
    public void A_model_takes_statistics_on_demand()
    {
        var data = DataCatalog.LoadDigits();
        var trained = Mlp.Classifier(new Dense(16), new BatchNorm(), new Activate(Activation.Relu))
            .Train(data, options => options with { Epochs = 3 });
        var again = (Model<float>)trained.Results.Model.WithStatistics(data, batchSize: 1000);
        Assert.Equal(((Model<float>)trained.Results.Model).Network.Parameters, again.Network.Parameters);
        Assert.NotEqual(((Model<float>)trained.Results.Model).Network.Running, again.Network.Running);
        Assert.InRange(again.Evaluate(data).Score.Value - trained.Model.Evaluate(data).Score.Value, -0.05, 0.05);
        Assert.Equal("the batch size is 0; it should be at least 1", Assert.Throws<InvalidInputException>(
            () => trained.Results.Model.WithStatistics(data, batchSize: 0)).Message);
    }

    [Fact]
    public void A_debiased_average_is_the_weighted_mean_of_the_parameters_so_far() =>
        Gen.Select(Gen.Double[0, 0.999], Gen.Int[1, 20], Any.Key).Sample((decay, steps, key) =>
    {
        var network = new Network<double>(Architecture.Of(4, new Dense(4)), Draw.Normal<double>(key, 20));
        var average = new Ema(decay, Debias: true);
        var (state, sum, weight) = (average.Init(network), 0 * new Gradient<double>(network.Parameters), 0.0);
        for (uint step = 0; step < steps; step++)
        {
            (var update, state) = average.Apply(
                new Gradient<double>(Draw.Normal<double>(key.At(step), 20)), state, network);
            network -= update;
            (sum, weight) =
                (decay * sum + (1 - decay) * new Gradient<double>(network.Parameters), decay * weight + (1 - decay));
        }
        return Near.Equal(average.Averaged(state, network).Parameters, ((1 / weight) * sum).Direction, 1e-12);
    });
}
