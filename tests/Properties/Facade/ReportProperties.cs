using System.Text.Json.Nodes;
using CsCheck;
using Functional;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Data;
using Functional.Landscapes;
using Functional.Reports;
using Functional.Runs;
using Xunit;

namespace Properties.Facade;

/// <summary>What a report says of a run: its verdict, its settings, its card.</summary>
public sealed class ReportProperties
{
    private static readonly Settings Quick = Settings.For(new Moons(Samples: 80)) with
    {
        Hidden = [new Dense(4, Activation.Tanh)],
        Epochs = 12,
    };

    public static TheoryData<Settings> Various =>
    [
        Quick, Quick with { Precision = Precision.Double, Loss = new MultiMarginHinge() },
        Settings.For(new Penguins()) with { Epochs = 3, Missing = new MissingCells.Mean(Indicators: true) },
        Settings.For(new AutoMpg()) with { Epochs = 3, TargetScaling = new Scaler.Standard() },
        Settings.For(new Sine(Samples: 40)) with { Epochs = 2, Test = 0, Validation = 0 },
        Settings.For(new Digits()) with
        {
            Epochs = 1, Hidden = [new Dropout(0.2), new Dense(8, Activation.Relu), new BatchNorm(), new LayerNorm()],
        },
    ];

    [Theory, MemberData(nameof(Various))]
    public void A_run_looks_the_same_on_any_number_of_threads(Settings settings)
    {
        var run = Of(settings);
        foreach (int threads in (int[])[2, 3])
            Assert.Equal(run.Inspection, RunInspection.Of(run.Run.Trainer, run.Results, threads));
    }

    [Theory, MemberData(nameof(Various))]
    public void Every_estimate_is_the_measure_of_its_part_within_its_interval(Settings settings)
    {
        var parts = Of(settings).Inspection!.Parts;
        Assert.All(parts, part => Assert.All(part.Estimates, estimate =>
        {
            bool isRoot = estimate.Measure.StartsWith("root", StringComparison.Ordinal);
            double measured = part.Evaluation is RegressionReport numbers && isRoot
                ? numbers.RootMeanSquaredError
                : part.Evaluation.Measures.First(measure => measure.Name == estimate.Measure).Value;
            Assert.Equal(measured, estimate.Value);
            Assert.True(estimate.Low <= estimate.High, $"{estimate}");
        }));
        Assert.All(parts, part => Assert.InRange(
            part.Estimates[0].Value, part.Estimates[0].Low - 0.1, part.Estimates[0].High + 0.1));
    }

    [Fact]
    public void Settings_of_which_nothing_was_said_are_defaults() => Assert.All(
        new Settings[] { Settings.For(new Digits()), Settings.For(new Moons()), Settings.For(new AutoMpg()) },
        settings => Assert.All(Rows(settings), row => Assert.True(row.IsDefault, row.Field)));

    [Fact]
    public void A_setting_that_is_changed_is_the_one_that_is_shown_so()
    {
        var usual = Settings.For(new Moons());
        foreach (var (field, changed) in new (string, Settings)[]
        {
            ("epochs", usual with { Epochs = 7 }), ("optimizer", usual with { Optimizer = new Sgd(0.1) }),
            ("hidden", usual with { Hidden = [new Dense(3)] }), ("seed", usual with { Seed = 1 }),
            ("penalty", usual with { Penalty = new Penalty.L2(0.1) }),
        })
            Assert.Equal([field], Rows(changed).Where(row => !row.IsDefault).Select(row => row.Field));
    }

    [Theory]
    [InlineData("""{"kind":"dense","units":3}""", "dense (units 3)")]
    [InlineData("""[{"kind":"dropout","rate":0.5},"batch_norm"]""", "dropout (rate 0.5) → batch_norm")]
    [InlineData("\"adam\"", "adam")]
    [InlineData("[]", "–")]
    [InlineData("null", "–")]
    [InlineData("0.25", "0.25")]
    public void Settings_are_said_as_people_read_them(string json, string said) =>
        Assert.Equal(said, SettingRow.Said(JsonNode.Parse(json)));

    [Fact]
    public void A_net_that_learned_says_how_well_and_beside_what()
    {
        var verdict = Verdict.On(Of(Quick with { Epochs = 80, Data = new Moons(Samples: 400, Noise: 0.3) }));
        Assert.Equal(Tone.Good, verdict.Headline.Tone);
        Assert.StartsWith("On 80 samples that it never saw, it is right in ", $"{verdict.Headline.Text}",
            StringComparison.Ordinal);
        Assert.EndsWith("always answering \"0\" would be right in 50.0 %.", $"{verdict.Headline.Text}",
            StringComparison.Ordinal);
    }

