using Functional.Core.Forms;

namespace Functional.Data;

/// <summary>What is said of a column: what was guessed, or why it is not sure and what to do.</summary>
/// <param name="name">The column's name.</param>
/// <param name="counts">What its cells look like.</param>
/// <param name="format">How it was read.</param>
internal sealed class ColumnWords(string name, CellCounts counts, TableFormat format)
{
    private readonly Phrase column = $"column {Visible.Quoted(name)}";

    /// <summary>The words that stood for missing cells.</summary>
    public Phrase[] Missing => counts.Words.Count == 0
        ? []
        : [$"{column}: {string.Join(", ", counts.Words.Select(word => $"{word.Value} x {Visible.Quoted(word.Key)}"))} "
            + $"taken as missing"];

    /// <summary>The same of a column of texts, and the blanks around them.</summary>
    public Phrase[] Texts => counts.Trimmed == 0
        ? Missing
        : [.. Missing, $"{column}: blanks around texts do not count ({counts.Trimmed} cells)"];

    /// <summary>Amounts and percentages that are numbers.</summary>
    public Phrase WithoutSign =>
        $"{column}: cells such as {Visible.Quoted(counts.Examples[0].Text)} are taken as numbers, without the sign";

    /// <summary>Digits that are names.</summary>
    public Phrase Codes =>
        $"{column} has codes such as {Visible.Quoted(counts.FirstCode ?? "")}: it is taken as categories, as written; "
        + $"--columns {Option("number")} takes it as numbers";

    /// <summary>Numbers that lose digits.</summary>
    public Phrase[] Rounded => counts[CellForm.Rounded] == 0
        ? []
        : counts[CellForm.Rounded] == 1
            ? [$"{column}: 1 whole number above 2^53 is rounded, the first in row {counts.FirstRounded}"]
            : [$"{column}: {counts[CellForm.Rounded]} whole numbers above 2^53 are rounded, "
                + $"the first in row {counts.FirstRounded}"];

    /// <summary>Numbers that are texts.</summary>
    public Phrase[] NumbersAmongTexts => counts[CellForm.Number] == 0
        ? []
        : [$"{column} has {counts[CellForm.Number]} numbers among its texts: all of it is taken as categories"];

    /// <summary>Texts of which most differ.</summary>
    public Phrase[] Diverse(int different) =>
        2 * different <= counts.Known || counts.Known < ColumnVerdict.FewestDifferent
        ? []
        : [$"{column} has {different} different texts in {counts.Known} cells: little can be learned from it "
            + $"(--columns {Option("left_out")})"];

    /// <summary>Odd cells that are missing.</summary>
    public Phrase Odd(int odd) => odd == 1
        ? (Phrase)$"{column}: 1 odd cell is taken as missing, the first in row {FirstOdd}"
        : $"{column}: {odd} odd cells are taken as missing, the first in row {FirstOdd}";

    /// <summary>Cells that are not what all were told to be.</summary>
    public Phrase NoneOf(int odd, bool isDate, bool isMixed)
    {
        Phrase[] remedies =
        [
            .. isDate ? [$"--dates says their order (ymd, dmy or mdy)"] : (Phrase[])[],
            .. counts[CellForm.Comma] > 0 ? [Remedy(CellForm.Comma)!] : (Phrase[])[],
            .. counts[CellForm.Grouped] > 0 ? [Remedy(CellForm.Grouped)!] : (Phrase[])[],
            .. format.Decimal == "," && counts.Examples.Any(cell => cell.Text.Contains('.', StringComparison.Ordinal))
                ? [$"--decimal . says that a point is the decimal sign"] : (Phrase[])[],
            AsMissing(odd),
        ];
        var examples = isDate ? Examples(odd, $"a date", $"dates")
            : isMixed ? Examples(odd, $"a number of the same kind", $"numbers of the same kind")
            : Examples(odd, $"a number", $"numbers");
        return $"{examples}; {Phrase.Join(", ", remedies)}";
    }

    /// <summary>Cells of which it is not sure what they mean.</summary>
    public Phrase Unclear()
    {
        int odd = counts.Known - counts[CellForm.Number];
        Phrase[] remedies =
        [
            .. CellCounts.Unsure.Where(form => counts[form] > 0).Select(Remedy).OfType<Phrase>().Distinct(),
            .. 2 * counts[CellForm.Number] >= counts.Known ? [AsMissing(odd)] : (Phrase[])[],
            $"--columns {Option("category")} takes all cells as texts",
        ];
        return $"{Examples(odd, $"a plain number", $"plain numbers")}; {Phrase.Join(", ", remedies)}";
    }

    private Phrase? Remedy(CellForm form) => form switch
    {
        CellForm.Comma when format.Decimal == "," => $"--thousands . says what stands between thousands",
        CellForm.Comma => $"--decimal , or --thousands , says what a comma means",
        CellForm.Grouped => $"--thousands says what stands between thousands",
        CellForm.Date => $"--columns {Option("days")} or {Option("date_parts")} reads dates, --dates says their order",
        CellForm.Rounded =>
            $"--columns {Option("number")} rounds whole numbers above 2^53, {Option("left_out")} leaves a feature out",
        CellForm.Money or CellForm.Percent =>
            $"--columns {Option("number")} takes amounts and percentages without their sign",
        _ => null,
    };

    private static Phrase AsMissing(int odd) => odd == 1
        ? (Phrase)$"--odd-cells missing takes it as missing"
        : $"--odd-cells missing takes them as missing";

    private string FirstOdd => $"{counts.Examples[0].Row}, {Visible.Quoted(counts.Examples[0].Text)}";

    private Phrase Examples(int odd, Phrase one, Phrase many)
    {
        var places = Phrase.Join(
            ", ", counts.Examples.Select(cell => (Phrase)$"row {cell.Row} ({Visible.Quoted(cell.Text)})"));
        return odd == 1
            ? (Phrase)$"1 of {counts.Known} cells is not {one}, the first in {places}"
            : $"{odd} of {counts.Known} cells are no {many}, the first in {places}";
    }

    // A column and its kind as an option says them, quoted where need be.
    private string Option(string kind)
    {
        string both = $"{Visible.Line(name)}={kind}";
        return both.AsSpan().IndexOfAny(" ,\"'") < 0
            ? both
            : $"'\"{both.Replace("\"", "\"\"", StringComparison.Ordinal)}\"'";
    }
}
