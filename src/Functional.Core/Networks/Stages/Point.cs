using System.Numerics;

namespace Functional.Core.Networks;

/// <summary>Where a stage stands after a forward pass: what it read, what it made and what it kept.</summary>
internal readonly ref struct Point<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, ReadOnlySpan<T> input, ReadOnlySpan<T> output, ReadOnlySpan<T> tape)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ReadOnlySpan<T> Parameters { get; } = parameters;
    public ReadOnlySpan<T> Running { get; } = running;
    public ReadOnlySpan<T> Input { get; } = input;
    public ReadOnlySpan<T> Output { get; } = output;
    public ReadOnlySpan<T> Tape { get; } = tape;
}

/// <summary>How a <see cref="Point{T}"/> moves along a direction: the derivatives, at the point, of its numbers by the way gone.</summary>
/// <param name="parameters">How the parameters move.</param>
/// <param name="input">How the input moves; empty where it stands still.</param>
/// <param name="output">How the output then moves.</param>
/// <param name="kept">What the stage's tangent pass left for its second backward pass.</param>
internal readonly ref struct PointTangent<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> input, ReadOnlySpan<T> output, ReadOnlySpan<T> kept)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ReadOnlySpan<T> Parameters { get; } = parameters;
    public ReadOnlySpan<T> Input { get; } = input;
    public ReadOnlySpan<T> Output { get; } = output;
    public ReadOnlySpan<T> Tape { get; } = kept;
}