    // Classes that inputs say nothing of: what is learned by heart is of no use elsewhere.
    [Fact]
    public void A_net_that_learned_noise_by_heart_is_told_so()
    {
        var key = Key.FromSeed(5);
        var inputs = new Matrix<double>(200, 20, Draw.Normal<double>(key.At(0), 4000));
        var labels = new Matrix<double>(
            200, 1, [.. Draw.Integers(key.At(1), 200, 2).Select((label, _) => (double)label)]);
        var settings = new Settings
        {
            Data = new Given(),
            Hidden = [new Dense(64, Activation.Relu)],
            Epochs = 60,
            Test = 0.4,
        };
        var verdict = Verdict.On(Of(settings, Dataset.Of(new Problem.Classification(2), inputs, labels)));
        Assert.Equal(Tone.Warning, verdict.Headline.Tone);
        foreach (string said in (string[])["That is not clearly better", "It overfits:"])
            Assert.Contains(
                verdict.Findings, finding => $"{finding.Text}".StartsWith(said, StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_without_other_samples_is_judged_by_those_it_learned_from()
    {
        var run = Of(Quick with { Test = 0, Validation = 0 });
        Assert.Equal(DataPart.Train, run.Inspection!.Judged.Part);
        Assert.Contains("that it learned from, for there are no others", $"{Verdict.On(run).Headline.Text}",
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_diverged_is_not_looked_into()
    {
        var run = Of(Quick with { Optimizer = new Sgd(1e9), Loss = new HalfSumSquaredError() });
        Assert.Equal(RunEnd.Diverged, run.End);
        Assert.Null(run.Inspection);
        Assert.Equal(Tone.Bad, Verdict.On(run).Headline.Tone);
        Assert.Contains("there is nothing to measure", ModelCard.Of(run, Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_are_squares_without_names()
    {
        Assert.Equal(8, Of(Settings.For(new Digits()) with { Epochs = 1 }).PictureSide);
        Assert.Null(Of(Quick).PictureSide);
        Assert.Null(Of(Settings.For(new Penguins()) with { Epochs = 1 }).PictureSide);
    }

    [Fact]
    public void Whatever_an_author_writes_in_a_card_stays()
    {
        var run = Of(Quick);
        string card = ModelCard.Of(run, Language.English);
        Assert.True(ModelCard.IsCard(card));
        Gen.Char["abc <>&#|`é\n"].Array[0, 40].Select(signs => new string(signs).Trim('\n')).Sample(words =>
        {
            string edited = $"{card[..card.IndexOf("<!-- author -->", StringComparison.Ordinal)]}<!-- author -->\n"
                + $"{words}\n{card[card.IndexOf("<!-- /author -->", StringComparison.Ordinal)..]}";
            string again = ModelCard.Of(run, Language.Spanish, edited);
            return again.Contains($"<!-- author -->\n{words}\n<!-- /author -->", StringComparison.Ordinal)
                && ModelCard.Of(run, Language.English, again) == edited;
        }, iter: 30);
    }

    private static Items<SettingRow> Rows(Settings settings) =>
        SettingRow.Of(Experiment.Check(settings).IfFail(faults => throw new FormatException($"{faults}")));

    private static ReportedRun Of(Settings settings, Dataset<double>? given = null)
    {
        var data = given is null ? DataCatalog.Load(settings.Data, settings.Seed, settings.Missing) : new(given);
        var experiment = Experiment.Check(settings, LearningTask.Of(data.Data))
            .IfFail(faults => throw new FormatException($"{faults}"));
        var trainer = Trainer.Of(experiment, data.Data, test: data.Test).OrThrow();
        Epoch[] epochs = [.. trainer.Epochs(threads: 1)];
        var results = trainer.Results(epochs[^1].Kept, epochs[^1].Outcome, threads: 1);
        Items<EpochLine> lines = [.. epochs.Select(EpochLine.Of)];
        var report = new RunReport(RunHeader.Of(trainer, data, 1), results, epochs[^1].Step, lines, 0).ToJson("run");
        return new(
            new OpenedRun("run", report, results.Model, trainer, IsStartMissing: false), lines, results,
            results.Outcome is Outcome.Diverged ? null : RunInspection.Of(trainer, results, 1));
    }
}
