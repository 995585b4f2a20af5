using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers;

namespace Functional.Core.Passes;

/// <summary>What a forward pass leaves for the backward pass: where it was, what went in and out, and what
/// the layers kept.</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
/// <param name="Mode">What the pass was for, with the key of what it drew.</param>
/// <param name="Inputs">What went in, a sample a row.</param>
/// <param name="Output">What came out, a sample a row.</param>
/// <param name="Running">The running values after the pass: brought up to date by training,
/// untouched by inference.</param>
/// <param name="Kept">The layers' own notes, in an order of theirs.</param>
/// <param name="FirstRow">The place of the first sample in its batch, from which layers draw.</param>
public sealed record Tape<T>(
    Mode Mode, Matrix<T> Inputs, Matrix<T> Output, Vec<T> Running, Vec<T> Kept, int FirstRow = 0)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
