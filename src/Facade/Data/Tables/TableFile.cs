using System.Text;
using Functional.Core.Forms;

namespace Functional.Data;

/// <summary>
/// Tables in files of text (RFC 4180, UTF-8, also packed by gzip). Blanks around a cell do not count. A cell whose
/// first character is a quote goes on to its closing quote, delimiters and line ends included; two quotes within it
/// are one, and nothing may follow the closing one. Any other quote is a character: 5" pipe is a cell. Lines with
/// nothing on them are no rows. Rows are counted from 1, without the header.
/// </summary>
internal static class TableFile
{
    private const int LongestText = 1 << 26;

    /// <summary>Reads a file, in one pass, and in a second one where a column turns out to be texts after it
    /// began with numbers.</summary>
    /// <exception cref="InvalidInputException">The file is not such a table; the message names the place.</exception>
    public static Table Read(string path, TableFormat format) => InputFile.Read(path, file =>
    {
        bool again = false;
        TextReader Open()
        {
            if (again && !file.CanSeek)
                throw new InvalidInputException($"{path} has a column of numbers first and texts later, and cannot be "
                    + $"read twice; it should be a file on disk");
            if (again) file.Position = 0;
            again = true;
            return new StreamReader(
                Unpacked(file), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
                detectEncodingFromByteOrderMarks: false, 1 << 16, leaveOpen: true);
        }
        try
        {
            return CsvReading.Read(path, format, Open);
        }
        catch (DecoderFallbackException fault)
        {
            var place = file.CanSeek ? NotUtf8.Place(file) : Phrase.Empty;
            throw new InvalidInputException($"{path}{place} is not UTF-8; it should be text in that encoding", fault);
        }
    });

    /// <summary>Reads a text of at most 64 million characters, which is held in memory meanwhile.</summary>
    /// <exception cref="InvalidInputException">The text is not such a table; the message names the place.</exception>
    public static Table Read(TextReader text, string name, TableFormat format)
    {
        var (all, piece) = (new StringBuilder(), new char[1 << 14]);
        for (int read; (read = text.Read(piece)) > 0; all.Append(piece, 0, read))
            if (all.Length + read > LongestText)
                throw new InvalidInputException(
                    $"{name} has more than {LongestText} characters; it should be read as a file");
        string whole = all.ToString();
        return CsvReading.Read(name, format, () => new StringReader(whole));
    }

    // A gzip file begins with its two bytes, which no text in UTF-8 does.
    private static Stream Unpacked(FileStream file)
    {
        if (!file.CanSeek) return file;
        bool isPacked = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return isPacked ? new GzipFile(file) : file;
    }

    extension(Table table)
    {
        /// <summary>The column of that name, or else of that number, counted from 1, as it is even where it is
        /// left out by itself.</summary>
        /// <exception cref="InvalidInputException">There is none; the message lists the names.</exception>
        public Column Require(string nameOrNumber) => table.Find(nameOrNumber) switch
        {
            Column.LeftOut(var inner, _) => inner,
            { } column => column,
            _ => throw new InvalidInputException(
                $"{table.Source} has no column {Visible.Quoted(nameOrNumber)}; "
                + $"it should be a number from 1 to {table.Columns.Count} or one of "
                + $"{InputFile.Listed([.. table.Columns.Select(column => Visible.Quoted(column.Name))])}"),
        };

        /// <summary>The column, when its cells are numbers or missing.</summary>
        /// <exception cref="InvalidInputException">It has a text; the message names the first.</exception>
        public Column.Numbers RequireNumbers(Column column) => column switch
        {
            Column.Numbers numbers => numbers,
            Column.LeftOut(var inner, _) => table.RequireNumbers(inner),
            Column.Categories texts when FirstText(texts) is var row => throw new InvalidInputException(
                $"{table.Source}, row {row + 1}, column {Visible.Quoted(texts.Name)} is "
                    + $"{Visible.Quoted(texts.Values[texts.Codes[row]])}; it should be a number"),
            Column.Unclear unclear => throw new InvalidInputException(
                $"{table.Source}, column {Visible.Quoted(unclear.Name)}: {unclear.Fault}"),
            _ => throw new ArgumentException($"{column} is no column"),
        };
    }

    // The first row whose cell is no number; the first cell at all where each is one, as a code is.
    private static int FirstText(Column.Categories texts)
    {
        var grammar = new CellGrammar(new());
        bool[] isNumber = [.. texts.Values.Select(value => grammar.FormOf(value, out _) == CellForm.Number)];
        int row = Array.FindIndex(texts.Codes.Span.ToArray(), code => code >= 0 && !isNumber[code]);
        return row >= 0 ? row : texts.Codes.Span.IndexOfAnyExcept(-1);
    }
}
