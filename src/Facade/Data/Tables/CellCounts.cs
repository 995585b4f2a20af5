
namespace Functional.Data;

/// <summary>What the cells of a column look like: how many of each form, and the first odd ones.</summary>
internal sealed class CellCounts
{
    private const int Shown = 3, MostWords = 8;
    private readonly int[] counts = new int[Enum.GetValues<CellForm>().Length];
    private readonly Dictionary<string, int> words = new(StringComparer.Ordinal);
    private readonly List<(int Row, string Text)> examples = [];
    private char money;

    /// <summary>How many cells look like this.</summary>
    public int this[CellForm form]
    {
        get => counts[(int)form];
        set => counts[(int)form] = value;
    }

    /// <summary>Whether a number is negative or no whole one, as no code is.</summary>
    public bool HasMeasures { get; set; }

    /// <summary>How many texts had blanks around them.</summary>
    public int Trimmed { get; set; }

    /// <summary>How many cells have something.</summary>
    public int Known => counts.Sum() - this[CellForm.Missing];

    /// <summary>How many look like something that is meant as a number, but is not sure which.</summary>
    public int LikeNumbers => Unsure.Sum(form => this[form]);

    /// <summary>The forms of which it is not sure what number they mean.</summary>
    public static CellForm[] Unsure { get; } =
    [
        CellForm.Money, CellForm.Percent, CellForm.Comma, CellForm.Grouped, CellForm.Date, CellForm.Program,
        CellForm.Rounded,
        CellForm.NotFinite,
    ];

    /// <summary>The sign of the amounts of money; the last one where there are several.</summary>
    public string Currency => money == '\0' ? "" : money.ToString();

    /// <summary>Whether amounts of money are in one currency.</summary>
    public bool IsOneCurrency { get; private set; } = true;

    /// <summary>The first odd cells, with their rows from 1.</summary>
    public IReadOnlyList<(int Row, string Text)> Examples => examples;

    /// <summary>The words that stood for missing cells, with how often.</summary>
    public IReadOnlyDictionary<string, int> Words => words;

    /// <summary>The first cell whose digits begin with a zero.</summary>
    public string? FirstCode { get; private set; }

    /// <summary>The row of the first whole number that loses digits.</summary>
    public int FirstRounded { get; private set; }

    /// <summary>Looks at a cell that is no plain number.</summary>
    public void Note(ReadOnlySpan<char> cell, int row, CellForm form, ColumnKind? told)
    {
        if (form == CellForm.Missing)
        {
            if (cell.Trim() is { IsEmpty: false } word
                && (words.Count < MostWords || words.ContainsKey(word.ToString())))
                words[word.ToString()] = words.GetValueOrDefault(word.ToString()) + 1;
            return;
        }
        if (form == CellForm.Rounded && FirstRounded == 0) FirstRounded = row;
        if (form == CellForm.Code) FirstCode ??= cell.Trim().ToString();
        if (form == CellForm.Money && cell.IndexOfAny("$€£¥₹") is >= 0 and var at)
            (IsOneCurrency, money) = (IsOneCurrency && (money == '\0' || money == cell[at]), cell[at]);
        bool isMeant = told is ColumnKind.Number && (form is CellForm.Code or CellForm.Rounded);
        if (examples.Count < Shown && !isMeant) examples.Add((row, cell.Trim().ToString()));
    }
}
