using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Formats;
using Functional.Sweeps;

namespace Functional.Cli.Reports;

/// <summary>What a sweep gave: its experiments in a table, the best first.</summary>
/// <param name="Plan">The sweep.</param>
/// <param name="Rows">The best first.</param>
/// <param name="Directory">Where it is.</param>
internal sealed record SweepReport(SweepPlan Plan, IReadOnlyList<SweepRow> Rows, string Directory) : Report
{
    private const int MostShown = 30;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The best; null where every experiment diverged.</summary>
    public SweepRow? Best => Rows.FirstOrDefault(row => row.Score is not null);

    public override JsonObject ToJson()
    {
        var json = Results();
        json["sweep"] = Directory;
        return json;
    }

    public override IEnumerable<string> ToText(Language language, int width)
    {
        foreach (string line in Lines(language, MostShown).Lines(TextTableFormat.Text)) yield return line;
        if (Rows.Count > MostShown)
            yield return ((Phrase)$"and {Rows.Count - MostShown} more in results.csv").In(language);
        yield return "";
        foreach (var line in Remarks())
            foreach (string part in Wrapped(line.In(language), width, 2))
                yield return part;
    }

    private IEnumerable<Phrase> Remarks()
    {
        int seeds = Plan.Request.Seeds.Count;
        if (Plan.Rungs.Count > 1)
            yield return $"successive halving, experiments and the epochs that they reach for: "
                + $"{string.Join(", ", Plan.Rungs.Select(rung => $"{rung.Trials} × {rung.Epochs}"))}";
        if (seeds > 1)
            yield return $"means of {SampleMean.Counted(seeds, RepeatedOver.Seeds)} with 95 % intervals (Student's t)";
        if (Rows.Count(row => row.Diverged > 0) is > 0 and var diverged)
            yield return $"{diverged} of {Rows.Count} experiments diverged with a seed; they have no mean";
        yield return Best is { } best
            ? (Phrase)($"best: number {best.Number}; functional train {Path.Combine(Directory, "best.json")} trains it "
                + $"again")
            : $"every experiment diverged; smaller rates may help";
        yield return $"results.csv, results.md, results.json in {Directory}";
    }

    /// <summary>Writes results.csv, results.md, results.json and best.json, each whole or not at all.</summary>
    /// <exception cref="InvalidInputException">One cannot be written.</exception>
    public void Save(string directory)
    {
        void Write(string name, string text) =>
            Atomically.Write(Path.Combine(directory, name), Encoding.UTF8.GetBytes(text));
        Write("results.csv", string.Concat(Exact().Lines(TextTableFormat.Csv).Select(line => line + "\n")));
        Write("results.md", string.Concat(
            Lines(Language.English, int.MaxValue).Lines(TextTableFormat.Markdown).Select(line => line + "\n")));
        Write("results.json", Results().ToJsonString(Indented) + "\n");
        string spec = Path.Combine(directory, "best.json");
        if (Best is { } best)
            Write("best.json", Plan.Experiments[best.Number - 1].ToJson(Path.GetFullPath) + "\n");
        else if (File.Exists(spec)) File.Delete(spec);
    }

    /// <summary>What stands above the columns of <see cref="Cells"/>.</summary>
    public static IReadOnlyList<string> Headings(SweepPlan plan, Language language, bool withTest = true) =>
    [
        "#", .. plan.Request.Fields.Select(field => field.Name),
        (plan.HasValidation
            ? (Phrase)$"validation {Evaluation.WordsOf(plan.Measure)}"
            : $"train {Evaluation.WordsOf(plan.Measure)}").In(language),
        .. withTest ? [((Phrase)$"test {Evaluation.WordsOf(plan.Measure)}").In(language)] : Array.Empty<string>(),
        ((Phrase)$"epochs").In(language),
    ];

    /// <summary>An experiment as people read it.</summary>
    public static IReadOnlyList<string> Cells(SweepRow row, Language language, bool withTest = true)
    {
        int seeds = row.Seeds.Count;
        string score = row.Diverged == 0 ? Mean(row.Score)
            : seeds == 1 ? ((Phrase)$"diverged").In(language)
            : ((Phrase)$"diverged, {row.Diverged} of {seeds} seeds").In(language);
        return
        [
            $"{row.Number}", .. row.Values.Select(Shown), score,
            .. withTest ? [Mean(row.Test)] : Array.Empty<string>(), $"{row.Epochs}",
        ];
    }

