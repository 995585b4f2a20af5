using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;
using Functional.Core.Training;

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
        targetCells = new(checked(most * targetColumns * Lanes)), weightCells = Ones(checked(most * Lanes));

    private readonly bool[] isWeighted = new bool[Lanes];
    private readonly T[] own = new T[most];
    private readonly Batch<T>[] last = new Batch<T>[Lanes];

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

    /// <summary>Copies a batch into a lane, unless it is there already.</summary>
    public void Gather(int lane, in Batch<T> batch)
    {
        if (IsThere(last[lane], batch)) return;
        var (from, targets, counts) = batch.Samples;
        if (!ReferenceEquals(last[lane].Samples, batch.Samples))
            ShardPass<T>.Require(batch.Samples, inputs, targetColumns);
        last[lane] = batch;
        var order = batch.Order.Span.Slice(batch.Start, batch.Count);
        Interleaved.WriteRows(from, order, lane, inputCells.Span);
        Interleaved.WriteRows(targets, order, lane, targetCells.Span);
        if (counts is not null)
        {
            var weights = own.AsSpan(0, order.Length);
            for (int row = 0; row < order.Length; row++) weights[row] = counts[order[row]];
            Interleaved.Write<T>(weights, lane, weightCells.Span);
            Weight[lane] = Loss.Weight<T>(weights, order.Length);
        }
        else
        {
            if (isWeighted[lane]) Interleaved.Fill(T.One, lane, weightCells.Span);
            Weight[lane] = order.Length;
        }
        isWeighted[lane] = counts is not null;
    }

    /// <summary>Empties a lane: zeros, of class 0.</summary>
    public void Clear(int lane)
    {
        Interleaved.Fill(T.Zero, lane, inputCells.Span);
        Interleaved.Fill(T.Zero, lane, targetCells.Span);
        if (isWeighted[lane]) Interleaved.Fill(T.One, lane, weightCells.Span);
        isWeighted[lane] = false;
        last[lane] = default;
    }

    // By reference: a batch that is another value with the same numbers is copied again.
    private static bool IsThere(in Batch<T> before, in Batch<T> now) =>
        before.Start == now.Start && before.Count == now.Count && ReferenceEquals(before.Order, now.Order)
        && ReferenceEquals(before.Samples, now.Samples);


    private static Aligned<T> Ones(int count)
    {
        var ones = new Aligned<T>(count);
        ones.Span.Fill(T.One);
        return ones;
    }

    private static Span<T> Some(Aligned<T> cells, int first, int count, int columns) =>
        cells.Span.Slice(first * columns * Lanes, count * columns * Lanes);
}
