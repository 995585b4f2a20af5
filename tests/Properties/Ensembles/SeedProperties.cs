using CsCheck;
using Functional;
using Functional.Core.Training;
using Xunit;

namespace Properties.Ensembles;

/// <summary>One experiment from many seeds, in programs.</summary>
public sealed class SeedProperties
{
    private static readonly Dataset<double> Moons = Datasets.Draw(new Moons(80, 0.2), 1);

    private static Settings Short(Settings settings) =>
        settings with { Epochs = 4, Seed = 5, Optimizer = new Adam(0.05) };

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Each_seed_gives_what_it_gives_alone(int threads)
    {
        var runs = Mlp.Classifier([6]).Train(Moons, seeds: 5, Short, threads: threads);
        Assert.Equal([5ul, 6, 7, 8, 9], runs.Seeds);
        foreach (var run in runs.Each)
        {
            var alone = Mlp.Classifier([6]).Train(
                Moons, settings => Short(settings) with { Seed = run.Experiment.Settings.Seed });
            Assert.Equal(alone.Results.Model, run.Results.Model);
            Assert.Equal((alone.Test.Accuracy, alone.Test.Loss), (run.Test.Accuracy, run.Test.Loss));
            Assert.Equal(alone.ToString(), run.ToString());
            Assert.NotNull(run.Test.Thresholds);
        }
    }

