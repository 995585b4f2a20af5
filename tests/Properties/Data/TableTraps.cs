using Functional;
using Functional.Core.Data;
using Functional.Core.Numbers;
using Functional.Data;
using Xunit;

namespace Properties.Data;

/// <summary>Tables that once were read as something else, without a word.</summary>
public sealed class TableTraps
{
    [Theory]
    [InlineData((DateOrder)7, ".", "", "data.dates is \"7\"; it should be one of ymd, dmy, mdy")]
    [InlineData(DateOrder.Ymd, "", ",", "data.decimal is \"\"; it should be one of ., ,")]
    [InlineData(DateOrder.Ymd, ".", ".", "data.decimal and data.thousands are both \".\"; they should differ")]
    public void A_format_that_means_nothing_is_refused_wherever_it_is_given(
        DateOrder dates, string point, string thousands, string message) =>
        Assert.Contains(
            message, Refusal(() => Read("a,b\n1,2\n", new() { Dates = dates, Decimal = point, Thousands = thousands })),
            StringComparison.Ordinal);

    [Fact]
    public void A_number_for_missing_cells_is_one_however_it_is_written() => Assert.Equal(
        [4, double.NaN, double.NaN, double.NaN],
        Numbers(Read("a,b\n4,1\n -999,2\n-999.0,3\n-9.99e2,4\n", new() { MissingValues = ["-999"] }).Columns[0]));

    [Fact]
    public void The_parts_of_a_date_come_after_the_columns_and_have_names_of_their_own()
    {
        TableFormat parts = new() { Columns = [new ColumnKind.DateParts("when")] };
        var table = Read("when,a,y\n2020-01-31,1,2\n2021-02-28,2,3\n", parts);
        Assert.Equal(("y", "a"), (table.Find("3")!.Name, table.Find("2")!.Name));
        Assert.Equal(["y"], TableData.Load(table, new CsvFile("t")).Data.Schema!.Targets);
        Assert.Contains(
            "has a column \"when_year\" already", Refusal(() => Read("when,when_year,y\n2020-01-01,1,2\n", parts)),
            StringComparison.Ordinal);
    }

    [Theory, InlineData("0.123"), InlineData("0.001")]
    public void No_group_of_thousands_follows_a_lone_zero(string cell) =>
        Assert.IsType<Column.Unclear>(
            Read($"a;b\n1,5;1\n{cell};2\n", new() { Decimal = ",", Thousands = "." }).Columns[0]);

    [Theory]
    [InlineData("12,5 33,1 8,2\n1,5 3,1 8,25\n", 3)]
    [InlineData("\"1,5\",2\n\"2,5\",3\n", 2)]
    [InlineData("1,5;2,5;3,5\n2,5;3,5;4,5\n", 3)]
    public void With_a_decimal_comma_commas_are_the_last_guess(string text, int columns) =>
        Assert.Equal(columns, Read(text, new() { Decimal = "," }).Columns.Count);

    [Theory]
    [InlineData("id;text;y\n3;\"he said \"\"a; b\"\", 3\";1.5\n4;\"x \"\"y; z\"\"\";2\n", "id")]
    [InlineData("a;b,c,d\nx;1,2,3\ny;3,4,5\n", "a;b")]
    [InlineData("\"a, b\",c\n\"d, e\",2\n", "a, b")]
    public void Signs_within_quotes_tear_nothing_and_numbers_decide(string text, string first) =>
        Assert.Equal(first, Read(text, new()).Columns[0].Name);

    [Theory, InlineData("$31,39%,a\n$5,3%,b\n"), InlineData("0123,north,a\n0456,south,b\n"),
        InlineData("2020-01-01,x,1\n2020-01-02,y,2\n")]
    public void What_is_like_a_number_is_no_name(string text) => Assert.Equal(2, Read(text, new()).Rows);

    [Fact]
    public void Names_that_only_may_be_names_are_said() =>
        Assert.Contains(Read("x,y\nz,w\n", new()).Notes, note => $"{note.Text}".EndsWith(
            "its first line is taken for the names of columns; --no-header says that it is none",
            StringComparison.Ordinal));

    [Fact]
    public void A_column_told_to_be_left_out_is_no_other_kind_when_it_is_named()
    {
        string text = "a,y\n" + string.Concat(Enumerable.Range(1, 39).Select(i => $"{i},{i}.5\n")) + "x,7\n";
        var table = Read(text, new() { Columns = [new ColumnKind.LeftOut(ColumnKind.Every)] });
        Assert.Contains(
            "1 of 40 cells is not a plain number", Refusal(() => TableData.Load(table, new CsvFile("t", ["y"], ["a"]))),
            StringComparison.Ordinal);
    }

    [Theory, InlineData("0.5\n50%\n7\n"), InlineData("$10\n€20\n")]
    public void Numbers_of_several_kinds_are_none_even_where_told(string cells) =>
        Assert.IsType<Column.Unclear>(Read($"p\n{cells}", new() { Columns = [new ColumnKind.Number("p")] }).Columns[0]);

