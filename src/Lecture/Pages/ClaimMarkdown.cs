using System.Text;
using Functional.Core.Forms;
using Functional.Lecture.Measuring;
using static System.FormattableString;

namespace Functional.Lecture;

/// <summary>A claim's page in Markdown: the sentence, the verdict, the text with what was measured in its holes, the
/// criteria, the sources.</summary>
/// <param name="Result">What was measured.</param>
/// <param name="Language">Of its words.</param>
/// <param name="Full">What the full form came to, and the seconds that its trials took, each on its thread; null where
/// it was not measured.</param>
internal sealed record ClaimMarkdown(
    ClaimResult Result, Language Language, (ClaimResult Result, double Seconds)? Full = null)
{
    private readonly PageText page = PageText.Of(Result.Claim, Language);

    /// <summary>What the page is called.</summary>
    public string Title => page.Title;

    /// <summary>The page below its title.</summary>
    /// <param name="figure">How a figure stands in it.</param>
    /// <param name="table">How a table stands in it; in Markdown unless something else is given.</param>
    public string Body(Func<FoundFigure, string> figure, Func<FoundTable, string>? table = null)
    {
        table ??= Table;
        var text = new StringBuilder();
        text.Append(Invariant($"> {Say(Result.Claim.Sentence)}\n\n"));
        text.Append(Invariant(
            $"**{Say($"The claim {StandingWords.Of(Result.Standing)}.")}** {Say(MeasuredBy(Result))}\n\n"));
        text.Append(page.Filled((kind, name) => kind switch
        {
            "figure" => figure(Result.Findings.Figures.Single(found => found.Name == name)),
            "table" => table(Result.Findings.Tables.Single(found => found.Name == name)),
            "value" => Measurement.Shown(Result.Criteria.Single(judged => judged.Criterion.Name == name).Measured),
            _ => throw new FormatException($"the page of {Result.Claim.Name} has a hole of a kind {kind}"),
        }));
        text.Append(Invariant($"\n\n## {Say($"How it was judged")}\n\n{Say(Result.Claim.Method)}\n\n"));
        text.Append(table(Criteria(Result))).Append("\n\n");
        foreach (var judged in Result.Criteria)
            text.Append(Invariant($"- {Upper(Say(judged.Criterion.Says))}: {Say(judged.Criterion.Because)}.\n"));
        Remarks(Result);
        if (Result.Claim.Falsehoods.Count > 0)
            text.Append(Invariant(
                $"\n{Say($"The claim can fail: each of these changes to the experiment turns the verdict.")}\n\n"));
        foreach (var falsehood in Result.Claim.Falsehoods)
            text.Append(Invariant($"- `--plant {falsehood.Name}`: {Say(falsehood.What)}\n"));
        if (Full is { Result: { Claim.FullForm: { } form } full, Seconds: var seconds })
        {
            text.Append(Invariant($"\n## {Say($"The full form")}\n\n{Say(form)}\n\n"));
            text.Append(Invariant($"**{Say($"In this form the claim {StandingWords.Of(full.Standing)}.")}** "));
            text.Append(Invariant($"{Say(MeasuredBy(full))} "));
            text.Append(Say($"The trials took {Numerals.Fixed(seconds / 60, 1)} minutes of one processor."));
            text.Append(Invariant($"\n\n{table(Criteria(full))}\n\n"));
            // What both forms show alike stands above.
            foreach (var found in full.Findings.Tables.Except(Result.Findings.Tables))
                text.Append(table(found)).Append("\n\n");
            foreach (var found in full.Findings.Figures.Except(Result.Findings.Figures))
                text.Append(figure(found with { Name = $"full-{found.Name}" })).Append("\n\n");
            Remarks(full);
        }
        text.Append(Invariant($"\n## {Say($"Sources")}\n\n"));
        foreach (var source in Result.Claim.Sources) text.Append(Invariant($"- {source}\n"));
        return text.ToString();

        void Remarks(ClaimResult result)
        {
            foreach (var remark in result.Findings.Remarks) text.Append(Invariant($"\n{Upper(Say(remark))}\n"));
        }
    }

    private static Phrase MeasuredBy(ClaimResult result) =>
        $"Measured by `functional {Command(result)}`, {Counted.Seeds(result.Order.Seeds)}, digest "
            + $"`{result.Digest[..16]}`: whoever runs it reads the same digits.";

    private static string Command(ClaimResult result) =>
        $"claim {result.Claim.Name}{(result.Order.IsFull ? " --full" : "")}";

    private static FoundTable Criteria(ClaimResult result) => new(
        "criteria", $"What was wanted, and what was seen.",
        [$"what is measured", $"wanted", $"measured (95 % interval)", $"verdict"],
        [.. result.Criteria.Select(judged => (Items<FoundCell>)
        [
            judged.Criterion.Says, (Phrase)$"{judged.Criterion.Wanted}", FoundCell.Of(judged.Measured),
            StandingWords.Of(judged.Standing),
        ])]);

    private string Table(FoundTable table)
    {
        var text = new StringBuilder();
        Line(table.Heads.Select(Say));
        text.Append('|').Insert(text.Length, " --- |", table.Heads.Count).Append('\n');
        foreach (var row in table.Rows) Line(row.Select(cell => Say(cell.Shown)));
        return $"{text}\n*{Say(table.Caption)}*";

        void Line(IEnumerable<string> cells) => text.Append('|')
            .AppendJoin('|', cells.Select(cell => $" {cell.Replace("|", @"\|", StringComparison.Ordinal)} "))
            .Append("|\n");
    }

    private string Say(Phrase phrase) => phrase.In(Language);

    private static string Upper(string text) =>
        text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}";
}
