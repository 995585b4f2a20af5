using Functional.Core.Forms;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Optimizers;

/// <summary>
/// Adds lambda times the parameters to the direction. Before a rule such as Adam it is the gradient of an L2 penalty;
/// after it, the decoupled decay of AdamW. (Loshchilov and Hutter, 2019)
/// </summary>
/// <param name="Lambda">At least 0.</param>
public sealed record WeightDecay(double Lambda) : Optimizer
{
    internal override int Slots => 0;
    internal override void Update<T>(Span<T> direction, Span<T> moments, ReadOnlySpan<T> parameters, in StepInfo step) =>
        Elementwise.Zip(new MultiplyAdd<T>(T.CreateTruncating(Lambda)), parameters, direction, direction);

    internal override Optimizer Each(Fields fields) => new WeightDecay(fields.Real("lambda", Lambda, Interval.NotNegative));
}
