namespace Functional;

/// <summary>A cell of a row that a program has: a number, a text, or nothing. Numbers and texts become
/// one by themselves.</summary>
public readonly struct Cell : IEquatable<Cell>
{
    private readonly double number;

    private Cell(double number, string? text) => (this.number, Text) = (number, text);

    /// <summary>The text; null where it holds a number or nothing.</summary>
    public string? Text { get; }

    /// <summary>The number; NaN where it holds a text or nothing.</summary>
    public double Number => Text is null ? number : double.NaN;

    /// <summary>Whether it holds nothing: null, NaN, or a text of nothing but blanks.</summary>
    public bool IsMissing => Text is null && double.IsNaN(number);

    /// <summary>A number; NaN is missing.</summary>
    public static implicit operator Cell(double number) => new(number, null);

    /// <summary>A number; null is missing.</summary>
    public static implicit operator Cell(double? number) => new(number ?? double.NaN, null);

    /// <summary>A text; null or blank is missing.</summary>
    public static implicit operator Cell(string? text) =>
        string.IsNullOrWhiteSpace(text) ? new(double.NaN, null) : new(0, text);

    /// <summary>The days since 1970-01-01, the time of day as a fraction.</summary>
    public static implicit operator Cell(DateTime date) => new(Functional.Data.DatePart.Days(date), null);

    /// <summary>The days since 1970-01-01.</summary>
    public static implicit operator Cell(DateOnly date) => date.ToDateTime(TimeOnly.MinValue);

    /// <summary>"yes" or "no".</summary>
    public static implicit operator Cell(bool truth) => new(0, truth ? "yes" : "no");

    /// <summary>The same number or text.</summary>
    public bool Equals(Cell other) => Text == other.Text && number.Equals(other.number);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Cell other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, number);

    /// <summary>The number or text; empty where it holds nothing.</summary>
    public override string ToString() => Text ?? (IsMissing ? "" : Functional.Data.InputFile.Text(number));

    /// <summary>The same cell.</summary>
    public static bool operator ==(Cell left, Cell right) => left.Equals(right);

    /// <summary>Another cell.</summary>
    public static bool operator !=(Cell left, Cell right) => !left.Equals(right);
}
