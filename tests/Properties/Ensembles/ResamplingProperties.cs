using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Numbers;
using Functional.Core.Training;
using Properties.Generators;
using Xunit;

namespace Properties.Ensembles;

/// <summary>Which rows an experiment learns from and is tested on: shares, folds and resamples.</summary>
public sealed class ResamplingProperties
{
    private static readonly Gen<(Dataset<double> Data, int Folds, ulong Seed, double Watched)> Cuts = Gen.Select(
        Any.Toy, Gen.Int[2, 7], Gen.ULong, Gen.Double[0, 0.9],
        (toy, folds, seed, watched) => (Numbered(toy.Make(Functional.Core.Randomness.Key.FromSeed(seed))), folds, seed,
            watched)).Where(cut => cut.Item1.Rows >= cut.folds);

    [Fact]
    public void Each_row_is_tested_once_in_a_repeat_and_learned_from_or_watched_in_the_other_folds() =>
        Cuts.Sample((data, folds, seed, watched) =>
        {
            var parts = Folds(data, folds, seed, watched);
            return parts.SelectMany(part => Rows(part.Test)).Order().SequenceEqual(Enumerable.Range(0, data.Rows))
                && parts.All(part => Rows(part.Train).Concat(Rows(part.Validation)).Concat(Rows(part.Test)).Order()
                    .SequenceEqual(Enumerable.Range(0, data.Rows))
                    && new[] { part.Train, part.Validation, part.Test }.All(
                        some => Rows(some).SequenceEqual(Rows(some).Order())));
        }, iter: 50);

    [Fact]
    public void Folds_are_as_large_as_each_other_to_within_one_in_all_and_in_each_class() =>
        Cuts.Sample((data, folds, seed, watched) =>
        {
            var parts = Folds(data, folds, seed, watched);
            return AreEven(parts.Select(part => part.Test.Rows)) && Enumerable.Range(0, 3).All(
                label => AreEven(parts.Select(part => Rows(part.Test).Count(row => data.ClassOf(row) == label))));
        }, iter: 50);

    [Fact]
    public void A_fold_is_a_function_of_seed_count_and_repeat_and_each_deals_otherwise()
    {
        var data = Numbered(new Moons(100).Make(new(1, 2)));
        int[] Fold(ulong seed, int repeat) =>
            Rows(Of(data, new Resampling.Fold(2, 5, repeat), seed, validation: 0.3).Test);
        Assert.Equal(Fold(7, 1), Fold(7, 1));
        Assert.NotEqual(Fold(7, 1), Fold(7, 2));
        Assert.NotEqual(Fold(7, 1), Fold(8, 1));
    }

    [Fact]
    public void A_resample_draws_as_many_rows_as_there_are_and_knows_those_it_did_not_draw() =>
        Cuts.Sample((data, index, seed, watched) =>
        {
            var whole = Of(data, new Resampling.Share(), seed, watched, test: 0.3);
            var drawn = Of(data, new Resampling.Bootstrap(index), seed, watched, test: 0.3);
            int[] all = Rows(whole.Train), some = Rows(drawn.Train), rest = Rows(drawn.NotDrawn!);
            return drawn.Test == whole.Test && drawn.Validation == whole.Validation && some.Length == all.Length
                && some.Distinct().Concat(rest).Order().SequenceEqual(all);
        }, iter: 50);

    [Fact]
    public void Resamples_differ_and_leave_out_a_third_of_the_rows()
    {
        var data = Numbered(new Moons(1000).Make(new(1, 2)));
        Split<double>[] some = [.. Enumerable.Range(1, 20).Select(i => Of(data, new Resampling.Bootstrap(i), 7, 0.1))];
        Assert.Equal(20, some.Select(part => string.Join(' ', Rows(part.Train))).Distinct().Count());
        Assert.InRange(
            some.Average(part => part.NotDrawn!.Rows / (double)part.Train.Rows), 0.355, 0.381); // 1/e = 0.368
    }

    [Fact]
    public void Rows_of_weight_0_are_in_no_fold()
    {
        var toy = new Moons(60).Make(new(1, 2));
        double[] weights = [.. Enumerable.Range(0, 60).Select(row => row % 3 == 0 ? 0.0 : 1 + row)];
        var parts = Folds(Numbered(toy).With(Vec<double>.Of(weights)), 4, 1, 0.2);
        Assert.Equal(
            Enumerable.Range(0, 60).Where(row => row % 3 != 0), parts.SelectMany(part => Rows(part.Test)).Order());
        Assert.All(parts, part => Assert.Equal(
            Rows(part.Train).Select(row => weights[row]), part.Train.Weights!.Span.ToArray()));
    }

    [Fact]
    public void An_experiment_that_says_nothing_of_it_is_written_as_ever_and_the_others_are_read_back()
    {
        var usual = Checked(new() { Data = new Xor() });
        Assert.DoesNotContain("resampling", usual.ToJson(), StringComparison.Ordinal);
        Assert.Equal(usual.Digest, Experiment.Parse(
            """{ "data": "xor", "resampling": "share", "hidden": [64], "epochs": 100 }""").Match(
                one => Checked(one.Settings with
                {
                    Hidden = usual.Settings.Hidden,
                    Optimizer = usual.Settings.Optimizer,
                    TargetScaling = usual.Settings.TargetScaling,
                }).Digest, faults => $"{faults}"));
        Resampling[] others = [new Resampling.Fold(2, 7, 3), new Resampling.Bootstrap(4)];
        foreach (var other in others)
        {
            var experiment = Checked(new() { Data = new Xor(), Resampling = other });
            Assert.Equal(experiment, Experiment.Parse(experiment.ToJson()));
            Assert.Equal(other, experiment.Settings.Resampling);
        }
        Resampling[] all = [new Resampling.Share(), .. others, new Resampling.Bootstrap(5)];
        Assert.Equal(
            4, all.Select(one => Checked(new() { Data = new Xor(), Resampling = one }).Digest).Distinct().Count());
    }

