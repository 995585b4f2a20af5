using System.Xml.Linq;
using Functional.Core.Forms;
using Functional.Core.Inspection;
using Functional.Core.Networks;
using Functional.Reports;
using Functional.Runs;

namespace Functional.Cli.Pages;

/// <summary>The page of one run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Parent">The run that it came from; null where none is known.</param>
/// <param name="Language">Of its words.</param>
internal sealed record RunPage(ReportedRun Run, ParentRun? Parent, Language Language)
{
    private const int MostClasses = 50, MostFeatures = 60;

    private readonly PageWriter writing = new(Language);
    private readonly RunPictures pictures = new(Run);

    /// <summary>The page.</summary>
    public string Text => writing.Page(
        $"{Run.Name}: training report", Header(),
        [Results(), Curves(), Mistakes(), Reliance(), Inside(), Data(), SettingsTable(), Again()],
        $"Written by functional {RunHeader.Library}. Every number of this page follows from the experiment and its "
            + $"data by the same operations in the same order: whoever writes it again reads the same digits.");

    private IEnumerable<object?> Header()
    {
        var (report, settings) = (Run.Report, Run.Experiment.Settings);
        yield return Html.Classed("p", "kind", writing.Say($"training report"));
        yield return Html.Of("h1", Visible.Line(Run.Name));
        yield return Html.Classed("p", "facts", writing.Say($"{Run.DataName}, {Run.Experiment.Problem} · "
            + $"{Run.Model.Architecture.ParameterCount} parameters in {Run.Model.Architecture.Layers.Count} layers · "
            + $"{Run.History.Count} epochs, {(long?)report["steps"] ?? 0} steps · seed {settings.Seed}"));
        yield return writing.Verdict(Verdict.On(Run));
        if (Run.Inspection is { Judged: var judged } inspection) yield return Tiles(judged, inspection);
    }

    private XElement Tiles(InspectedPart judged, RunInspection inspection)
    {
        var rows = Run.Run.Trainer.Rows;
        var first = judged.Estimates[0];
        var second = judged.Evaluation is RegressionReport ? judged.Estimates[1]
            : judged["log_loss"] ?? judged.Estimates[^1];
        return Html.Classed("dl", "tiles",
            Tile($"{PageWriter.MeasureName(first.Measure)}, {PageWriter.PartName(judged.Part)}",
                PageWriter.Measured(first.Measure, first.Value), OfInterval(first)),
            Tile($"{PageWriter.MeasureName(second.Measure)}, {PageWriter.PartName(judged.Part)}",
                PageWriter.Measured(second.Measure, second.Value), OfInterval(second)),
            Tile($"samples", $"{rows.Train + rows.Validation + rows.Test}",
                writing.Say($"{rows.Train} train, {rows.Validation} validation, {rows.Test} test")),
            Tile($"hidden units that are dead",
                $"{Hidden(inspection).Sum(layer => layer.Last.DeadUnits)}",
                writing.Say($"of {Hidden(inspection).Sum(layer => layer.Units)}")));
    }

    private static IEnumerable<LayerActivations> Hidden(RunInspection inspection) => inspection.Layers
        .Where(layer => layer.Layer < inspection.Layers.Count - 1 && layer.Kind is "dense" or "activate");

    private string OfInterval(Estimate one) => writing.Say($"95 % interval {PageWriter.Measured(one.Measure, one.Low)} "
        + $"to {PageWriter.Measured(one.Measure, one.High)}");

    private XElement Tile(Phrase name, string number, string small) => Html.Classed("div", "tile",
        Html.Of("dt", writing.Say(name)), Html.Classed("dd", "number", number), Html.Classed("dd", "small", small));

    private XElement? Results() => Run.Inspection is not { } inspection
        ? null
        : writing.Section("results", $"How well it does",
            writing.Table(
                $"Train, validation and test, with 95 % intervals",
                [$"measure", .. inspection.Parts.Select(part =>
                    (Phrase)$"{PageWriter.PartName(part.Part)} ({part.Evaluation.Rows})")],
                [.. Enumerable.Range(1, inspection.Parts.Count)],
                inspection.Judged.Estimates.Select(estimate => (object?[])
                    [PageWriter.MeasureName(estimate.Measure), .. inspection.Parts.Select(part =>
                        (object?)PageWriter.Interval(part[estimate.Measure]))])),
            writing.Note($"Intervals are by bootstrap: {Bootstrap.Resamples} resamples of the part's rows, drawn "
                + $"from the run's seed. They say how far another sample of the same size may be off, and nothing of "
                + $"another training."),
            PageWriter.Beside([PerClass(inspection.Judged), .. pictures.Calibration().Select(writing.Figure)]));

