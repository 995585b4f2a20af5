using Functional.Core.Forms;

namespace Functional.Data;

/// <summary>From the records of a CSV text to a table: in one pass, and in a second one over the rows before the
/// first text of a column that began with numbers.</summary>
internal static class CsvReading
{
    private const int MostColumns = 100_000, Shown = 3;
    private const long MostCells = 1 << 30, MostText = 256 << 20;

    /// <summary>The table.</summary>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="format">How it is to be read.</param>
    /// <param name="open">Its text from the start, each time that it is asked for.</param>
    /// <param name="mostCells">How many cells it may have.</param>
    /// <exception cref="InvalidInputException">It is no table; the message names the place.</exception>
    public static Table Read(string name, TableFormat format, Func<TextReader> open, long mostCells = MostCells)
    {
        Refuse(format);
        var text = open();
        string start = Start(text);
        var dialect = Dialect.Of(name, start, format);
        ColumnBuilder[] columns;
        var (rows, size) = (0, 0L);
        var ragged = new Ragged(name);
        using (var records = Records(new Prefixed(start, text), name, dialect))
        {
            if (!records.Read()) throw NoRows(name);
            columns = Columns(records, name, dialect.Layout.Header, new CellGrammar(format));
            for (bool more = !dialect.Layout.Header || records.Read(); more; more = records.Read())
            {
                rows++;
                if (!ragged.Fits(records.Width, rows, columns.Length)) continue;
                if ((long)rows * columns.Length > mostCells)
                    throw new InvalidInputException($"{name} has more than {rows - 1} rows of {columns.Length} cells; "
                        + $"it should have at most {mostCells} cells");
                for (int i = 0; i < columns.Length; i++)
                    if ((size += columns[i].Add(records.Cell(i), rows)) > MostText)
                        throw TooMuchText(name, rows, columns[i]);
            }
            if (rows == 0) throw NoRows(name);
            ragged.Refuse();
        }
        int again = columns.Max(column => column.NumbersBefore);
        if (again > 0) ReadAgain(again);
        return Assembled(name, columns, rows, dialect, format);

        // What was read as numbers in columns of texts is read once more, as it is written.
        void ReadAgain(int last)
        {
            int[] torn = [.. Enumerable.Range(0, columns.Length).Where(i => columns[i].NumbersBefore > 0)];
            using var records = Records(open(), name, dialect);
            if (dialect.Layout.Header) records.Read();
            for (int row = 1; row <= last; row++)
            {
                if (!records.Read() || records.Width != columns.Length)
                    throw new InvalidInputException($"{name}, row {row} changed while the file was read");
                foreach (int i in torn)
                    if ((size += columns[i].AddAgain(records.Cell(i), row)) > MostText)
                        throw TooMuchText(name, row, columns[i]);
            }
        }
    }

    private static void Refuse(TableFormat format)
    {
        var faults = Check.Faults(format, "data.");
        if (format.Decimal == format.Thousands)
            faults.Add(new(
                $"data.decimal and data.thousands are both {Visible.Quoted(format.Thousands)}; they should differ"));
        if (faults.Count > 0) throw new InvalidInputException(faults);
    }

    // The columns in their places, and after them the parts of dates.
    private static Table Assembled(string name, ColumnBuilder[] builders, int rows, Dialect dialect, TableFormat format)
    {
        var said = dialect.Notes.Select(note => new TableNote(note)).ToList();
        List<Column> columns = [], parts = [];
        foreach (var builder in builders)
        {
            var about = new List<Phrase>();
            Column[] found = [.. builder.Columns(about)
                .Select(column => builder.IsTold ? column : Identifier.OrNot(column, builder.IsNameless))];
            columns.Add(found[0]);
            parts.AddRange(found[1..]);
            said.AddRange(about.Select(note => new TableNote($"{name}, {note}", builder.Name)));
        }
        Invalid[] faults =
            [.. parts.Where(part => columns.Any(column => column.Name == part.Name)).Select(part => new Invalid(
                $"{name} has a column {Visible.Quoted(part.Name)} already, and a date's part would be called so, too; "
                    + $"one of them should be left out"))];
        if (faults.Length > 0) throw new InvalidInputException(faults);
        if (!Composed.IsPossible && columns.Any(HasAccents))
            said.Add(new($"{name} has accents apart from their letters, which count as written: "
                + $"this process runs without globalization"));
        return new(name, [.. columns, .. parts], rows)
        {
            Notes = [.. said],
            Given = columns.Count,
            IsOfText = true,
            Format = format with { Columns = [.. builders.Select(builder => builder.Kind).OfType<ColumnKind>()] },
        };
    }

