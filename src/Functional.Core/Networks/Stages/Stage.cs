using System.Numerics;
using Functional.Core.Randomness;

namespace Functional.Core.Networks;

/// <summary>
/// A layer's arithmetic at a known width. It holds no numbers: parameters, running values, tape and scratch are
/// slices of flat vectors that the caller owns, so a step allocates nothing and a network is one vector.
/// </summary>
/// <remarks>All four passes are given where they stand and what to write: spans that can be written to
/// are overwritten, unless they say that they are read and are garbage afterwards, as <c>scratch</c> is
/// from the beginning.</remarks>
internal abstract class Stage<T>(int inputs, int outputs, int parameters, int running = 0)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most numbers that a pass may keep and need; in double, two gigabytes.</summary>
    public const int MostNumbers = 1 << 28;

    // Frames of the last counts of rows: a training has those of a batch, of an epoch's last batch and
    // of their shards, a service that of a single row and others. Whoever finds none makes one; two
    // threads may make the same.
    private readonly Frame?[] frames = new Frame?[8];
    private int oldest, mostRows, mostTangentRows;

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

    /// <summary>Numbers that <see cref="Tangent"/> leaves for <see cref="BackwardTangent"/>,
    /// for so many rows.</summary>
    public virtual long TangentTape(int rows) => 0;

    /// <summary>Numbers of room that <see cref="BackwardTangent"/> needs, for so many rows.</summary>
    public virtual long BackwardTangentScratch(int rows) => Scratch(rows);

    /// <summary>What a pass over one row keeps and needs, in numbers.</summary>
    public long PerRow => Tape(1) + Scratch(1) + Inputs + Outputs;

    /// <summary>The most rows a pass may have, so that it takes no more than <see cref="MostNumbers"/>.</summary>
    public int MostRows => mostRows > 0 ? mostRows : mostRows = (int)(MostNumbers / PerRow);

    /// <summary>The same for passes along a direction.</summary>
    public int MostTangentRows => mostTangentRows > 0
        ? mostTangentRows
        : mostTangentRows = (int)(MostNumbers / Math.Max(TangentTape(1), Math.Max(BackwardTangentScratch(1), PerRow)));

    /// <summary>Whether it draws random numbers in training.</summary>
    public virtual bool Draws => false;

    /// <summary>Where its numbers lie for so many rows, as the whole of a network.</summary>
    public Frame Frame(int rows)
    {
        foreach (var frame in frames)
            if (frame?.Rows == rows)
                return frame;
        var made = FrameAfter(0, rows);
        frames[oldest++ & (frames.Length - 1)] = made;
        return made;
    }

    /// <summary>Where its numbers lie for so many rows, after so many parameters of the network.</summary>
    public Frame FrameAfter(int parametersBefore, int rows) => new(
        rows, parametersBefore, checked((int)Tape(rows)), checked((int)Scratch(rows)), checked((int)TangentTape(rows)),
        checked((int)BackwardTangentScratch(rows)), PartsAfter(parametersBefore, rows));

    /// <summary>The stages that it is made of.</summary>
    private protected virtual Part[] PartsAfter(int parametersBefore, int rows) => [];

    /// <summary>First parameters and running values.</summary>
    public virtual void Init(Key key, Initializer initializer, Span<T> parameters, Span<T> running) { }

    /// <summary>Output from input.</summary>
    /// <param name="pass">What for, and over which rows.</param>
    /// <param name="at">Parameters, running values and input; output and tape are those of
    /// <paramref name="into"/>.</param>
    /// <param name="into">Output, tape, and in training the next running values.</param>
    public abstract void Forward(in Pass pass, in Point<T> at, in Into<T> into);

    /// <summary>The loss's derivatives by input and parameters from that by output.</summary>
    /// <param name="pass">As of the forward pass.</param>
    /// <param name="at">Where that pass ended.</param>
    /// <param name="adjoint">The derivatives.</param>
    /// <param name="scratch">As much as the frame says.</param>
    public abstract void Backward(in Pass pass, in Point<T> at, in Adjoint<T> adjoint, Span<T> scratch);

    /// <summary>How the output moves as input and parameters move: forward, differentiated along a direction.</summary>
    /// <param name="pass">As of the forward pass.</param>
    /// <param name="at">Where that pass ended.</param>
    /// <param name="along">How parameters and input move; output and tape are those of <paramref name="into"/>.</param>
    /// <param name="into">How the output moves, and the tape for <see cref="BackwardTangent"/>.</param>
    public abstract void Tangent(in Pass pass, in Point<T> at, in PointTangent<T> along, in Into<T> into);

    /// <summary>Backward, differentiated along a direction: how the loss's derivatives by input and parameters
    /// move. (The R operator of Pearlmutter, "Fast exact multiplication by the Hessian", 1994)</summary>
    /// <param name="pass">As of the forward pass.</param>
    /// <param name="at">Where that pass ended.</param>
    /// <param name="along">How that moves.</param>
    /// <param name="adjoint">The derivatives; without those by the parameters, which are not wanted.</param>
    /// <param name="tangent">How they move; by the input where <paramref name="adjoint"/> has it.</param>
    /// <param name="scratch">As much as the frame says.</param>
    public abstract void BackwardTangent(
        in Pass pass, in Point<T> at, in PointTangent<T> along, in Adjoint<T> adjoint, in Adjoint<T> tangent,
        Span<T> scratch);
}