    [Fact]
    public void Every_figure_is_the_mean_of_the_seeds_with_its_interval()
    {
        var runs = Mlp.Classifier([6]).Train(Moons, seeds: 5, Short);
        double[] accuracies = [.. runs.Each.Select(run => run.Test.Accuracy)];
        Assert.Equal(SampleMean.Of(accuracies), runs.Test.Accuracy);
        Assert.Equal(accuracies.Average(), runs.Test.Accuracy.Mean, 1e-12);
        Assert.Equal(runs.Each.Average(run => run.Train.Loss), runs.Train.Loss.Mean, 1e-12);
        Assert.Equal(
            runs.Each[0].Validation.Measures.Select(measure => measure.Name),
            runs.Validation.Measures.Select(measure => measure.Name));
        Assert.Equal(runs.Test.RocAuc, runs.Test.Measures.Single(measure => measure.Name == "roc_auc").Mean);
        Assert.Equal(accuracies.Max(), runs.Best.Test.Accuracy);
        Assert.Contains(", 5 seeds)", $"{runs.Test.Accuracy}", StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_and_labels_have_their_own_figures()
    {
        var sine = Mlp.Regressor([4]).Train(
            Datasets.Draw(new Sine(60), 1), seeds: new ulong[] { 3, 1 }, s => Short(s) with { Test = 0 });
        Assert.Equal([3ul, 1], sine.Seeds);
        Assert.Equal(sine.Each.Average(run => run.Train.R2), sine.Train.R2.Mean, 1e-12);
        Assert.Equal(
            sine.Each.Average(run => run.Validation.RootMeanSquaredError), sine.Validation.RootMeanSquaredError.Mean,
            1e-12);
        Assert.StartsWith(
            "there is no test part", Assert.Throws<InvalidInputException>(() => sine.Test).Message,
            StringComparison.Ordinal);
        var table = Table.Of(Enumerable.Range(0, 60)).Number("x", i => i).Number("a", i => i % 2)
            .Number("b", i => i / 30);
        var labels = Mlp.MultiLabelClassifier([4]).Train(table, ["a", "b"], seeds: 2, Short);
        Assert.Equal(labels.Each.Average(run => run.Test.ExactMatch), labels.Test.ExactMatch.Mean, 1e-12);
    }

    [Fact]
    public void Seeds_that_diverged_are_named_and_in_no_mean()
    {
        // One row too large for its square: only where it is learned from.
        double[,] inputs = new double[12, 1], targets = new double[12, 1];
        for (int row = 0; row < 12; row++) (inputs[row, 0], targets[row, 0]) = (row, row == 7 ? 1e30 : row);
        var runs = Mlp.Regressor([2]).Train(
            Dataset.Of(inputs, targets), seeds: 12, settings => settings with
            {
                Epochs = 2,
                Test = 0.5,
                Validation = 0,
                TargetScaling = new Scaler.None(),
                Seed = 1,
            });
        var diverged = runs.Each.Where(run => run.Outcome is Outcome.Diverged).ToArray();
        Assert.InRange(diverged.Length, 1, 11);
        Assert.Equal(diverged.Select(run => run.Experiment.Settings.Seed), runs.Diverged);
        Assert.Equal(12 - diverged.Length, runs.Train.Loss.Count);
        Assert.DoesNotContain(runs.Best, diverged);
        Assert.Contains($"({diverged.Length} of 12); in no mean", $"{runs}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancellation_ends_all_of_them_and_none_is_averaged()
    {
        using var source = new CancellationTokenSource();
        var heard = new List<SeedEpoch>();
        var runs = Mlp.Classifier([6]).Train(
            Moons, seeds: 6, settings => Short(settings) with { Epochs = 1_000_000 },
            progress: new Heard<SeedEpoch>(epoch =>
            {
                heard.Add(epoch);
                if (heard.Count == 7) source.Cancel();
            }),
            threads: 2, cancellation: source.Token);
        Assert.Equal(runs.Seeds, runs.Cancelled);
        Assert.Equal(6, runs.Each.Count);
        Assert.Throws<InvalidInputException>(() => runs.Test);
        Assert.Contains(heard, epoch => epoch.Seed == 6);
    }

    [Fact]
    public void Every_fault_is_said_at_once()
    {
        var faults = Mlp.Classifier([6]).TryTrain(Moons, seeds: 0, settings => settings with { BatchSize = 0 }).Faults;
        Assert.Equal(
            ["seeds is 0; it should be between 1 and 100000", "batch_size is 0; it should be between 1 and 1048576"],
            faults.Select(fault => fault.Message));
    }

    [Fact]
    public void A_cross_validation_tests_each_fold_and_each_fold_is_an_experiment()
    {
        var heard = new List<FoldEpoch>();
        var runs = Mlp.Classifier([6]).CrossValidate(
            Moons, folds: 4, repeats: 2, Short, progress: new Heard<FoldEpoch>(heard.Add), threads: 2);
        Assert.Equal(
            from repeat in Enumerable.Range(1, 2)
            from fold in Enumerable.Range(1, 4)
            select new Resampling.Fold(fold, 4, repeat),
            runs.Folds);
        Assert.Equal(runs.Each.Average(run => run.Test.Accuracy), runs.Test.Accuracy.Mean, 1e-12);
        Assert.Equal("8 folds", SampleMean.Counted(runs.Test.Accuracy.Count, runs.Over).ToString());
        Assert.Equal(32, heard.Count);
        Assert.Equal(
            runs.Each[6].Results.Model,
            Mlp.Classifier([6]).Train(Moons, s => Short(s) with { Resampling = runs.Folds[6] }).Results.Model);
        var table = Table.Of(Enumerable.Range(0, 60)).Number("x", i => i).Number("y", i => i % 9 - 4.5);
        Assert.Equal(
            [20, 20, 20],
            Mlp.Regressor([4]).CrossValidate(table, "y", 3, edit: Short).Test.Each.Select(part => part.Rows));
        Assert.Equal(
            ["folds is 1; it should be between 2 and 100000", "repeats is 0; it should be between 1 and 100000",
                "batch_size is 0; it should be between 1 and 1048576"],
            Mlp.Classifier([6]).TryCrossValidate(Moons, 1, 0, settings => settings with { BatchSize = 0 }).Faults
                .Select(fault => fault.Message));
    }

    [Theory]
    [InlineData("3", "42 43 44")]
    [InlineData("1,2,7", "1 2 7")]
    [InlineData("5..8", "5 6 7 8")]
    [InlineData("9,1..3", "9 1 2 3")]
    [InlineData("18446744073709551614..18446744073709551615", "18446744073709551614 18446744073709551615")]
    public void Seeds_are_read(string text, string seeds)
    {
        var faults = new List<Invalid>();
        Assert.Equal(seeds, string.Join(' ', Seeds.Parse(text, "--seeds", faults).From(42, "--seeds", faults)));
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("0", "--seeds is 0; it should be between 1 and 100000")]
    [InlineData("100001", "--seeds is 100001; it should be between 1 and 100000")]
    [InlineData("1,2,1", "--seeds has seed 1 more than once; it should have it once")]
    [InlineData("1..3,2", "--seeds has seed 2 more than once; it should have it once")]
    [InlineData("7..5", "--seeds has the range 7..5; it should begin with its smaller end")]
    [InlineData("0..100000", "--seeds has the range 0..100000; there should be at most 100000 seeds")]
    public void What_is_wrong_with_seeds_is_said(string text, string fault)
    {
        var faults = new List<Invalid>();
        Seeds.Parse(text, "--seeds", faults).From(42, "--seeds", faults);
        Assert.Equal([fault], faults.Select(one => one.Message).Distinct());
    }

    [Theory, InlineData("many"), InlineData("1,,2"), InlineData("-1"), InlineData("1.5"), InlineData("1..2..3")]
    public void What_is_no_seeds_is_said(string text) => What_is_wrong_with_seeds_is_said(
        text,
        $"--seeds is \"{text}\"; it should be how many, such as 20, a list such as 1,2,7, or a range such as 5..24");

    [Fact]
    public void There_are_no_seeds_after_the_last_one()
    {
        var faults = new List<Invalid>();
        ((Seeds)3).From(ulong.MaxValue - 1, "--seeds", faults);
        Assert.Equal(
            "--seeds is 3; from seed 18446744073709551614 on there should be at most 2", Assert.Single(faults).Message);
    }

    [Fact]
    public void A_mean_is_written_to_the_second_digit_of_its_interval()
    {
        double[] about = [0.971, 0.976, 0.9729];
        Assert.Equal("0.9733 ± 0.0063 (95 %, 3 seeds)", $"{SampleMean.Of(about)}"); // t = 4.3027, s = 0.002524
        Assert.Equal("0.5 (1 fold)", $"{SampleMean.Of([0.5], RepeatedOver.Folds)}");
        Assert.Equal("2.0000 ± 0.0000 (95 %, 2 resamples)", $"{SampleMean.Of([2, 2], RepeatedOver.Resamples)}");
        Assert.Equal("1500 ± 6353 (95 %, 2 seeds)", $"{SampleMean.Of([1000, 2000])}");
    }

    [Fact]
    public void The_interval_of_normal_numbers_covers_their_mean_95_times_in_100()
    {
        const int Times = 4000;
        int covers = Enumerable.Range(0, Times).Count(i =>
            SampleMean.Of(Functional.Core.Randomness.Draw.Normal<double>(new((uint)i, 9), 5, 3, 2).Span.ToArray())
                is var mean && Math.Abs(mean.Mean - 3) <= mean.Half);
        Assert.InRange(covers / (double)Times, 0.94, 0.96);
    }

    private sealed class Heard<A>(Action<A> hears) : IProgress<A>
    {
        public void Report(A value) => hears(value);
    }
}
