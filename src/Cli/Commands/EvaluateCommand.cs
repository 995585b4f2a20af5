using System.CommandLine;
using System.Text.Json.Nodes;
using Functional.Cli.Reports;
using Functional.Core.Training;
using Functional.Data;
using Functional.Runs;

namespace Functional.Cli.Commands;

/// <summary><c>functional evaluate</c>: a run's model on the parts of the data it was trained on,
/// or on other data.</summary>
internal static class EvaluateCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = Terminal.Said($"a run's directory") };

    private static readonly Option<string?> Data = new("--data")
    {
        HelpName = "FILE",
        Description = Terminal.Said(
            $"other data, read as the run's own: a file of the same kind, or the name of a data set (the run's data)")
    };

    public static void Fill(Command command)
    {
        command.With(Run, Data, Shared.Threshold, Shared.Unseen, Shared.Threads, Shared.Json);
        DataOptions.AddFormatTo(command);
        command.SetAction(Evaluate);
    }

    private static int Evaluate(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        int threads = Shared.ThreadCount(parsed, faults);
        if (faults.Count > 0) throw new InvalidInputException(faults);
        string run = RunDirectory.Of(parsed.GetValue(Run)!);
        var report = RunDirectory.LoadReport(run);
        if ((int?)report["numeric_law"] is var law && law != NumericLaw.Version)
            throw new InvalidInputException($"{run} follows numeric law {law}; this version has {NumericLaw.Version}, "
                + $"which cuts and scales data in another way (docs/numerics.md)");
        var model = Shared.WithUnseen(Shared.WithThreshold(RunDirectory.LoadModel(run), parsed), parsed);
        if (parsed.GetValue(Data) is { } other) return OnOther(model, report, other, threads, parsed);
        var opened = Opened.Read(report["experiment"]!.ToJsonString(), model)
            .Match(Succ: o => o, Fail: found => throw new InvalidInputException(found));
        var (experiment, data) = (opened.Experiment, opened.Data.Value);
        Terminal.Notes(data.Notes);
        if (DataCatalog.Digest(data) is var digest && digest != (string)report["data"]!["sha256"]!)
            throw new InvalidInputException(
                $"the data have SHA-256 {digest}; the run was trained on {report["data"]!["sha256"]}");
        if (model.Architecture != experiment.Architecture || model.Precision != experiment.Settings.Precision)
            throw new InvalidInputException($"the model in {run} is not the one its run.json describes");
        bool isWarm = report["from_parameters_sha256"] is not null; // its encoding is that of the model it started from
        var trainer = Trainer.Of(experiment, data.Data, test: data.Test, from: isWarm ? model : null).OrThrow();
        if (trainer.Untrained is var untrained && (model.Encoding.Scaling != untrained.Encoding.Scaling
            || model.Encoding.TargetScaling != untrained.Encoding.TargetScaling || model.Loss != untrained.Loss
            || model.Problem != untrained.Problem))
            throw new InvalidInputException(
                $"the model in {run} does not have the scaling, loss and problem of its run.json");
        var results = trainer.Results(model, new Outcome.Untrained(), threads);
        Terminal.Show(new EvaluationReport(run, results), parsed);
        return Status.Done;
    }

    // A table is read as the run's own was, with its target, its weights and its way with missing cells.
    private static int OnOther(Model model, JsonObject report, string name, int threads, ParseResult parsed)
    {
        var settings = Experiment.Origin(report["experiment"]!.ToJsonString());
        var other = Experiment.Origin(new JsonObject { ["data"] = DataOptions.Named(name) }.ToJsonString()).Data;
        var known = KnownTask.Of(model);
        var source = (settings.Data, other) switch
        {
            (CsvFile table, CsvFile file) => known.Of(file with { Weight = table.Weight }),
            (_, CsvFile file) => known.Of(file),
            (NumpyFile arrays, NumpyFile file) => arrays with { Path = file.Path },
            _ => other,
        };
        if (source is CsvFile read) source = read with { Format = DataOptions.Format(read.Format, parsed) };
        var loaded = DataCatalog.Load(source, settings.Seed, settings.Missing, known);
        Terminal.Notes(
            [.. loaded.Notes, .. Shared.ByPlace(model, name, loaded.Data.Schema is { Features.Count: > 0 })]);
        var part = model.Evaluate(loaded.Test ?? loaded.Data, threads);
        Terminal.Show(new OtherDataReport(name, model, part), parsed);
        return Status.Done;
    }
}
