using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Training;

/// <summary>Room for the batches of a fold, up to a number of rows.</summary>
internal sealed class Workspace<T>(Stage<T> stage, int rows, int targetColumns)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Rows => rows;
    public Aligned<T> Inputs { get; } = new(checked((int)(rows * stage.Inputs)));
    public T[] Targets { get; } = new T[rows * targetColumns];
    public T[] Weights { get; } = new T[rows];
    public Aligned<T> Outputs { get; } = new(checked((int)(rows * stage.Outputs)));
    public Aligned<T> Delta { get; } = new(checked((int)(rows * stage.Outputs)));
    public T[] PerRow { get; } = new T[rows];
    public Aligned<T> Tape { get; } = new(stage.Frame(rows).Tape);
    public Aligned<T> Scratch { get; } = new(stage.Frame(rows).Scratch);

    /// <summary>Copies some rows of samples, in the given order.</summary>
    public BatchRows<T> Copy(Samples<T> samples, ReadOnlySpan<int> order, int threads)
    {
        var (inputs, targets, counts) = samples;
        var copying = new Copying(inputs, Inputs.Span, order);
        Workers.Share(ref copying, RowParts.Count(order.Length, FarAway * inputs.Columns), threads);
        for (int row = 0; row < order.Length; row++)
        {
            targets.Row(order[row]).CopyTo(Targets.AsSpan(row * targets.Columns));
            if (counts is not null) Weights[row] = counts[order[row]];
        }
        return new(
            order.Length, Inputs.Span[..(order.Length * inputs.Columns)],
            Targets.AsSpan(0, order.Length * targets.Columns), counts is null ? [] : Weights.AsSpan(0, order.Length));
    }

    // Times as long as for numbers at hand does it take to copy rows from all over the memory.
    private const int FarAway = 4;

    private readonly ref struct Copying(Matrix<T> from, Span<T> into, ReadOnlySpan<int> order) : IParts
    {
        private readonly Span<T> into = into;
        private readonly ReadOnlySpan<int> order = order;

        public void Run(int part, int parts)
        {
            var (first, count) = RowParts.Of(order.Length, part, parts);
            for (int row = first; row < first + count; row++) from.Row(order[row]).CopyTo(into[(row * from.Columns)..]);
        }
    }
}
