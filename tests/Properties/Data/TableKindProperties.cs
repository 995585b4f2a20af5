using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsCheck;
using Functional;
using Functional.Data;
using Properties.Files;
using Xunit;

namespace Properties.Data;

/// <summary>What a column is, is found once and said; nothing is silently of another kind.</summary>
public sealed class TableKindProperties : IDisposable
{
    private static readonly Gen<double> Number = Gen.OneOf(
        Gen.Double[-1e6, 1e6], Gen.Int[-99, 99].Select(x => (double)x));
    private static readonly Gen<string> Odd = Gen.OneOf(
        Gen.OneOf(
            "abc", "n.a.", "-", "inf", "-Infinity", "1e400", "0x1F", "1.5D+02", "$1000", "12%", "1,5", "12,345",
            "1'000", "2024-01-31", "007", "4 5", "five", "5 kg", "1.2.3"));

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    // Numbers, and in fewer than half of the rows, and at least one, something odd.
    private static readonly Gen<(double[] Numbers, (int Row, string Text)[] Planted)> Planted =
        from numbers in Number.Array[3, 60]
        from count in Gen.Int[1, Math.Max(1, (numbers.Length - 1) / 2)]
        from rows in Gen.Shuffle(Enumerable.Range(0, numbers.Length).ToArray())
        from texts in Odd.Array[count]
        select (numbers, rows.Take(count).Zip(texts).OrderBy(pair => pair.Item1).ToArray());

    [Fact]
    public void Odd_cells_among_numbers_are_refused_by_name_or_missing_where_asked() =>
        Planted.Sample((numbers, planted) =>
    {
        string[] cells = Cells(numbers, planted);
        var left = numbers.Where((_, row) => !planted.Any(odd => odd.Row == row));
        // codes
        if (planted.Count(odd => odd.Text == "007") * 20 >= numbers.Length
            && left.All(x => x >= 0 && double.IsInteger(x)))
            return;
        var unclear = Assert.IsType<Column.Unclear>(Read(cells, new()));
        Assert.Equal((planted[0].Row + 1, planted[0].Text), unclear.Examples[0]);
        Assert.StartsWith($"{planted.Length} of {numbers.Length} cells ", $"{unclear.Fault}", StringComparison.Ordinal);
        if (planted.Any(odd => odd.Text is "$1000" or "12%")) return; // which can be numbers, if told so
        var missing = Assert.IsType<Column.Numbers>(Read(cells, new() { OddCells = OddCells.Missing }));
        Assert.Equal(
            numbers.Select((x, row) => planted.Any(odd => odd.Row == row) ? double.NaN : x),
            missing.Cells.Span.ToArray());
    });

    [Fact]
    public void Words_for_missing_cells_make_no_other_kind_of_column() =>
        Gen.Select(Planted, Gen.OneOf([.. TableFormat.UsualMissingValues, "", " "])).Sample((of, word) =>
    {
        var table = Table([.. Cells(of.Numbers, [.. of.Planted.Select(odd => (odd.Row, word))])], new());
        var column = Assert.IsType<Column.Numbers>(table.Columns[0]);
        Assert.Equal(
            of.Numbers.Select((x, row) => of.Planted.Any(odd => odd.Row == row) ? double.NaN : x),
            column.Cells.Span.ToArray());
        if (word.Trim().Length > 0)
            Assert.Contains(table.Notes, note => note.Column == "x"
                && $"{note.Text}".Contains($"{of.Planted.Length} x \"{word}\"", StringComparison.Ordinal));
    });

    [Fact]
    public void Numbers_are_read_as_their_format_writes_them() => Gen.Select(
        Gen.Long[-999_999_999, 999_999_999].Array[1, 20],
        Gen.OneOf((".", ","), (",", "."), (".", "'"), (",", " "), (".", "")),
        Gen.Bool).Sample((numbers, signs, unicode) =>
        {
            var culture = (NumberFormatInfo)CultureInfo.InvariantCulture.NumberFormat.Clone();
            (culture.NumberDecimalSeparator, culture.NumberGroupSeparator, culture.NumberDecimalDigits) =
                (signs.Item1, signs.Item2, 2);
            if (unicode) culture.NegativeSign = "\u2212";
            string[] cells = [.. numbers.Select(x => (x / 100m).ToString("N", culture))];
            var column = Assert.IsType<Column.Numbers>(
                Read(cells, new() { Decimal = signs.Item1, Thousands = signs.Item2, Delimiter = ";" }));
            Assert.Equal(numbers.Select(x => (double)(x / 100m)), column.Cells.Span.ToArray());
        });

