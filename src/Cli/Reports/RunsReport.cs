using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Store;

namespace Functional.Cli.Reports;

/// <summary>Runs, a line each.</summary>
/// <param name="Fields">What is told of each.</param>
/// <param name="Runs">The runs, with these fields.</param>
/// <param name="Format">As what.</param>
internal sealed record RunsReport(
    IReadOnlyList<string> Fields, IReadOnlyList<FoundRun> Runs, TextTableFormat Format) : Report
{
    public override JsonObject ToJson() => new()
    {
        ["runs"] = new JsonArray([.. Runs.Select(Line)]),
    };

    public override IEnumerable<string> ToText(Language language, int width) => new TextTable(
        ["run", .. Fields],
        [.. Runs.Select(run => (IReadOnlyList<string>)[run.Directory, .. run.Values.Select(Cell)])])
        .Lines(Format);

    private string Cell(FieldValue? value) => TextTable.Cell(value, isExact: Format == TextTableFormat.Csv);

    private JsonNode Line(FoundRun run)
    {
        var json = new JsonObject { ["run"] = run.Directory };
        for (int i = 0; i < Fields.Count; i++)
            json[Fields[i]] = run.Values[i] switch
            {
                { Number: { } number } => number,
                { Text: { } text } => text,
                _ => null,
            };
        return json;
    }
}

/// <summary>Experiments, a line each, with means over their seeds.</summary>
/// <param name="Fields">What is told of each: numbers.</param>
/// <param name="Groups">The groups, with these fields.</param>
/// <param name="Format">As what.</param>
internal sealed record SeedsReport(
    IReadOnlyList<string> Fields, IReadOnlyList<SeedGroup> Groups, TextTableFormat Format) : Report
{
    public override JsonObject ToJson() => new()
    {
        ["groups"] = new JsonArray([.. Groups.Select(group =>
        {
            var json = new JsonObject
            {
                ["runs"] = List(group.Runs.Select(run => run.Directory)),
                ["seeds"] = group.Runs.Count,
            };
            for (int i = 0; i < Fields.Count; i++)
                json[Fields[i]] = group.Means[i] is { } mean
                    ? new JsonObject { ["mean"] = mean.Mean, ["half_of_95_percent_interval"] = mean.Half }
                    : null;
            return (JsonNode)json;
        })]),
    };

    public override IEnumerable<string> ToText(Language language, int width) => Format == TextTableFormat.Csv
        ? new TextTable(
            ["run", "seeds", .. Fields.SelectMany(field => (string[])[field, $"{field} ±"])],
            [.. Groups.Select(group => Line(group, group.Means.SelectMany(Exact)))]).Lines(Format)
        : new TextTable(
            ["run", "seeds", .. Fields],
            [.. Groups.Select(group => Line(group, group.Means.Select(Short)))]).Lines(Format);

    private static IReadOnlyList<string> Line(SeedGroup group, IEnumerable<string> means) =>
        [group.Runs[0].Directory, $"{group.Runs.Count}", .. means];

    private static string[] Exact(SampleMean? mean) =>
        [TextTable.Number(mean?.Mean, isExact: true), TextTable.Number(mean?.Half, isExact: true)];

    private static string Short(SampleMean? mean) => mean switch
    {
        null => "",
        { Half: { } half } => $"{Numerals.Of(mean.Mean, 5)} ± {Numerals.Of(half, 2)}",
        _ => Numerals.Of(mean.Mean, 5),
    };
}
