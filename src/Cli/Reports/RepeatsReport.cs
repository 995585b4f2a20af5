using System.Text.Json.Nodes;
using Functional.Cli.Commands;
using Functional.Core.Forms;
using Functional.Core.Training;
using Functional.Formats;
using Functional.Runs;

namespace Functional.Cli.Reports;

/// <summary>What came of many trainings of one experiment: each in a line, and the means of those that came to their
/// end.</summary>
/// <param name="Plan">Over what it was repeated.</param>
/// <param name="Count">How many trainings there are to be.</param>
/// <param name="Runs">Those that are over, or were interrupted.</param>
internal sealed record RepeatsReport(RepeatPlan Plan, int Count, IReadOnlyList<DoneRun> Runs) : Report
{
    private static readonly (string Name, Phrase Words, Func<TrainingResults, Evaluation?> Of)[] Parts =
    [
        ("train", $"train", results => results.Train), ("validation", $"validation", results => results.Validation),
        ("test", $"test", results => results.Test), ("not_drawn", $"not drawn", results => results.NotDrawn),
    ];

    private TrainingResults[] Counting => [.. Runs.Where(run => run.Counts).Select(run => run.Results!)];

    // A fold, or a resample, that is better than others was only lucky in its rows.
    private DoneRun? Best => Plan.Over == RepeatedOver.Seeds
        && Repetition.Best(Runs.Select(run => run.Counts ? run.Results!.LastPart.Part : null)) is { } best
        ? Runs[best]
        : null;

    public override JsonObject ToJson()
    {
        var counting = Counting;
        var json = new JsonObject
        {
            ["over"] = Choices<RepeatedOver>.NameOf(Plan.Over),
            ["count"] = Count,
            ["in_means"] = counting.Length,
            ["diverged"] = new JsonArray([.. Runs.Where(run => run.Outcome is Outcome.Diverged).Select(Name)]),
            ["runs"] = new JsonArray([.. Runs.Select(Line)]),
            ["best"] = Best is { } best ? Name(best) : null,
        };
        var means = new JsonObject();
        foreach (var (name, _, of) in Parts)
            if (Part(counting, of) is { } part)
                means[name] = new JsonObject([.. part.Measures.Select(measure => KeyValuePair.Create(
                    measure.Name, (JsonNode?)new JsonObject
                    {
                        ["mean"] = JsonNumber.Of(measure.Mean.Mean),
                        ["half_of_95_percent_interval"] = Maybe(measure.Mean.Half),
                        ["standard_deviation"] = Maybe(measure.Mean.Deviation),
                    }))]);
        json["means"] = means;
        return json;
    }

    public override IEnumerable<string> ToText(Language language, int width)
    {
        if (Runs.Count > 0)
            foreach (string line in Table(language).Lines(TextTableFormat.Text))
                yield return line;
        foreach (var line in Lines()) yield return line.In(language);
    }

    private TextTable Table(Language language)
    {
        var first = Runs.FirstOrDefault(run => run.Results is not null)?.Results;
        bool areTwo = first is { Test: not null, NotDrawn: not null };
        Phrase over = Plan.Over switch
        {
            RepeatedOver.Folds => $"fold",
            RepeatedOver.Resamples => $"resample",
            _ => $"seed",
        };
        Phrase[] headings =
        [
            over, first?.LastScore ?? (Phrase)$"score", (Phrase)$"loss",
            .. areTwo ? [(Phrase)$"not drawn"] : Array.Empty<Phrase>(), (Phrase)$"epochs", (Phrase)$"ended",
            (Phrase)$"run",
        ];
        return new([.. headings.Select(heading => heading.In(language))], [.. Runs.Select(Cells)]);

        IReadOnlyList<string> Cells(DoneRun run) =>
        [
            run.Repeat.Label, Number(run, results => results.LastPart.Part.Score.Value),
            Number(run, results => results.LastPart.Part.Loss),
            .. areTwo ? [Number(run, results => results.NotDrawn?.Score.Value)] : Array.Empty<string>(),
            $"{run.Epochs}", Ended(run).In(language), Short(run.Directory),
        ];
    }

    private static string Number(DoneRun run, Func<TrainingResults, double?> number) =>
        run.Counts && number(run.Results!) is { } found ? Numerals.Fixed(found, 4) : "";

    private static Phrase Ended(DoneRun run) => run switch
    {
        { Outcome: Outcome.Diverged(var step, _) } => $"diverged at step {step}",
        { Outcome: Outcome.Cancelled } => $"interrupted",
        { WasThere: true } => $"run before",
        _ => $"finished",
    };

    private IEnumerable<Phrase> Lines()
    {
        var counting = Counting;
        if (counting.Length == 0)
        {
            yield return $"none of {SampleMean.Counted(Count, Plan.Over)} is finished; there is no mean";
            yield break;
        }
        yield return Phrase.Empty;
        foreach (var (_, words, of) in Parts)
            if (Part(counting, of) is { } part)
                yield return $"{words,-12}{Evaluation.WordsOf(part.Each[0].Score.Name)} {part.Score.Short}   loss "
                    + $"{part.Loss.Short}";
        yield return counting.Length == Count
            ? (Phrase)($"{Phrase.Empty,-12}means of {SampleMean.Counted(Count, Plan.Over)} with 95 % intervals "
                + $"(Student's t)")
            : $"{Phrase.Empty,-12}means of the {counting.Length} finished of "
                + $"{SampleMean.Counted(Count, Plan.Over)}, with 95 % intervals (Student's t)";
        if (Best is { Results: { } best } run)
            yield return $"{(Phrase)$"best",-12}seed {run.Repeat.Label}: "
                + $"{Evaluation.WordsOf(best.LastPart.Part.Score.Name)} "
                    + $"{Numerals.Fixed(best.LastPart.Part.Score.Value, 4)}, {Short(run.Directory)}";
    }

    private RepeatedPart<Evaluation>? Part(TrainingResults[] counting, Func<TrainingResults, Evaluation?> of)
    {
        Evaluation[] each = [.. counting.Select(of).OfType<Evaluation>()];
        return each.Length > 0 ? new(each, Plan.Over) : null;
    }

    private JsonNode Line(DoneRun run)
    {
        var json = new JsonObject { ["name"] = run.Repeat.Name };
        if (Plan.Over == RepeatedOver.Seeds) json["seed"] = JsonNode.Parse(run.Repeat.Label);
        json["run"] = run.Directory;
        json["outcome"] = run.Outcome switch
        {
            Outcome.Diverged(var step, var loss) =>
                new JsonObject { ["diverged_at_step"] = step, ["loss"] = JsonNumber.Of(loss) },
            Outcome.Cancelled => RunReport.Interrupted,
            _ => RunReport.Finished,
        };
        json["run_before"] = run.WasThere;
        json["epochs"] = run.Epochs;
        if (!run.Counts) return json;
        foreach (var (name, _, of) in Parts)
            if (of(run.Results!) is { } part)
                json[name] = RunReport.Part(part);
        json["parameters_sha256"] = run.Results!.Model.ParametersSha256;
        return json;
    }

    private static JsonNode Name(DoneRun run) => JsonValue.Create(run.Repeat.Name)!;

    private static JsonNode? Maybe(double? number) => number is { } some ? JsonNumber.Of(some) : null;

    // As seen from here, where that is shorter.
    private static string Short(string directory) =>
        Path.GetRelativePath(Environment.CurrentDirectory, directory) is var near && near.Length < directory.Length
            ? near
            : directory;
}
