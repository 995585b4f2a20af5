using System.Numerics;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Losses;

/// <summary>
/// The mean over samples of -ln p_y, with p = softmax of the outputs (logits) and y the number of the class. Computed as
/// ln(sum of e^(o - max)) - (o_y - max), which neither overflows nor loses small probabilities.
/// </summary>
public sealed record SoftmaxCrossEntropy : Loss
{
    /// <inheritdoc/>
    public override bool TakesClassNumbers => true;

    internal override double Factor(int rows, int outputs) => 1.0 / rows;
    internal override T Sum<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow) =>
        SumRows(default(Row<T>), outputs, targets, rows, delta, perRow);

    private readonly struct Row<T> : IRow<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T At(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> delta)
        {
            int target = int.CreateSaturating(targets[0]);
            if ((uint)target >= outputs.Length || T.CreateTruncating(target) != targets[0])
                throw new ArgumentException($"a class is {targets[0]}; it should be a whole number between 0 and {outputs.Length - 1}");
            T top = Shares.Exponentials(outputs, delta), sum = Reduce.Sum<T>(delta);
            Elementwise.Map(new Scale<T>(T.One / sum), delta, delta);
            delta[target] -= T.One;
            return Scalar<T>.Through<Log>(sum) - (outputs[target] - top);
        }
    }
}
