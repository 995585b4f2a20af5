using System.Text.Json.Nodes;
using System.Xml.Linq;
using Functional.Core.Forms;
using Functional.Figures;
using Functional.Reports;
using Functional.Runs;

namespace Functional.Cli.Pages;

/// <summary>The page of several runs beside each other.</summary>
/// <param name="Runs">Two or more.</param>
/// <param name="Language">Of its words.</param>
internal sealed record ComparisonPage(Items<ReportedRun> Runs, Language Language)
{
    private readonly PageWriter writing = new(Language);

    // A name for each: that of its directory, or its path where two are alike.
    private string[] Names { get; } = [.. Runs.Select(run =>
        Visible.Line(Runs.Count(other => other.Name == run.Name) > 1 ? run.Run.Directory : run.Name))];

    /// <summary>The page.</summary>
    public string Text => writing.Page(
        $"{Runs.Count} runs beside each other", Header(), [Results(), Curves(), Differences(), Again()],
        $"Written by functional {RunHeader.Library}. Every number of this page follows from the experiment and its "
            + $"data by the same operations in the same order: whoever writes it again reads the same digits.");

    /// <summary>What is to be thought of the runs together.</summary>
    public Verdict Verdict
    {
        get
        {
            var judged = Runs.Index().Where(run => run.Item.Inspection is not null)
                .Select(run => (Name: Names[run.Index], run.Item.Inspection!.Judged)).ToArray();
            var findings = Runs.Index().Where(run => run.Item.Inspection is null)
                .Select(run => new Finding(Tone.Bad, $"Training of {Names[run.Index]} diverged.")).ToList();
            var kinds = judged.Select(run => (run.Judged.Estimates[0].Measure, run.Judged.Part));
            bool areAlike = kinds.Distinct().Count() == 1
                && Runs.Select(run => run.Report["data"]!["sha256"]!.ToString()).Distinct().Count() == 1;
            if (judged.Length >= 2 && AreRepeats && kinds.Distinct().Count() == 1)
                return new(new(Tone.Plain, Repeats([.. judged.Select(run => run.Judged)])), [.. findings]);
            if (!areAlike || judged.Length < 2)
                return new(new(Tone.Plain, judged.Length < 2
                    ? (Phrase)$"There are not two runs that ended with a model: nothing can be compared."
                    : $"These runs are not of the same data, or not judged by the same measure: their scores cannot "
                        + $"be compared."), [.. findings]);
            var order = judged.OrderByDescending(run => run.Judged.Estimates[0].Value).ToArray();
            var (best, next) = (order[0].Judged.Estimates[0], order[1].Judged.Estimates[0]);
            string measure = best.Measure;
            var name = PageWriter.MeasureName(measure);
            string one = PageWriter.Measured(measure, best.Value), other = PageWriter.Measured(measure, next.Value);
            var part = PageWriter.PartName(order[0].Judged.Part);
            return new(best.Low > next.High
                ? new(Tone.Good, $"{order[0].Name} is best: {name} {one} on the {part} part, beside {other} of "
                    + $"{order[1].Name}; their intervals do not meet.")
                : new(Tone.Plain, $"{order[0].Name} has the best {name}, {one} beside {other} of {order[1].Name}, "
                    + $"but their intervals meet: another sample may turn that round."), [.. findings]);
        }
    }

    // Whether they differ in nothing but what seeds, folds, resamples and members of a bag differ in.
    private bool AreRepeats => Runs.Select(run =>
    {
        var experiment = (JsonObject)run.Report["experiment"]!.DeepClone();
        foreach (string name in (string[])["seed", "resampling", "member"]) experiment.Remove(name);
        return experiment.ToJsonString();
    }).Distinct().Count() == 1;

    private static Phrase Repeats(InspectedPart[] judged)
    {
        var (measure, part) = (judged[0].Estimates[0].Measure, PageWriter.PartName(judged[0].Part));
        double[] values = [.. judged.Select(one => one.Estimates[0].Value)];
        return $"These runs are one experiment, repeated with other seeds, rows or first weights; the best of them may "
            + $"only have been lucky. Over them, {PageWriter.MeasureName(measure)} on the {part} part has mean "
            + $"{PageWriter.Measured(measure, values.Average())}, from {PageWriter.Measured(measure, values.Min())} to "
            + $"{PageWriter.Measured(measure, values.Max())}.";
    }

