using System.Text.Json.Nodes;
using Functional.Runs;

namespace Functional.Cli.Reports;

/// <summary>Whether a bag that was done again came out the same.</summary>
/// <param name="Run">Its directory.</param>
/// <param name="Recorded">What its run.json says.</param>
/// <param name="Found">What was compared, and what is not the same.</param>
internal sealed record BagReproductionReport(string Run, JsonObject Recorded, BagReproduction Found) : Report
{
    public override JsonObject ToJson() => new()
    {
        ["run"] = Run,
        ["reproduced"] = Found.IsReproduced,
        ["difference"] = Found.Bag is { } first
            ? new JsonObject { ["field"] = first.Field, ["recorded"] = first.Recorded, ["found"] = first.Found }
            : null,
        ["members"] = new JsonArray([.. Members.Select(member => (JsonNode)member.ToJson())]),
        ["parameters_sha256"] = Recorded["parameters_sha256"]?.DeepClone(),
    };

    public override IEnumerable<string> ToText(Language language, int width) =>
    [
        .. Members.SelectMany((member, number) =>
            Wrapped(((Phrase)$"member {number}").In(language) + ":", width, 2).Concat(member.ToText(language, width))),
        .. Lines().SelectMany(line => Wrapped(line.In(language), width, 2)),
    ];

    private ReproductionReport[] Members => [.. Found.Members.Select((member, number) => new ReproductionReport(
        BagDirectory.Of(Run, number), RunDirectory.LoadRecord(BagDirectory.Of(Run, number)), member))];

    private IEnumerable<Phrase> Lines()
    {
        if (Found.Bag is { } first)
        {
            yield return $"not reproduced: the members are the same, and the bag of them is another";
            yield return ReproductionReport.Line(first);
        }
        else if (Found.IsReproduced && Found.Members.All(member => member.IsWhole))
            yield return $"reproduced: the bag is the mean of these {Found.Members.Count} networks, to the last bit";
    }
}
