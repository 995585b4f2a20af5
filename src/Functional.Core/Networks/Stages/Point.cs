using System.Numerics;

namespace Functional.Core.Networks;

/// <summary>Where a stage stands: what it has learned, what it reads, what it makes of that, and what it
/// keeps on its tape.</summary>
internal readonly ref struct Point<T>(
    ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, ReadOnlySpan<T> input, ReadOnlySpan<T> output,
    ReadOnlySpan<T> tape)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ReadOnlySpan<T> Parameters { get; } = parameters;
    public ReadOnlySpan<T> Running { get; } = running;
    public ReadOnlySpan<T> Input { get; } = input;
    public ReadOnlySpan<T> Output { get; } = output;
    public ReadOnlySpan<T> Tape { get; } = tape;

    public Point<T> Of(Part part) => new(
        part.Parameters.Of(Parameters), part.Running.Of(Running),
        part.Input is { } input ? input.Of(Tape) : Input,
        part.Output is { } output ? output.Of(Tape) : Output,
        part.Tape.Of(Tape));
}

/// <summary>How a <see cref="Point{T}"/> moves along a direction: the derivatives of its numbers with respect to
/// the distance moved.</summary>
internal readonly ref struct PointTangent<T>(
    ReadOnlySpan<T> parameters, ReadOnlySpan<T> input, ReadOnlySpan<T> output, ReadOnlySpan<T> tape)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ReadOnlySpan<T> Parameters { get; } = parameters;

    /// <summary>Empty where the input stands still.</summary>
    public ReadOnlySpan<T> Input { get; } = input;

    public ReadOnlySpan<T> Output { get; } = output;

    /// <summary>What the tangent pass left for its backward pass.</summary>
    public ReadOnlySpan<T> Tape { get; } = tape;

    public PointTangent<T> Of(Part part) => new(
        part.Parameters.Of(Parameters),
        part.TangentInput is { } input ? input.Of(Tape) : Input,
        part.TangentOutput is { } output ? output.Of(Tape) : Output,
        part.TangentTape.Of(Tape));
}

/// <summary>What a forward pass overwrites; or a tangent pass, which has no running values.</summary>
internal readonly ref struct Into<T>(Span<T> output, Span<T> tape, Span<T> running = default)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public Span<T> Output { get; } = output;
    public Span<T> Tape { get; } = tape;

    /// <summary>In training a copy of the running values, to be brought up to date; empty in inference.</summary>
    public Span<T> Running { get; } = running;

    public Into<T> Of(Part part) => new(
        part.Output is { } output ? output.Of(Tape) : Output, part.Tape.Of(Tape),
        Running.IsEmpty ? Running : part.Running.Of(Running));

    public Into<T> TangentOf(Part part) =>
        new(part.TangentOutput is { } output ? output.Of(Tape) : Output, part.TangentTape.Of(Tape));
}

/// <summary>The loss's derivatives by what a <see cref="Point{T}"/> holds.</summary>
internal readonly ref struct Adjoint<T>(Span<T> fromOutput, Span<T> toInput, Span<T> gradient)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>By the output: read, and garbage afterwards.</summary>
    public Span<T> FromOutput { get; } = fromOutput;

    /// <summary>By the input: overwritten; empty where it is not wanted.</summary>
    public Span<T> ToInput { get; } = toInput;

    /// <summary>By the parameters: overwritten; empty in the adjoint of a backward pass along a direction, which
    /// does not want it.</summary>
    public Span<T> Gradient { get; } = gradient;

    public Adjoint<T> Of(Part part, Span<T> fromOutput, Span<T> toInput) =>
        new(fromOutput, toInput, Gradient.IsEmpty ? Gradient : part.Parameters.Of(Gradient));
}
