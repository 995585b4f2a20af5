using System.Numerics;
using Functional.Core.Forms;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Losses;

/// <summary>
/// The mean over samples of -ln p_y, with p = softmax of the outputs (logits) and y the number of the class. Computed as
/// ln(sum of e^(o - max)) - (o_y - max), which neither overflows nor loses small probabilities. With label smoothing the class
/// counts 1 - s and all classes share s: -sum of q_k ln p_k with q_k = s / K, and 1 - s more at y. (Szegedy et al., 2016)
/// </summary>
/// <param name="LabelSmoothing">s, 0 &lt;= s &lt; 1.</param>
public sealed record SoftmaxCrossEntropy(double LabelSmoothing = 0) : Loss
{
    /// <inheritdoc/>
    public override bool TakesClassNumbers => true;

    internal override double Factor(double weight, int outputs) => 1.0 / weight;
    internal override void Rows<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow) =>
        EachRow(new Row<T>(T.CreateTruncating(LabelSmoothing)), outputs, targets, rows, delta, perRow);

    internal override Matrix<double> Probabilities(Matrix<double> outputs) => outputs.MapRows(Shares.Of);
    internal override Loss Each(Fields fields) => new SoftmaxCrossEntropy(fields.Real("label_smoothing", LabelSmoothing, Interval.ZeroToBelowOne));

    private readonly struct Row<T>(T smoothing) : IRow<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T At(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> delta)
        {
            int target = Class(targets, outputs.Length);
            T all = default, share = smoothing / T.CreateTruncating(outputs.Length);
            T top = Shares.Exponentials(outputs, delta), sum = Reduce.Sum<T>(delta);
            if (smoothing > T.Zero)
            {
                Elementwise.Map(new Shift<T>(-top), outputs, delta);
                all = Reduce.Sum<T>(delta); // the sum of all o - max
                Elementwise.Map(default(Apply<Exp, T>), delta, delta);
            }
            T logarithm = Scalar<T>.Through<Log>(sum), row = logarithm - (outputs[target] - top);
            Elementwise.Map(new Scale<T>(T.One / sum), delta, delta);
            delta[target] -= T.One - smoothing;
            if (smoothing == T.Zero) return row;
            Elementwise.Map(new Shift<T>(-share), delta, delta);
            return (T.One - smoothing) * row + share * (T.CreateTruncating(outputs.Length) * logarithm - all);
        }
    }
}
