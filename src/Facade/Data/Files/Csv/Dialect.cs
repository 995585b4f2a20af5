using Functional.Core.Forms;

namespace Functional.Data;

/// <summary>How a text is laid out, found in its first lines where the format leaves it open.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Skipped">How many lines stand before the table: one that says "sep=;".</param>
/// <param name="Notes">What was guessed.</param>
internal sealed record Dialect(CsvLayout Layout, int Skipped, Items<Phrase> Notes)
{
    /// <summary>How many characters are looked at.</summary>
    public const int Sample = 1 << 16;

    private const int Lines = 50;
    private static readonly char[] Delimiters = ['\t', ';', '|', ','];

    /// <summary>The dialect of a text that begins so.</summary>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="start">The text, or its first <see cref="Sample"/> characters.</param>
    /// <param name="format">What is given.</param>
    /// <exception cref="InvalidInputException">The given delimiter would tear numbers.</exception>
    public static Dialect Of(string name, string start, TableFormat format)
    {
        var notes = new List<Phrase>();
        string[] lines = [.. Split(start).Where(line => line.Length > 0).Take(Lines)];
        int skipped = lines is [['s', 'e', 'p', '=', _] or "sep=\\t", ..] ? 1 : 0;
        var layout = format.Delimiter switch
        {
            "auto" when skipped == 1 => new CsvLayout(lines[0] == "sep=\\t" ? '\t' : lines[0][4]),
            "auto" => Found(lines, new CellGrammar(format)),
            "blanks" => new CsvLayout(CsvLayout.Blanks),
            "\\t" => new CsvLayout('\t'),
            [var one] => new CsvLayout(one),
            _ => throw new InvalidInputException(
                $"delimiter is {Visible.Quoted(format.Delimiter)}; it should be one character, \"blanks\" or \"auto\""),
        };
        if (format.Delimiter == "auto" && (layout.Delimiter != ',' || format.Decimal == ","))
            notes.Add(skipped == 1
                ? (Phrase)$"{name}: {Named(layout)} between cells, as its first line says"
                : $"{name}: {Named(layout)} between cells; --delimiter sets another sign");
        bool header = format.Header == HeaderLine.Auto
            ? HasNames(lines.Skip(skipped).FirstOrDefault(), layout, new CellGrammar(format))
            : format.Header == HeaderLine.Yes;
        if (format.Header == HeaderLine.Auto && header && format.Columns.Count == 0
            && !HasNumbers(lines.Skip(skipped + 1), layout, new CellGrammar(format)))
            notes.Add($"{name}: its first line is taken for the names of columns; --no-header says that it is none");
        if (format.Header == HeaderLine.Auto && !header)
            notes.Add(
                $"{name}: its first line has a number or something like one, "
                    + $"so it is taken for no header and columns are "
                    + $"called column_1 and so on; --header says that it is one");
        return new((layout with { Header = header }).Checked(), skipped, [.. notes]);
    }

    // Of the signs that tear half of the first lines or more into as many cells as the first, that with the largest
    // share of numbers; else blanks that tear all of them; else the comma.
    private static CsvLayout Found(string[] lines, CellGrammar grammar)
    {
        bool Tears(char delimiter) => lines.Length > 0 && Count(lines[0], delimiter) is > 0 and var count
            && 2 * lines.Count(line => Count(line, delimiter) == count) >= lines.Length;
        char[] tearing = [.. Delimiters.Where(Tears)];
        bool isPoint = grammar.Format.Decimal == ",", areBlanks = AreBlanks(lines, grammar);
        if (areBlanks && (tearing.Length == 0 || isPoint && tearing is [','])) return new(CsvLayout.Blanks);
        return tearing.Length == 0 ? new() : new(tearing.MaxBy(delimiter => Share(lines, delimiter, grammar)));
    }

    // What share of the cells below the first line are numbers or like them.
    private static double Share(string[] lines, char delimiter, CellGrammar grammar)
    {
        string[] cells = [.. lines.Skip(lines.Length > 1 ? 1 : 0).SelectMany(line => Cells(line, delimiter))];
        return cells.Count(cell => IsLikeNumber(cell, grammar)) / (double)Math.Max(1, cells.Length);
    }

    private static bool AreBlanks(string[] lines, CellGrammar grammar) =>
        lines.Length > 1 && Blank(lines[0]) is { Length: > 1 } first
        && lines.All(line => Blank(line).Length == first.Length)
        && lines[1..].All(
            line => Blank(line).Count(cell => grammar.FormOf(cell, out _) is CellForm.Number or CellForm.Missing) * 2
                >= first.Length);

    private static bool HasNames(string? line, CsvLayout layout, CellGrammar grammar) =>
        line is null || !Torn(line, layout).Any(cell => IsLikeNumber(cell, grammar));

    private static bool HasNumbers(IEnumerable<string> lines, CsvLayout layout, CellGrammar grammar) =>
        lines.Any(line => Torn(line, layout).Any(cell => IsLikeNumber(cell, grammar)));

    private static bool IsLikeNumber(string cell, CellGrammar grammar) =>
        grammar.FormOf(cell, out _) is not (CellForm.Text or CellForm.Missing);

    private static IEnumerable<string> Torn(string line, CsvLayout layout) =>
        layout.IsOfBlanks ? Blank(line) : Cells(line, layout.Delimiter);

    private static string[] Blank(string line) => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private static Phrase Named(CsvLayout layout) => layout switch
    {
        { IsOfBlanks: true } => $"blanks stand",
        { Delimiter: '\t' } => $"a tab stands",
        _ => $"\"{layout.Delimiter}\" stands",
    };

    private static int Count(string line, char delimiter) => Cells(line, delimiter).Count - 1;

    // Torn at the delimiter, outside quotes; quotes around a cell go.
    private static List<string> Cells(string line, char delimiter)
    {
        var cells = new List<string>();
        bool quoted = false;
        int start = 0;
        for (int i = 0; i <= line.Length; i++)
        {
            if (i + 1 < line.Length && quoted && line[i] == '"' && line[i + 1] == '"') i++; // two are one
            else if (i < line.Length && line[i] == '"') quoted = !quoted && i == start;
            if (i < line.Length && (quoted || line[i] != delimiter)) continue;
            cells.Add(line[start..i].Trim().Trim('"'));
            start = i + 1;
        }
        return cells;
    }

    // Lines, those within quotes joined; the last one is left out where the sample may cut it.
    private static List<string> Split(string start)
    {
        var lines = new List<string>();
        bool quoted = false;
        int from = 0;
        for (int i = 0; i < start.Length; i++)
        {
            if (i + 1 < start.Length && quoted && start[i] == '"' && start[i + 1] == '"') i++; // two are one
            else if (start[i] == '"') quoted = !quoted && (i == from || Delimiters.Contains(start[i - 1]));
            if (quoted || start[i] != '\n') continue;
            lines.Add(start[from..i].TrimEnd('\r'));
            from = i + 1;
        }
        if (from < start.Length && (start.Length < Sample || lines.Count == 0)) lines.Add(start[from..]);
        return lines;
    }
}
