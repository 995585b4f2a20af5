using System.Text.Json.Nodes;
using Functional.Core.Explaining;

namespace Functional.Cli.Reports;

/// <summary>A network explained; the explanation has a language of its own.</summary>
/// <param name="Explanation">Step by step.</param>
/// <param name="Format">"text", "markdown" or "latex".</param>
/// <param name="Digits">Significant digits of its numbers.</param>
internal sealed record ExplanationReport(Explanation Explanation, string Format, int Digits) : Report
{
    public override IEnumerable<string> ToText(Language language, int width) =>
        [.. Written(width).TrimEnd('\n').Split('\n')];

    private string Written(int width) => Format switch
    {
        "markdown" => Explanation.ToMarkdown(Digits),
        "latex" => Explanation.ToLatex(Digits),
        _ => Explanation.ToText(Digits, width),
    };

    public override JsonObject ToJson()
    {
        var values = new JsonObject();
        foreach (var (symbol, number) in Explanation.Numbers) values[symbol.Name] = Finite(number);
        foreach (var worked in Explanation.Steps.OfType<ExplanationStep.Worked>())
            values[worked.Sides[0].Text] = Finite(worked.Value);
        var json = new JsonObject { ["title"] = Explanation.Title, ["values"] = values };
        ExplanationStep.Assigned[] updates = [.. Explanation.Steps.OfType<ExplanationStep.Assigned>()];
        if (updates.Length > 0)
            json["updated"] = new JsonObject(
                updates.Select(update => KeyValuePair.Create(update.Parameter.Name, Finite(update.Value))));
        if (Explanation.Steps.OfType<ExplanationStep.Samples>().FirstOrDefault() is not { } table) return json;
        json["samples"] = new JsonArray([.. Enumerable.Range(0, table.Rows.Rows).Select(row => new JsonObject(
            table.Columns.Select((column, i) => KeyValuePair.Create(column.Text, Finite(table.Rows[row, i])))))]);
        foreach (var loss in Explanation.Steps.OfType<ExplanationStep.Scalar>())
            values[loss.Sides[0].Text] = Finite(loss.Value);
        return json;
    }
}
