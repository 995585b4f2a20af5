using System.Globalization;
using System.Text;
using CsCheck;
using Functional;
using Functional.Data;
using Xunit;

namespace Properties.Files;

/// <summary>What is written as CSV is read back as it was.</summary>
public sealed class CsvTableProperties : IDisposable
{
    private static readonly Gen<string> Number = Gen.OneOf(
        Gen.Double[-1e3, 1e3].Select(x => x.ToString("R", CultureInfo.InvariantCulture)),
        Gen.Int[-50, 50].Select(x => x.ToString(CultureInfo.InvariantCulture)),
        Gen.OneOf(" 7 ", "1e300", "+.5", "-0", "5e-324"));

    // A carriage return only before a line feed: alone it is refused.
    private static readonly Gen<string> Word = Gen.String[Gen.Char["ab \",;|\t\n\r_'.0é√"], 0, 6]
        .Select(word => word.Replace("\r", "\r\n", StringComparison.Ordinal));
    private static readonly Gen<string> Cell = Gen.Frequency(
        (6, Number), (1, Gen.OneOf("", " ", "NA", "nan", "inf", "1e400", "1,5")), (1, Word));
    private static readonly Gen<string> NumberOrNothing = Gen.Frequency((6, Number), (1, Gen.Const("")));

    private static readonly Gen<(string[][] Rows, CsvLayout Layout, int Seed)> Tables =
        from width in Gen.Int[1, 5]
        from height in Gen.Int[1, 9]
        from columns in Gen.OneOf(Cell, NumberOrNothing).Array[height].Array[width]
        from delimiter in Gen.Char[",;|\t"]
        from header in Gen.Bool
        from seed in Gen.Int
        select (
            Enumerable.Range(0, height).Select(row => columns.Select(column => column[row]).ToArray()).ToArray(),
            new CsvLayout(delimiter, header), seed);

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void What_is_written_is_read_back() => Tables.Sample((rows, layout, seed) =>
    {
        string text = Written(rows, layout, new Random(seed));
        var table = TableFile.Read(new StringReader(text), "text", Format(layout));
        return table.Rows == rows.Length && table.Columns.Count == rows[0].Length
            && table.Columns.Select((column, i) =>
                Holds(column, [.. rows.Select(row => row[i])], $"{(layout.Header ? "name" : "column")}_{i + 1}"))
                .All(holds => holds);
    }, iter: 2000, threads: 1);

    [Fact]
    public void A_file_is_read_as_its_text_is() => Tables.Sample((rows, layout, seed) =>
    {
        string text = Written(rows, layout, new Random(seed));
        return Same(
            TableFile.Read(scratch.Write("table.csv", Encoding.UTF8.GetBytes(text)), Format(layout)),
            TableFile.Read(new StringReader(text), "text", Format(layout)));
    }, iter: 200, threads: 1);

    [Fact]
    public void Tables_longer_than_any_buffer_are_read_back()
    {
        var random = new Random(5);
        string[][] rows = [.. Enumerable.Range(0, 30_000).Select(i => new[]
        {
            random.NextDouble().ToString("R", CultureInfo.InvariantCulture),
            i < 10_000 ? $"{i % 100}" : $"a \"{i % 77}\"\r\n,\n", new string('x', random.Next(9)), $"{i}",
        })];
        var layout = new CsvLayout();
        var table = TableFile.Read(
            scratch.Write("long.csv", Encoding.UTF8.GetBytes(Written(rows, layout, random))), Format(layout));
        Assert.All(
            Enumerable.Range(0, 4),
            i => Assert.True(Holds(table.Columns[i], [.. rows.Select(row => row[i])], $"name_{i + 1}")));
        Assert.IsType<Column.Categories>(table.Columns[1]);
    }

    [Fact]
    public void A_byte_order_mark_and_lines_with_nothing_on_them_are_passed_over()
    {
        var table = TableFile.Read(
            scratch.Write("marked.csv", [.. Encoding.UTF8.Preamble, .. "\r\na,b\r\n\r\n1,2\r\n\n3,4\n\n"u8]), new());
        Assert.Equal(("a", 2), (table.Columns[0].Name, table.Rows));
        Assert.Equal([2.0, 4.0], Assert.IsType<Column.Numbers>(table.Find("b")).Cells.Span.ToArray());
    }

    [Fact]
    public void A_column_with_nothing_in_it_is_of_missing_numbers() =>
        Assert.Equal([double.NaN, double.NaN], Assert.IsType<Column.Numbers>(
            TableFile.Read(new StringReader("a,b\n1,\n2,  \n"), "text", new()).Find("b")).Cells.Span.ToArray());

