using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Passes;

/// <summary>A network after a forward pass over a batch, with the room to follow it along one direction after another. It never leaves the call that made it.</summary>
internal sealed class Expansion<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network<T> network;
    private readonly Stage<T> stage;
    private readonly Pass pass;
    private readonly Tape<T> tape;
    private readonly T[] moving;
    private readonly Aligned<T> kept;
    private T[]? scratch;

    public Expansion(Network<T> network, Matrix<T> inputs, Mode mode, int threads = 0)
    {
        (this.network, stage) = (network, network.Stage);
        (Output, tape) = network.Forward(inputs, mode, threads);
        pass = new(mode, inputs.Rows, 0, Workers.Count(threads));
        long most = Stage<T>.MostNumbers / Math.Max(stage.TangentTape(1), Math.Max(stage.BackwardTangentScratch(1), stage.PerRow));
        if (inputs.Rows > most) throw new ArgumentException($"a derivative got {inputs.Rows} rows; for this network it should get at most {most}");
        (moving, kept) = (new T[Output.Cells.Length], ThreadCache<T>.Take((int)stage.TangentTape(inputs.Rows)));
    }

    /// <summary>What came out, a sample a row.</summary>
    public Matrix<T> Output { get; }

    /// <summary>How the output moves along a direction; until the next call.</summary>
    /// <param name="along">How the parameters move.</param>
    /// <param name="inputs">How the inputs move; empty where they stand still.</param>
    public ReadOnlySpan<T> Move(ReadOnlySpan<T> along, ReadOnlySpan<T> inputs)
    {
        stage.Tangent(pass, Point, along, inputs, moving, Kept);
        return moving;
    }

    /// <summary>How the gradient moves along the direction of the last <see cref="Move"/>, from the loss's derivative by the outputs and how that moves.</summary>
    public Vec<T> Bend(ReadOnlySpan<T> along, ReadOnlySpan<T> inputs, ReadOnlySpan<T> fromOutputs, ReadOnlySpan<T> bentOutputs)
    {
        var bent = new T[stage.Parameters];
        scratch ??= GC.AllocateUninitializedArray<T>((int)stage.BackwardTangentScratch(pass.Rows));
        stage.BackwardTangent(pass, Point, new(along, inputs, moving, Kept), fromOutputs.ToArray(), bentOutputs.ToArray(), [], [], bent, scratch);
        return Vec<T>.Freeze(bent);
    }

    /// <summary>The derivatives by parameters and inputs from those by the outputs.</summary>
    public (Gradient<T> Gradient, Matrix<T> ToInputs) Back(Matrix<T> fromOutputs) => network.Backward(tape, fromOutputs, pass.Threads);

    /// <summary>Gives the room back.</summary>
    public void Dispose() => ThreadCache<T>.Return(kept);

    private Span<T> Kept => kept.Span[..(int)stage.TangentTape(pass.Rows)];

    private Point<T> Point => new(network.Parameters.Span, network.Running.Span, tape.Inputs.Cells.Span, Output.Cells.Span, tape.Kept.Span);
}
