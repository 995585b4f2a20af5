using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Functional.Store;

/// <summary>A field of a run: a number or a text.</summary>
/// <param name="Number">The number; none where it is a text.</param>
/// <param name="Text">The text; none where it is a number.</param>
public readonly record struct FieldValue(double? Number, string? Text)
{
    /// <summary>The number or the text as people read it in a file.</summary>
    public override string ToString() =>
        Number is { } number ? number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) : Text ?? "";
}

/// <summary>
/// What a <c>run.json</c> says, by the paths of its fields: settings as in a spec (optimizer.rate; optimizer is its
/// kind), what came out by its part (test.accuracy), and a few that are worked out: state, score, epochs_trained.
/// </summary>
internal static class RunFields
{
    /// <summary>Field names that stand for others.</summary>
    public const string
        State = "state", Score = "score", EpochsTrained = "epochs_trained", Group = "group", Kind = "kind";

    /// <summary>The measures that people look at first, each of another kind of problem.</summary>
    public static IReadOnlyList<string> Scores { get; } = ["accuracy", "r2", "exact_match"];

    /// <summary>A number as it is written: one of more digits than a double has stays a text.</summary>
    public static FieldValue Of(string text, double number) =>
        Math.Abs(number) >= MostExact && text.All(char.IsAsciiDigit) ? new(null, text) : new(number, null);

    private const double MostExact = 9007199254740992; // 2^53: from there on whole numbers have gaps

    // Lists of results that nobody filters by, and sentences.
    private static readonly HashSet<string> LeftOut =
        ["notes", "run", "outcome", "experiment", "history", "curvature", "train", "validation", "test", "not_drawn",
            "epochs"];

    /// <summary>The fields of a report.</summary>
    public static Dictionary<string, FieldValue> Of(JsonObject report)
    {
        var fields = new Dictionary<string, FieldValue>();
        if (report["experiment"] is JsonObject experiment)
            foreach (var (name, value) in experiment)
                if (name != "task")
                    Add(fields, name, value);
        foreach (var (name, value) in report)
            if (!LeftOut.Contains(name))
                Add(fields, name, value);
        foreach (string part in (string[])["train", "validation", "test", "not_drawn"])
            if (report[part] is JsonObject measures)
                foreach (var (name, value) in measures)
                    if (value is JsonValue)
                        Add(fields, $"{part}.{name}", value);
        if (report["epochs"] is { } trained) Add(fields, EpochsTrained, trained);
        if (report["experiment"] is JsonObject) fields[Group] = new(null, GroupOf(report));
        fields[State] = new(null, StateOf(report));
        if (ScoreOf(fields) is { } score) fields[Score] = score;
        return fields;
    }

    /// <summary>Whether a larger number of a field is the better one: a measure such as test.accuracy, or the
    /// score.</summary>
    public static bool IsBetterLarger(string field) => field == Score
        || field.Split('.') is ["train" or "validation" or "test" or "not_drawn", var measure]
        && Evaluation.Names.Contains(measure) && Evaluation.IsBetterLarger(measure);

    // Which experiment it is but for its seed: the digest of its settings, without the places of files.
    private static string GroupOf(JsonObject report)
    {
        var experiment = report["experiment"]!.DeepClone().AsObject();
        foreach (string name in (string[])["seed", "task"]) experiment.Remove(name);
        if (experiment["data"] is JsonObject data)
            foreach (string place in (string[])["path", "targets"])
                if (data[place] is JsonValue value && value.TryGetValue(out string? path))
                    data[place] = Path.GetFileName(path);
        byte[] text = Encoding.UTF8.GetBytes($"{experiment.ToJsonString()} {report["numeric_law"]}");
        return Convert.ToHexStringLower(SHA256.HashData(text))[..16];
    }

    private static string StateOf(JsonObject report) => report["outcome"] switch
    {
        JsonObject => "diverged",
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => "finished",
    };

    private static FieldValue? ScoreOf(Dictionary<string, FieldValue> fields)
    {
        foreach (string part in (string[])["test", "not_drawn", "validation", "train"])
            foreach (string measure in Scores)
                if (fields.TryGetValue($"{part}.{measure}", out var value))
                    return value;
        return null;
    }

    private static void Add(Dictionary<string, FieldValue> fields, string path, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject of:
                foreach (var (name, inner) in of)
                    Add(fields, name == Kind ? path : $"{path}.{name}", inner);
                break;
            case JsonArray list:
                fields[path] = new(null, ListOf(list));
                break;
            case JsonValue one when one.TryGetValue(out double number):
                fields[path] = Of(one.ToJsonString(), number);
                break;
            case JsonValue one:
                fields[path] = new(null, one.ToString());
                break;
        }
    }

    // Layers as they are written on the command line, where they are no more than that: 64,64.
    private static string ListOf(JsonArray list) => string.Join(',', list.Select(item => item switch
    {
        JsonObject layer when layer["units"] is { } units && $"{layer[Kind]}" == "dense" => $"{units}",
        JsonObject other => $"{other[Kind]}",
        _ => $"{item}",
    }));
}
