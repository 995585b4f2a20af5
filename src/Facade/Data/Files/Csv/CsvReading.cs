using Functional.Core.Forms;

namespace Functional.Data;

/// <summary>From the records of a CSV text to columns: each is of numbers until its first text, then of texts.</summary>
internal static class CsvReading
{
    private const int MostColumns = 100_000;
    private const long MostCells = 1 << 30, MostText = 256 << 20;

    public static CsvTable Read(string name, CsvLayout layout, Func<TextReader> open, long mostCells = MostCells)
    {
        CsvCells[] columns;
        var (rows, text) = (0, 0L);
        using (var records = new CsvRecords(open(), name, layout))
        {
            if (!records.Read()) throw NoRows(name);
            columns = Columns(records, name, layout.Header);
            for (bool more = !layout.Header || records.Read(); more; more = records.Read())
            {
                Fits(records, name, ++rows, columns.Length);
                if ((long)rows * columns.Length > mostCells) throw new InvalidInputException($"{name} has more than {rows - 1} rows of {columns.Length} cells; it should have at most {mostCells} cells");
                for (int i = 0; i < columns.Length; i++)
                    if ((text += columns[i].Add(records.Cell(i), rows)) > MostText)
                        throw TooMuchText(name, rows, columns[i]);
            }
            if (rows == 0) throw NoRows(name);
        }
        int again = columns.Max(column => column.NumbersBefore);
        if (again > 0) ReadAgain(again);
        return new(name, [.. columns.Select(column => column.Column())], rows);

        // What was read as numbers in columns of texts is read once more, as it is written.
        void ReadAgain(int last)
        {
            int[] torn = [.. Enumerable.Range(0, columns.Length).Where(i => columns[i].NumbersBefore > 0)];
            using var records = new CsvRecords(open(), name, layout);
            if (layout.Header) records.Read();
            for (int row = 1; row <= last; row++)
            {
                if (!records.Read() || records.Width != columns.Length) throw new InvalidInputException($"{name}, row {row} changed while the file was read");
                foreach (int i in torn)
                    if ((text += columns[i].AddAgain(records.Cell(i), row)) > MostText)
                        throw TooMuchText(name, row, columns[i]);
            }
        }
    }

    private static CsvCells[] Columns(CsvRecords records, string name, bool header)
    {
        if (records.Width > MostColumns) throw new InvalidInputException($"{name} has {records.Width} columns; it should have at most {MostColumns}");
        var names = new string[records.Width];
        var places = new Dictionary<string, int>();
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = header ? records.Cell(i).Trim().ToString() : $"column_{i + 1}";
            if (names[i].Length == 0) throw new InvalidInputException($"{name}, column {i + 1} has an empty name; it should have one, or the file no header");
            if (!places.TryAdd(names[i], i + 1))
                throw new InvalidInputException(
                    $"{name}, columns {places[names[i]]} and {i + 1} are both named {Visible.Quoted(names[i])}; "
                    + "names should differ");
        }
        return [.. names.Select(column => new CsvCells(column))];
    }

    private static void Fits(CsvRecords records, string name, int row, int columns)
    {
        if (records.Width != columns)
            throw new InvalidInputException($"{name}, row {row} has {records.Width} cell{(records.Width == 1 ? "" : "s")}; it should have {columns}");
    }

    private static InvalidInputException NoRows(string name) => new($"{name} has 0 rows; it should have at least 1");

    private static InvalidInputException TooMuchText(string name, int row, CsvCells column) =>
        new($"{name}, row {row}, column {Visible.Quoted(column.Name)}: the different texts take more than "
            + $"{MostText >> 20} MB by here; it should have fewer or shorter ones");
}
