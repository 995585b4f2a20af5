using System.Numerics;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;

namespace Functional;

/// <summary>The same for 16 networks side by side: number i of network l lies at 16 i + l, in outputs, targets, weights,
/// deltas and losses.</summary>
public abstract partial record Loss
{
    private protected const int Lanes = Reduce.Lanes;

    /// <summary>The unscaled loss of each row of each network, and its derivative by every output.</summary>
    internal virtual void RowsInLanes<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, ReadOnlySpan<bool> isDue, Span<T> delta,
        Span<T> perRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int cells = outputs.Length / Lanes, columns = targets.Length / Lanes;
        var room = ThreadCache<T>.Take(2 * cells + columns + rows);
        Span<T> own = room.Span[..cells], ownDelta = room.Span.Slice(cells, cells),
            ownTargets = room.Span.Slice(2 * cells, columns), ownRows = room.Span.Slice(2 * cells + columns, rows);
        for (int lane = 0; lane < Lanes; lane++)
        {
            if (!isDue[lane])
            {
                Interleaved.Fill(T.Zero, lane, delta);
                Interleaved.Fill(T.Zero, lane, perRow);
                continue;
            }
            Interleaved.Read(outputs, lane, own);
            Interleaved.Read(targets, lane, ownTargets);
            Rows<T>(own, ownTargets, rows, ownDelta, ownRows);
            Interleaved.Write<T>(ownDelta, lane, delta);
            Interleaved.Write<T>(ownRows, lane, perRow);
        }
        ThreadCache<T>.Return(room);
    }

    /// <summary>The losses of <paramref name="rows"/> rows out of batches that weigh <paramref name="weight"/> in each
    /// network, and their deltas.</summary>
    /// <param name="outputs">Rows x outputs x lanes.</param>
    /// <param name="targets">Rows x target columns x lanes.</param>
    /// <param name="weights">Rows x lanes; none where each row counts 1.</param>
    /// <param name="rows">The same for every network.</param>
    /// <param name="weight">What the whole batch of each network weighs.</param>
    /// <param name="isDue">Which networks do the step at hand; what the others get is garbage.</param>
    /// <param name="delta">Rows x outputs x lanes.</param>
    /// <param name="perRow">Room for rows x lanes.</param>
    /// <param name="into">The loss of each network.</param>
    internal void EvaluateInLanes<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights, int rows,
        ReadOnlySpan<double> weight, ReadOnlySpan<bool> isDue, Span<T> delta, Span<T> perRow, Span<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows == 0)
        {
            into.Clear();
            return;
        }
        perRow = perRow[..(rows * Lanes)];
        int cells = outputs.Length / rows;
        Span<T> factors = stackalloc T[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
            factors[lane] = weight[lane] == 0 ? T.Zero : T.CreateTruncating(Factor(weight[lane], cells / Lanes));
        RowsInLanes(outputs, targets, rows, isDue, delta, perRow);
        if (!weights.IsEmpty) Elementwise.Zip(default(Multiply<T>), perRow, weights, perRow);
        for (int row = 0; row < weights.Length / Lanes; row++)
        {
            var own = delta.Slice(row * cells, cells);
            LaneWise.Zip(default(Multiply<T>), weights.Slice(row * Lanes, Lanes), own, own);
        }
        if (factors.ContainsAnyExcept(T.One)) LaneWise.Zip(default(Multiply<T>), factors, delta, delta);
        Reduce.SumInLanes<T>(perRow, into);
        Elementwise.Zip(default(Multiply<T>), into, factors, into);
    }

    /// <summary>Losses that are the sum over outputs of <typeparamref name="Term"/>(output, target).</summary>
    private protected static void EachInLanes<Term, Slope, T>(
        Term term, Slope slope, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta,
        Span<T> perRow)
        where Term : struct, IZip<T> where Slope : struct, IZip<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int cells = outputs.Length / rows;
        Elementwise.Zip(term, outputs, targets, delta);
        for (int row = 0; row < rows; row++)
            Reduce.SumInLanes<T>(delta.Slice(row * cells, cells), perRow.Slice(row * Lanes, Lanes));
        Elementwise.Zip(slope, outputs, targets, delta);
    }
}
