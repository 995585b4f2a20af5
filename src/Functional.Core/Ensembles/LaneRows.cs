using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Ensembles;

/// <summary>The rows of a batch of each of 16 networks, side by side; all batches have as many rows.</summary>
/// <param name="most">How many rows there is room for.</param>
/// <param name="inputs">Numbers a row.</param>
/// <param name="targetColumns">Targets a row.</param>
internal sealed class LaneRows<T>(int most, int inputs, int targetColumns)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Lanes = Reduce.Lanes;

    private readonly Aligned<T> inputCells = new(checked(most * inputs * Lanes)),
        targetCells = new(checked(most * targetColumns * Lanes)), weightCells = new(checked(most * Lanes));

    private readonly bool[] isWeighted = new bool[Lanes];
    private readonly T[] own = new T[most];

    /// <summary>How many rows there is room for.</summary>
    public int Most => most;

    /// <summary>What the batch of each network weighs.</summary>
    public double[] Weight { get; } = new double[Lanes];

    /// <summary>The inputs of some rows.</summary>
    public Span<T> Inputs(int first, int count) => Some(inputCells, first, count, inputs);

    /// <summary>The targets of some rows.</summary>
    public Span<T> Targets(int first, int count) => Some(targetCells, first, count, targetColumns);

    /// <summary>The weights of some rows; none where every row of every network counts 1.</summary>
    public Span<T> Weights(int first, int count) =>
        isWeighted.Contains(true) ? Some(weightCells, first, count, 1) : [];

    /// <summary>Copies a batch into a lane.</summary>
    public void Gather(int lane, in Batch<T> batch)
    {
        var (from, targets, counts) = batch.Samples;
        var order = batch.Order.Span.Slice(batch.Start, batch.Count);
        Span<T> cells = inputCells.Span, aims = targetCells.Span, weights = weightCells.Span;
        for (int row = 0; row < order.Length; row++)
        {
            Interleaved.Write(from.Row(order[row]), lane, cells[(row * inputs * Lanes)..]);
            Interleaved.Write(targets.Row(order[row]), lane, aims[(row * targetColumns * Lanes)..]);
            weights[row * Lanes + lane] = counts is null ? T.One : counts[order[row]];
        }
        isWeighted[lane] = counts is not null;
        Weight[lane] = counts is null ? order.Length : WeightOf(lane, own.AsSpan(0, order.Length));
    }

    /// <summary>Empties a lane: zeros, of class 0.</summary>
    public void Clear(int lane)
    {
        Interleaved.Fill(T.Zero, lane, inputCells.Span);
        Interleaved.Fill(T.Zero, lane, targetCells.Span);
        isWeighted[lane] = false;
    }

    private double WeightOf(int lane, Span<T> weights)
    {
        Interleaved.Read<T>(weightCells.Span, lane, weights);
        return Loss.Weight<T>(weights, weights.Length);
    }

    private static Span<T> Some(Aligned<T> cells, int first, int count, int columns) =>
        cells.Span.Slice(first * columns * Lanes, count * columns * Lanes);
}