    /// <summary>The pictures, for files.</summary>
    public IEnumerable<Picture> Pictures
    {
        get
        {
            (string Name, Phrase Quantity, Phrase Caption, Func<EpochLine, double> Of)[] all =
            [
                ("train-losses", $"training loss", $"Training loss, epoch by epoch.", line => line.TrainLoss),
                ("validation-losses", $"validation loss", $"Validation loss, epoch by epoch.",
                    line => line.Validation?.Loss ?? double.NaN),
                ("validation-scores", $"score on the validation part",
                    $"Score on the validation part, epoch by epoch.", line => line.Validation?.Value ?? double.NaN),
            ];
            foreach (var (name, quantity, caption, of) in all)
            {
                Items<EpochCurve> curves = [.. Runs.Index().Select(run =>
                    new EpochCurve(Phrase.Verbatim(Names[run.Index]), [.. run.Item.History.Select(of)]))];
                if (!curves.Any(curve => curve.Numbers.Any(double.IsFinite))) continue;
                yield return new(name, new RunCurves(quantity, curves), caption, Height: 480);
                if (name != "validation-scores")
                    yield return new($"{name}-logarithmic", new RunCurves(quantity, curves) { IsLogarithmic = true },
                        $"The same losses on a logarithmic axis: equal steps are equal factors.", Height: 480);
            }
        }
    }

    private IEnumerable<object?> Header()
    {
        yield return Html.Classed("p", "kind", writing.Say($"comparison"));
        yield return Html.Of("h1", string.Join(" · ", Names));
        yield return writing.Verdict(Verdict);
    }

    private XElement? Results()
    {
        string[] measures = [.. Runs.SelectMany(run => run.Inspection?.Judged.Estimates ?? [])
            .Select(estimate => estimate.Measure).Distinct()];
        object?[] Row(object? name, Func<ReportedRun, object?> cell) => [name, .. Runs.Select(cell)];
        return writing.Section("results", $"How well they do",
            writing.Table($"On the part that each is judged on, with 95 % intervals",
                [$"measure", .. Names.Select(Phrase.Verbatim)], [.. Enumerable.Range(1, Runs.Count)],
                [
                    Row((Phrase)$"part", run => run.Inspection is { Judged: var judged }
                        ? (Phrase)$"{PageWriter.PartName(judged.Part)} ({judged.Evaluation.Rows})"
                        : $"diverged"),
                    .. measures.Select(measure => Row(
                        PageWriter.MeasureName(measure), run => PageWriter.Interval(run.Inspection?.Judged[measure]))),
                    Row((Phrase)$"parameters", run => $"{run.Model.Architecture.ParameterCount}"),
                    Row((Phrase)$"epochs", run => $"{run.History.Count}"),
                ]));
    }

    private XElement? Curves() => writing.Section("curves", $"How they learned", writing.Grid(Pictures));

    private XElement? Differences()
    {
        var settings = Runs.Select(run => SettingRow.Of(run.Experiment)).ToArray();
        string Value(int run, string field) =>
            settings[run].FirstOrDefault(row => row.Field == field)?.Value ?? "–";
        var fields = settings.SelectMany(rows => rows.Select(row => row.Field)).Distinct()
            .Where(field => Enumerable.Range(0, Runs.Count).Select(run => Value(run, field)).Distinct().Count() > 1)
            .ToArray();
        var rows = fields.Select(field => (object?[])
            [Html.Of("code", field), .. Enumerable.Range(0, Runs.Count).Select(run => Value(run, field))]).ToList();
        if (Runs.Select(DataOf).Distinct().Count() > 1)
            rows.Add([writing.Say($"digest of the data"), .. Runs.Select(run => (object?)DataOf(run)[..12])]);
        return writing.Section("differences", $"What differs",
            rows.Count == 0
                ? writing.P($"Nothing: these are runs of one experiment on the same data.")
                : writing.Table($"Settings that are not the same in all runs",
                    [$"setting", .. Names.Select(Phrase.Verbatim)], [], rows));

        static string DataOf(ReportedRun run) => (string)run.Report["data"]!["sha256"]!;
    }

    private XElement? Again() => writing.Section("again", $"Do them again",
        Html.Classed("p", "lines", Runs.Select(run =>
            Html.Of("code", $"functional reproduce {RunPage.Quoted(run.Run.Directory)}"))),
        writing.Table($"What has to come out", [$"run", $"parameters (SHA-256)"], [],
            Runs.Index().Select(run => (object?[])
                [Names[run.Index], Html.Of("code", (string?)run.Item.Report["parameters_sha256"])])),
        writing.P($"Where they ran does not matter: threads, processor, operating system and interruptions change "
            + $"how long it takes, and no bit of any result."));
}
