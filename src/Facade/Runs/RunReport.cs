using System.Text.Json;
using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Core.Metrics;
using Functional.Core.Numbers;
using Functional.Core.Training;
using Functional.Data;
using Functional.Formats;
using Functional.Landscapes;

namespace Functional.Runs;

/// <summary>One line of a run's history.</summary>
public sealed record EpochLine(int Epoch, double TrainLoss, Evaluation? Validation);

/// <summary>All that is to be told of a run.</summary>
/// <param name="Results">What came out.</param>
/// <param name="Data">All samples, as they were given.</param>
/// <param name="Rows">How they were cut.</param>
/// <param name="Threads">How many threads helped; no number here depends on it.</param>
/// <param name="Steps">Steps done.</param>
/// <param name="History">Epoch by epoch.</param>
/// <param name="Seconds">How long training took.</param>
/// <param name="From">The digest of the parameters that it started from; none where those were first weights.</param>
public sealed record RunReport(
    TrainingResults Results, LoadedData Data, (int Train, int Validation, int Test) Rows, int Threads, long Steps,
    IReadOnlyList<EpochLine> History, double Seconds, string? From = null)
{
    /// <summary>The library's version.</summary>
    public static string Library => typeof(RunReport).Assembly.GetName().Version!.ToString(3);

    /// <summary>The curvature of the training loss along the training, where it was watched.</summary>
    public IReadOnlyList<CurvaturePoint> Curvature { get; init; } = [];

    // What every report has, whatever the run was.
    private static readonly (string Field, JsonValueKind Kind)[] Always =
    [
        ("seed", JsonValueKind.Number), ("epochs", JsonValueKind.Number), ("parameters_sha256", JsonValueKind.String),
        ("data", JsonValueKind.Object), ("data.name", JsonValueKind.String), ("data.sha256", JsonValueKind.String),
        ("train", JsonValueKind.Object), ("experiment", JsonValueKind.Object),
    ];

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
            foreach (var (field, kind) in Always)
                if (field.Split('.').Aggregate((JsonNode?)report, (node, name) => node?[name]) is var found
                    && found?.GetValueKind() != kind)
                    throw new Unreadable(
                        $"{field} is {(found is null ? $"missing" : Phrase.Verbatim(found.ToJsonString()))}; "
                            + $"it should be {Called(kind)}");
            foreach (string part in (string[])["validation", "test"])
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
    /// <param name="historyLeftOut">Why the history is left out, where it is.</param>
    public JsonObject ToJson(string? directory, string? historyLeftOut = null)
    {
        var (experiment, model) = (Results.Experiment, Results.Model);
        var json = new JsonObject
        {
            ["seed"] = experiment.Settings.Seed,
            ["precision"] = Choices<Precision>.NameOf(experiment.Settings.Precision),
            ["threads"] = Threads,
            ["experiment_sha256"] = experiment.Digest,
            ["library"] = Library,
            ["numeric_law"] = NumericLaw.Version,
            ["data"] = new JsonObject
            {
                ["name"] = DataSource.Kinds.NameOf(experiment.Settings.Data),
                ["sha256"] = DataCatalog.Digest(Data),
                ["train_rows"] = Rows.Train,
                ["validation_rows"] = Rows.Validation,
                ["test_rows"] = Rows.Test,
            },
            ["parameter_count"] = model.Architecture.ParameterCount,
            ["epochs"] = History.Count,
            ["steps"] = Steps,
            ["outcome"] = Results.Outcome switch
            {
                Outcome.Diverged(var step, var loss) =>
                    new JsonObject { ["diverged_at_step"] = step, ["loss"] = Number(loss) },
                Outcome.Cancelled => "interrupted",
                _ => "finished",
            },
            ["history"] = new JsonArray([.. historyLeftOut is null ? History.Select(Line) : []]),
            ["train"] = Part(Results.Train),
            ["validation"] = Results.Validation is { } validation ? Part(validation) : null,
            ["test"] = Results.Test is { } test ? Part(test) : null,
            ["parameters_sha256"] = model.ParametersSha256,
            ["seconds"] = Seconds,
            ["run"] = directory,
            ["experiment"] = JsonNode.Parse(experiment.ToJson(Path.GetFullPath)),
            ["notes"] = new JsonArray([.. Data.Notes.Concat(Results.Notes).Select(note => (JsonNode)$"{note}")]),
        };
        if (historyLeftOut is not null) json["history_left_out"] = historyLeftOut;
        if (From is not null) json["from_parameters_sha256"] = From;
        if (Curvature.Count > 0) json["curvature"] = new JsonArray([.. Curvature.Select(Point)]);
        return json;
    }

    /// <summary>Of so many classes the confusion matrix is written.</summary>
    internal const int MostShown = 200;

    /// <summary>An evaluation as a JSON object; a number that is not finite becomes null, and so does a confusion
    /// matrix of more than 200 classes.</summary>
    public static JsonObject Part(Evaluation part) => part switch
    {
        ClassificationReport of => new([
            .. Measures(of), new("majority_share", Number(of.MajorityShare)), new("classes", Classes(of.Report)),
            new("confusion", of.Confusion.Rows <= MostShown ? Table(of.Confusion) : null)]),
        RegressionReport of => new(
        [
            .. Measures(of), new("root_mean_squared_error", Number(of.RootMeanSquaredError)),
            new("root_mean_squared_error_of_mean", Number(of.RootMeanSquaredErrorOfMean)),
            new("mean_absolute_error_of_mean", Number(of.MeanAbsoluteErrorOfMean)),
        ]),
        _ => new(Measures(part)),
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Measures(Evaluation part) =>
        part.Measures.Select(measure => new KeyValuePair<string, JsonNode?>(measure.Name, Number(measure.Value)))
            .Prepend(new("rows", part.Rows));

    private static JsonArray Classes(ClassReport report) =>
        new([.. Enumerable.Range(0, report.Support.Length).Select(label => (JsonNode)new JsonObject
        {
            ["class"] = label,
            ["precision"] = Number(report.Precision[label]),
            ["recall"] = Number(report.Recall[label]),
            ["f1"] = Number(report.F1[label]),
            ["support"] = report.Support[label],
        })]);

    private static JsonNode Line(EpochLine line)
    {
        var json = new JsonObject { ["epoch"] = line.Epoch, ["train_loss"] = Number(line.TrainLoss) };
        if (line.Validation is not { } validation) return json;
        json["validation_loss"] = Number(validation.Loss);
        json[$"validation_{validation.Score.Name}"] = Number(validation.Score.Value);
        return json;
    }

    private static JsonNode Point(CurvaturePoint point) => new JsonObject
    {
        ["step"] = point.Step,
        ["largest"] = new JsonArray([.. point.Largest.Select(value => Number(value))]),
        ["residuals"] = new JsonArray([.. point.Residuals.Select(value => Number(value))]),
        ["trace"] = Number(point.Trace.Value),
        ["trace_low"] = Number(point.Trace.Low),
        ["trace_high"] = Number(point.Trace.High),
        ["stable_below"] = point.StableBelow,
    };

    private static JsonArray Table(Matrix<double> counts) =>
        new([.. Enumerable.Range(0, counts.Rows)
            .Select(row => new JsonArray([.. counts.Row(row).ToArray().Select(count => (JsonNode)count)]))]);

    private static JsonNode? Number(double x) => double.IsFinite(x) ? x : null;
}
