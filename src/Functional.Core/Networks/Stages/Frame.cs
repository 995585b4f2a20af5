namespace Functional.Core.Networks;

/// <summary>Where the numbers of a stage lie for a count of rows: worked out once, then read by every pass.</summary>
internal sealed class Frame(
    int rows, int firstParameter, int tape, int scratch, int tangentTape, int backwardTangentScratch, Part[] parts)
{
    public int Rows => rows;

    /// <summary>The parameters of the network before the stage's own.</summary>
    public int FirstParameter => firstParameter;

    /// <summary>Numbers that forward leaves for backward.</summary>
    public int Tape => tape;

    /// <summary>Numbers of room that backward needs.</summary>
    public int Scratch => scratch;

    /// <summary>Numbers that the tangent pass leaves for its backward pass.</summary>
    public int TangentTape => tangentTape;

    /// <summary>Numbers of room that the tangent's backward pass needs.</summary>
    public int BackwardTangentScratch => backwardTangentScratch;

    /// <summary>The stages that the stage is made of, in the order of the forward pass.</summary>
    public ReadOnlySpan<Part> Parts => parts;
}

/// <summary>Where the numbers of a part lie among those of the whole.</summary>
/// <param name="Index">Its place among the parts.</param>
/// <param name="Draws">Whether it draws random numbers in training.</param>
/// <param name="Frame">Its own frame.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Running">Its running values.</param>
/// <param name="Tape">Its tape, within the whole's.</param>
/// <param name="TangentTape">The same of the tangent pass.</param>
/// <param name="Input">Which numbers of the tape it reads; null for the whole's input.</param>
/// <param name="Output">Which numbers of the tape it makes; null for the whole's output.</param>
/// <param name="TangentInput">Which numbers of the tangent tape say how its input moves; null for the whole's.</param>
/// <param name="TangentOutput">Which numbers of the tangent tape say how its output moves;
/// null for the whole's.</param>
internal sealed record Part(
    int Index, bool Draws, Frame Frame, Segment Parameters, Segment Running, Segment Tape, Segment TangentTape,
    Segment? Input, Segment? Output, Segment? TangentInput, Segment? TangentOutput);

/// <summary>Numbers that lie side by side.</summary>
internal readonly record struct Segment(int Start, int Length)
{
    public ReadOnlySpan<T> Of<T>(ReadOnlySpan<T> all) => all.Slice(Start, Length);

    public Span<T> Of<T>(Span<T> all) => all.Slice(Start, Length);
}
