using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Core.Inspection;
using Functional.Landscapes;
using Functional.Reports;

namespace Functional.Cli.Reports;

/// <summary>What a page of a report says, in short.</summary>
/// <param name="Page">The page's file.</param>
/// <param name="Card">The model card's; null where none was written.</param>
/// <param name="Runs">The runs that it is about.</param>
/// <param name="Verdict">What is to be thought of them.</param>
internal sealed record PageReport(string Page, string? Card, Items<ReportedRun> Runs, Verdict Verdict) : Report
{
    public override JsonObject ToJson() => new()
    {
        ["page"] = Page,
        ["card"] = Card,
        ["verdict"] = $"{Verdict.Headline.Text}",
        ["findings"] = List(Verdict.Findings.Select(finding => $"{finding.Text}")),
        ["runs"] = new JsonArray([.. Runs.Select(Described)]),
    };

    public override IEnumerable<string> ToText(Language language, int width)
    {
        foreach (var finding in (Finding[])[Verdict.Headline, .. Verdict.Findings])
            foreach (string line in Wrapped(finding.Text.In(language), width, 2)) yield return line;
        yield return "";
        yield return ((Phrase)$"{(Phrase)$"page",-12}{Page}").In(language);
        if (Card is not null) yield return ((Phrase)$"{(Phrase)$"card",-12}{Card}").In(language);
    }

    private static JsonNode Described(ReportedRun run) => new JsonObject
    {
        ["run"] = Path.GetFullPath(run.Run.Directory),
        ["parameters_sha256"] = (string?)run.Report["parameters_sha256"],
        ["parts"] = run.Inspection is null
            ? null
            : new JsonObject(run.Inspection.Parts.Select(part =>
                new KeyValuePair<string, JsonNode?>(Choices<DataPart>.NameOf(part.Part), Measures(part)))),
        ["importance"] = run.Inspection is null
            ? null
            : new JsonArray([.. run.Inspection.Importances.Select(one => (JsonNode)new JsonObject
            {
                ["feature"] = run.FeatureNames[one.Feature], ["loss_rise"] = Finite(one.LossRise),
                ["least"] = Finite(one.Least), ["most"] = Finite(one.Most), ["score_drop"] = Finite(one.ScoreDrop),
            })]),
        ["layers"] = run.Inspection is null ? null : new JsonArray([.. run.Inspection.Layers.Select(Layer)]),
    };

    private static JsonNode Layer(LayerActivations layer) => new JsonObject
    {
        ["kind"] = layer.Kind,
        ["units"] = layer.Units,
        ["first"] = Summed(layer.First),
        ["last"] = Summed(layer.Last),
    };

    private static JsonObject Summed(ActivationSummary summary) => new()
    {
        ["mean"] = Finite(summary.Mean),
        ["deviation"] = Finite(summary.Deviation),
        ["zeros"] = Finite(summary.ZeroShare),
        ["dead_units"] = summary.DeadUnits,
    };

    private static JsonObject Measures(InspectedPart part) => new(part.Estimates.Select(estimate =>
        new KeyValuePair<string, JsonNode?>(estimate.Measure, new JsonObject
        {
            ["value"] = Finite(estimate.Value),
            ["low"] = Finite(estimate.Low),
            ["high"] = Finite(estimate.High),
        })));
}