    /// <summary>A value of a field as people read it.</summary>
    public static string Shown(string json) => JsonNode.Parse(json) switch
    {
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonValue value when value.TryGetValue(out double number) =>
            number == Math.Floor(number) && Math.Abs(number) < 1e15 ? json : Numerals.Of(number, 4),
        _ => json,
    };

    private static string Mean(SampleMean? mean) => mean switch
    {
        null => "",
        { Half: { } half } => $"{Numerals.Fixed(mean.Mean, 4)} ± {Numerals.Fixed(half, 4)}",
        _ => Numerals.Fixed(mean.Mean, 4),
    };

    private TextTable Lines(Language language, int most) => new(
        Headings(Plan, language), [.. Rows.Take(most).Select(row => Cells(row, language))]);

    // Every digit, for programs.
    private TextTable Exact() => new(
        [
            "rank", "number", .. Plan.Request.Fields.Select(field => field.Name), "epochs", "seeds", "diverged",
            $"{Part}_{Plan.Measure}", $"{Part}_{Plan.Measure}_half_of_95_percent_interval", $"test_{Plan.Measure}",
            $"test_{Plan.Measure}_half_of_95_percent_interval",
        ],
        [.. Rows.Select((row, rank) => (IReadOnlyList<string>)
        [
            $"{rank + 1}", $"{row.Number}",
            .. row.Values.Select(json => JsonNode.Parse(json) is JsonValue value && value.TryGetValue(out string? text)
                ? text : json),
            $"{row.Epochs}", $"{row.Seeds.Count}", $"{row.Diverged}",
            TextTable.Number(row.Score?.Mean, true), TextTable.Number(row.Score?.Half, true),
            TextTable.Number(row.Test?.Mean, true), TextTable.Number(row.Test?.Half, true),
        ])]);

    private string Part => Plan.HasValidation ? "validation" : "train";

    // Where the sweep lies does not belong to its results.
    private JsonObject Results() => new()
    {
        ["search"] = $"{Plan.Request.Search}",
        ["by"] = $"{Part}_{Plan.Measure}",
        ["fields"] = List(Plan.Request.Fields.Select(field => field.Name)),
        ["seeds"] = new JsonArray([.. Plan.Request.Seeds.Select(seed => (JsonNode)seed)]),
        ["rungs"] = new JsonArray([.. Plan.Rungs.Select(rung => (JsonNode)new JsonObject
        {
            ["experiments"] = rung.Trials, ["epochs"] = rung.Epochs,
        })]),
        ["sweep_sha256"] = Plan.Digest,
        ["best"] = Best?.Number,
        ["experiments"] = new JsonArray([.. Rows.Select(Json)]),
    };

    private JsonNode Json(SweepRow row) => new JsonObject
    {
        ["number"] = row.Number,
        ["values"] = new JsonObject([.. Plan.Request.Fields.Zip(row.Values, (field, value) =>
            new KeyValuePair<string, JsonNode?>(field.Name, JsonNode.Parse(value)))]),
        ["epochs"] = row.Epochs,
        ["diverged"] = row.Diverged,
        [Part] = Json(row.Score),
        ["test"] = Json(row.Test),
        ["seeds"] = new JsonArray([.. row.Seeds.Select((seed, place) => (JsonNode)new JsonObject
        {
            ["seed"] = Plan.Request.Seeds[place],
            ["run"] = Place(seed.Directory),
            ["outcome"] = seed.State switch
            {
                SweepState.Diverged => "diverged",
                SweepState.Finished => "finished",
                _ => "cut",
            },
            ["epochs"] = seed.Epochs,
            [Plan.Measure] = Finite(seed.Score),
            ["loss"] = Finite(seed.Loss),
            [$"test_{Plan.Measure}"] = seed.Test is { } test ? Finite(test) : null,
            ["parameters_sha256"] = seed.ParametersSha256,
        })]),
    };

    private static JsonObject? Json(SampleMean? mean) => mean is null ? null : new()
    {
        ["mean"] = Finite(mean.Mean),
        ["half_of_95_percent_interval"] = mean.Half is { } half ? Finite(half) : null,
    };

    // A run of the sweep by its place within; one that was done before by its own.
    private string? Place(string? run) => run is null ? null
        : Path.GetRelativePath(Directory, run) is var place && !place.StartsWith("..", StringComparison.Ordinal)
            ? place.Replace('\\', '/')
            : run;
}
