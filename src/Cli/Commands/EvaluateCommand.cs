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
        if (parsed.GetValue(Data) is { } other)
        {
            var report = RunDirectory.LoadReport(run);
            RecordedTraining.RequireLaw(run, report);
            return OnOther(Adjusted(RunDirectory.LoadModel(run)), report, other, threads, parsed);
        }
        var opened = OpenedRun.Read(run, Adjusted, mayBeBag: true);
        Terminal.Notes(opened.Notes);
        var results = opened.Trainer.Results(opened.Model, new Outcome.Untrained(), threads);
        Terminal.Show(new EvaluationReport(run, results), parsed);
        return Status.Done;

        Model Adjusted(Model model) => Shared.WithUnseen(Shared.WithThreshold(model, parsed), parsed);
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
