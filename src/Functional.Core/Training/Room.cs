using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Training;

/// <summary>Room for the batches of a fold, up to a number of rows.</summary>
internal sealed class Room<T>(Stage<T> stage, int rows, int targetColumns) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Rows => rows;
    public T[] Inputs { get; } = new T[rows * stage.Inputs];
    public T[] Targets { get; } = new T[rows * targetColumns];
    public T[] Weights { get; } = new T[rows];
    public T[] Outputs { get; } = new T[rows * stage.Outputs];
    public T[] Delta { get; } = new T[rows * stage.Outputs];
    public T[] PerRow { get; } = new T[rows];
    public T[] Tape { get; } = new T[stage.Tape(rows)];
    public T[] Scratch { get; } = new T[stage.Scratch(rows)];

    /// <summary>Copies some rows of samples, in the given order.</summary>
    public Engine<T>.Rows Copy(Samples<T> samples, ReadOnlySpan<int> order, int threads)
    {
        var (inputs, targets, counts) = samples;
        var copying = new Copying(inputs, Inputs, order);
        Workers.Share(ref copying, RowParts.Count(order.Length, FarAway * inputs.Columns), threads);
        for (int row = 0; row < order.Length; row++)
        {
            targets.Row(order[row]).CopyTo(Targets.AsSpan(row * targets.Columns));
            if (counts is not null) Weights[row] = counts[order[row]];
        }
        return new(order.Length, Inputs.AsSpan(0, order.Length * inputs.Columns), Targets.AsSpan(0, order.Length * targets.Columns), counts is null ? [] : Weights.AsSpan(0, order.Length));
    }

    private const int FarAway = 4; // times as long as for numbers at hand does it take to copy rows from all over the memory

    private readonly ref struct Copying(Matrix<T> from, T[] into, ReadOnlySpan<int> order) : IParts
    {
        private readonly ReadOnlySpan<int> order = order;

        public void Run(int part, int parts)
        {
            var (first, count) = RowParts.Of(order.Length, part, parts);
            for (int row = first; row < first + count; row++) from.Row(order[row]).CopyTo(into.AsSpan(row * from.Columns));
        }
    }
}
