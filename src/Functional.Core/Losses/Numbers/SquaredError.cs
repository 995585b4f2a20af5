using System.Numerics;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>The lecture's ECM: half the sum of (target - output)^2 over samples and outputs. A
/// sum, not a mean.</summary>
public sealed record HalfSumSquaredError : Loss
{
    internal override double Factor(double weight, int outputs) => 1;
    internal override bool IsLikelihood => true;
    internal override void DeltaTangent<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> along, int rows, Span<T> into) =>
        along.CopyTo(into);
    internal override void Rows<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow) =>
        EachRow(default(HalfSquares<T>), outputs, targets, rows, delta, perRow);

    internal override void RowsInLanes<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, ReadOnlySpan<bool> isDue, Span<T> delta,
        Span<T> perRow) =>
        HalfSquaresInLanes(outputs, targets, rows, delta, perRow);

    /// <summary>The same of networks side by side.</summary>
    internal static void HalfSquaresInLanes<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Elementwise.Zip(default(Subtract<T>), outputs, targets, delta);
        int cells = delta.Length / rows;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<T> errors = delta.Slice(row * cells, cells);
            Reduce.DotInLanes(errors, errors, perRow.Slice(row * Reduce.Lanes, Reduce.Lanes));
        }
        Elementwise.Map(new Scale<T>(T.CreateTruncating(0.5)), perRow, perRow);
    }

    /// <summary>Half the squares of one row; the derivative is output - target.</summary>
    internal readonly struct HalfSquares<T> : IRow<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T At(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> delta)
        {
            Elementwise.Zip(default(Subtract<T>), outputs, targets, delta);
            return Reduce.Dot<T>(delta, delta) * T.CreateTruncating(0.5);
        }
    }
}

/// <summary>The mean of (target - output)^2 over samples and outputs: twice the lecture's ECM, divided
/// by their number.</summary>
public sealed record MeanSquaredError : Loss
{
    internal override double Factor(double weight, int outputs) => 2.0 / (weight * outputs);
    internal override bool IsLikelihood => true;
    internal override void DeltaTangent<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> along, int rows, Span<T> into) =>
        along.CopyTo(into);
    internal override void Rows<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow) =>
        EachRow(default(HalfSumSquaredError.HalfSquares<T>), outputs, targets, rows, delta, perRow);

    internal override void RowsInLanes<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, ReadOnlySpan<bool> isDue, Span<T> delta,
        Span<T> perRow) =>
        HalfSumSquaredError.HalfSquaresInLanes(outputs, targets, rows, delta, perRow);
}
