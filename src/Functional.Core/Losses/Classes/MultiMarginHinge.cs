using System.Numerics;

namespace Functional;

/// <summary>
/// The mean over samples and classes of max(0, margin - o_y + o_k), the class y itself left out of the sum: zero
/// once the right output is above every other one by the margin. Every output that is too high counts; in <see
/// cref="CrammerSingerHinge"/> the highest does.
/// (Weston and Watkins, 1999; PyTorch's multi_margin_loss)
/// </summary>
/// <param name="Margin">Above 0; units of an output.</param>
public sealed record MultiMarginHinge(double Margin = 1) : Loss
{
    /// <inheritdoc/>
    public override bool TakesClassNumbers => true;

    internal override void Rows<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow) =>
        EachRow(new Row<T>(T.CreateTruncating(Margin)), outputs, targets, rows, delta, perRow);

    /// <inheritdoc/>
    protected internal override Loss Each(Fields fields) =>
        new MultiMarginHinge(fields.Real("margin", Margin, Interval.Positive));

    private readonly struct Row<T>(T margin) : IRow<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // One chain over the outputs, in their order.
        public T At(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> delta)
        {
            int target = Class(targets[0], outputs.Length);
            T sum = T.Zero, active = T.Zero;
            for (int k = 0; k < outputs.Length; k++)
            {
                T missing = k == target ? T.Zero : margin - outputs[target] + outputs[k];
                bool counts = !(missing <= T.Zero); // NaN does
                delta[k] = counts ? T.One : T.Zero;
                if (!counts) continue;
                sum += missing;
                active += T.One;
            }
            delta[target] = -active;
            return sum;
        }
    }
}