    [Fact]
    public void Blanks_within_quotes_are_no_delimiters() =>
        Assert.Equal(["ab  cd", "ef g"], Assert.IsType<Column.Categories>(
            Read("\"ab  cd\" 1 2\n\"ef g\"   3 4\n", new() { Delimiter = "blanks" }).Columns[0]).Values);

    [Fact]
    public void Every_kind_is_kept_for_tables_like_it()
    {
        string rows = string.Concat(Enumerable.Range(10, 19).Select(i => $"0{i}{i},2020-01-{i},{i}%,${i},{i % 3}.5\n"));
        var table = Read(
            $"zip,d,p,m,y\n{rows}", new() { Columns = [new ColumnKind.Number("1"), new ColumnKind.Days("2")] });
        var format = SchemaTable.FormatOf(TableData.Load(table, new CsvFile("t")).Data.Schema!);
        Assert.Equal(
            [new ColumnKind.Number("zip", ""), new ColumnKind.Days("d"), new ColumnKind.Number("p", "%"),
                new ColumnKind.Number("m", "$")],
            format.Columns);
        Assert.Equal(table.Columns.Take(4), Read($"zip,d,p,m,y\n{rows}", format).Columns.Take(4));
        // 0.5 is no percentage
        Assert.IsType<Column.Unclear>(Read("zip,d,p,m\n1,2020-01-01,0.5,$5\n", format).Columns[2]);
        Assert.IsType<Column.Unclear>(Read("zip,d,p,m\nbad,2020-01-01,5%,$5\n", format).Columns[0]);
        Assert.Equal(
            [double.NaN],
            Numbers(Read("zip,d,p,m\nbad,2020-01-01,5%,$5\n", format with { OddCells = OddCells.Missing }).Columns[0]));
    }

    // An encoding that fills nothing, and ignores nothing.
    private static Encoding Untaught(Schema schema) =>
        new(schema, null, new(Vec<double>.Of([0, 0]), Vec<double>.Of([1, 1])), null);

    [Fact]
    public void A_missing_cell_that_the_model_cannot_fill_is_named()
    {
        var schema = TableData.Load(Read("a,b,y\n1,2,3.5\n2,3,4\n", new()), new CsvFile("t")).Data.Schema!;
        Assert.Contains(
            "t, row 2, column \"b\" is empty",
            Refusal(() => SchemaTable.Inputs(Read("a,b\n1,2\n1,\n", new()), schema, Untaught(schema))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_that_all_differ_are_left_out_whatever_the_first_look_like()
    {
        string text = "id,y\n1,1\n2,2\n" + string.Concat(Enumerable.Range(3, 40).Select(i => $"k{i},{i}\n"));
        Assert.Equal(
            "all its 42 texts differ", Assert.IsType<Column.LeftOut>(Read(text, new()).Columns[0]).Reason.ToString());
    }

    [Theory]
    [InlineData("2020.01.10", DateOrder.Ymd, 18271), InlineData("10/01/20", DateOrder.Dmy, 18271),
        InlineData("2020-01-10T02:00:00+02:00", DateOrder.Ymd, 18271),
        InlineData("2020-01-10 12:00", DateOrder.Ymd, 18271.5)]
    public void Dates_are_read_as_people_write_them(string cell, DateOrder order, double days) =>
        Assert.Equal([days], Numbers(
            Read($"d,y\n{cell},1\n", new() { Dates = order, Columns = [new ColumnKind.Days("d")] }).Columns[0]));

    [Fact]
    public void Amounts_below_zero_are_amounts() =>
        Assert.Equal([-5, 7, -1.5], Numbers(Read("d;y\n-$5;1\n$7;2\n$-1.5;3\n", new()).Columns[0]));

    [Fact]
    public void A_column_has_one_part_to_play()
    {
        var table = Read("a,b,y\n1,2,3.5\n2,3,4\n", new());
        Assert.Contains(
            "column \"a\" is a feature and a feature",
            Refusal(() => TableData.Load(table, new CsvFile("t", ["y"], ["a", "a"]))), StringComparison.Ordinal);
        Assert.Contains(
            "column \"y\" is a target and the weight",
            Refusal(() => TableData.Load(table, new CsvFile("t", ["y"], []) { Weight = "y" })),
            StringComparison.Ordinal);
    }

    private static double[] Numbers(Column column) => (column is Column.LeftOut(var inner, _)
        ? (Column.Numbers)inner
        : Assert.IsType<Column.Numbers>(column)).Cells.Span.ToArray();

    private static Table Read(string text, TableFormat format) => TableFile.Read(new StringReader(text), "t", format);

    private static string Refusal(Func<object> read) => Assert.Throws<InvalidInputException>(read).Message;
}
