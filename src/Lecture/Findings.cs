using Functional.Core.Forms;
using Functional.Core.Inspection;
using Functional.Figures;

namespace Functional.Lecture;

/// <summary>What a claim's trials came to.</summary>
/// <param name="Measured">An estimate for each criterion, by its name.</param>
public sealed record Findings(Items<Estimate> Measured)
{
    /// <summary>Tables, in the order of the page.</summary>
    public Items<FoundTable> Tables { get; init; } = [];

    /// <summary>Figures, in the order of the page.</summary>
    public Items<FoundFigure> Figures { get; init; } = [];

    /// <summary>What else a reader should know, such as trainings that diverged.</summary>
    public Items<Phrase> Remarks { get; init; } = [];
}

/// <summary>A table of what was found.</summary>
/// <param name="Name">By which its page knows it.</param>
/// <param name="Caption">What it shows.</param>
/// <param name="Heads">Of the columns; the first names the rows.</param>
/// <param name="Rows">A cell for each column.</param>
public sealed record FoundTable(string Name, Phrase Caption, Items<Phrase> Heads, Items<Items<FoundCell>> Rows);

/// <summary>A cell: words, or a number with all its digits and the words it is shown by.</summary>
/// <param name="Shown">As people read it.</param>
/// <param name="Number">Its number, if it is one.</param>
public sealed record FoundCell(Phrase Shown, double? Number = null)
{
    /// <summary>A number; whole ones below a million have all their digits.</summary>
    public static FoundCell Of(double number, int digits = 4) => new(
        Phrase.Verbatim(double.IsNaN(number) ? "–"
            : Math.Abs(number) < 1e6 && number == Math.Floor(number) ? Numerals.Fixed(number, 0)
            : Numerals.Of(number, digits)), number);

    /// <summary>A number and its interval.</summary>
    public static FoundCell Of(Estimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return new(Phrase.Verbatim(Measurement.Shown(estimate)), estimate.Value);
    }

    /// <summary>Words.</summary>
    public static implicit operator FoundCell(Phrase words) => new(words);

    /// <summary>A number of four digits.</summary>
    public static implicit operator FoundCell(double number) => Of(number);
}

/// <summary>A figure of what was found.</summary>
/// <param name="Name">Of its file.</param>
/// <param name="Caption">What is to be seen in it: axes, lines, marks.</param>
/// <param name="Figure">The figure.</param>
/// <param name="Width">Units across.</param>
/// <param name="Height">Units down.</param>
public sealed record FoundFigure(string Name, Phrase Caption, Figure Figure, int Width = 760, int Height = 460);