    private XElement? PerClass(InspectedPart judged)
    {
        if (judged.Evaluation is not ClassificationReport { Report: var report } || report.Support.Length > MostClasses)
            return null;
        return writing.Table(
            $"Class by class, {PageWriter.PartName(judged.Part)}",
            [$"class", $"samples", $"precision", $"recall", $"F1"], [1, 2, 3, 4],
            Enumerable.Range(0, report.Support.Length).Select(label => (object?[])
            [
                Visible.Line(Run.ClassName(label)), Numerals.Of(report.Support[label], 6),
                Numerals.Fixed(report.Precision[label], 3), Numerals.Fixed(report.Recall[label], 3),
                Numerals.Fixed(report.F1[label], 3),
            ]));
    }

    private XElement? Curves() => writing.Section(
        "curves", $"How it learned", writing.Grid([.. pictures.Curves(), .. pictures.Curvature()]));

    private XElement? Mistakes()
    {
        if (Run.Inspection is not { Judged: var judged, Mistakes: var mistakes }) return null;
        XElement[] worst = [.. pictures.WorstPictures().Select(writing.Figure)];
        return writing.Section("mistakes", judged.Evaluation is RegressionReport
                ? (Phrase)$"How far it is off"
                : $"What it mixes up",
            worst.Length > 0
                ? PageWriter.Beside([.. pictures.Mistakes().Select(writing.Figure), Worst(judged, mistakes)])
                : writing.Grid([.. pictures.Mistakes(), .. pictures.Decision()]),
            worst.Length > 0 ? worst : Worst(judged, mistakes));
    }

    private XElement? Worst(InspectedPart judged, Items<Mistake> mistakes)
    {
        if (mistakes.Count == 0)
            return judged.Evaluation is ClassificationReport { Accuracy: 1 }
                ? writing.P($"There is no mistake to show.")
                : null;
        bool areClasses = judged.Evaluation is ClassificationReport;
        return writing.Table(
            judged.Evaluation is RegressionReport
                ? (Phrase)$"The worst mistakes of {Visible.Line(Run.TargetName)}, by their rows in the data"
                : $"The worst mistakes, by their rows in the data",
            areClasses
                ? [$"row", $"true", $"predicted", $"probability of it", $"of the true one"]
                : [$"row", $"true", $"predicted", $"off by"],
            areClasses ? [3, 4] : [1, 2, 3], mistakes.Select(mistake => areClasses
                ? (object?[])
                [
                    $"{Run.SourceRow(mistake.Row)}", Visible.Line(Run.ClassName((int)mistake.Truth)),
                    Visible.Line(Run.ClassName((int)mistake.Predicted)), Numerals.Fixed(mistake.Probability, 3),
                    Numerals.Fixed(mistake.OfTruth, 3),
                ]
                :
                [
                    $"{Run.SourceRow(mistake.Row)}", Numerals.Of(mistake.Truth, 5), Numerals.Of(mistake.Predicted, 5),
                    Numerals.Of(mistake.Size, 3),
                ]));
    }

    private XElement? Reliance()
    {
        if (Run.Inspection is not { Importances: { Count: > 0 } importances, Judged: var judged }) return null;
        var names = Run.FeatureNames;
        bool areNumbers = judged.Evaluation is RegressionReport;
        var note = writing.Note($"A feature's cells are those of other samples, in an order drawn from the run's "
            + $"seed, on the {PageWriter.PartName(judged.Part)} part. A feature that others can stand in for seems "
            + $"less important than it is.");
        var table = Run.PictureSide is not null ? null : writing.Table(
            $"Permutation importance",
            [$"feature", $"rise of the loss", $"least … largest", areNumbers ? (Phrase)$"fall of R2"
                : $"fall of the accuracy"],
            [1, 2, 3],
            importances.OrderByDescending(one => one.LossRise).Take(MostFeatures).Select(one => (object?[])
            [
                Visible.Line(names[one.Feature]), Numerals.Of(one.LossRise, 3),
                $"{Numerals.Of(one.Least, 3)} … {Numerals.Of(one.Most, 3)}", Numerals.Fixed(one.ScoreDrop, 4),
            ]));
        return writing.Section("importance", $"What it relies on",
            PageWriter.Beside([.. pictures.Importance().Select(writing.Figure), Html.Of("div", table, note)]));
    }