    [Fact]
    public void A_column_is_found_by_name_before_number()
    {
        var table = TableFile.Read(new StringReader("2,b\n1,5\n"), "text", new() { Header = HeaderLine.Yes });
        Assert.Equal(("2", "2", "b"), (table.Find("2")!.Name, table.Find("1")!.Name, table.Find("b")!.Name));
    }

    [Fact]
    public void Lines_may_have_100000_cells()
    {
        var table = TableFile.Read(
            new StringReader(string.Join(',', Enumerable.Range(0, 100_000))), "text", new() { Header = HeaderLine.No });
        Assert.Equal([99_999.0], Assert.IsType<Column.Numbers>(table.Columns[^1]).Cells.Span.ToArray());
    }

    [Fact]
    public void Numbers_take_little_more_than_8_bytes_a_cell()
    {
        var text = new StringBuilder("a,b,c,d\n");
        for (int row = 0; row < 100_000; row++)
            text.Append(CultureInfo.InvariantCulture, $"{row},{row * 0.5},{-row},1e9\n");
        string path = scratch.Write("numbers.csv", Encoding.UTF8.GetBytes(text.ToString()));
        TableFile.Read(path, new());
        long before = GC.GetAllocatedBytesForCurrentThread();
        TableFile.Read(path, new());
        // Pieces and result: 16 bytes a cell in all, 10 at any time.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 3_200_000, 9_000_000);
    }

    [Fact]
    public void Torn_and_altered_files_are_read_or_refused() => scratch.ReadsOrRefuses(
        "bad.csv",
        Encoding.UTF8.GetBytes("name,age,\"a \"\"b\"\"\"\r\nAnn,31,0.5\r\n\"Bo, é\",,1e3\r\nCy,x,\"2\n3\"\r\n"),
        path => TableFile.Read(path, new()));

    private static string Written(string[][] rows, CsvLayout layout, Random random)
    {
        string Cell(string cell) =>
            cell.AsSpan().ContainsAny("\"\r\n") || cell.Contains(layout.Delimiter, StringComparison.Ordinal)
                || (cell.Length == 0 && rows[0].Length == 1) || random.Next(4) == 0
                ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
        string end = random.Next(2) == 0 ? "\n" : "\r\n";
        var lines = rows.Select(row => string.Join(layout.Delimiter, row.Select(Cell)));
        if (layout.Header)
            lines = lines.Prepend(string.Join(layout.Delimiter, rows[0].Select((_, i) => $" name_{i + 1}")));
        return string.Join(end, lines) + (random.Next(2) == 0 ? end : "");
    }

    private static TableFormat Format(CsvLayout layout) =>
        new() { Delimiter = $"{layout.Delimiter}", Header = layout.Header ? HeaderLine.Yes : HeaderLine.No };

    // What the reader should make of cells, told apart from how it does: numbers where all are, else never numbers.
    private static bool Holds(Column column, string[] cells, string name)
    {
        double? Number(int row) =>
            double.TryParse(cells[row], NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && double.IsFinite(number)
            ? number
            : null;
        bool IsCode(int row) => cells[row].Trim() is ['0', _, ..] digits && digits.All(char.IsAsciiDigit);
        bool Missing(int row) =>
            string.IsNullOrWhiteSpace(cells[row]) || TableFormat.UsualMissingValues.Contains(cells[row].Trim());
        int[] rows = [.. Enumerable.Range(0, cells.Length)], known = [.. rows.Where(row => !Missing(row))];
        int numbers = known.Count(row => Number(row) is not null && !IsCode(row));
        return column.Name == name && column switch
        {
            Column.Numbers all => numbers == known.Length && all.Cells.Length == cells.Length
                && rows.All(row => Missing(row) ? double.IsNaN(all.Cells[row]) : all.Cells[row].Equals(Number(row))),
            Column.Categories texts => numbers < known.Length && (2 * numbers < known.Length || known.Any(IsCode))
                && texts.Codes.Length == cells.Length
                && texts.Values.SequenceEqual(
                    known.Select(row => cells[row].Trim()).Distinct().Order(StringComparer.Ordinal))
                && rows.All(
                    row => Missing(row) ? texts.Codes[row] == -1 : texts.Values[texts.Codes[row]] == cells[row].Trim()),
            Column.Unclear unclear =>
                numbers < known.Length && unclear.Examples.All(odd => cells[odd.Row - 1].Trim() == odd.Text),
            _ => false,
        };
    }

    private static bool Same(Table x, Table y) => x.Rows == y.Rows && x.Columns.Equals(y.Columns);
}
