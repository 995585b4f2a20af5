using System.Numerics;
using Functional.Core.Numbers.Streams;

namespace Functional.Lecture;

/// <summary>
/// The mean of (f - y)^2, where f is the sum of the first half of the outputs less the sum of the second half, cut off
/// at 0.001 and 0.999: output weights +1 and -1 that are not learned. Its second derivative is taken as zero where f is
/// cut off. (Zhu et al., 2019, figure 4)
/// </summary>
internal sealed record ClippedSum : Loss
{
    private const double Margin = 1e-3;

    /// <summary>y is 0 or 1: a class.</summary>
    public override bool TakesClassNumbers => true;

    internal override double Factor(double weight, int outputs) => 2.0 / weight;

    internal override void Rows<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow)
    {
        int width = outputs.Length / rows;
        for (int row = 0; row < rows; row++)
        {
            T sum = Signed(outputs.Slice(row * width, width)), low = T.CreateTruncating(Margin), high = T.One - low,
                error = T.Min(T.Max(sum, low), high) - targets[row];
            perRow[row] = error * error * T.CreateTruncating(0.5);
            Spread(sum > low && sum < high ? error : T.Zero, delta.Slice(row * width, width));
        }
    }

    internal override void DeltaTangent<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> along, int rows, Span<T> into)
    {
        int width = outputs.Length / rows;
        for (int row = 0; row < rows; row++)
        {
            T sum = Signed(outputs.Slice(row * width, width)), low = T.CreateTruncating(Margin);
            Spread(
                sum > low && sum < T.One - low ? Signed(along.Slice(row * width, width)) : T.Zero,
                into.Slice(row * width, width));
        }
    }

    private static T Signed<T>(ReadOnlySpan<T> outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Reduce.Sum(outputs[..(outputs.Length / 2)]) - Reduce.Sum(outputs[(outputs.Length / 2)..]);

    private static void Spread<T>(T one, Span<T> into) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        into[..(into.Length / 2)].Fill(one);
        into[(into.Length / 2)..].Fill(-one);
    }
}
