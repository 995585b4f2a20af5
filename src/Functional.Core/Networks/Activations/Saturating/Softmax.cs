using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;


namespace Functional.Core.Networks.Activations;

/// <summary>A row of sums becomes shares that add up to 1: a_k = e^(z_k) / sum of e^(z_j); delta_k = a_k (delta_k -
/// sum of a_j delta_j). For an output layer whose loss wants probabilities.</summary>
internal sealed record Softmax : Activation
{
    internal override bool IsElementwise => false;

    internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width)
    {
        for (int at = 0; at < a.Length; at += width) SoftmaxRows.Of(z.Slice(at, width), a.Slice(at, width));
    }

    internal override void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width)
    {
        for (int at = 0; at < a.Length; at += width)
        {
            var shares = a.Slice(at, width);
            var row = delta.Slice(at, width);
            Elementwise.Map(new Shift<T>(-Reduce.Dot<T>(shares, row)), row, row);
            Elementwise.Zip(default(Multiply<T>), shares, row, row);
        }
    }

    // With a moving by da: da_k (delta_k - sum of a_j delta_j) - a_k sum of da_j delta_j.
    internal override void TangentOfChain<T>(
        ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> dz, ReadOnlySpan<T> da, ReadOnlySpan<T> delta,
        Span<T> into, int width)
    {
        for (int at = 0; at < a.Length; at += width)
        {
            ReadOnlySpan<T> shares = a.Slice(at, width), moving = da.Slice(at, width), row = delta.Slice(at, width);
            var bent = into.Slice(at, width);
            Elementwise.Map(new Shift<T>(-Reduce.Dot(shares, row)), row, bent);
            Elementwise.Zip(default(Multiply<T>), bent, moving, bent);
            Elementwise.Zip(new MultiplyAdd<T>(-Reduce.Dot(moving, row)), shares, bent, bent);
        }
    }
}
