using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;

namespace Functional;

/// <summary>How wrong the outputs of a batch are: a sum over its rows, times a factor. One file each.</summary>
public abstract partial record Loss : Form<Loss>
{
    /// <summary>Every loss, by the name it is written under.</summary>
    public static Kinds<Loss> Kinds { get; } = new(
        "loss",
        ("half_sum_squared_error", new HalfSumSquaredError()), ("mean_squared_error", new MeanSquaredError()),
        ("mean_absolute_error", new MeanAbsoluteError()),
        ("huber", new Huber()), ("log_cosh", new LogCosh()), ("quantile", new Quantile()),
        ("poisson_nll", new PoissonNll()),
        ("softmax_cross_entropy", new SoftmaxCrossEntropy()),
        ("softmax_cross_entropy_soft_targets", new SoftmaxCrossEntropySoftTargets()),
        ("softmax_kl_div", new SoftmaxKlDiv()), ("multi_margin_hinge", new MultiMarginHinge()),
        ("crammer_singer_hinge", new CrammerSingerHinge()),
        ("binary_cross_entropy_with_logits", new BinaryCrossEntropyWithLogits()),
        ("binary_cross_entropy", new BinaryCrossEntropy()));

    /// <summary>Whether a target is one column with the number of a class, instead of one number
    /// for each output.</summary>
    public virtual bool TakesClassNumbers => false;

    /// <summary>Whether it compares with classes or their shares, so that it means nothing where
    /// numbers are predicted.</summary>
    internal virtual bool IsForClasses => TakesClassNumbers;

    /// <summary>Whether the outputs of a row compete, so that two classes take two outputs.</summary>
    internal virtual bool IsAcrossOutputs => TakesClassNumbers;

    /// <summary>What a target may be.</summary>
    internal virtual Interval Targets => Interval.Any;

    /// <summary>How many columns the targets have for so many outputs.</summary>
    internal int TargetColumns(int outputs) => TakesClassNumbers ? 1 : outputs;

    /// <summary>The output from which on a single output means class 1.</summary>
    internal virtual double Threshold => 0.5;

    /// <summary>How a row of outputs becomes the probabilities that it means, also in place; null where outputs mean
    /// none.</summary>
    internal virtual Action<ReadOnlySpan<double>, Span<double>>? Probabilities => null;

    /// <summary>What the sum over rows is multiplied with, for a batch of so many outputs whose rows weigh
    /// so much together (1 each, unless they have weights): for the mean over samples and outputs, unless a
    /// loss says otherwise.</summary>
    internal virtual double Factor(double weight, int outputs) => 1.0 / (weight * outputs);

    /// <summary>The unscaled loss of each row, and into <paramref name="delta"/> its derivative
    /// by every output.</summary>
    internal abstract void Rows<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>How the unscaled delta of each row moves as its outputs move along a direction: the loss's
    /// second derivative by the outputs, times that direction. Zero where the loss is made of straight lines, at
    /// their kinks too.</summary>
    internal virtual void DeltaTangent<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> along, int rows, Span<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => into.Clear();

    /// <summary>Whether it is, up to a constant, minus the logarithm of the probability that the outputs
    /// give to the targets.</summary>
    internal virtual bool IsLikelihood => false;

    /// <summary>The targets that the outputs themselves expect, where the second derivative
    /// depends on the targets.</summary>
    internal virtual void Expect<T>(ReadOnlySpan<T> outputs, int rows, Span<T> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    { }

    /// <summary>The loss of a batch.</summary>
    /// <param name="outputs">Samples x outputs.</param>
    /// <param name="targets">Samples x outputs, or samples x 1 with class numbers.</param>
    /// <param name="weights">How much each sample counts, at least 0; 1 each if none are given. A mean
    /// divides by their sum.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public T Value<T>(Matrix<T> outputs, Matrix<T> targets, Vec<T>? weights = null, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Value(outputs, targets, weights, [], threads);

    /// <summary>The loss of a batch and its derivative by every output (samples x outputs).</summary>
    /// <param name="outputs">Samples x outputs.</param>
    /// <param name="targets">Samples x outputs, or samples x 1 with class numbers.</param>
    /// <param name="weights">How much each sample counts, at least 0; 1 each if none are given.</param>
    public (T Value, Matrix<T> Delta) ValueAndDelta<T>(Matrix<T> outputs, Matrix<T> targets, Vec<T>? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ValueAndDelta(outputs, targets, weights, weight: null);

    /// <summary>The same of some rows out of a batch that weighs <paramref name="weight"/>.</summary>
    internal (T Value, Matrix<T> Delta) ValueAndDelta<T>(
        Matrix<T> outputs, Matrix<T> targets, Vec<T>? weights, double? weight)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(outputs);
        var delta = new T[outputs.Cells.Length];
        T value = Value(outputs, targets, weights, delta, threads: 1, weight);
        return (value, new(outputs.Rows, outputs.Columns, Vec<T>.Freeze(delta)));
    }

    private T Value<T>(
        Matrix<T> outputs, Matrix<T> targets, Vec<T>? weights, Span<T> delta, int threads, double? weight = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        int rows = outputs.Rows, columns = TargetColumns(outputs.Columns);
        if (targets.Rows != rows || targets.Columns != columns)
            throw new ArgumentException(
                $"outputs of {rows} x {outputs.Columns} want targets of {rows} x {columns}, "
                    + $"not {targets.Rows} x {targets.Columns}");
        if (weights is not null && weights.Length != rows)
            throw new ArgumentException($"{rows} samples got {weights.Length} weights");
        ReadOnlySpan<T> given = weights is null ? [] : weights.Span;
        return Evaluate(
            outputs.Cells.Span, targets.Cells.Span, given, rows, weight ?? Weight(given, rows), delta, new T[rows],
            Workers.Count(threads));
    }

    /// <summary>What the rows of a batch weigh together.</summary>
    internal static double Weight<T>(ReadOnlySpan<T> weights, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        weights.IsEmpty ? rows : double.CreateTruncating(Reduce.Sum(weights));

    /// <summary>The loss of <paramref name="rows"/> rows out of a batch that weighs <paramref name="weight"/>, and
    /// its delta; zero where it weighs nothing. Where there is no room for the delta, it is not kept.</summary>
    internal T Evaluate<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights, int rows, double weight,
        Span<T> delta, Span<T> perRow, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows == 0) return T.Zero;
        perRow = perRow[..rows];
        int width = outputs.Length / rows;
        T factor = weight == 0 ? T.Zero : T.CreateTruncating(Factor(weight, width));
        var some = new Some<T>(this, outputs, targets, rows, delta, perRow);
        Workers.Share(ref some, RowParts.Count(rows, width), threads);
        if (!weights.IsEmpty) Elementwise.Zip(default(Multiply<T>), perRow, weights, perRow);
        if (!delta.IsEmpty) ScaleRows(delta, weights, width, factor);
        return Reduce.Sum<T>(perRow) * factor;
    }

