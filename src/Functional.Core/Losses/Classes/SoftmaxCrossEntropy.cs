using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>
/// The mean over samples of -ln p_y, with p = softmax of the outputs (logits) and y the number of the class.
/// Computed as ln(sum of e^(o - max)) - (o_y - max), which neither overflows nor loses small probabilities. With
/// label smoothing the class counts 1 - s and all classes share s: -sum of q_k ln p_k with q_k = s / K, and 1 - s
/// more at y. (Szegedy et al., 2016) The weight of a class multiplies the whole loss of its samples; PyTorch weighs
/// the smoothed part of each class k by the weight of k.
/// </summary>
/// <param name="LabelSmoothing">s, 0 &lt;= s &lt; 1.</param>
public sealed partial record SoftmaxCrossEntropy(double LabelSmoothing = 0) : Loss
{
    // Rows whose exponentials and logarithms are taken together: one by itself may be shorter than a vector.
    private const int AtOnce = 64;

    /// <inheritdoc/>
    public override bool TakesClassNumbers => true;

    internal override double Factor(double weight, int outputs) => 1.0 / weight;

    internal override void Rows<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow)
    {
        int width = outputs.Length / rows;
        bool isNarrow = width <= SoftmaxLanes.MostWidth && LabelSmoothing == 0;
        int most = isNarrow ? SoftmaxLanes.Rows : AtOnce;
        for (int row = 0; row < rows; row += most)
        {
            int count = Math.Min(most, rows - row), first = row * width, cells = count * width;
            if (isNarrow)
                Narrow(
                    outputs.Slice(first, cells), targets.Slice(row, count), width, delta.Slice(first, cells),
                    perRow.Slice(row, count));
            else
                Some(
                    outputs.Slice(first, cells), targets.Slice(row, count), width, delta.Slice(first, cells),
                    perRow.Slice(row, count));
        }
    }

    internal override bool IsLikelihood => true;
    internal override void DeltaTangent<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> along, int rows, Span<T> into) =>
        SoftmaxTangent(outputs, [], along, rows, into);
    internal override Action<ReadOnlySpan<double>, Span<double>> Probabilities => SoftmaxRows.Of;

    /// <inheritdoc/>
    protected internal override Loss Each(Fields fields) =>
        new SoftmaxCrossEntropy(fields.Real("label_smoothing", LabelSmoothing, Interval.ZeroToBelowOne));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int width, Span<T> delta, Span<T> perRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Rows = SoftmaxLanes.Rows;
        Span<T> tops = stackalloc T[Rows], logarithms = stackalloc T[Rows];
        SoftmaxLanes.Of(outputs, delta, width, tops, logarithms);
        for (int i = 0; i < perRow.Length; i++)
        {
            int at = i * width + Class(targets[i], width);
            delta[at] -= T.One;
            perRow[i] = logarithms[i] - (outputs[at] - tops[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Some<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int width, Span<T> delta, Span<T> perRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T smoothing = T.CreateTruncating(LabelSmoothing), classes = T.CreateTruncating(width),
            share = smoothing / classes;
        Span<T> below = stackalloc T[perRow.Length], all = stackalloc T[perRow.Length],
            sums = stackalloc T[perRow.Length];
        for (int i = 0; i < perRow.Length; i++)
        {
            var row = delta.Slice(i * width, width);
            SoftmaxRows.BelowTop(outputs.Slice(i * width, width), row);
            below[i] = row[Class(targets[i], width)]; // o_y - max
            all[i] = smoothing > T.Zero ? Reduce.Sum<T>(row) : T.Zero; // the sum of all o - max
        }
        Elementwise.Map(default(Apply<Exp, T>), delta, delta);
        for (int i = 0; i < perRow.Length; i++) sums[i] = Reduce.Sum<T>(delta.Slice(i * width, width));
        Elementwise.Map(default(Apply<Log, T>), sums, perRow);
        for (int i = 0; i < perRow.Length; i++)
        {
            var row = delta.Slice(i * width, width);
            Elementwise.Map(new Scale<T>(T.One / sums[i]), row, row);
            row[int.CreateTruncating(targets[i])] -= T.One - smoothing;
            T logarithm = perRow[i];
            perRow[i] = logarithm - below[i];
            if (smoothing == T.Zero) continue;
            Elementwise.Map(new Shift<T>(-share), row, row);
            perRow[i] = (T.One - smoothing) * perRow[i] + share * (classes * logarithm - all[i]);
        }
    }
}
