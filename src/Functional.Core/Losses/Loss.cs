using System.Numerics;
using Functional.Core.Forms;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Losses;

/// <summary>How wrong the outputs of a batch are: a sum over its rows, times a factor. One file each.</summary>
public abstract record Loss : Form<Loss>
{
    /// <summary>Every loss, by the name it is written under.</summary>
    internal static Kinds<Loss> Kinds { get; } = new(
        "loss",
        ("half_sum_squared_error", new HalfSumSquaredError()), ("mean_squared_error", new MeanSquaredError()),
        ("softmax_cross_entropy", new SoftmaxCrossEntropy()), ("binary_cross_entropy_with_logits", new BinaryCrossEntropyWithLogits()));

    /// <summary>Whether a target is one column with the number of a class, instead of one number for each output.</summary>
    public virtual bool TakesClassNumbers => false;

    /// <summary>Whether it compares with classes or their shares, so that it means nothing where numbers are predicted.</summary>
    internal virtual bool IsForClasses => TakesClassNumbers;

    /// <summary>How many columns the targets have for so many outputs.</summary>
    internal int TargetColumns(int outputs) => TakesClassNumbers ? 1 : outputs;

    /// <summary>The output from which on a single output means class 1.</summary>
    internal virtual double Threshold => 0.5;

    /// <summary>What the sum over rows is multiplied with, for a batch of so many rows and outputs.</summary>
    internal abstract double Factor(int rows, int outputs);

    /// <summary>The unscaled sum over the rows, and into <paramref name="delta"/> its derivative by every output.</summary>
    internal abstract T Sum<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The loss of a batch.</summary>
    /// <param name="outputs">Samples x outputs.</param>
    /// <param name="targets">Samples x outputs, or samples x 1 with class numbers.</param>
    public T Value<T>(Matrix<T> outputs, Matrix<T> targets) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ValueAndDelta(outputs, targets).Value;

    /// <summary>The loss of a batch and its derivative by every output (samples x outputs).</summary>
    public (T Value, Matrix<T> Delta) ValueAndDelta<T>(Matrix<T> outputs, Matrix<T> targets) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        int columns = TargetColumns(outputs.Columns);
        if (targets.Rows != outputs.Rows || targets.Columns != columns)
            throw new ArgumentException($"outputs of {outputs.Rows} x {outputs.Columns} want targets of {outputs.Rows} x {columns}, not {targets.Rows} x {targets.Columns}");
        var delta = new T[outputs.Cells.Length];
        T value = Evaluate(outputs.Cells.Span, targets.Cells.Span, outputs.Rows, outputs.Rows, delta, new T[outputs.Rows]);
        return (value, new(outputs.Rows, outputs.Columns, Vec<T>.Freeze(delta)));
    }

    /// <summary>The loss of <paramref name="rows"/> rows out of a batch of <paramref name="batch"/>, and its delta.</summary>
    internal T Evaluate<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, int batch, Span<T> delta, Span<T> perRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows == 0) return T.Zero;
        T factor = T.CreateTruncating(Factor(batch, outputs.Length / rows));
        T sum = Sum(outputs, targets, rows, delta, perRow[..rows]);
        if (factor != T.One) Elementwise.Map(new Scale<T>(factor), delta, delta);
        return sum * factor;
    }

    internal override Loss Each(Fields fields) => this;

    /// <summary>A loss of one row; the JIT makes the loop around it.</summary>
    private protected interface IRow<T> where T : unmanaged
    {
        T At(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> delta);
    }

    private protected static T SumRows<F, T>(F row, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow)
        where F : struct, IRow<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = outputs.Length / rows, wide = targets.Length / rows;
        for (int i = 0; i < rows; i++)
            perRow[i] = row.At(outputs.Slice(i * width, width), targets.Slice(i * wide, wide), delta.Slice(i * width, width));
        return Reduce.Sum<T>(perRow);
    }
}
