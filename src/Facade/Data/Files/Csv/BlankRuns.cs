namespace Functional.Data;

/// <summary>A text whose cells have any number of blanks between them, with one tab in their place and none at
/// the ends of lines.</summary>
internal sealed class BlankRuns(TextReader text) : TextReader
{
    private bool atStart = true, pending;
    private char held;
    private bool isHeld, quoted;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            char sign;
            if (isHeld) (sign, isHeld) = (held, false);
            else if (text.Read() is >= 0 and var next) sign = (char)next;
            else break;
            if (sign == '"') quoted = !quoted && (atStart || filled > 0 && buffer[filled - 1] == '\t' || pending);
            if (!quoted && (sign is ' ' or '\t'))
            {
                pending = !atStart;
                continue;
            }
            bool ends = sign is '\n' or '\r';
            if (pending && !ends)
            {
                (pending, held, isHeld) = (false, sign, true);
                buffer[filled++] = '\t';
                continue;
            }
            (pending, atStart) = (false, sign == '\n');
            buffer[filled++] = sign;
        }
        return filled;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) text.Dispose();
        base.Dispose(disposing);
    }
}
