namespace Functional.Cli.Reports;

/// <summary>Lines of a CSV file. (RFC 4180)</summary>
internal static class CsvText
{
    /// <summary>Some cells in a line, without its end.</summary>
    public static string Line(IEnumerable<string> cells) => string.Join(",", cells.Select(Cell));

    // Quoted where a CSV file wants that.
    private static string Cell(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 && text.AsSpan().Trim().Length == text.Length
        ? text
        : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
