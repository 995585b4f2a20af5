using Functional.Core.Forms;

namespace Functional.Data;

/// <summary>What is said of a column: what was guessed, or why it is not sure and what to do.</summary>
/// <param name="name">The column's name.</param>
/// <param name="counts">What its cells look like.</param>
/// <param name="format">How it was read.</param>
internal sealed class ColumnWords(string name, CellCounts counts, TableFormat format)
{
    private readonly string column = $"column {Visible.Quoted(name)}";

    /// <summary>The words that stood for missing cells.</summary>
    public string[] Missing => counts.Words.Count == 0
        ? []
        : [$"{column}: {string.Join(", ", counts.Words.Select(word => $"{word.Value} x {Visible.Quoted(word.Key)}"))} taken as missing"];

    /// <summary>The same of a column of texts, and the blanks around them.</summary>
    public string[] Texts => counts.Trimmed == 0
        ? Missing
        : [.. Missing, $"{column}: blanks around {counts.Trimmed} text{(counts.Trimmed == 1 ? "" : "s")} do not count"];

    /// <summary>Amounts and percentages that are numbers.</summary>
    public string WithoutSign => $"{column}: cells such as {Visible.Quoted(counts.Examples[0].Text)} are taken as numbers, without the sign";

    /// <summary>Digits that are names.</summary>
    public string Codes =>
        $"{column} has codes such as {Visible.Quoted(counts.FirstCode ?? "")}: it is taken as categories, as written; "
        + $"--columns {Option("number")} takes it as numbers";

    /// <summary>Numbers that lose digits.</summary>
    public string[] Rounded => counts[CellForm.Rounded] == 0
        ? []
        : [$"{column}: {counts[CellForm.Rounded]} whole number{(counts[CellForm.Rounded] == 1 ? " above 2^53 is" : "s above 2^53 are")} "
            + $"rounded, the first in row {counts.FirstRounded}"];

    /// <summary>Numbers that are texts.</summary>
    public string[] NumbersAmongTexts => counts[CellForm.Number] == 0
        ? []
        : [$"{column} has {counts[CellForm.Number]} numbers among its texts: all of it is taken as categories"];

    /// <summary>Texts of which most differ.</summary>
    public string[] Diverse(int different) => 2 * different <= counts.Known || counts.Known < ColumnVerdict.FewestDifferent
        ? []
        : [$"{column} has {different} different texts in {counts.Known} cells: little can be learned from it (--columns {Option("left_out")})"];

    /// <summary>Odd cells that are missing.</summary>
    public string Odd(int odd) =>
        $"{column}: {odd} odd cell{(odd == 1 ? " is" : "s are")} taken as missing, the first in row {counts.Examples[0].Row}, "
        + Visible.Quoted(counts.Examples[0].Text);

    /// <summary>Cells that are not what all were told to be.</summary>
    public string NoneOf(int odd, string what)
    {
        string[] remedies =
        [
            .. what == "date" ? ["--dates says their order (ymd, dmy or mdy)"] : (string[])[],
            .. counts[CellForm.Comma] > 0 ? [Remedy(CellForm.Comma)!] : (string[])[],
            .. counts[CellForm.Grouped] > 0 ? [Remedy(CellForm.Grouped)!] : (string[])[],
            .. format.Decimal == "," && counts.Examples.Any(cell => cell.Text.Contains('.', StringComparison.Ordinal))
                ? ["--decimal . says that a point is the decimal sign"] : (string[])[],
            AsMissing(odd),
        ];
        return $"{Examples(odd, what)}; {string.Join(", ", remedies)}";
    }

    /// <summary>Cells of which it is not sure what they mean.</summary>
    public string Unclear()
    {
        int odd = counts.Known - counts[CellForm.Number];
        string[] remedies =
        [
            .. CellCounts.Unsure.Where(form => counts[form] > 0).Select(Remedy).OfType<string>().Distinct(),
            .. 2 * counts[CellForm.Number] >= counts.Known ? [AsMissing(odd)] : (string[])[],
            $"--columns {Option("category")} takes all cells as texts",
        ];
        return $"{Examples(odd, "plain number")}; {string.Join(", ", remedies)}";
    }

    private string? Remedy(CellForm form) => form switch
    {
        CellForm.Comma when format.Decimal == "," => "--thousands . says what stands between thousands",
        CellForm.Comma => "--decimal , or --thousands , says what a comma means",
        CellForm.Grouped => "--thousands says what stands between thousands",
        CellForm.Date => $"--columns {Option("days")} or {Option("date_parts")} reads dates, --dates says their order",
        CellForm.Rounded =>
            $"--columns {Option("number")} rounds whole numbers above 2^53, {Option("left_out")} leaves a feature out",
        CellForm.Money or CellForm.Percent => $"--columns {Option("number")} takes amounts and percentages without their sign",
        _ => null,
    };

    private static string AsMissing(int odd) => $"--odd-cells missing takes {(odd == 1 ? "it" : "them")} as missing";

    private string Examples(int odd, string what)
    {
        string places = string.Join(", ", counts.Examples.Select(cell => $"row {cell.Row} ({Visible.Quoted(cell.Text)})"));
        string many = what.Replace("number", "numbers", StringComparison.Ordinal).Replace("date", "dates", StringComparison.Ordinal);
        return $"{odd} of {counts.Known} cells {(odd == 1 ? $"is no {what}" : $"are no {many}")}, the first in {places}";
    }

    // A column and its kind as an option says them, quoted where need be.
    private string Option(string kind)
    {
        string both = $"{Visible.Line(name)}={kind}";
        return both.AsSpan().IndexOfAny(" ,\"'") < 0 ? both : $"'\"{both.Replace("\"", "\"\"", StringComparison.Ordinal)}\"'";
    }
}
