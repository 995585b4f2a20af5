using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Lecture;
using Functional.Lecture.Measuring;

namespace Functional.Cli.Reports;

/// <summary>A claim, measured and judged.</summary>
/// <param name="Result">What came of it.</param>
/// <param name="Seconds">That the trials took, each on its thread.</param>
internal sealed record ClaimReport(ClaimResult Result, double Seconds) : Report
{
    public override JsonObject ToJson() => new()
    {
        ["claim"] = Result.Claim.Name,
        ["standing"] = Choices<Standing>.NameOf(Result.Standing),
        ["seeds"] = Result.Order.Seeds,
        ["first_seed"] = Result.Order.FirstSeed,
        ["full"] = Result.Order.IsFull,
        ["planted"] = Result.Order.Falsehood,
        ["sentence"] = $"{Result.Claim.Sentence}",
        ["sources"] = List(Result.Claim.Sources.Select(source => $"{source}")),
        ["method"] = $"{Result.Claim.Method}",
        ["criteria"] = new JsonArray([.. Result.Criteria.Select(judged => (JsonNode)new JsonObject
        {
            ["name"] = judged.Criterion.Name,
            ["says"] = $"{judged.Criterion.Says}",
            ["at_least"] = Finite(judged.Criterion.Wanted.Low),
            ["at_most"] = Finite(judged.Criterion.Wanted.High),
            ["because"] = $"{judged.Criterion.Because}",
            ["value"] = Finite(judged.Measured.Value),
            ["low"] = Finite(judged.Measured.Low),
            ["high"] = Finite(judged.Measured.High),
            ["standing"] = Choices<Standing>.NameOf(judged.Standing),
        })]),
        ["remarks"] = List(Result.Findings.Remarks.Select(remark => $"{remark}")),
        ["tables"] = new JsonArray([.. Result.Findings.Tables.Select(table => (JsonNode)new JsonObject
        {
            ["name"] = table.Name,
            ["caption"] = $"{table.Caption}",
            ["heads"] = List(table.Heads.Select(head => $"{head}")),
            ["rows"] = new JsonArray([.. table.Rows.Select(row => (JsonNode)new JsonArray([.. row.Select(cell =>
                cell.Number is { } number ? Finite(number) : (JsonNode?)$"{cell.Shown}")]))]),
        })]),
        ["digest"] = Result.Digest,
        ["seconds"] = Math.Round(Seconds, 1),
    };

    public override IEnumerable<string> ToText(Language language, int width)
    {
        IEnumerable<string> Lines(Phrase phrase, int indent = 0) =>
            Wrapped(new string(' ', indent) + phrase.In(language), width, indent);

        var claim = Result.Claim;
        yield return $"{claim.Name}: {StandingWords.Of(Result.Standing).In(language)}";
        if (Planted is { } planted)
            foreach (string line in Lines($"with a falsehood planted: {planted.What}")) yield return line;
        yield return "";
        foreach (string line in Lines(claim.Sentence)) yield return line;
        foreach (var source in claim.Sources)
            foreach (string line in Lines(Phrase.Verbatim($"{source}"), 2)) yield return line;
        yield return "";
        foreach (string line in Lines(claim.Method)) yield return line;
        yield return "";
        foreach (var judged in Result.Criteria)
        {
            foreach (string line in Lines(judged.Criterion.Says)) yield return line;
            foreach (string line in Lines($"wanted {judged.Criterion.Wanted}: {judged.Criterion.Because}", 2))
                yield return line;
            Phrase seen = $"measured {Measurement.Shown(judged.Measured)}: {StandingWords.Of(judged.Standing)}";
            yield return $"  {seen.In(language)}";
        }
        foreach (var table in Result.Findings.Tables)
        {
            yield return "";
            foreach (string line in Lines(table.Caption)) yield return line;
            foreach (string line in new TextTable(
                [.. table.Heads.Select(head => head.In(language))],
                [.. table.Rows.Select(row => row.Select(cell => cell.Shown.In(language)).ToArray())])
                .Lines(TextTableFormat.Text))
                yield return line;
        }
        foreach (var remark in Result.Findings.Remarks)
            foreach (string line in Lines(remark)) yield return line;
        yield return "";
        yield return ((Phrase)$"{Counted.Seeds(Result.Order.Seeds)}, digest {Result.Digest}").In(language);
    }

    private Falsehood? Planted =>
        Result.Claim.Falsehoods.FirstOrDefault(falsehood => falsehood.Name == Result.Order.Falsehood);
}
