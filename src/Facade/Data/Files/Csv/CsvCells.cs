using System.Globalization;

namespace Functional.Data;

/// <summary>A column while it is read: numbers until the first text, and then texts, each kept once.</summary>
internal sealed class CsvCells(string name)
{
    private const int BytesBesideText = 64; // of a string and its place among the others
    private Grown<double>? numbers = new();
    private Grown<int>? codes;
    private int[]? finished;
    private Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> known;
    private int firstText;
    private int lastNumber;

    public string Name => name;

    /// <summary>The last row before the first text that has a number, which must be read again as text; 0 where there is none.</summary>
    public int NumbersBefore => firstText > 0 ? lastNumber : 0;

    /// <summary>Adds a row's cell; returns how many bytes of memory its text took anew.</summary>
    public int Add(ReadOnlySpan<char> cell, int row)
    {
        if (numbers is not null)
        {
            if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
            {
                numbers.Add(number);
                lastNumber = row;
                return 0;
            }
            if (cell.IsWhiteSpace())
            {
                numbers.Add(double.NaN);
                return 0;
            }
            TurnToTexts(row);
        }
        codes!.Add(Code(cell, out int bytes));
        return bytes;
    }

    /// <summary>Sets the cell of a row before the first text to what is written there, which was read as a number.</summary>
    public int AddAgain(ReadOnlySpan<char> cell, int row)
    {
        if (row > NumbersBefore) return 0;
        finished ??= codes!.ToArray();
        finished[row - 1] = Code(cell, out int bytes);
        return bytes;
    }

    /// <summary>The column; what was gathered for it is let go.</summary>
    public CsvColumn Column()
    {
        if (numbers is { } all)
        {
            numbers = null;
            return new CsvColumn.Numbers(name, all.ToArray());
        }
        var values = new string[known.Dictionary.Count];
        foreach (var (text, code) in known.Dictionary) values[code] = text;
        int[] order = [.. Enumerable.Range(0, values.Length)], rank = new int[values.Length], cells = finished ?? codes!.ToArray();
        (codes, finished, known) = (null, null, default);
        Array.Sort(values, order, StringComparer.Ordinal);
        for (int i = 0; i < order.Length; i++) rank[order[i]] = i;
        for (int i = 0; i < cells.Length; i++)
            if (cells[i] >= 0)
                cells[i] = rank[cells[i]];
        return new CsvColumn.Texts(name, cells, values, firstText);
    }

    private void TurnToTexts(int row)
    {
        (numbers, codes, firstText) = (null, new(), row);
        known = new Dictionary<string, int>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        for (int before = 1; before < row; before++) codes.Add(-1);
    }

    private int Code(ReadOnlySpan<char> cell, out int bytes)
    {
        bytes = 0;
        if (cell.IsWhiteSpace()) return -1;
        if (known.TryGetValue(cell, out int code)) return code;
        bytes = BytesBesideText + 2 * cell.Length;
        known[cell] = code = known.Dictionary.Count;
        return code;
    }
}
