using System.Numerics;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>Losses that compare p = softmax of the outputs with the shares of the classes:
/// means over samples.</summary>
public abstract record SoftTargets : Loss
{
    internal override bool IsAcrossOutputs => true;
    internal override Interval Targets => Interval.Between(0, 1);
    internal override double Factor(double weight, int outputs) => 1.0 / weight;
    internal override bool IsLikelihood => true;
    internal override void DeltaTangent<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> along, int rows, Span<T> into) =>
        SoftmaxTangent(outputs, targets, along, rows, into);
    internal override void Expect<T>(ReadOnlySpan<T> outputs, int rows, Span<T> targets)
    {
        int width = outputs.Length / rows;
        for (int at = 0; at < outputs.Length; at += width)
            SoftmaxRows.Of(outputs.Slice(at, width), targets.Slice(at, width));
    }

    internal override Action<ReadOnlySpan<double>, Span<double>> Probabilities => SoftmaxRows.Of;
}

/// <summary>The mean over samples of -sum of t_k ln p_k, with p = softmax of the outputs and t the
/// shares of the classes.</summary>
public sealed record SoftmaxCrossEntropySoftTargets : SoftTargets
{
    internal override void Rows<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow) =>
        EachRow(default(CrossEntropy<T>), outputs, targets, rows, delta, perRow);

    /// <summary>One row: ln(sum of e^(o - max)) sum of t - sum of t_k (o_k - max); the derivative
    /// is p sum of t - t.</summary>
    internal readonly struct CrossEntropy<T> : IRow<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T At(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> delta)
        {
            T top = SoftmaxRows.Exponentials(outputs, delta), sum = Reduce.Sum<T>(delta), whole = Reduce.Sum(targets);
            Elementwise.Map(new Shift<T>(-top), outputs, delta);
            T part = Reduce.Dot<T>(targets, delta);
            Elementwise.Map(default(Apply<Exp, T>), delta, delta);
            Elementwise.Map(new Scale<T>(whole / sum), delta, delta);
            Elementwise.Zip(default(Subtract<T>), delta, targets, delta);
            return Scalar<T>.Through<Log>(sum) * whole - part;
        }
    }
}

/// <summary>
/// The mean over samples of sum of t_k (ln t_k - ln p_k), with p = softmax of the outputs and t the shares of the
/// classes: how far p is from t. (Kullback and Leibler, 1951) Its derivative is that of the cross-entropy.
/// </summary>
public sealed record SoftmaxKlDiv : SoftTargets
{
    internal override void Rows<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow) =>
        EachRow(default(Row<T>), outputs, targets, rows, delta, perRow);

    private readonly struct Row<T> : IRow<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T At(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> delta)
        {
            Elementwise.Map(default(TimesLogarithm<T>), targets, delta);
            T own = Reduce.Sum<T>(delta);
            return own + default(SoftmaxCrossEntropySoftTargets.CrossEntropy<T>).At(outputs, targets, delta);
        }
    }

    /// <summary>t ln t, and 0 at 0.</summary>
    private readonly struct TimesLogarithm<T> : IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public V At<L, V>(V t) where L : struct, ILanes<V, T> where V : struct =>
            L.Select(L.Equal(t, L.All(T.Zero)), t, L.Multiply(t, L.Through<Log>(t)));
    }
}
