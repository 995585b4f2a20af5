using System.Text;
using CsCheck;
using Functional;
using Functional.Data;
using Xunit;

namespace Properties.Files;

/// <summary>What a quote means in a CSV text: the same at any length and in whatever pieces it arrives.</summary>
public sealed class CsvQuoteProperties : IDisposable
{
    private const int ParsersBuffer = 1 << 16;

    private static readonly Gen<string> Text = Gen.Char["ab \"\"\"\",,\n"].Array[1, 40]
        .Select(signs => new string(signs).Replace("b\n", "\r\n", StringComparison.Ordinal));

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("5\" pipe,1\n", "5\" pipe|1")]
    [InlineData("a\"b\"c,1\n", "a\"b\"c|1")]
    [InlineData("a\"\"b,1\n", "a\"\"b|1")]
    [InlineData(" \"a,b\",1\n", " \"a|b\"|1")]
    [InlineData("a\",b\"\n", "a\"|b\"")]
    [InlineData("\"a\"\"b\",\"\"\n", "a\"b|")]
    [InlineData("\"\"\"\",\"a,\n\"\n", "\"|a,\n")]
    [InlineData("\"a\"b,1\n", "row 1 has something between a closing quote and the end of its cell")]
    [InlineData("\"a\" ,1\n", "row 1 has something between a closing quote and the end of its cell")]
    [InlineData("\"\"a,1\n", "row 1 has something between a closing quote and the end of its cell")]
    [InlineData("\"a\",\"1\n", "row 1 has a quote that is never closed")]
    [InlineData("\"a\"\"\n", "row 1 has a quote that is never closed")]
    public void A_quote_that_does_not_begin_a_cell_is_a_character(string text, string meaning) =>
        Assert.Contains(meaning, Read(new StringReader(text)), StringComparison.Ordinal);

    [Fact]
    public void Texts_are_read_by_the_rule_in_whatever_pieces_they_arrive() =>
        Gen.Select(Text, Gen.Int[1, 9]).Sample((text, most) =>
        {
            string read = Read(new Pieces(text, most));
            return Ruled(text) is { } cells ? read == cells : read.Contains("quote", StringComparison.Ordinal);
        }, iter: 5000);

    [Fact]
    public void Texts_mean_the_same_across_the_border_of_the_parsers_buffer() =>
        Gen.Select(Text, Gen.Int[0, 42]).Sample((text, before) =>
        {
            string padding = new('x', ParsersBuffer - 1 - before);
            string far = Read(new StringReader($"{padding}\n{text}")), near = Read(new StringReader($"x\n{text}"));
            return far.Replace(padding, "x", StringComparison.Ordinal) == near;
        }, iter: 1000);

    [Theory]
    [InlineData("5\" pipe", "5\" pipe")]
    [InlineData("\"5\"\", long\"", "5\", long")]
    [InlineData("5\" x 6\" pipe", "5\" x 6\" pipe")]
    public void A_file_longer_than_any_line_may_be_is_read_as_a_short_one(string cell, string means)
    {
        string odd = $"{cell},\"a, b\"\n", plain = "a pipe of an ordinary length without any quotes in it,c\n";
        int rows = (CsvGuard.LongestLine + (1 << 20)) / plain.Length;
        var text = new StringBuilder("name,kind\n").Append(odd);
        for (int row = 0; row < rows; row++) text.Append(plain);
        string path = scratch.Write("long.csv", Encoding.UTF8.GetBytes(text.Append(odd).ToString()));
        var table = TableFile.Read(path, new());
        var names = Assert.IsType<Column.Categories>(table.Columns[0]);
        Assert.Equal(rows + 2, table.Rows);
        Assert.Equal([means, means], new[] { 0, rows + 1 }.Select(row => names.Values[names.Codes[row]]));
        Assert.Equal(["a, b", "c"], Assert.IsType<Column.Categories>(table.Columns[1]).Values);
    }

    [Fact]
    public void Lines_within_quotes_belong_to_their_row_and_others_do_not()
    {
        string line = new('x', 1 << 20);
        string lines = string.Concat(Enumerable.Repeat($"{line}\n", 17));
        Assert.Equal(18, Read(new StringReader($"5\"\n{lines}")).Count(sign => sign == '\u00b6'));
        string quoted = Read(new StringReader($"\"5\n{lines}\""));
        Assert.Contains("line 1 has more than 16777216 characters", quoted, StringComparison.Ordinal);
    }

    // All cells, or what is said instead.
    private static string Read(TextReader text)
    {
        try
        {
            using var records = new CsvRecords(text, "t", new(Header: false));
            var all = new StringBuilder();
            for (; records.Read(); all.Append('\u00b6'))
                for (int i = 0; i < records.Width; i++)
                    all.Append(i == 0 ? "" : "|").Append(records.Cell(i));
            return all.ToString();
        }
        catch (InvalidInputException fault)
        {
            return fault.Message;
        }
    }

    // The rule, character by character; nothing where it forbids the text. Carriage returns stand before line feeds.
    private static string? Ruled(string text)
    {
        var all = new StringBuilder();
        for (int at = 0; at < text.Length;)
        {
            var (line, cells, start) = (new StringBuilder(), 0, at);
            for (bool more = true; more;)
            {
                line.Append(cells++ == 0 ? "" : "|");
                if (at < text.Length && text[at] == '"')
                {
                    for (at++; ; at++)
                    {
                        if (at >= text.Length) return null;
                        if (text[at] == '"' && (++at >= text.Length || text[at] != '"')) break;
                        line.Append(text[at]);
                    }
                    if (at < text.Length && text[at] is not (',' or '\r' or '\n')) return null;
                }
                while (at < text.Length && text[at] is not (',' or '\r' or '\n')) line.Append(text[at++]);
                more = at < text.Length && text[at] == ',';
                if (more) at++;
            }
            if (at > start) all.Append(line).Append('\u00b6'); // a line with nothing on it is no row
            at += at < text.Length && text[at] == '\r' ? 2 : 1;
        }
        return all.ToString();
    }

    /// <summary>A text that arrives a few characters at a time.</summary>
    private sealed class Pieces(string text, int most) : TextReader
    {
        private int at;

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        public override int Read(Span<char> buffer)
        {
            int length = Math.Min(Math.Min(buffer.Length, most), text.Length - at);
            text.AsSpan(at, length).CopyTo(buffer);
            at += length;
            return length;
        }
    }
}
