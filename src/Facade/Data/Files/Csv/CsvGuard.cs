using System.Buffers;

namespace Functional.Data;

/// <summary>
/// Stands between a text and the CSV parser, and lets nothing pass that the parser would take wrongly or at great
/// cost: NUL characters (it would take a line that begins with one for a comment), lone carriage returns (it would
/// take them for line ends in some places of its buffer and not in others, and after one within quotes join lines),
/// lines without end and lines of millions of cells.
/// </summary>
internal sealed class CsvGuard(TextReader text, string name, char delimiter) : TextReader
{
    /// <summary>Characters, line ends within quotes included.</summary>
    public const int LongestLine = 16 << 20;

    private const int MostColumns = 100_000;
    private static readonly SearchValues<char> Signs = SearchValues.Create("\0\r\n\"");
    private long line = 1, lineOfRecord = 1, length, delimiters;
    private bool quoted, returned, ended;
    private bool closed; // the last character was a quote that closes a cell, or the first of two
    private char last = '\n';

    /// <summary>Whether the text ended in a cell whose quotes are not closed.</summary>
    public bool EndedWithinQuotes => ended && quoted;

    public InvalidInputException TooLong(Exception? cause = null) => new(
        $"{name}, line {lineOfRecord} has more than {LongestLine} characters; it should have fewer, "
            + $"or a quote is not closed",
        cause!);

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        int read = text.Read(buffer);
        if (read == 0 && buffer.Length > 0) End();
        else Check(buffer[..read]);
        return read;
    }

    public override int Read() => throw new NotSupportedException("the parser reads blocks");

    public override int Peek() => throw new NotSupportedException("the parser reads blocks");

    private void Check(ReadOnlySpan<char> piece)
    {
        while (!piece.IsEmpty)
        {
            if (returned && piece[0] != '\n') throw LoneReturn();
            int at = piece.IndexOfAny(Signs);
            var plain = at < 0 ? piece : piece[..at];
            if (!quoted) delimiters += plain.Count(delimiter);
            length += plain.Length + (at < 0 ? 0 : 1);
            if (delimiters >= MostColumns)
                throw new InvalidInputException(
                    $"{name}, line {lineOfRecord} has more than {MostColumns} cells; it should have at most that many");
            if (length > LongestLine) throw TooLong();
            if (plain.Length > 0) (closed, last) = (false, plain[^1]);
            if (at < 0) return;
            Sign(piece[at]);
            last = piece[at];
            piece = piece[(at + 1)..];
        }
    }

    private void Sign(char sign)
    {
        returned = false;
        switch (sign)
        {
            case '\0': throw new InvalidInputException($"{name}, line {line} has a NUL character; it should be text");
            case '"':
                // As the parser has it: a quote opens a cell as its first character, and two within quotes are one.
                bool opens = closed || last == delimiter || last == '\n';
                (quoted, closed) = quoted ? (false, true) : (opens, false);
                return;
            case '\r': returned = true; break;
            default:
                line++;
                if (!quoted) (lineOfRecord, length, delimiters) = (line, 0, 0);
                break;
        }
        closed = false;
    }

    private void End()
    {
        if (returned) throw LoneReturn();
        ended = true;
    }

    private InvalidInputException LoneReturn() => new(
        $"{name}, line {line} has a carriage return without a line feed; lines should end in a line feed, or in both");

    protected override void Dispose(bool disposing)
    {
        if (disposing) text.Dispose();
        base.Dispose(disposing);
    }
}
