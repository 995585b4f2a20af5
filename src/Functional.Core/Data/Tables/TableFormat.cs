namespace Functional;

/// <summary>How a table of text is to be read. What is left open is found in the text, and said.</summary>
public sealed record TableFormat : Form<TableFormat>
{
    /// <summary>Words for a missing cell, unless others are given; a cell of nothing but blanks
    /// is always missing.</summary>
    public static Items<string> UsualMissingValues { get; } =
        ["NA", "N/A", "#N/A", "n/a", "<NA>", "NaN", "nan", "NAN", "NULL", "null", "None", "?"];

    /// <summary>What stands between cells: one character, "blanks" for any number of them, or
    /// "auto" to find it.</summary>
    public string Delimiter { get; init; } = "auto";

    /// <summary>Whether the first line holds names.</summary>
    public HeaderLine Header { get; init; }

    /// <summary>What stands before the fraction of a number: "." or ",".</summary>
    public string Decimal { get; init; } = ".";

    /// <summary>What stands between thousands: one of , . ' or a blank; empty for nothing.</summary>
    public string Thousands { get; init; } = "";

    /// <summary>The order of dates.</summary>
    public DateOrder Dates { get; init; }

    /// <summary>Words that stand for a missing cell.</summary>
    public Items<string> MissingValues { get; init; } = UsualMissingValues;

    /// <summary>What is done about cells that are no numbers in a column of numbers.</summary>
    public OddCells OddCells { get; init; }

    /// <summary>The kinds of columns that are known.</summary>
    public Items<ColumnKind> Columns { get; init; } = [];

    internal static Kinds<TableFormat> Kinds { get; } = new("table's format", ("table_format", new TableFormat()));

    /// <inheritdoc/>
    protected internal override TableFormat Each(Fields fields) => new()
    {
        Delimiter = fields.Text("delimiter", Delimiter),
        Header = fields.Choice("header", Header),
        Decimal = fields.Choice("decimal", Decimal, ".", ","),
        Thousands = fields.Choice("thousands", Thousands, "", ",", ".", "'", " "),
        Dates = fields.Choice("dates", Dates),
        MissingValues = fields.Texts("missing_values", MissingValues),
        OddCells = fields.Choice("odd_cells", OddCells),
        Columns = fields.Many("columns", Columns, ColumnKind.Kinds),
    };
}

/// <summary>Whether the first line of a table holds names.</summary>
public enum HeaderLine
{
    /// <summary>It does where none of its cells is a number.</summary>
    Auto,

    /// <summary>It does.</summary>
    Yes,

    /// <summary>It does not.</summary>
    No,
}

/// <summary>The order of a date's parts.</summary>
public enum DateOrder
{
    /// <summary>Year, month, day.</summary>
    Ymd,

    /// <summary>Day, month, year.</summary>
    Dmy,

    /// <summary>Month, day, year.</summary>
    Mdy,
}

/// <summary>What is done about cells that are no numbers in a column of numbers.</summary>
public enum OddCells
{
    /// <summary>The column is refused, with the first of them and their count.</summary>
    Refuse,

    /// <summary>They are missing cells.</summary>
    Missing,
}
