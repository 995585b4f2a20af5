using System.Text;
using Functional;
using Functional.Data;
using Xunit;

namespace Properties.Files;

/// <summary>Every way in which a CSV file may be bad, and what is said of it.</summary>
public sealed class CsvTableFaults : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("", "t.csv has 0 rows; it should have at least 1")]
    [InlineData("\n\r\n", "t.csv has 0 rows; it should have at least 1")]
    [InlineData("a,b\n", "t.csv has 0 rows; it should have at least 1")]
    [InlineData("a,b\n1,2\n3\n", "t.csv, row 2 has 1 cell; it should have 2")]
    [InlineData("a,b\n1,2\n   \n", "t.csv, row 2 has 1 cell; it should have 2")]
    [InlineData("a,b,c,d,e\n1,2,3,4,5\n1,2,3,4,5\n1,2,3,4\n", "t.csv, row 3 has 4 cells; it should have 5")]
    [InlineData("a,b\n1,2,\n", "t.csv, row 1 has 3 cells; it should have 2")]
    [InlineData("a,b,a \n1,2,3\n", "t.csv, columns 1 and 3 are both named \"a\"; names should differ")]
    [InlineData("a,b\n1,\0\n", "t.csv, line 2 has a NUL character; it should be text")]
    [InlineData("\0a,b\n1,2\n", "t.csv, line 1 has a NUL character; it should be text")]
    [InlineData(
        "a,b\n1,2\r3,4\n",
        "t.csv, line 2 has a carriage return without a line feed; lines should end in a line feed, or in both")]
    [InlineData(
        "a,b\r1,2\r",
        "t.csv, line 1 has a carriage return without a line feed; lines should end in a line feed, or in both")]
    [InlineData(
        "a,b\n1,\"2\r\"\n",
        "t.csv, line 2 has a carriage return without a line feed; lines should end in a line feed, or in both")]
    [InlineData(
        "a,b\n1,2\r",
        "t.csv, line 2 has a carriage return without a line feed; lines should end in a line feed, or in both")]
    [InlineData(
        "a,b\n1,2\n\"3,4\n5,6\n",
        "t.csv, row 2 has a quote that is never closed; every opening quote should have its closing one")]
    [InlineData(
        "a,b\n1,\"2", "t.csv, row 1 has a quote that is never closed; every opening quote should have its closing one")]
    [InlineData(
        "a,\"b\n1,2\n",
        "t.csv, the header has a quote that is never closed; every opening quote should have its closing one")]
    [InlineData("a,b\n1,\"2\"3\n4,5\n", "t.csv, row 1 has something between a closing quote and the end of its cell; a "
        + "quote within quotes should be doubled")]
    public void A_bad_file_is_refused(string text, string message) =>
        Assert.Equal(
            message,
            scratch.Refusal(() => TableFile.Read(scratch.Write("t.csv", Encoding.UTF8.GetBytes(text)), new())));

    [Theory]
    [InlineData("1;2\n3\n", "t.csv, row 2 has 1 cell; it should have 2")]
    [InlineData(
        "1;\"2\n", "t.csv, row 1 has a quote that is never closed; every opening quote should have its closing one")]
    public void A_bad_file_without_header_is_refused(string text, string message) =>
        Assert.Equal(message, scratch.Refusal(() => TableFile.Read(
            scratch.Write("t.csv", Encoding.UTF8.GetBytes(text)), new() { Delimiter = ";", Header = HeaderLine.No })));

    [Theory]
    [InlineData(
        new byte[] { 0x61, 0x0A, 0xE9, 0x0A },
        "t.csv, line 2 (byte 2 is E9) is not UTF-8; it should be text in that encoding")]
    [InlineData(
        new byte[] { 0xFF, 0xFE, 0x61, 0x00 },
        "t.csv, line 1 (byte 0 is FF) is not UTF-8; it should be text in that encoding")]
    [InlineData(
        new byte[] { 0x61, 0x0A, 0x31, 0x0A, 0xC3 },
        "t.csv, line 3 (byte 4 is C3) is not UTF-8; it should be text in that encoding")]
    public void Another_encoding_is_refused(byte[] bytes, string message) =>
        Assert.Equal(message, scratch.Refusal(() => TableFile.Read(scratch.Write("t.csv", bytes), new())));

    [Fact]
    public void The_byte_that_is_not_UTF8_is_found_however_far_it_is() =>
        Assert.Equal(
            "t.csv, line 100001 (byte 500000 is FF) is not UTF-8; it should be text in that encoding",
            scratch.Refusal(() => TableFile.Read(
                scratch.Write(
                    "t.csv", [.. Enumerable.Repeat("é12\n"u8.ToArray(), 100_000).SelectMany(line => line), 0xFF]),
                new())));

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        Assert.Equal("none.csv is not there", scratch.Refusal(() => TableFile.Read(scratch.At("none.csv"), new())));

    [Fact]
    public void A_directory_is_refused() => Assert.Equal(
        "here is a directory; it should be a file", scratch.Refusal(() => TableFile.Read(scratch.Path, new())));

    [Fact]
    public void A_name_that_no_file_can_have_is_refused() => Assert.Contains(
        "cannot be read", scratch.Refusal(() => TableFile.Read("a\0b", new())), StringComparison.Ordinal);

    [Theory, InlineData('"'), InlineData('\n'), InlineData('\0'), InlineData('.'), InlineData('e'), InlineData('4'),
        InlineData('é')]
    public void A_delimiter_that_tears_numbers_or_lines_is_refused(char delimiter) =>
        Assert.Contains(
            "; it should be a tab, a space or an ASCII sign other than",
            scratch.Refusal(
                () => TableFile.Read(new StringReader("a\n1\n"), "t", new() { Delimiter = $"{delimiter}" })),
            StringComparison.Ordinal);

    [Fact]
    public void A_line_without_end_is_refused_in_little_memory()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(
            "t.csv, line 2 has more than 16777216 characters; it should have fewer, or a quote is not closed",
            Refusal(Endless("a\n", "xxxxxxx")));
        Assert.Equal(
            "t.csv, line 1 has more than 16777216 characters; it should have fewer, or a quote is not closed",
            Refusal(Endless("\"", "x\n")));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300 << 20);
    }

    [Theory, InlineData(""), InlineData("a\n"), InlineData("a\n1\n")]
    public void A_line_of_too_many_cells_is_refused_before_its_end(string start) => Assert.Equal(
        $"t.csv, line {1 + start.Count(sign => sign == '\n')} has more than 100000 cells; "
            + $"it should have at most that many",
        Refusal(Endless(start, ",,,,,,,")));

    [Fact]
    public void Too_many_cells_are_refused() => Assert.Equal(
        "t.csv has more than 3 rows of 2 cells; it should have at most 7 cells",
        scratch.Refusal(() => CsvReading.Read("t.csv", new(), () => new Repeated("a,b\n", "1,2\n"), mostCells: 7)));

    [Fact]
    public void Too_much_text_is_refused()
    {
        int row = 0;
        Assert.Matches("^t.csv, row 6[0-9], column \"a\": the different texts take more than 256 MB by here; it should "
            + "have fewer or shorter ones$",
            Refusal(() => new Produced("a\n", () => $"{row++}{new string('x', 2_000_000)}\n")));
    }

    [Theory, InlineData("a\n1\n", "row 2"), InlineData("a\n1,2\n", "row 1")]
    public void A_file_that_changes_between_the_passes_is_refused(string later, string row)
    {
        var texts = new Queue<string>(["a\n1\n2\nx\ny\nz\n", later]);
        Assert.Equal($"t.csv, {row} changed while the file was read", Refusal(() => new StringReader(texts.Dequeue())));
    }

    [Fact]
    public void Text_that_repeats_is_kept_once() =>
        Assert.Contains(
            "it should have at most 150 cells",
            scratch.Refusal(() => CsvReading.Read(
                "t.csv", new(), () => new Repeated("a\n", $"{new string('x', 1_000_000)}\n"), mostCells: 150)),
            StringComparison.Ordinal);

    [Fact]
    public void A_text_where_a_number_should_be_is_named()
    {
        var table = TableFile.Read(
            new StringReader($"name,long\nAnn,{new string('x', 50)}\nBo,\nCy,y\n"), "t.csv", new());
        Assert.Equal(
            "t.csv, row 1, column \"long\" is \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...\"; it should be a number",
            scratch.Refusal(() => table.RequireNumbers(table.Require("long"))));
    }

    [Theory, InlineData("b"), InlineData("0"), InlineData("3"), InlineData("-1"), InlineData("A")]
    public void A_column_that_is_not_there_is_refused(string column) => Assert.Equal(
        $"t.csv has no column \"{column}\"; it should be a number from 1 to 2 or one of \"a\", \"x y\"",
        scratch.Refusal(() => TableFile.Read(new StringReader("a,x y\n1,2\n"), "t.csv", new()).Require(column)));

    [Fact]
    public void A_text_too_long_to_hold_is_refused() => Assert.Equal(
        "t has more than 67108864 characters; it should be read as a file",
        scratch.Refusal(() => TableFile.Read(new Repeated("a\n", "1\n"), "t", new())));

    private string Refusal(Func<TextReader> open) => scratch.Refusal(() => CsvReading.Read("t.csv", new(), open));

    private static Func<TextReader> Endless(string start, string rest) => () => new Repeated(start, rest);

    private sealed class Repeated(string start, string rest) : Produced(start, () => rest);

    /// <summary>A text without end.</summary>
    private class Produced(string start, Func<string> next) : TextReader
    {
        private string piece = start;
        private int at;

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        public override int Read(Span<char> buffer)
        {
            for (int filled = 0; ;)
            {
                int length = Math.Min(piece.Length - at, buffer.Length - filled);
                piece.AsSpan(at, length).CopyTo(buffer[filled..]);
                filled += length;
                at += length;
                if (filled == buffer.Length) return filled;
                (piece, at) = (next(), 0);
            }
        }
    }
}
