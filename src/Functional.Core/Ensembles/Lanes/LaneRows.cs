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
    private const int FirstCache = 1 << 12; // numbers

    private readonly Aligned<T> inputCells = new(checked(most * inputs * Lanes)),
        targetCells = new(checked(most * targetColumns * Lanes)), weightCells = Ones(checked(most * Lanes));

    private readonly bool[] isWeighted = new bool[Lanes], isNew = new bool[Lanes];
    private readonly T[] own = new T[most];
    private readonly Batch<T>[] taken = new Batch<T>[Lanes];

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

    /// <summary>A batch for a lane; its rows are copied by <see cref="Gather"/>.</summary>
    public void Take(int lane, in Batch<T> batch)
    {
        if (AreSame(taken[lane], batch)) return;
        if (!ReferenceEquals(taken[lane].Samples, batch.Samples))
            ShardPass<T>.Require(batch.Samples, inputs, targetColumns);
        (taken[lane], isNew[lane]) = (batch, true);
        var order = Order(lane);
        if (batch.Samples.Weights is { } counts)
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
        isWeighted[lane] = batch.Samples.Weights is not null;
    }

    /// <summary>Copies the rows of the batches that were taken since the last time: some rows of all lanes after the
    /// other, so that they are written while they are in the first cache.</summary>
    public void Gather()
    {
        if (!isNew.Contains(true)) return;
        int most = 0, atOnce = Math.Max(1, FirstCache / (inputs * Lanes));
        for (int lane = 0; lane < Lanes; lane++)
            if (isNew[lane]) most = Math.Max(most, taken[lane].Count);
        for (int row = 0; row < most; row += atOnce)
            for (int lane = 0; lane < Lanes; lane++)
            {
                if (!isNew[lane] || row >= taken[lane].Count) continue;
                var order = Order(lane).Slice(row, Math.Min(atOnce, taken[lane].Count - row));
                var (from, targets, _) = taken[lane].Samples;
                Interleaved.WriteRows(from, order, lane, inputCells.Span[(row * inputs * Lanes)..]);
                Interleaved.WriteRows(targets, order, lane, targetCells.Span[(row * targetColumns * Lanes)..]);
            }
        isNew.AsSpan().Clear();
    }

    /// <summary>Empties a lane: zeros, of class 0.</summary>
    public void Clear(int lane)
    {
        Interleaved.Fill(T.Zero, lane, inputCells.Span);
        Interleaved.Fill(T.Zero, lane, targetCells.Span);
        if (isWeighted[lane]) Interleaved.Fill(T.One, lane, weightCells.Span);
        (isWeighted[lane], isNew[lane], taken[lane]) = (false, false, default);
    }

    private ReadOnlySpan<int> Order(int lane) =>
        taken[lane].Order.Span.Slice(taken[lane].Start, taken[lane].Count);

    /// <summary>Whether batches are the same by reference; equal ones may be others.</summary>
    public static bool AreSame(in Batch<T> before, in Batch<T> now) =>
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
