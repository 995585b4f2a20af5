using Functional.Core.Forms;

namespace Functional.Data;

/// <summary>How a CSV file is laid out.</summary>
/// <param name="Delimiter">What stands between cells: a tab, a visible ASCII character that no number is written
/// with, or <see cref="Blanks"/>.</param>
/// <param name="Header">Whether the first line holds the names of the columns.</param>
internal sealed record CsvLayout(char Delimiter = ',', bool Header = true)
{
    /// <summary>Any number of blanks or tabs, which at the ends of a line do not count.</summary>
    public const char Blanks = '\u2003';

    /// <summary>Whether cells have any number of blanks between them.</summary>
    public bool IsOfBlanks => Delimiter == Blanks;

    /// <exception cref="InvalidInputException">The delimiter would tear numbers, quotes or lines.</exception>
    public CsvLayout Checked() =>
        Delimiter is '\t' or Blanks or (>= ' ' and < '\x7f') && !char.IsAsciiLetterOrDigit(Delimiter)
            && Delimiter is not ('"' or '+' or '-' or '.')
            ? this
            : throw new InvalidInputException(
                $"the delimiter is {Visible.Quoted([Delimiter])}; "
                + $"it should be a tab, a space or an ASCII sign other than \" + - .");
}
