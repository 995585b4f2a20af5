using Functional.Core.Forms;
using Functional.Core.Numbers;

namespace Functional.Data;

/// <summary>A column while it is read: numbers until the first text, and then texts, each kept once. What it is in
/// the end, the <see cref="ColumnVerdict"/> says.</summary>
internal sealed class ColumnBuilder(string name, ColumnKind? told, CellGrammar grammar, bool isNameless = false)
{
    private const int BytesBesideText = 64; // of a string and its place among the others
    private readonly bool oddAreMissing = grammar.Format.OddCells == OddCells.Missing;
    private readonly CellCounts counts = new();
    private Grown<double>? numbers = told is ColumnKind.Category ? null : new();
    private Grown<int>? codes;
    private int[]? finished;
    private readonly List<CellForm> forms = []; // of the texts, by their codes
    private Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> known;
    private int lastNumber;

    public string Name => name;

    /// <summary>Whether the header has no name for it.</summary>
    public bool IsNameless => isNameless;

    /// <summary>Whether a person said what it is.</summary>
    public bool IsTold => told is not null;

    /// <summary>The last row before the first text that has a number, which must be read again as text; 0
    /// where there is none.</summary>
    public int NumbersBefore => codes is not null && lastNumber > 0 && Verdict().IsOfTexts ? lastNumber : 0;

    /// <summary>What it was found or told to be, for tables like it.</summary>
    public ColumnKind? Kind { get; private set; }

    private ColumnVerdict Verdict() =>
        ColumnVerdict.Of(name, told, counts, known.Dictionary?.Count ?? 0, grammar.Format);

    /// <summary>Adds a row's cell; returns how many bytes of memory its text took anew.</summary>
    public int Add(ReadOnlySpan<char> cell, int row)
    {
        if (codes is not null && numbers is null && IsKnown(cell)) return 0;
        if (told is ColumnKind.Category)
            return AddText(cell, row, grammar.IsMissing(cell) ? CellForm.Missing : CellForm.Text);
        var form = grammar.FormOf(cell, out double number);
        if (told is ColumnKind.Days or ColumnKind.DateParts) (form, number) = Dated(cell, form);
        if (form != CellForm.Number || !IsMeant(form)) counts.Note(cell, row, form, told);
        if (form == CellForm.Number && (number < 0 || number != Math.Floor(number))) counts.HasMeasures = true;
        counts[form]++;
        if (form is CellForm.Number or CellForm.Missing && codes is null)
        {
            numbers!.Add(number);
            if (form == CellForm.Number) lastNumber = row;
            return 0;
        }
        if (told is not null and not ColumnKind.LeftOut)
        {
            numbers!.Add(IsMeant(form) ? number : double.NaN);
            return 0;
        }
        if (form == CellForm.Text && !oddAreMissing) numbers = null; // no way back to numbers
        numbers?.Add(form is CellForm.Number or CellForm.Money or CellForm.Percent ? number : double.NaN);
        return AddCode(cell, row, form);
    }

    /// <summary>Sets the cell of a row before the first text to what is written there, which was
    /// read as a number.</summary>
    public int AddAgain(ReadOnlySpan<char> cell, int row)
    {
        if (row > lastNumber) return 0;
        finished ??= codes!.ToArray();
        finished[row - 1] = Code(cell.Trim(), grammar.IsMissing(cell), out int bytes);
        return bytes;
    }

