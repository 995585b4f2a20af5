using System.Numerics;

namespace Functional;

/// <summary>
/// The mean over samples of max(0, margin - o_y + max of the other o_k): zero once the right output is above the
/// highest of the others by the
/// margin. Of equal others the first has the derivative. (Crammer and Singer, 2001; with a margin of 1, Keras'
/// categorical_hinge)
/// </summary>
/// <param name="Margin">Above 0; units of an output.</param>
public sealed record CrammerSingerHinge(double Margin = 1) : Loss
{
    /// <inheritdoc/>
    public override bool TakesClassNumbers => true;

    internal override double Factor(double weight, int outputs) => 1.0 / weight;

    internal override void Rows<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow) =>
        EachRow(new Row<T>(T.CreateTruncating(Margin)), outputs, targets, rows, delta, perRow);

    /// <inheritdoc/>
    protected internal override Loss Each(Fields fields) =>
        new CrammerSingerHinge(fields.Real("margin", Margin, Interval.Positive));

    private readonly struct Row<T>(T margin) : IRow<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T At(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> delta)
        {
            int target = Class(targets[0], outputs.Length), rival = -1;
            for (int k = 0; k < outputs.Length; k++)
                if (k != target && (rival < 0 || !(outputs[k] <= outputs[rival]))) // a NaN is the highest
                    rival = k;
            delta.Clear();
            if (rival < 0) return T.Zero; // a single class
            T missing = margin - outputs[target] + outputs[rival];
            if (missing <= T.Zero) return T.Zero;
            (delta[rival], delta[target]) = (T.One, -T.One);
            return missing;
        }
    }
}