    [Theory, InlineData("1,23,456"), InlineData("1234,567"), InlineData(",123"), InlineData("1,23"),
        InlineData("1.5,000")]
    public void Thousands_stand_in_groups_of_three(string cell) =>
        Assert.IsType<Column.Unclear>(Read(["1", "2", cell, "3"], new() { Thousands = ",", Delimiter = ";" }));

    [Fact]
    public void Dates_are_days_or_parts_where_asked() => Gen.Select(
        Gen.Int[-40_000, 60_000].Array[1, 10],
        Gen.OneOf((DateOrder.Ymd, "yyyy-MM-dd"), (DateOrder.Dmy, "dd/MM/yyyy"), (DateOrder.Mdy, "M/d/yyyy")))
        .Sample((days, order) =>
    {
        DateTime[] dates = [.. days.Select(day => DateTime.UnixEpoch.AddDays(day))];
        string[] cells = [.. dates.Select(date => date.ToString(order.Item2, CultureInfo.InvariantCulture))];
        Assert.IsType<Column.Unclear>(Read(cells, new() { Dates = order.Item1 }));
        var column = Assert.IsType<Column.Numbers>(
            Read(cells, new() { Dates = order.Item1, Columns = [new ColumnKind.Days("x")] }));
        Assert.Equal(days.Select(day => (double)day), column.Cells.Span.ToArray());
        var parts = Table(cells, new() { Dates = order.Item1, Columns = [new ColumnKind.DateParts("x")] }).Columns;
        Assert.Equal(["x", "y", "x_year", "x_month", "x_day", "x_weekday"], parts.Select(part => part.Name));
        Assert.Equal(dates.Select(date => (double)date.Year), ((Column.Numbers)parts[2]).Cells.Span.ToArray());
        Assert.Equal(
            dates.Select(date => date.DayOfWeek == DayOfWeek.Sunday ? 7.0 : (double)date.DayOfWeek),
            ((Column.Numbers)parts[5]).Cells.Span.ToArray());
    });

    [Fact]
    public void Codes_money_percentages_and_names_are_told_apart()
    {
        string[] rows = [.. Enumerable.Range(0, 30).Select(i => $"{i}")];
        Assert.Equal(
            "007", Assert.IsType<Column.Categories>(Read([.. rows[10..], "007", "012", "012"], new())).Values[0]);
        Assert.IsType<Column.LeftOut>(Read([.. rows[10..], "007", "012"], new()));
        Assert.IsType<Column.Numbers>(Read(["007", "012"], new() { Columns = [new ColumnKind.Number("x")] }));
        Assert.Equal([5.0, 7], Assert.IsType<Column.Numbers>(Read(["$5", "$7"], new())).Cells.Span.ToArray());
        Assert.IsType<Column.Unclear>(Read(["$5", "€7"], new()));
        Assert.Equal([5.0, 7], Assert.IsType<Column.Numbers>(Read(["5%", "7 %"], new())).Cells.Span.ToArray());
        Assert.Equal(
            "all its 30 texts differ",
            Assert.IsType<Column.LeftOut>(Read([.. rows.Select(row => $"name {row}")], new())).Reason.ToString());
        Assert.IsType<Column.Categories>(
            Read([.. rows.Select(row => $"name {int.Parse(row, CultureInfo.InvariantCulture) / 2}")], new()));
        Assert.Equal(["1", "2"], Assert.IsType<Column.Categories>(
            Read(["1", "2"], new() { Columns = [new ColumnKind.Category("x")] })).Values);
        Assert.IsType<Column.LeftOut>(Read(["1", "2"], new() { Columns = [new ColumnKind.LeftOut("1")] }));
    }