    private XElement? Inside()
    {
        var summary = Summary.Of(Run.Model.Architecture);
        var layers = Run.Inspection?.Layers;
        Phrase[] heads = [$"layer", $"kind", $"inputs", $"outputs", $"parameters"];
        Phrase[] more = layers is null ? []
            : [$"mean ± deviation, before training", $"mean ± deviation, after", $"zeros, after", $"dead units"];
        return writing.Section("network", $"Inside the network",
            writing.Table($"Layers", [.. heads, .. more], [2, 3, 4, 5, 6, 7, 8],
                summary.Layers.Index().Select(layer => (object?[])
                [
                    $"{layer.Index + 1}", layer.Item.Kind, $"{layer.Item.Inputs}", $"{layer.Item.Outputs}",
                    $"{layer.Item.Parameters}", .. layers is null ? [] : Activity(layers[layer.Index]),
                ])),
            writing.Grid(pictures.Activations(), isSmall: true),
            writing.Grid([.. pictures.Norms(), .. pictures.Weights().Where(picture => !picture.IsWide)]),
            pictures.Weights().Where(picture => picture.IsWide).Select(writing.Figure).ToArray());
    }

    private static object?[] Activity(LayerActivations layer) =>
    [
        Spread(layer.First), Spread(layer.Last), Verdict.Percent(layer.Last.ZeroShare),
        layer.Kind is "dense" or "activate" ? $"{layer.Last.DeadUnits}" : "–",
    ];

    private static string Spread(ActivationSummary summary) =>
        $"{Numerals.Of(summary.Mean, 3)} ± {Numerals.Of(summary.Deviation, 3)}";

    private XElement? Data() => writing.Section("data", $"The data",
        new DataCard(Run, writing).Parts);

    private XElement? SettingsTable()
    {
        var rows = SettingRow.Of(Run.Experiment);
        var others = Parent?.Settings;
        string? Other(SettingRow row) => others?.FirstOrDefault(other => other.Field == row.Field)?.Value;
        bool IsSame(SettingRow row) => others is null ? row.IsDefault : Other(row) == row.Value;
        return writing.Section("settings", $"Settings",
            Parent is null ? null : Html.Of("p", writing.Say($"Beside the run that it came from, {Parent.Name}:")),
            writing.Table($"Every setting. Parts of one that have their default are left out.",
                [$"setting", $"value", others is null ? (Phrase)$"default" : $"of the parent", $"changed"], [],
                rows.OrderBy(IsSame).Select(row => (object?[])
                [
                    Html.Of("code", row.Field), row.Value,
                    IsSame(row) ? "" : others is null ? row.Usual : Other(row) ?? "–", Changed(IsSame(row)),
                ])),
            From());
    }

    private XElement Changed(bool isSame) => isSame
        ? Html.Classed("span", "tag", writing.Say(Parent is null ? (Phrase)$"default" : $"same"))
        : Html.Classed("span", "tag changed", writing.Say($"changed"));

    private XElement? From() => (string?)Run.Report["from_parameters_sha256"] is { } digest
        ? Html.Of("p", writing.Say($"It started from the parameters of another model:"), " ", Html.Of("code", digest))
        : null;

    private XElement? Again()
    {
        var report = Run.Report;
        string run = Quoted(Run.Run.Directory), spec = Quoted(Path.Combine(Run.Run.Directory, RunFiles.Report));
        return writing.Section("again", $"Do it again",
            Html.Classed("p", "lines", Html.Of("code", $"functional reproduce {run}"),
                Html.Of("code", $"functional train {spec}")),
            writing.P($"The first does the run again and compares every epoch with what was written down; the second "
                + $"trains the same experiment anew. Both end at the same parameters, to the last bit."),
            writing.Facts($"What has to come out, and where it came out", new (Phrase, object?)[]
            {
                ($"parameters (SHA-256)", Html.Of("code", (string?)report["parameters_sha256"])),
                ($"experiment (SHA-256)", Html.Of("code", $"{report["experiment_sha256"]}")),
                ($"data (SHA-256)", Html.Of("code", (string?)report["data"]!["sha256"])),
                ($"numeric law", $"{report["numeric_law"]}"),
                ($"library", $"functional {report["library"]}"),
                ($"precision", $"{report["precision"]}"),
                ($"threads", $"{report["threads"]}"),
                ($"time", writing.Say($"{(double?)report["seconds"] ?? 0:F1} s")),
            }),
            writing.P($"Where it ran does not matter: threads, processor, operating system and interruptions change "
                + $"how long it takes, and no bit of any result."));
    }

    private const string Plain = "/._-+=:@";

    /// <summary>A word for a shell.</summary>
    public static string Quoted(string word) => word.All(sign => char.IsLetterOrDigit(sign) || Plain.Contains(sign))
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