    /// <summary>How the delta that <see cref="Evaluate"/> gives moves as the outputs move along a direction.</summary>
    internal void EvaluateTangent<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights, ReadOnlySpan<T> along, int rows,
        double weight, Span<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows == 0) return;
        int width = outputs.Length / rows;
        DeltaTangent(outputs, targets, along, rows, into);
        ScaleRows(into, weights, width, weight == 0 ? T.Zero : T.CreateTruncating(Factor(weight, width)));
    }

    private static void ScaleRows<T>(Span<T> delta, ReadOnlySpan<T> weights, int width, T factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < weights.Length; i++)
            Elementwise.Map(new Scale<T>(weights[i]), delta.Slice(i * width, width), delta.Slice(i * width, width));
        if (factor != T.One) Elementwise.Map(new Scale<T>(factor), delta, delta);
    }

    /// <summary>Rows, a stretch a part.</summary>
    private readonly ref struct Some<T>(
        Loss loss, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow) : IParts
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ReadOnlySpan<T> outputs = outputs, targets = targets;
        private readonly Span<T> delta = delta, perRow = perRow;

        public void Run(int part, int parts)
        {
            int width = outputs.Length / rows, wide = targets.Length / rows;
            var (first, count) = RowParts.Of(rows, part, parts);
            int cells = count * width;
            var spare = delta.IsEmpty ? ThreadCache<T>.Take(cells) : null;
            var own = spare is null ? delta.Slice(first * width, cells) : spare.Span[..cells];
            loss.Rows(
                outputs.Slice(first * width, cells), targets.Slice(first * wide, count * wide), count, own,
                perRow.Slice(first, count));
            if (spare is not null) ThreadCache<T>.Return(spare);
        }
    }

    /// <summary>A loss of one row; the JIT makes the loop around it.</summary>
    private protected interface IRow<T> where T : unmanaged
    {
        T At(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> delta);
    }

    private protected static void EachRow<F, T>(
        F row, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow)
        where F : struct, IRow<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = outputs.Length / rows, wide = targets.Length / rows;
        for (int i = 0; i < rows; i++)
            perRow[i] = row.At(
                outputs.Slice(i * width, width), targets.Slice(i * wide, wide), delta.Slice(i * width, width));
    }

    /// <summary>A row whose loss is the sum over outputs of <typeparamref name="Term"/>(output, target).</summary>
    private protected readonly struct Separable<Term, Slope, T>(Term term, Slope slope) : IRow<T>
        where Term : struct, IZip<T> where Slope : struct, IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T At(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> delta)
        {
            Elementwise.Zip(term, outputs, targets, delta);
            T sum = Reduce.Sum<T>(delta);
            Elementwise.Zip(slope, outputs, targets, delta);
            return sum;
        }
    }

    /// <summary>The direction times a second derivative that is a function of (output, target).</summary>
    private protected static void TangentBy<F, T>(
        F curvature, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> along, Span<T> into)
        where F : struct, IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Elementwise.Zip(curvature, outputs, targets, into);
        Elementwise.Zip(default(Multiply<T>), into, along, into);
    }

    /// <summary>Of softmax cross-entropy: p_k (v_k - sum of p_j v_j), times what the targets of a row add up to
    /// if they are given.</summary>
    private protected static void SoftmaxTangent<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> along, int rows, Span<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = outputs.Length / rows;
        for (int i = 0; i < rows; i++)
        {
            var direction = along.Slice(i * width, width);
            var row = into.Slice(i * width, width);
            SoftmaxRows.Of(outputs.Slice(i * width, width), row);
            T mean = Reduce.Dot<T>(row, direction),
                whole = targets.IsEmpty ? T.One : Reduce.Sum(targets.Slice(i * width, width));
            for (int k = 0; k < width; k++) row[k] = whole * (row[k] * (direction[k] - mean));
        }
    }

    /// <summary>The number of the class that a target means.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected static int Class<T>(T target, int classes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double given =
            typeof(T) == typeof(double) ? Unsafe.BitCast<T, double>(target) : Unsafe.BitCast<T, float>(target);
        int label = (int)given;
        return (uint)label < classes && label == given ? label : throw NoClass(given, classes);
    }

    private static ArgumentException NoClass(double given, int classes) =>
        new($"a class is {given}; it should be a whole number between 0 and {classes - 1}");
}
