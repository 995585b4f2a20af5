using System.Globalization;
using Functional.Core.Forms;
using Functional.Store;

namespace Functional.Cli.Reports;

/// <summary>How a table is written for other programs.</summary>
internal enum TextTableFormat { Text, Csv, Markdown, Latex }

/// <summary>A table of texts: on a terminal, or as CSV, Markdown or LaTeX.</summary>
/// <param name="Headings">Of the columns.</param>
/// <param name="Rows">A text for each column.</param>
internal sealed record TextTable(IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>A field of a run in a cell.</summary>
    /// <param name="value">The field; none where the run has no such field.</param>
    /// <param name="isExact">Whether every digit is wanted, as programs do.</param>
    public static string Cell(FieldValue? value, bool isExact) => value switch
    {
        null => "",
        { Number: { } number } => Number(number, isExact),
        _ => $"{value}",
    };

    /// <summary>A number in a cell; whole ones, such as seeds, with all their digits.</summary>
    public static string Number(double? number, bool isExact) => number switch
    {
        null => "",
        { } whole when whole == Math.Floor(whole) && Math.Abs(whole) < MostWhole =>
            whole.ToString("F0", CultureInfo.InvariantCulture),
        { } some => isExact ? some.ToString("R", CultureInfo.InvariantCulture) : Numerals.Of(some, 5),
    };

    private const double MostWhole = 1e15;

    /// <summary>The lines of it.</summary>
    /// <param name="format">As what.</param>
    public IEnumerable<string> Lines(TextTableFormat format) => format switch
    {
        TextTableFormat.Csv => Rows.Prepend(Headings).Select(CsvText.Line),
        TextTableFormat.Markdown => Markdown(),
        TextTableFormat.Latex => Latex(),
        _ => Text(),
    };

    // Numbers stand at the right.
    private IEnumerable<string> Text()
    {
        var rows = Rows.Select(row => row.Select(Visible.Line).ToArray()).ToArray();
        int[] widths = [.. Headings.Select((heading, column) =>
            rows.Select(row => row[column].Length).Append(heading.Length).Max())];
        bool[] isNumber = [.. Headings.Select((_, column) => column > 0 && rows.Length > 0
            && rows.All(row => row[column].Length == 0 || char.IsDigit(row[column].TrimStart('-').FirstOrDefault())))];
        yield return Line(Headings);
        foreach (string[] row in rows) yield return Line(row);

        string Line(IReadOnlyList<string> cells) => string.Join("  ", cells.Select((cell, column) =>
            isNumber[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd();
    }

    private IEnumerable<string> Markdown()
    {
        yield return Line(Headings);
        yield return $"|{string.Concat(Headings.Select(_ => " --- |"))}";
        foreach (var row in Rows) yield return Line(row);

        static string Line(IReadOnlyList<string> cells) =>
            $"|{string.Concat(cells.Select(cell =>
                $" {Visible.Line(cell).Replace("|", "\\|", StringComparison.Ordinal)} |"))}";
    }

    private IEnumerable<string> Latex()
    {
        yield return $@"\begin{{tabular}}{{{new string('l', Headings.Count)}}}";
        yield return Line(Headings) + @" \hline";
        foreach (var row in Rows) yield return Line(row);
        yield return @"\end{tabular}";

        static string Line(IReadOnlyList<string> cells) => string.Join(" & ", cells.Select(Escaped)) + @" \\";
    }

    private static string Escaped(string text) => string.Concat(Visible.Line(text).Select(letter => letter switch
    {
        '\\' => @"\textbackslash{}",
        '~' => @"\textasciitilde{}",
        '^' => @"\textasciicircum{}",
        '±' => @"$\pm$",
        '&' or '%' or '$' or '#' or '_' or '{' or '}' => $@"\{letter}",
        _ => $"{letter}",
    }));
}