    /// <summary>The column, or those that dates come apart into, with what is to be said of it; what was
    /// gathered is let go.</summary>
    public IEnumerable<Column> Columns(List<Phrase> notes)
    {
        var verdict = Verdict();
        if (verdict.Fault is { } fault)
        {
            Column unclear = new Column.Unclear(name, fault, [.. counts.Examples]);
            return [told is ColumnKind.LeftOut ? new Column.LeftOut(unclear, $"as told") : unclear];
        }
        notes.AddRange(verdict.Notes);
        Kind = ColumnVerdict.Kind(name, told, counts, verdict.IsOfTexts);
        if (!verdict.IsOfTexts)
        {
            double[] cells = numbers!.ToArray();
            (numbers, codes, finished, known) = (null, null, null, default);
            if (told is ColumnKind.DateParts && cells.Any(day => day != Math.Floor(day) && !double.IsNaN(day)))
                notes.Add(
                    $"column {Visible.Quoted(name)}: the time of day is in none of the date's parts; "
                        + $"as a number (days) it would count");
            if (told is ColumnKind.DateParts)
                return [
                    new Column.LeftOut(
                        new Column.Numbers(name, Vec<double>.Freeze(cells)),
                        $"its parts are columns: {name}_year and so on"),
                    .. DatePart.All(name, cells)];
            var column = new Column.Numbers(name, Vec<double>.Freeze(cells));
            return [told is ColumnKind.LeftOut ? new Column.LeftOut(column, $"as told") : column];
        }
        var texts = Texts();
        return [verdict.LeftOut is { } reason ? new Column.LeftOut(texts, reason) : texts];
    }

    private Column.Categories Texts()
    {
        var values = new string[known.Dictionary.Count];
        foreach (var (text, code) in known.Dictionary) values[code] = text;
        int[] order = [.. Enumerable.Range(0, values.Length)], rank = new int[values.Length],
            cells = finished ?? codes!.ToArray();
        (numbers, codes, finished, known) = (null, null, null, default);
        Array.Sort(values, order, StringComparer.Ordinal);
        for (int i = 0; i < order.Length; i++) rank[order[i]] = i;
        for (int i = 0; i < cells.Length; i++)
            if (cells[i] >= 0)
                cells[i] = rank[cells[i]];
        return new(name, Vec<int>.Freeze(cells), [.. values]);
    }

    // Of a number whose sign is told, one of another sign is odd.
    private bool IsMeant(CellForm form) => told is not ColumnKind.Number(_, var sign) || form switch
    {
        CellForm.Percent => sign is "%" or ColumnKind.Number.AnySign,
        CellForm.Money => sign is not ("" or "%"),
        _ => sign != "%",
    };

    // A date is a number of days; anything else is odd.
    private (CellForm, double) Dated(ReadOnlySpan<char> cell, CellForm form) =>
        form == CellForm.Missing ? (form, double.NaN)
        : grammar.Date(cell) is { } date ? (CellForm.Number, DatePart.Days(date))
        : (CellForm.Text, double.NaN);

    private int AddText(ReadOnlySpan<char> cell, int row, CellForm form)
    {
        if (form == CellForm.Missing) counts.Note(cell, row, form, told);
        counts[form]++;
        return AddCode(cell, row, form);
    }

    private int AddCode(ReadOnlySpan<char> cell, int row, CellForm form)
    {
        if (codes is null) TurnToTexts(row);
        var text = cell.Trim();
        if (text.Length < cell.Length && form != CellForm.Missing) counts.Trimmed++;
        codes!.Add(Code(text, form == CellForm.Missing, out int bytes));
        if (forms.Count < known.Dictionary.Count) forms.Add(form);
        return bytes;
    }

    // A text that was looked at before is not looked at again.
    private bool IsKnown(ReadOnlySpan<char> cell)
    {
        var text = cell.Trim();
        if (!known.TryGetValue(text, out int code)) return false;
        if (text.Length < cell.Length) counts.Trimmed++;
        counts[forms[code]]++;
        codes!.Add(code);
        return true;
    }

    private void TurnToTexts(int row)
    {
        codes = new();
        known = new Dictionary<string, int>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        for (int before = 1; before < row; before++) codes.Add(-1);
    }

    private int Code(ReadOnlySpan<char> text, bool isMissing, out int bytes)
    {
        bytes = 0;
        if (isMissing) return -1;
        if (known.TryGetValue(text, out int code)) return code;
        string composed = Composed.Of(text.ToString());
        if (known.Dictionary.TryGetValue(composed, out code)) return code;
        bytes = BytesBesideText + 2 * composed.Length;
        known.Dictionary[composed] = code = known.Dictionary.Count;
        return code;
    }
}
