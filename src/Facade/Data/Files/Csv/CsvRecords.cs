using System.Globalization;
using Sylvan.Data.Csv;

namespace Functional.Data;

/// <summary>The records of a CSV text, one at a time; lines with nothing on them are passed over.</summary>
internal sealed class CsvRecords : IDisposable
{
    private readonly string name;
    private readonly CsvGuard guard;
    private readonly CsvDataReaderOptions options;
    private CsvDataReader? csv;
    private int read;
    private readonly bool header;

    public CsvRecords(TextReader text, string name, CsvLayout layout)
    {
        (this.name, header, guard) = (name, layout.Header, new(text, name, layout.Delimiter));
        options = new()
        {
            HasHeaders = false,
            Delimiter = layout.Delimiter,
            Comment = '\0',
            Culture = CultureInfo.InvariantCulture,
            Schema = new NoSchema(),
            BufferSize = 1 << 16,
            MaxBufferSize = CsvGuard.LongestLine + 16,
        };
    }

    /// <summary>The cells of one line, quotes undone.</summary>
    /// <exception cref="InvalidInputException">Its quotes are not closed.</exception>
    public static string[] Line(string line, string name)
    {
        using var records = new CsvRecords(new StringReader(line), name, new(Header: false));
        return records.Read() ? [.. Enumerable.Range(0, records.Width).Select(i => records.Cell(i).ToString())] : [];
    }

    /// <summary>How many cells the record has.</summary>
    public int Width => csv!.RowFieldCount;

    /// <summary>A cell of the record, quotes undone; gone with the next cell.</summary>
    public ReadOnlySpan<char> Cell(int index) => csv!.GetFieldSpan(index);

    /// <summary>Goes to the next record, if there is one.</summary>
    public bool Read()
    {
        try
        {
            csv ??= CsvDataReader.Create(guard, options);
            while (csv.Read())
                if (csv.RowFieldCount > 1 || csv.GetRawRecordSpan().ContainsAnyExcept('\r', '\n'))
                {
                    read++;
                    return true;
                }
            return false;
        }
        catch (CsvRecordTooLargeException fault)
        {
            throw guard.TooLong(fault);
        }
        catch (CsvFormatException fault)
        {
            var where = header && read == 0 ? (Phrase)$"the header" : $"row {read + (header ? 0 : 1)}";
            throw new InvalidInputException(
                guard.EndedWithinQuotes
                    ? (Phrase)($"{name}, {where} has a quote that is never closed; "
                        + $"every opening quote should have its closing one")
                    : (Phrase)($"{name}, {where} has something between a closing quote and the end of its cell; "
                        + $"a quote within quotes should be doubled"),
                fault);
        }
    }

    public void Dispose()
    {
        csv?.Dispose();
        guard.Dispose();
    }

    // Names and types are found here; a schema for each of a million cells of a bad first line would only take memory.
    private sealed class NoSchema : CsvSchemaProvider
    {
        public override int GetFieldCount(CsvDataReader reader) => 0;
        public override System.Data.Common.DbColumn? GetColumn(string? name, int ordinal) => null;
    }
}
