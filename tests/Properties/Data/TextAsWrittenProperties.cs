using Functional;
using Functional.Data;
using Xunit;

namespace Properties.Data;

/// <summary>What is written is what is read: no digit is lost without a word, and texts that look
/// alike are equal.</summary>
public sealed class TextAsWrittenProperties
{
    private const string Composed = "a\u00f1o", Decomposed = "an\u0303o"; // both año

    [Theory]
    [InlineData("9007199254740993", ".", "")]
    [InlineData("-9007199254740993", ".", "")]
    [InlineData("1234567890123456789", ".", "")]
    [InlineData("9.007.199.254.740.993", ",", ".")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890", ".", "")]
    public void A_whole_number_that_would_lose_digits_is_refused(string cell, string point, string thousands)
    {
        var column = Assert.IsType<Column.Unclear>(
            Read($"id;y\n{cell};1\n5;2\n", new() { Decimal = point, Thousands = thousands }).Columns[0]);
        Assert.Contains(
            "1 of 2 cells is not a plain number, the first in row 1", $"{column.Fault}", StringComparison.Ordinal);
        Assert.Contains(
            "--columns id=number rounds whole numbers above 2^53, id=left_out leaves a feature out", $"{column.Fault}",
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9007199254740992")]
    [InlineData("9007199254740994")]
    [InlineData("10000000000000000")]
    [InlineData("9.007199254740993e15")]
    [InlineData("9007199254740993.5")]
    public void Numbers_that_lose_no_digit_or_are_measured_are_numbers(string cell) =>
        Assert.IsType<Column.Numbers>(Read($"a,y\n{cell},1\n5,2\n", new()).Columns[0]);

    // 200 whole numbers of 18 digits, which differ.
    private static string Rows(string format) =>
        string.Concat(Enumerable.Range(0, 200).Select(row => FormattableString.Invariant(
            $"{string.Format(System.Globalization.CultureInfo.InvariantCulture, format, row)},{row % 7}.5\n")));

    [Fact]
    public void Identifiers_of_many_digits_are_left_out_as_short_ones_are()
    {
        var column = Assert.IsType<Column.LeftOut>(
            Read($"id,y\n1,2.5\n{Rows("100000000000000{0:000}")}", new()).Columns[0]);
        Assert.Equal("an identifier: its whole numbers all differ", $"{column.Reason}");
        Assert.IsType<Column.Unclear>(
            Read($"id,y\n100000000000000001,2.5\n{Rows("100000000000000{0:000}")}", new()).Columns[0]);
        Assert.IsType<Column.Unclear>(Read($"size,y\n{Rows("100000000000000{0:000}")}", new()).Columns[0]);
    }

    [Fact]
    public void Codes_of_many_digits_are_codes() => Assert.Equal(
        50, Assert.IsType<Column.Categories>(Read($"y,account\n{string.Concat(Enumerable.Range(0, 400).Select(row =>
            FormattableString.Invariant($"{row % 7}.5,{row % 2}00000000000000{row % 50:000}\n")))}", new())
            .Columns[1]).Values.Count);

    // As one cell in two is text, the other a code.
    [Fact]
    public void Codes_among_texts_are_codes() => Assert.Equal(
        ["007", "b"], Assert.IsType<Column.Categories>(
            Read($"y,kind\n{string.Concat(Enumerable.Repeat("0.5,007\n1,b\n", 20))}", new()).Columns[1]).Values);

    [Theory]
    [InlineData("$9007199254740993", "$5")]
    [InlineData("9007199254740993%", "5%")]
    public void Amounts_lose_no_digit_either(string cell, string other) =>
        Assert.IsType<Column.Unclear>(Read($"a,y\n{cell},1\n{other},2\n", new()).Columns[0]);

    [Fact]
    public void Objects_lose_no_digit_either()
    {
        foreach (object inexact in (object[])[9007199254740993L, 9007199254740993UL, 9007199254740993m, long.MaxValue])
            Assert.Contains(
                "row 2", Refusal(() => Table.OfDictionaries([Row(1L), Row(inexact)])), StringComparison.Ordinal);
        foreach (object exact in (object[])[1L << 60, 1UL << 63, 9007199254740992m, 0.1m, 12345678901234567.5m])
            Assert.IsType<Column.Numbers>(Table.OfDictionaries([Row(1L), Row(exact)]).Columns[0]);

        static Dictionary<string, object?> Row(object cell) => new() { ["a"] = cell };
    }

    [Fact]
    public void Words_for_missing_cells_may_look_alike() => Assert.Equal(
        1, Read($"a,y\n1,1\n{Decomposed},2\n", new() { MissingValues = [Composed] }).Columns[0].MissingCount);

    [Fact]
    public void They_are_rounded_where_told_and_texts_where_told()
    {
        string text = "id,y\n9007199254740993,1\n5,2\n";
        var rounded = Read(text, new() { Columns = [new ColumnKind.Number("id")] });
        Assert.Equal(9007199254740992, Assert.IsType<Column.Numbers>(rounded.Columns[0]).Cells[0]);
        Assert.Contains(rounded.Notes, note => $"{note.Text}".EndsWith(
            "column \"id\": 1 whole number above 2^53 is rounded, the first in row 1", StringComparison.Ordinal));
        var odd = Read(
            "id,y\n9007199254740993,1\n5,2\nx,3\n",
            new() { Columns = [new ColumnKind.Number("id")], OddCells = OddCells.Missing });
        Assert.Contains(
            odd.Notes,
            note => $"{note.Text}".EndsWith("above 2^53 is rounded, the first in row 1", StringComparison.Ordinal));
        Assert.Equal(
            ["5", "9007199254740993"],
            Assert.IsType<Column.Categories>(
                Read(text, new() { Columns = [new ColumnKind.Category("id")] }).Columns[0]).Values);
    }

    [Fact]
    public void Names_and_texts_that_look_alike_are_equal()
    {
        string[] rows = [.. Enumerable.Range(0, 40)
            .Select(row => $"{(row % 2 == 0 ? Composed : Decomposed)},{row % 3},{row % 3}.5\n")];
        var table = Read(
            $"{Decomposed},b,y\n{string.Concat(rows)}", new() { Columns = [new ColumnKind.Category(Composed)] });
        Assert.Equal([Composed], Assert.IsType<Column.Categories>(table.Find(Decomposed)).Values);
        Assert.Equal(table.Find(Decomposed), table.Find(Composed));
        var model = Mlp.Regressor([2]).Train(table, "y", settings => settings with { Epochs = 1 }).Model;
        Assert.Equal(
            model.Predict([(Composed, Composed), ("b", 1)]), model.Predict([(Decomposed, Decomposed), ("b", 1)]));
        Assert.Equal(
            model.Predict(Read($"{Composed},b\n{Decomposed},1\n", new())),
            model.Predict(Read($"{Decomposed},b\n{Composed},1\n", new())));
    }

    [Fact]
    public void Two_columns_whose_names_look_alike_are_refused() => Assert.Contains(
        "columns 1 and 2 are both named", Refusal(() => Read($"{Composed},{Decomposed}\n1,2\n", new())),
        StringComparison.Ordinal);

    [Fact]
    public void Objects_and_a_file_agree_on_them()
    {
        var read = Read($"{Composed},y\n{Decomposed},1\nx,2\n", new());
        Table made = Table.Of(new[] { (Composed, 1.0), ("x", 2.0) }).Category(Decomposed, row => row.Item1)
            .Number("y", row => row.Item2);
        Assert.Equal(read.Columns, made.Columns);
    }

    [Fact]
    public void Half_a_character_is_a_text_like_any() =>
        Assert.Equal(["\ud800x"], Assert.IsType<Column.Categories>(
            Table.Of(["\ud800x"]).Category("a", text => text).ToTable().Columns[0]).Values);

    private static Table Read(string text, TableFormat format) => TableFile.Read(new StringReader(text), "t", format);

    private static string Refusal(Action action) => Assert.Throws<InvalidInputException>(action).Message;
}
