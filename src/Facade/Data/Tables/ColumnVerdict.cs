using System.Globalization;
using Functional.Core.Data.Tables;
using Functional.Core.Forms;

namespace Functional.Data;

/// <summary>What a column is, by what its cells look like and by what a person said of it; never silently another kind.</summary>
/// <param name="IsOfTexts">Whether its cells are texts, not numbers.</param>
/// <param name="Fault">Why it is not sure what it is, if it is not.</param>
/// <param name="LeftOut">Why there is nothing to learn from it, if there is nothing.</param>
/// <param name="Notes">What was guessed.</param>
internal sealed record ColumnVerdict(bool IsOfTexts, string? Fault, string? LeftOut, Items<string> Notes)
{
    internal const int FewestDifferent = 20; // fewer texts may all differ by chance
    private const int FewestCodes = 20; // one cell in so many: fewer are slips of the pen

    /// <summary>The verdict.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="told">What a person said.</param>
    /// <param name="counts">What its cells look like.</param>
    /// <param name="different">How many different texts it has.</param>
    /// <param name="format">How it was read.</param>
    public static ColumnVerdict Of(string name, ColumnKind? told, CellCounts counts, int different, TableFormat format)
    {
        bool oddAreMissing = format.OddCells == "missing";
        string column = $"column {Visible.Quoted(name)}";
        string[] missing = [.. Missing(column, counts)];
        int known = counts.Known;
        if (told is ColumnKind.Category) return Texts([.. missing, .. Blanks(column, counts)]);
        if (told is ColumnKind.LeftOut) return Of(name, null, counts, different, format) with { LeftOut = "as told", Notes = [] };
        if (told is not null) return Told(column, told, counts, oddAreMissing, missing);

        int numbers = counts[CellForm.Number], codes = counts[CellForm.Code], texts = counts[CellForm.Text];
        bool areCodes = FewestCodes * codes >= known && !counts.HasMeasures;
        int unsure = counts.LikeNumbers + (areCodes ? 0 : codes);
        if (numbers == known) return Numbers(missing);
        if (areCodes && codes > 0 && unsure == 0 && !(different == known && known >= FewestDifferent))
            return Texts([.. missing, .. Blanks(column, counts), $"{column} has codes such as {Visible.Quoted(counts.FirstCode ?? "")}: it is taken as categories, as written; --columns {Option(name, "number")} takes it as numbers"]);
        if (counts[CellForm.Money] == known && counts.IsOneCurrency || counts[CellForm.Percent] == known)
            return Numbers([.. missing, $"{column}: cells such as {Example(counts)} are taken as numbers, without the sign"]);
        if (2 * (numbers + unsure) >= known && !(areCodes && codes > 0 && unsure == 0))
            return oddAreMissing && 2 * numbers >= known && counts[CellForm.Money] + counts[CellForm.Percent] == 0
                ? Numbers([.. missing, Odd(column, counts, known - numbers)])
                : Unclear(name, counts, format);
        if (different == known && known >= FewestDifferent) return new(true, null, $"all its {known} texts differ", []);
        return Texts(
        [
            .. missing, .. Blanks(column, counts),
            .. numbers == 0 ? [] : new[] { string.Create(CultureInfo.InvariantCulture, $"{column} has {numbers} numbers among its texts: all of it is taken as categories") },
            .. 2 * different <= known || known < FewestDifferent ? [] : new[] { string.Create(CultureInfo.InvariantCulture, $"{column} has {different} different texts in {known} cells: little can be learned from it (--columns {Option(name, "left_out")})") },
        ]);
    }

