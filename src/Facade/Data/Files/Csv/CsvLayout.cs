using Functional.Core.Forms;

namespace Functional.Data;

/// <summary>How a CSV file is laid out.</summary>
/// <param name="Delimiter">What stands between cells: a tab or a visible ASCII character that no number is written with.</param>
/// <param name="Header">Whether the first line holds the names of the columns.</param>
internal sealed record CsvLayout(char Delimiter = ',', bool Header = true)
{
    /// <exception cref="InvalidInputException">The delimiter would tear numbers, quotes or lines.</exception>
    public CsvLayout Checked() =>
        Delimiter is '\t' or (>= ' ' and < '\x7f') && !char.IsAsciiLetterOrDigit(Delimiter) && Delimiter is not ('"' or '+' or '-' or '.')
            ? this
            : throw new InvalidInputException(
                $"the delimiter is {Visible.Quoted([Delimiter])}; "
                + "it should be a tab, a space or an ASCII sign other than \" + - .");
}