    [Fact]
    public void The_test_share_does_not_tell_folds_apart() => Assert.Equal(
        Checked(new() { Data = new Xor(), Resampling = new Resampling.Fold(), Test = 0.5 }).Digest,
        Checked(new() { Data = new Xor(), Resampling = new Resampling.Fold(), Test = 0 }).Digest);

    [Theory]
    [InlineData("""{ "kind": "fold", "index": 6, "count": 5 }""",
        "resampling.index is 6; it should be between 1 and resampling.count, which is 5")]
    [InlineData("""{ "kind": "fold", "index": 1, "count": 1 }""",
        "resampling.count is 1; it should be between 2 and 1000000")]
    [InlineData("""{ "kind": "bootstrap", "index": 0 }""",
        "resampling.index is 0; it should be between 1 and 1000000")]
    [InlineData("\"folds\"", "resampling is \"folds\"; it should be a known resampling: share, fold, bootstrap")]
    public void What_is_wrong_with_it_is_said(string resampling, string fault) => Assert.Equal(
        [fault],
        [.. Experiment.Parse($$"""{ "data": "xor", "resampling": {{resampling}} }""").FailToSeq()
            .Select(one => one.Message)]);

    [Fact]
    public void More_folds_than_rows_are_refused_and_more_than_the_rarest_class_has_are_said()
    {
        Dataset<double> few = Dataset<double>.Of(
            new Problem.Classification(2), new(7, 1, Vec<double>.Of(1, 2, 3, 4, 5, 6, 7)),
            new(7, 1, Vec<double>.Of(0, 1, 0, 0, 1, 0, 0)));
        Attempt<Trained<Classifier, ClassificationReport>> Folded(int count) => Mlp.Classifier([2]).TryTrain(
            few, settings => settings with { Epochs = 1, Validation = 0, Resampling = new Resampling.Fold(1, count) });
        Assert.Equal(
            "resampling.count is 8; the data have 7 rows, and there should be at least one for each fold",
            Assert.Single(Folded(8).Faults).Message);
        Assert.Contains(
            "class 1 has 2 samples for 3 folds: some test none of it",
            Folded(3).OrThrow().Notes.Select(note => note.ToString()));
        Assert.DoesNotContain(Folded(2).OrThrow().Notes, note => $"{note}".Contains("folds", StringComparison.Ordinal));
    }

    [Fact]
    public void Folds_learn_with_weights_a_validation_share_and_early_stopping()
    {
        var data = new Moons(120, 0.3).Make(new(3, 4)).With(
            Vec<double>.Of([.. Enumerable.Range(0, 120).Select(row => 1.0 + row % 2)]));
        var trained = Mlp.Classifier([8]).Train(data, settings => settings with
        {
            Resampling = new Resampling.Fold(3, 4),
            Validation = 0.25,
            Epochs = 500,
            Optimizer = new Adam(0.05),
            Stopping = new Patience(Epochs: 3),
            ClassWeights = ClassWeights.Balanced,
        });
        Assert.Equal(
            (67, 23, 30), (trained.Results.Train.Rows, trained.Results.Validation!.Rows, trained.Results.Test!.Rows));
        Assert.InRange(trained.Results.Last!.Number, 4, 499);
    }

    [Fact]
    public void The_test_samples_that_are_given_apart_are_in_no_fold()
    {
        var data = Numbered(new Moons(40).Make(new(1, 2)));
        var trained = Mlp.Classifier([2]).Train(
            data, settings => settings with { Epochs = 1, Resampling = new Resampling.Fold(1, 4) },
            test: data.Select([1, 2, 3]));
        Assert.Equal(10, trained.Test.Rows);
        Assert.Contains(
            "3 samples for the test that are given apart are in no fold",
            trained.Notes.Select(note => note.ToString()));
    }

    private static Split<double>[] Folds(Dataset<double> data, int count, ulong seed, double validation) =>
        [.. Enumerable.Range(1, count).Select(fold => Of(data, new Resampling.Fold(fold, count), seed, validation))];

    private static Split<double> Of(
        Dataset<double> data, Resampling resampling, ulong seed, double validation, double test = 0.2) =>
        Experiment.Check(
            new() { Data = new Given(), Resampling = resampling, Seed = seed, Validation = validation, Test = test },
            LearningTask.Of(data))
            .Match(experiment => experiment.Cut(data), faults => throw new FormatException($"{faults}"));

    private static Experiment Checked(Settings settings) =>
        Experiment.Check(settings).Match(one => one, faults => throw new FormatException($"{faults}"));

    private static bool AreEven(IEnumerable<int> counts) => counts.ToArray() is var all && all.Max() - all.Min() <= 1;

    private static Dataset<double> Numbered(Dataset<double> data) => Dataset<double>.Of(
        data.Problem,
        new(data.Rows, data.Inputs.Columns, Vec<double>.Of([.. data.Inputs.Cells.Span.ToArray()
            .Select((x, i) => i % data.Inputs.Columns == 0 ? i / data.Inputs.Columns : x)])),
        data.Targets);

    private static int[] Rows(Dataset<double> data) =>
        [.. Enumerable.Range(0, data.Rows).Select(row => (int)data.Inputs[row, 0])];
}
