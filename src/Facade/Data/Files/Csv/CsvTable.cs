using System.Globalization;
using System.Text;
using Functional.Core.Forms;

namespace Functional.Data;

/// <summary>
/// A CSV file (RFC 4180, UTF-8) column by column. Cells stand as they are written, quotes undone; a cell of nothing
/// but white space is missing, and nothing else is ("NA" is a text). A cell whose first character is a quote goes on
/// to its closing quote, delimiters and line ends included; two quotes within it are one, and nothing may follow the
/// closing one. Any other quote is a character: 5" pipe is a cell. Names are trimmed; lines with nothing on them are
/// no rows. Rows are counted from 1, without the header.
/// </summary>
/// <param name="Source">The file's name, for messages.</param>
/// <param name="Columns">As many as every row has cells.</param>
/// <param name="Rows">How many rows; at least 1.</param>
internal sealed record CsvTable(string Source, IReadOnlyList<CsvColumn> Columns, int Rows)
{
    private const int LongestText = 1 << 26;

    /// <summary>Reads a file, in one pass, and in a second one where a column turns out to be texts after it began with numbers.</summary>
    /// <exception cref="InvalidInputException">The file is not such a table; the message names the place.</exception>
    public static CsvTable Read(string path, CsvLayout layout) => InputFile.Read(path, file =>
    {
        bool again = false;
        TextReader Open()
        {
            if (again && !file.CanSeek) throw new InvalidInputException($"{path} has a column of numbers first and texts later, and cannot be read twice; it should be a file on disk");
            if (again) file.Position = 0;
            again = true;
            return new StreamReader(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, 1 << 16, leaveOpen: true);
        }
        try
        {
            return CsvReading.Read(path, layout.Checked(), Open);
        }
        catch (DecoderFallbackException fault)
        {
            string place = file.CanSeek ? NotUtf8.Place(file) : "";
            throw new InvalidInputException($"{path}{place} is not UTF-8; it should be text in that encoding", fault);
        }
    });

    /// <summary>Reads a text of at most 64 million characters, which is held in memory meanwhile.</summary>
    /// <exception cref="InvalidInputException">The text is not such a table; the message names the place.</exception>
    public static CsvTable Read(TextReader text, string name, CsvLayout layout)
    {
        var (all, piece) = (new StringBuilder(), new char[1 << 14]);
        for (int read; (read = text.Read(piece)) > 0; all.Append(piece, 0, read))
            if (all.Length + read > LongestText)
                throw new InvalidInputException($"{name} has more than {LongestText} characters; it should be read as a file");
        string whole = all.ToString();
        return CsvReading.Read(name, layout.Checked(), () => new StringReader(whole));
    }

    /// <summary>The column of that name, or else of that number, counted from 1.</summary>
    /// <exception cref="InvalidInputException">There is none; the message lists the names.</exception>
    public CsvColumn Column(string nameOrNumber) =>
        Columns.FirstOrDefault(column => column.Name == nameOrNumber)
        ?? (int.TryParse(nameOrNumber, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= Columns.Count ? Columns[number - 1] : null)
        ?? throw new InvalidInputException(
            $"{Source} has no column {Visible.Quoted(nameOrNumber)}; "
            + $"it should be a number from 1 to {Columns.Count} or one of "
            + InputFile.Listed([.. Columns.Select(column => Visible.Quoted(column.Name))]));

    /// <summary>The column, when its cells are numbers or missing.</summary>
    /// <exception cref="InvalidInputException">It has a text; the message names the first.</exception>
    public CsvColumn.Numbers RequireNumbers(CsvColumn column) => column switch
    {
        CsvColumn.Numbers numbers => numbers,
        CsvColumn.Texts texts => throw new InvalidInputException(
            $"{Source}, row {texts.FirstText}, column {Visible.Quoted(texts.Name)} is "
            + $"{Visible.Quoted(texts.Values[texts.Codes[texts.FirstText - 1]])}; it should be a number"),
        _ => throw new ArgumentException($"{column} is no column"),
    };
}

/// <summary>A column of a table.</summary>
internal abstract record CsvColumn(string Name)
{
    /// <summary>Finite numbers, written as everywhere but in speech ("1.5", "-2e-3").</summary>
    /// <param name="Name">From the header, or "column_1" and so on.</param>
    /// <param name="Cells">One a row; a missing one is NaN.</param>
    internal sealed record Numbers(string Name, double[] Cells) : CsvColumn(Name);

    /// <summary>Texts, at least one of which is no finite number.</summary>
    /// <param name="Name">From the header, or "column_1" and so on.</param>
    /// <param name="Codes">One a row: an index into the values; a missing one is -1.</param>
    /// <param name="Values">Every text once, in ordinal order.</param>
    /// <param name="FirstText">The first row, counted from 1, whose cell is no number.</param>
    internal sealed record Texts(string Name, int[] Codes, string[] Values, int FirstText) : CsvColumn(Name);
}