    private static bool HasAccents(Column column) => Composed.HasAccents(column.Name)
        || column is Column.Categories texts && texts.Values.Any(Composed.HasAccents);

    // The first characters of a text, as many as a dialect is found in.
    private static string Start(TextReader text)
    {
        var start = new char[Dialect.Sample];
        int read = text.ReadBlock(start, 0, start.Length);
        return new string(start, 0, read);
    }

    private static CsvRecords Records(TextReader text, string name, Dialect dialect)
    {
        for (int skipped = 0; skipped < dialect.Skipped; skipped++) text.ReadLine();
        return dialect.Layout.IsOfBlanks
            ? new(new BlankRuns(text), name, dialect.Layout with { Delimiter = '\t' })
            : new(text, name, dialect.Layout);
    }

    private static ColumnBuilder[] Columns(CsvRecords records, string name, bool header, CellGrammar grammar)
    {
        if (records.Width > MostColumns)
            throw new InvalidInputException(
                $"{name} has {records.Width} columns; it should have at most {MostColumns}");
        var names = new string[records.Width];
        var nameless = new HashSet<string>();
        var places = new Dictionary<string, int>();
        var faults = new List<Invalid>();
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = header ? Composed.Of(records.Cell(i).Trim().ToString()) : "";
            if (names[i].Length == 0) nameless.Add(names[i] = $"column_{i + 1}");
            if (!places.TryAdd(names[i], i + 1))
                faults.Add(new($"{name}, columns {places[names[i]]} and {i + 1} are both named "
                    + $"{Visible.Quoted(names[i])}; names should differ"));
        }
        var told = new Dictionary<string, ColumnKind>(StringComparer.Ordinal);
        var others = grammar.Format.Columns.FirstOrDefault(kind => kind.Column == ColumnKind.Every);
        foreach (var kind in grammar.Format.Columns.Where(kind => kind != others))
            if (Array.IndexOf(names, Composed.Of(kind.Column)) is var at && at < 0
                && (!int.TryParse(kind.Column, out at) || --at < 0 || at >= names.Length))
                faults.Add(new(
                    $"{name} has no column {Visible.Quoted(kind.Column)}; "
                    + $"it has {InputFile.Listed([.. names.Select(known => Visible.Quoted(known))])}"));
            else told[names[at]] = kind;
        if (faults.Count > 0)
            throw new InvalidInputException(faults.Count > Shown
                ? [.. faults.Take(Shown), new Invalid($"{name} has {faults.Count - Shown} more faults of this kind")]
                : faults);
        return [.. names.Select(column => new ColumnBuilder(
            column, told.GetValueOrDefault(column, others!), grammar, header && nameless.Contains(column)))];
    }

    private static InvalidInputException NoRows(string name) => new($"{name} has 0 rows; it should have at least 1");

    private static InvalidInputException TooMuchText(string name, int row, ColumnBuilder column) =>
        new($"{name}, row {row}, column {Visible.Quoted(column.Name)}: the different texts take more than "
            + $"{MostText >> 20} MB by here; it should have fewer or shorter ones");

    /// <summary>Rows of another width than the first line: the first few, and how many there are.</summary>
    private sealed class Ragged(string name)
    {
        private readonly List<Invalid> faults = [];
        private int count;

        public bool Fits(int width, int row, int columns)
        {
            if (width == columns) return true;
            if (++count <= Shown)
                faults.Add(new(width == 1
                    ? (Phrase)$"{name}, row {row} has 1 cell; it should have {columns}"
                    : $"{name}, row {row} has {width} cells; it should have {columns}"));
            return false;
        }

        public void Refuse()
        {
            if (count > Shown) faults.Add(new($"{name} has {count - Shown} more rows with another number of cells"));
            if (count > 0) throw new InvalidInputException(faults);
        }
    }

    /// <summary>A text of which the start was read already.</summary>
    private sealed class Prefixed(string start, TextReader rest) : TextReader
    {
        private int at;

        public override int Peek() => at < start.Length ? start[at] : rest.Peek();

        public override int Read() => at < start.Length ? start[at++] : rest.Read();

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        public override int Read(Span<char> buffer)
        {
            if (at == start.Length) return rest.Read(buffer);
            int length = Math.Min(buffer.Length, start.Length - at);
            start.AsSpan(at, length).CopyTo(buffer);
            at += length;
            return length;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) rest.Dispose();
            base.Dispose(disposing);
        }
    }
}
