using System.Globalization;
using Functional.Core.Forms;

// Beside Mlp and Model, so that a program that begins with a table needs one using.
namespace Functional;

/// <summary>Named columns of one length, each of a kind that was found once, is said aloud and is kept.</summary>
/// <param name="Source">Where it comes from, for messages: a file's name.</param>
/// <param name="Columns">In their order.</param>
/// <param name="Rows">How many rows; at least 1.</param>
public sealed record Table(string Source, Items<Column> Columns, int Rows)
{
    /// <summary>What was guessed while it was read, a line each: delimiter, header, kinds, words
    /// for missing cells.</summary>
    public Items<TableNote> Notes { get; init; } = [];

    /// <summary>How it was read: the kind of every column, so that others like it are read in the same way.</summary>
    public TableFormat Format { get; init; } = new();

    /// <summary>Whether its numbers were read from a text, by the decimal sign and the sign between thousands of
    /// its format. False says that they are right as they are.</summary>
    public bool IsOfText { get; init; }

    /// <summary>How many columns it was given; others, the parts of dates, come after them.</summary>
    public int Given { get; init; } = Columns.Count;

    /// <summary>The column of that name, or else of that number, counted from 1; null where there is none.</summary>
    public Column? Find(string nameOrNumber) =>
        nameOrNumber is null ? null
        : Named(Composed.Of(nameOrNumber))
            ?? (int.TryParse(nameOrNumber, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number >= 1 && number <= Given ? Columns[number - 1] : null);

    private Column? Named(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>The number of rows, and each column with its kind, at most 20 of them.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Rows} rows of {Columns.Count} columns: ")
        + string.Join(", ", Columns.Take(Shown)) + (Columns.Count > Shown
            ? string.Create(CultureInfo.InvariantCulture, $" and {Columns.Count - Shown} more")
            : "");

    private const int Shown = 20;
}

/// <summary>Something that was guessed while a table was read.</summary>
/// <param name="Text">A line for people.</param>
/// <param name="Column">The column that it is about; null where it is about all of the table.</param>
public sealed record TableNote(Phrase Text, string? Column = null);