    [Theory]
    [InlineData("", "it counts the rows"), InlineData("Unnamed: 0", "it counts the rows"),
        InlineData("PassengerId", "it counts the rows"), InlineData("x", null)]
    public void What_only_counts_rows_is_left_out(string name, string? reason)
    {
        string text = $"{name},y\n" + string.Concat(Enumerable.Range(0, 25).Select(i => $"{i},{i % 3}\n"));
        Assert.Equal(
            reason,
            (TableFile.Read(new StringReader(text), "t", new()).Columns[0] as Column.LeftOut)?.Reason.ToString());
    }

    [Fact]
    public void Delimiter_and_header_are_found_and_said() => Gen.Select(
        Gen.Select(Gen.OneOf("a", "b b", "5\" pipe"), Number).Array[2, 30], Gen.OneOf(",", ";", "\t", "|"),
        Gen.Bool).Sample((rows, delimiter, header) =>
        {
            string text = (header ? $"name{delimiter}size\n" : "") + string.Concat(rows.Select(
                row => string.Create(CultureInfo.InvariantCulture, $"{row.Item1}{delimiter}{row.Item2:R}\n")));
            var (found, given) = (TableFile.Read(new StringReader(text), "t", new()), TableFile.Read(
                new StringReader(text), "t",
                new() { Delimiter = delimiter, Header = header ? HeaderLine.Yes : HeaderLine.No }));
            Assert.Equal(given.Columns, found.Columns);
            Assert.Equal((delimiter == "," ? 0 : 1) + (header ? 0 : 1), found.Notes.Count(note => note.Column is null));
        });

    [Fact]
    public void Blanks_of_any_number_stand_between_cells() => Assert.Equal(
        [1.5, 3, 5],
        Assert.IsType<Column.Numbers>(TableFile.Read(
            new StringReader("  1.5    2 \n3\t\t4\r\n 5 6"), "t", new()).Columns[0]).Cells.Span.ToArray());

    [Fact]
    public void A_packed_file_is_read_as_the_file()
    {
        byte[] text = Encoding.UTF8.GetBytes("a,b\n1,x\n2,y\n3,x\n");
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(text);
        Assert.Equal(
            TableFile.Read(scratch.Write("t.csv", text), new()).Columns,
            TableFile.Read(scratch.Write("t.csv.gz", packed.ToArray()), new()).Columns);
    }

    [Theory]
    [InlineData("0,1,1", "classification"), InlineData("1,2,3", "classification"),
        InlineData("-1,1,-1", "classification"), InlineData("-1,0,1", "classification")]
    [InlineData("5,9,5", "classification"), InlineData("a,b,a", "classification"), InlineData("3,4,5", "regression"),
        InlineData("1,3,4", "regression"), InlineData("1.5,2,1", "regression"), InlineData("7,7,7", "regression")]
    public void The_task_is_found_and_said(string targets, string problem)
    {
        string text = "x,y\n" + string.Concat(targets.Split(',').Select((target, i) => $"{i * i},{target}\n"));
        var loaded = TableData.Load(TableFile.Read(new StringReader(text), "t", new()), new CsvFile("t"));
        Assert.Equal(problem, loaded.Data.Problem.Name);
        Assert.Contains(loaded.Notes, note => $"{note}".Contains("the task is to predict", StringComparison.Ordinal));
    }

    private static string[] Cells(double[] numbers, (int Row, string Text)[] planted)
    {
        string[] cells = [.. numbers.Select(x => x.ToString("R", CultureInfo.InvariantCulture))];
        foreach (var (row, text) in planted) cells[row] = text;
        return cells;
    }

    private static Column Read(string[] cells, TableFormat format) => Table(cells, format).Columns[0];

    // The cells as column x of a table, beside another one.
    private static Table Table(string[] cells, TableFormat format)
    {
        string sign = format.Delimiter == "auto" ? "," : format.Delimiter;
        return TableFile.Read(
            new StringReader(
                $"x{sign}y\n{string.Concat(
                    cells.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"{sign}1\n"))}"),
            "t", format with { Header = HeaderLine.Yes, Delimiter = sign });
    }
}
