using System.Numerics;
using Functional.Core.Randomness;

namespace Functional.Core.Networks;

/// <summary>
/// A layer's arithmetic at a known width. It holds no numbers: parameters, running values, tape and scratch are slices of
/// flat vectors that the caller owns, so a step allocates nothing and a network is one vector.
/// </summary>
/// <remarks>Spans are named by what happens to them: read-only ones are read, <c>into</c> is overwritten, <c>scratch</c> and
/// <c>fromOutput</c> are garbage afterwards.</remarks>
internal abstract class Stage<T>(int inputs, int outputs, int parameters, int running = 0)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most numbers that a pass may keep and need; in double, two gigabytes.</summary>
    public const int MostNumbers = 1 << 28;

    /// <summary>Numbers in a sample that comes in.</summary>
    public int Inputs => inputs;

    /// <summary>Numbers in a sample that goes out.</summary>
    public int Outputs => outputs;

    /// <summary>Numbers that are learned.</summary>
    public int Parameters => parameters;

    /// <summary>Numbers that training keeps beside the parameters, such as running means.</summary>
    public int Running => running;

    /// <summary>Numbers that forward leaves for backward, for so many rows.</summary>
    public virtual long Tape(int rows) => 0;

    /// <summary>Numbers of room that backward needs, for so many rows.</summary>
    public virtual long Scratch(int rows) => 0;

    /// <summary>What a pass over one row keeps and needs, in numbers.</summary>
    public long PerRow => Tape(1) + Scratch(1) + Inputs + Outputs;

    /// <summary>The most rows a pass may have, so that it takes no more than <see cref="MostNumbers"/>.</summary>
    public int MostRows => (int)(MostNumbers / PerRow);

    /// <summary>Whether it draws random numbers in training.</summary>
    public virtual bool Draws => false;

    /// <summary>First parameters and running values.</summary>
    public virtual void Init(Key key, Initializer initializer, Span<T> parameters, Span<T> running) { }

    /// <summary>Output from input. In training, <paramref name="nextRunning"/> holds a copy of the running values to bring up
    /// to date; in inference it is empty.</summary>
    public abstract void Forward(
        in Pass pass, ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, Span<T> nextRunning,
        ReadOnlySpan<T> input, Span<T> output, Span<T> tape);

    /// <summary>The loss's derivative by input and parameters from that by output: <paramref name="toInput"/> and
    /// <paramref name="gradient"/> are overwritten; an empty <paramref name="toInput"/> is not wanted.</summary>
    public abstract void Backward(
        in Pass pass, ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, ReadOnlySpan<T> input, ReadOnlySpan<T> output, ReadOnlySpan<T> tape,
        Span<T> fromOutput, Span<T> toInput, Span<T> gradient, Span<T> scratch);

    /// <summary>Numbers that <see cref="Tangent"/> leaves for <see cref="BackwardTangent"/>, for so many rows.</summary>
    public virtual long TangentTape(int rows) => 0;

    /// <summary>Numbers of room that <see cref="BackwardTangent"/> needs, for so many rows.</summary>
    public virtual long BackwardTangentScratch(int rows) => Scratch(rows);

    /// <summary>How the output moves as input and parameters move: forward, differentiated along a direction.</summary>
    /// <param name="pass">As of the forward pass.</param>
    /// <param name="at">Where.</param>
    /// <param name="parameters">How the parameters move.</param>
    /// <param name="input">How the input moves; empty where it stands still.</param>
    /// <param name="output">How the output moves; overwritten.</param>
    /// <param name="kept">Overwritten.</param>
    public abstract void Tangent(
        in Pass pass, in Point<T> at, ReadOnlySpan<T> parameters, ReadOnlySpan<T> input, Span<T> output, Span<T> kept);

    /// <summary>Backward, differentiated along a direction: how the loss's derivatives by input and parameters move. (The R operator of Pearlmutter,
    /// "Fast exact multiplication by the Hessian", 1994)</summary>
    /// <param name="pass">As of the forward pass.</param>
    /// <param name="at">Where.</param>
    /// <param name="moving">How that moves.</param>
    /// <param name="fromOutput">The loss's derivative by the output; garbage afterwards.</param>
    /// <param name="bentOutput">How it moves; garbage afterwards.</param>
    /// <param name="toInput">The loss's derivative by the input, overwritten; empty where it is not wanted.</param>
    /// <param name="bentInput">How it moves; as long as <paramref name="toInput"/>.</param>
    /// <param name="bentGradient">How the derivative by the parameters moves; overwritten.</param>
    /// <param name="scratch">Garbage afterwards.</param>
    public abstract void BackwardTangent(
        in Pass pass, in Point<T> at, in PointTangent<T> moving, Span<T> fromOutput, Span<T> bentOutput,
        Span<T> toInput, Span<T> bentInput, Span<T> bentGradient, Span<T> scratch);
}
