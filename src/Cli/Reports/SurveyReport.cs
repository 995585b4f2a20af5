using System.Text.Json.Nodes;
using Functional.Core.Differentiation;
using Functional.Core.Forms;

namespace Functional.Cli.Reports;

/// <summary>What the gradient of a net costs, each way.</summary>
/// <param name="Parameters">How many it has.</param>
/// <param name="Losses">Seconds of one loss, on what each way runs on.</param>
/// <param name="Gradients">Seconds of a whole gradient, each way.</param>
internal sealed record GradientCost(
    int Parameters, IReadOnlyDictionary<Way, double> Losses, IReadOnlyDictionary<Way, double> Gradients)
{
    public double Evaluations(Way way) => Gradients[way] / Losses[way];
}

/// <summary>What a whole gradient costs each way, in evaluations of the loss, as the number of
/// parameters grows.</summary>
/// <param name="Costs">From the smallest net to the largest.</param>
/// <param name="Widths">Of the nets, "2-h-2".</param>
/// <param name="Samples">How many the loss is of.</param>
internal sealed record SurveyReport(Items<GradientCost> Costs, string Widths, int Samples) : Report
{
    public override JsonObject ToJson() => new()
    {
        ["samples"] = Samples,
        ["nets"] = new JsonArray([.. Costs.Select(cost => new JsonObject
        {
            ["parameters"] = cost.Parameters,
            ["loss_seconds"] = ByWay(cost, way => cost.Losses[way]),
            ["gradient_seconds"] = ByWay(cost, way => cost.Gradients[way]),
            ["evaluations"] = ByWay(cost, cost.Evaluations),
        })]),
    };

    public override IEnumerable<string> ToText(Language language, int width) =>
        [.. Lines().Select(line => line.In(language)), .. Wrapped(Growth().In(language), width, indent: 2)];

    private IEnumerable<Phrase> Lines()
    {
        yield return $"a gradient's cost in evaluations of the loss, each on what its way runs on";
        yield return $"(layers, dual numbers, a tape); below, its microseconds";
        yield return $"nets {Widths}, {Counted.Samples(Samples)}";
        yield return $"{(Phrase)$"parameters",10}{Cells(Costs[0], Ways.Short)}";
        foreach (var cost in Costs)
        {
            yield return $"{cost.Parameters,10}{Cells(cost, way => Numerals.Fixed(cost.Evaluations(way), 1))}";
            yield return $"{Phrase.Empty,10}{Cells(cost, way => Numerals.Fixed(1e6 * cost.Gradients[way], 0))}";
        }
    }

    private Phrase Growth()
    {
        var (first, last) = (Costs[0], Costs[^1]);
        string growth = string.Join(", ", last.Gradients.Keys.Select(way =>
            $"{Ways.Name(way)} {Numerals.Fixed(last.Evaluations(way) / first.Evaluations(way), 1)}"));
        return $"with {(double)last.Parameters / first.Parameters:F1} times as many parameters, "
            + $"a gradient takes so many times as many evaluations: {growth}";
    }

    private static string Cells(GradientCost cost, Func<Way, string> cell) =>
        string.Concat(cost.Gradients.Keys.Select(way => cell(way).PadLeft(14)));

    private static JsonObject ByWay(GradientCost cost, Func<Way, double> number) =>
        new(cost.Gradients.Keys.Select(way => KeyValuePair.Create(Ways.Name(way), (JsonNode?)number(way))));
}
