using System.Text.Json.Nodes;
using Functional;
using Functional.Data;
using Functional.Runs;
using Xunit;

namespace Properties.Facade;

/// <summary>A run's files hold the numbers that training had in memory, to the last digit.</summary>
public sealed class HistoryProperties : IDisposable
{
    private readonly string scratch = Directory.CreateTempSubdirectory("history-").FullName;

    public void Dispose() => Directory.Delete(scratch, recursive: true);

    public static TheoryData<Settings> Choices => new(
        new Settings { Data = new Moons(90), Epochs = 7, Hidden = [new Dense(4, Activation.Tanh)] },
        new Settings
        {
            Data = new Sine(90),
            Epochs = 5,
            Hidden = [new Dense(4, Activation.Tanh)],
            Precision = Precision.Double
        },
        new Settings { Data = new Moons(90), Epochs = 3, Validation = 0 },
        new Settings { Data = new Sine(90), Epochs = 4, Optimizer = new Sgd(1e30) },
        new Settings
        {
            Data = new Sine(90),
            Epochs = 3,
            Test = 0,
            Penalty = new Penalty.L2(0.1),
            Optimizer = new Adam().Then(new Ema(0.9))
        });

    [Theory, MemberData(nameof(Choices))]
    public void The_files_of_a_run_hold_the_numbers_of_memory(Settings settings)
    {
        var experiment = Experiment.Check(settings).IfFail(faults => throw new FormatException($"{faults}"));
        var data = DataCatalog.Load(settings.Data, settings.Seed);
        var trainer = Trainer.Of(experiment, data.Data, test: data.Test).OrThrow();
        using var run = RunRecording.Begin(
            Path.Combine(scratch, "run"), trainer, RunHeader.Of(trainer, data, 1), Checkpointing.Usual);
        Epoch[] epochs = [.. trainer.Epochs(threads: 1)];
        foreach (var epoch in epochs) Assert.Null(run.Add(epoch));
        var results = trainer.Results(epochs[^1].Kept, trainer.OutcomeAfter(epochs[^1], default));
        var (written, saved) = run.Finish(results, epochs[^1]);

        var report = RunDirectory.LoadReport(saved.Directory);
        Assert.Equal(
            epochs.Select(Numbers),
            JsonNode.Parse(written.ToJson(null).ToJsonString())!["history"]!.AsArray()
                .Select(line => OfJson(line!.AsObject(), epochs[0])));
        Assert.Equal(epochs.Select(Numbers), File.ReadLines(Path.Combine(saved.Directory, "metrics.jsonl"))
            .Select(line => OfJson(JsonNode.Parse(line)!.AsObject(), epochs[0])));
        Assert.Equal(
            written.History.Select(line => line.ToJson().ToJsonString()),
            MetricsFile.Read(saved.Directory).Select(line => line.ToJson().ToJsonString()));
        Assert.Equal((epochs.Length, epochs[^1].Step), ((int)report["epochs"]!, (long)report["steps"]!));
        Assert.Equal(results.Model, RunDirectory.LoadModel(saved.Directory));
        foreach (var (name, part) in new[] { ("train", results.Train), ("validation", results.Validation),
            ("test", results.Test) })
            Assert.Equal(part?.Measures.Select(measure => (measure.Name, Finite(measure.Value))),
                report[name]?.AsObject().Where(field => part!.Measures.Any(measure => measure.Name == field.Key))
                    .Select(field => (field.Key, (double?)field.Value)));
    }

    // A number that is not finite has none in JSON.
    private static (double, double?, double?, double?) Numbers(Epoch epoch) =>
        (epoch.Number, Finite(epoch.TrainLoss), Finite(epoch.Validation?.Loss), Finite(epoch.Validation?.Score.Value));

    private static (double, double?, double?, double?) OfJson(JsonObject line, Epoch first) =>
        ((double)line["epoch"]!, (double?)line["train_loss"], (double?)line["validation_loss"],
            first.Validation is null ? null : (double?)line[$"validation_{first.Validation.Score.Name}"]);

    private static double? Finite(double? number) => number is { } some && double.IsFinite(some) ? some : null;
}
