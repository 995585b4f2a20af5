using System.Text.Json;
using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Core.Metrics;
using Functional.Core.Numbers;
using Functional.Core.Training;
using Functional.Formats;
using Functional.Landscapes;

namespace Functional.Runs;

/// <summary>All that is to be told of a run.</summary>
/// <param name="Header">What was known before its first step.</param>
/// <param name="Results">What came out.</param>
/// <param name="Steps">Steps done.</param>
/// <param name="History">Epoch by epoch.</param>
/// <param name="Seconds">How long training took, pauses left out.</param>
public sealed record RunReport(
    RunHeader Header, TrainingResults Results, long Steps, IReadOnlyList<EpochLine> History, double Seconds)
{
    /// <summary>The outcome of a run that is not finished: it is being trained, or was killed.</summary>
    internal const string Unfinished = "unfinished";

    /// <summary>The outcome of a run that was trained to its end.</summary>
    internal const string Finished = "finished";

    /// <summary>The outcome of a run that was stopped before its end, and was saved.</summary>
    internal const string Interrupted = "interrupted";

    /// <summary>The curvature of the training loss along the training, where it was watched.</summary>
    public IReadOnlyList<CurvaturePoint> Curvature => [.. History.SelectMany(line => line.Curvature)];

    /// <summary>The report of a finished run, from its files.</summary>
    /// <param name="run">Its directory.</param>
    /// <param name="header">Of the same training.</param>
    /// <param name="trainer">The same training.</param>
    /// <param name="threads">How many threads may help to evaluate its model; 0 for all processors.</param>
    /// <exception cref="InvalidInputException">A file is missing, or is not what run.json says.</exception>
    internal static RunReport Again(string run, RunHeader header, Trainer trainer, int threads)
    {
        var recorded = RunDirectory.LoadReport(run);
        var (model, history) = (RunDirectory.LoadModel(run), MetricsFile.Read(run));
        if (model.ParametersSha256 != $"{recorded["parameters_sha256"]}" || history.Count != (int)recorded["epochs"]!
            || model.Architecture != trainer.Experiment.Architecture)
            throw new InvalidInputException($"the files of {run} are not what its {RunFiles.Report} describes");
        var outcome = new Outcome.Trained(JsonNumber.Read(recorded["last_loss"]));
        return new(
            header, trainer.Results(model, outcome, threads, withThresholds: false), (long)recorded["steps"]!, history,
            JsonNumber.Read(recorded["seconds"]));
    }

    // What every report has, whatever the run was; and what one has whose training ended.
    private static readonly (string Field, JsonValueKind Kind)[] Always =
    [
        ("seed", JsonValueKind.Number), ("data", JsonValueKind.Object), ("data.name", JsonValueKind.String),
        ("data.sha256", JsonValueKind.String), ("experiment", JsonValueKind.Object),
    ];
    private static readonly (string Field, JsonValueKind Kind)[] AtTheEnd =
    [
        ("epochs", JsonValueKind.Number), ("steps", JsonValueKind.Number),
        ("parameters_sha256", JsonValueKind.String), ("train", JsonValueKind.Object),
    ];

    /// <summary>Whether a report is of a training that is under way, or was killed.</summary>
    internal static bool IsUnfinished(JsonObject report) => Is(report, Unfinished);

    /// <summary>Whether its outcome is one of the words: finished, interrupted, unfinished.</summary>
    internal static bool Is(JsonObject report, string outcome) =>
        report["outcome"] is JsonValue value && value.TryGetValue(out string? text) && text == outcome;

    /// <summary>A report from its text.</summary>
    /// <exception cref="InvalidDataException">It is not JSON, or lacks what every report has; the message
    /// names the field.</exception>
    internal static JsonObject Read(string text)
    {
        try
        {
            using var document = JsonText.Parse(text);
            if (JsonText.Fault(document.RootElement) is { } unreadable) throw new Unreadable(unreadable);
            var report =
                JsonNode.Parse(text, null, new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
                ?? throw new Unreadable($"it is not a JSON object");
            foreach (var (field, kind) in IsUnfinished(report) ? Always : [.. Always, .. AtTheEnd])
                if (field.Split('.').Aggregate((JsonNode?)report, (node, name) => node?[name]) is var found
                    && found?.GetValueKind() != kind)
                    throw new Unreadable(
                        $"{field} is {(found is null ? $"missing" : Phrase.Verbatim(found.ToJsonString()))}; "
                            + $"it should be {Called(kind)}");
            foreach (string whole in (string[])["epochs", "steps", "numeric_law", "curvature_every"])
                if (report[whole] is JsonValue number && !number.TryGetValue(out long _))
                    throw new Unreadable($"{whole} is {report[whole]!.ToJsonString()}; it should be a whole number");
            foreach (string part in (string[])["validation", "test", "not_drawn"])
                if (report[part] is not (null or JsonObject))
                    throw new Unreadable($"{part} is {report[part]!.ToJsonString()}; it should be an object, or null");
            if (report["numeric_law"]?.GetValueKind() is not (null or JsonValueKind.Number))
                throw new Unreadable($"numeric_law is {report["numeric_law"]!.ToJsonString()}; it should be a number");
            return report;
        }
        catch (JsonException fault)
        {
            throw new Unreadable(
                fault.LineNumber is { } line ? (Phrase)$"it is not JSON (line {line + 1})" : $"a field is given twice",
                fault);
        }
    }

    private static Phrase Called(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => $"an object",
        JsonValueKind.Number => $"a number",
        _ => $"a string",
    };

    /// <summary>The report as a JSON object.</summary>
    /// <param name="directory">Where it is kept, if anywhere.</param>
    /// <param name="withHistory">Whether with each epoch, and with the curvature along the training: a run's directory
    /// has them in <c>metrics.jsonl</c>.</param>
    public JsonObject ToJson(string? directory, bool withHistory = true)
    {
        var json = Header.ToJson();
        json["epochs"] = History.Count;
        json["steps"] = Steps;
        json["outcome"] = Results.Outcome switch
        {
            Outcome.Diverged(var step, var loss) =>
                new JsonObject { ["diverged_at_step"] = step, ["loss"] = JsonNumber.Of(loss) },
            Outcome.Cancelled => Interrupted,
            _ => Finished,
        };
        if (Results.Outcome is Outcome.Trained(var lastLoss)) json["last_loss"] = JsonNumber.Of(lastLoss);
        if (withHistory) json["history"] = new JsonArray([.. History.Select(line => line.ToJson())]);
        json["train"] = Part(Results.Train);
        json["validation"] = Results.Validation is { } validation ? Part(validation) : null;
        json["test"] = Results.Test is { } test ? Part(test) : null;
        if (Results.NotDrawn is { } others) json["not_drawn"] = Part(others);
        json["parameters_sha256"] = Results.Model.ParametersSha256;
        json["seconds"] = Seconds;
        foreach (var (name, value) in Header.Rest(directory)) json[name] = value;
        return json;
    }

    /// <summary>Of so many classes the confusion matrix is written.</summary>
    internal const int MostShown = 200;

    /// <summary>An evaluation as a JSON object; a number that is not finite becomes null, and so does a confusion
    /// matrix of more than 200 classes.</summary>
    public static JsonObject Part(Evaluation part) => part switch
    {
        ClassificationReport of => new([
            .. Measures(of), new("majority_share", JsonNumber.Of(of.MajorityShare)), new("classes", Classes(of.Report)),
            new("confusion", of.Confusion.Rows <= MostShown ? Table(of.Confusion) : null)]),
        RegressionReport of => new(
        [
            .. Measures(of), new("root_mean_squared_error", JsonNumber.Of(of.RootMeanSquaredError)),
            new("root_mean_squared_error_of_mean", JsonNumber.Of(of.RootMeanSquaredErrorOfMean)),
            new("mean_absolute_error_of_mean", JsonNumber.Of(of.MeanAbsoluteErrorOfMean)),
        ]),
        _ => new(Measures(part)),
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Measures(Evaluation part) =>
        part.Measures.Select(measure => new KeyValuePair<string, JsonNode?>(measure.Name, JsonNumber.Of(measure.Value)))
            .Prepend(new("rows", part.Rows));

    private static JsonArray Classes(ClassReport report) =>
        new([.. Enumerable.Range(0, report.Support.Length).Select(label => (JsonNode)new JsonObject
        {
            ["class"] = label,
            ["precision"] = JsonNumber.Of(report.Precision[label]),
            ["recall"] = JsonNumber.Of(report.Recall[label]),
            ["f1"] = JsonNumber.Of(report.F1[label]),
            ["support"] = report.Support[label],
        })]);

    private static JsonArray Table(Matrix<double> counts) =>
        new([.. Enumerable.Range(0, counts.Rows)
            .Select(row => new JsonArray([.. counts.Row(row).ToArray().Select(count => (JsonNode)count)]))]);
}