    /// <summary>A column and its kind as an option says them, quoted where need be.</summary>
    public static string Option(string name, string kind)
    {
        string both = $"{Visible.Line(name)}={kind}";
        return both.AsSpan().IndexOfAny(" ,\"'") < 0 ? both : $"'\"{both.Replace("\"", "\"\"", StringComparison.Ordinal)}\"'";
    }

    private static ColumnVerdict Told(string column, ColumnKind told, CellCounts counts, bool oddAreMissing, string[] missing)
    {
        int fine = told is ColumnKind.Number(_, var sign) ? Fine(sign, counts) : counts[CellForm.Number], odd = counts.Known - fine;
        if (odd == 0) return Numbers(missing);
        if (oddAreMissing) return Numbers([.. missing, Odd(column, counts, odd)]);
        string order = told is ColumnKind.Number ? "" : "--dates says their order (ymd, dmy or mdy), ";
        return new(false, $"{Examples(counts, odd, told is ColumnKind.Number ? counts[CellForm.Money] + counts[CellForm.Percent] > 0 ? "number of the same kind" : "number" : "date")}; {order}--odd-cells missing takes {(odd == 1 ? "it" : "them")} as missing", null, []);
    }

    // How many cells are numbers with the sign that they should have; of any sign all should have the same.
    private static int Fine(string sign, CellCounts counts)
    {
        int plain = counts[CellForm.Number] + counts[CellForm.Code], money = counts.IsOneCurrency ? counts[CellForm.Money] : 0, percent = counts[CellForm.Percent];
        return sign switch
        {
            "" => plain,
            "%" => percent,
            ColumnKind.Number.AnySign => percent > plain + money ? percent : plain + money,
            _ => plain + (counts.Currency == sign ? money : 0),
        };
    }

    /// <summary>The kind that says of a column what it is, for tables like it.</summary>
    public static ColumnKind Kind(string name, ColumnKind? told, CellCounts counts, bool isOfTexts) => told switch
    {
        ColumnKind.Days => new ColumnKind.Days(name),
        ColumnKind.DateParts => new ColumnKind.DateParts(name),
        _ when isOfTexts => new ColumnKind.Category(name),
        _ => new ColumnKind.Number(name, counts[CellForm.Percent] > 0 ? "%" : counts.Currency),
    };

    private static ColumnVerdict Unclear(string name, CellCounts counts, TableFormat format)
    {
        int odd = counts.Known - counts[CellForm.Number];
        string[] remedies =
        [
            .. CellCounts.Unsure.Where(form => counts[form] > 0).Select(form => form switch
            {
                CellForm.Comma when format.DecimalPoint == "," => "--thousands . says what stands between thousands",
                CellForm.Comma => "--decimal , or --thousands , says what a comma means",
                CellForm.Grouped => "--thousands says what stands between thousands",
                CellForm.Date => $"--columns {Option(name, "days")} or {Option(name, "date_parts")} reads dates, --dates says their order",
                CellForm.Money or CellForm.Percent => $"--columns {Option(name, "number")} takes amounts and percentages without their sign",
                _ => "",
            }).Where(remedy => remedy.Length > 0).Distinct(),
            .. 2 * counts[CellForm.Number] >= counts.Known ? [$"--odd-cells missing takes {(odd == 1 ? "it" : "them")} as missing"] : (string[])[],
            $"--columns {Option(name, "category")} takes all cells as texts",
        ];
        return new(false, $"{Examples(counts, odd, "plain number")}; {string.Join(", ", remedies)}", null, []);
    }

    private static string Examples(CellCounts counts, int odd, string what) => string.Create(CultureInfo.InvariantCulture,
        $"{odd} of {counts.Known} cells {(odd == 1 ? $"is no {what}" : $"are no {what.Replace("number", "numbers", StringComparison.Ordinal).Replace("date", "dates", StringComparison.Ordinal)}")}, the first in {string.Join(", ", counts.Examples.Select(cell => string.Create(CultureInfo.InvariantCulture, $"row {cell.Row} ({Visible.Quoted(cell.Text)})")))}");

    private static string Odd(string column, CellCounts counts, int odd) =>
        string.Create(CultureInfo.InvariantCulture, $"{column}: {odd} odd cell{(odd == 1 ? " is" : "s are")} taken as missing, the first in row {counts.Examples[0].Row}, {Visible.Quoted(counts.Examples[0].Text)}");

    private static IEnumerable<string> Missing(string column, CellCounts counts) => counts.Words.Count == 0 ? [] :
        [$"{column}: {string.Join(", ", counts.Words.Select(word => string.Create(CultureInfo.InvariantCulture, $"{word.Value} x {Visible.Quoted(word.Key)}")))} taken as missing"];

    private static IEnumerable<string> Blanks(string column, CellCounts counts) => counts.Trimmed == 0 ? [] :
        [string.Create(CultureInfo.InvariantCulture, $"{column}: blanks around {counts.Trimmed} text{(counts.Trimmed == 1 ? "" : "s")} do not count")];

    private static string Example(CellCounts counts) => counts.Examples.Count == 0 ? "" : Visible.Quoted(counts.Examples[0].Text);

    private static ColumnVerdict Numbers(IEnumerable<string> notes) => new(false, null, null, [.. notes]);

    private static ColumnVerdict Texts(IEnumerable<string> notes) => new(true, null, null, [.. notes]);
}
