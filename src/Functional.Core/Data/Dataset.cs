using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Numbers;
using LanguageExt;

namespace Functional;

/// <summary>Samples and what is known of them. Rows of inputs and of targets belong together.</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
public sealed record Dataset<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Dataset(Problem problem, Matrix<T> inputs, Matrix<T> targets, Vec<T>? weights, Schema? schema) =>
        (Problem, Inputs, Targets, Weights, Schema) = (problem, inputs, targets, weights, schema);

    /// <summary>What is to be predicted.</summary>
    public Problem Problem { get; }

    /// <summary>Samples x features; NaN is missing.</summary>
    public Matrix<T> Inputs { get; }

    /// <summary>Samples x 1 class numbers, or samples x outputs.</summary>
    public Matrix<T> Targets { get; }

    /// <summary>How much each sample counts in the loss, at least 0; 1 each where none are given.</summary>
    public Vec<T>? Weights { get; }

    /// <summary>What the inputs and classes mean, where that is known.</summary>
    public Schema? Schema { get; }

    /// <summary>Which rows of their source the samples are, from 0; null where they are all of them, in order.
    /// Messages name them; they are no part of what the data are.</summary>
    internal Vec<int>? SourceRows { get; init; }

    /// <summary>The row of the source that a sample is, from 1.</summary>
    internal int RowInSource(int row) => 1 + (SourceRows?[row] ?? row);

    /// <summary>How many samples.</summary>
    public int Rows => Inputs.Rows;

    /// <summary>The same samples, to the bit, that mean the same.</summary>
    public bool Equals(Dataset<T>? other) => other is not null && Problem == other.Problem && Inputs == other.Inputs
        && Targets == other.Targets && Weights == other.Weights && Schema == other.Schema;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Problem, Inputs, Targets, Weights, Schema);

    /// <summary>The number of a row's class; 0 where there are no classes.</summary>
    internal int ClassOf(int row) => Problem is Problem.Classification ? int.CreateTruncating(Targets[row, 0]) : 0;

    /// <summary>A data set, or every fault: counts that differ, inputs that are infinite (NaN is a missing one),
    /// targets that are not finite, class numbers out of range; rows and columns are counted from 1.</summary>
    public static Validation<Invalid, Dataset<T>> Check(
        Problem problem, Matrix<T> inputs, Matrix<T> targets, Vec<T>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        var faults = new List<Invalid>();
        if (inputs.Rows == 0) faults.Add(new($"the data have 0 rows; there should be at least 1"));
        if (inputs.Columns == 0) faults.Add(new($"the data have 0 features; there should be at least 1"));
        if (inputs.Rows != targets.Rows)
            faults.Add(
                new($"the data have {inputs.Rows} rows of inputs and {targets.Rows} of targets; they should be equal"));
        foreach (var fault in new[] { Finite.Infinite($"inputs", inputs), Finite.Fault($"targets", targets) })
            if (fault is not null) faults.Add(fault);
        if (weights is not null && weights.Length != inputs.Rows)
            faults.Add(new($"the data have {inputs.Rows} rows and {weights.Length} weights; they should be equal"));
        for (int row = 0; row < weights?.Length; row++)
            if (!T.IsFinite(weights[row]) || weights[row] < T.Zero)
            {
                faults.Add(new($"the weight of row {row + 1} is {weights[row]:R}; it should be at least 0 and finite"));
                break;
            }
        if (weights is { Length: > 0 } && !weights.Span.ContainsAnyExcept(T.Zero))
            faults.Add(new($"every weight is 0; at least 1 should be above 0"));
        int columns = problem switch
        {
            Problem.Regression(var outputs) => outputs,
            Problem.MultiLabel(var labels) => labels,
            _ => 1
        };
        if (targets.Columns != columns)
            faults.Add(new($"the targets have {targets.Columns} columns; there should be {columns}"));
        if (problem is Problem.MultiLabel)
            for (int i = 0; i < targets.Cells.Length; i++)
                if (targets.Cells[i] != T.Zero && targets.Cells[i] != T.One)
                {
                    faults.Add(new($"the label in row {i / targets.Columns + 1}, column {i % targets.Columns + 1} is "
                        + $"{targets.Cells[i]:R}; it should be 0 or 1"));
                    break;
                }
        if (problem is Problem.Classification(var classes))
            for (int row = 0; row < targets.Rows && targets.Columns == 1; row++)
                if (!T.IsInteger(targets[row, 0]) || targets[row, 0] < T.Zero
                    || targets[row, 0] >= T.CreateChecked(classes))
                {
                    faults.Add(new($"the class in row {row + 1} is {targets[row, 0]:R}; it should be a whole number "
                        + $"between 0 and {classes - 1}"));
                    break;
                }
        return Invalid.Unless(faults, () => new Dataset<T>(problem, inputs, targets, weights, null));
    }

    /// <summary>A data set whose parts are known to fit.</summary>
    internal static Dataset<T> Of(
        Problem problem, Matrix<T> inputs, Matrix<T> targets, Vec<T>? weights = null, Schema? schema = null) =>
        new(problem, inputs, targets, weights, schema);

    /// <summary>Some of the samples, in the given order.</summary>
    public Dataset<T> Select(ReadOnlySpan<int> rows) => new(
        Problem, Inputs.Select(rows), Targets.Select(rows), Weights?.Select(rows), Schema)
    {
        SourceRows = SourceRows?.Select(rows) ?? Vec<int>.Of(rows),
    };

    /// <summary>The samples that count: without those whose weight is 0.</summary>
    internal Dataset<T> WithPositiveWeights() => Weights is not { } weights || !weights.Span.Contains(T.Zero)
        ? this
        : Select([.. Enumerable.Range(0, Rows).Where(row => weights[row] != T.Zero)]);

    /// <summary>The samples without a missing input.</summary>
    internal Dataset<T> WithoutMissing() => Finite.All(Inputs)
        ? this
        : Select([.. Enumerable.Range(0, Rows).Where(row => Finite.MissingIn(Inputs, row) < 0)]);

    /// <summary>The same samples with other inputs, in their precision.</summary>
    internal Dataset<TOther> With<TOther>(Matrix<TOther> inputs)
        where TOther : unmanaged, IBinaryFloatingPointIeee754<TOther> =>
        new(
            Problem, inputs, Targets.To<TOther>(),
            Weights is null ? null : new Matrix<T>(Rows, 1, Weights).To<TOther>().Cells, Schema)
        {
            SourceRows = SourceRows,
        };

    /// <summary>The same samples with other targets.</summary>
    internal Dataset<T> WithTargets(Matrix<T> targets) =>
        new(Problem, Inputs, targets, Weights, Schema) { SourceRows = SourceRows };

    /// <summary>The same samples with other weights.</summary>
    internal Dataset<T> With(Vec<T> weights) =>
        new(Problem, Inputs, Targets, weights, Schema) { SourceRows = SourceRows };

    /// <summary>The same data set in another precision.</summary>
    public Dataset<TOther> To<TOther>() where TOther : unmanaged, IBinaryFloatingPointIeee754<TOther> =>
        With(Inputs.To<TOther>());

    /// <summary>How many outputs a network needs to learn this under a loss: two classes take one output, unless
    /// the loss wants one for each class.</summary>
    public static int Outputs(Problem problem, Loss loss) => problem switch
    {
        Problem.Regression(var outputs) => outputs,
        Problem.MultiLabel(var labels) => labels,
        Problem.Classification(2) when !loss.IsAcrossOutputs => 1,
        Problem.Classification(var classes) => classes,
        _ => throw new InvalidOperationException($"a problem of an unknown kind, {problem}"),
    };

    /// <summary>The samples as a loss wants them: class numbers, or a 1 at the class and 0 elsewhere.</summary>
    public Samples<T> For(Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        int outputs = Outputs(Problem, loss);
        if (Problem is not Problem.Classification || loss.TakesClassNumbers || outputs == 1)
            return new(Inputs, Targets, Weights);
        return new(Inputs, new(Rows, outputs, Vec<T>.Create(Rows * outputs, Targets, (hot, targets) =>
        {
            for (int row = 0; row < targets.Rows; row++)
                hot[row * outputs + int.CreateTruncating(targets[row, 0])] = T.One;
        })), Weights);
    }
}

/// <summary>Inputs and the targets that a loss compares the outputs with, row by row.</summary>
/// <param name="Inputs">Samples x inputs.</param>
/// <param name="Targets">Samples x outputs, or samples x 1 class numbers.</param>
/// <param name="Weights">How much each sample counts in the loss, at least 0; 1 each if none are given.</param>
public sealed record Samples<T>(Matrix<T> Inputs, Matrix<T> Targets, Vec<T>? Weights = null)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Some of the samples, in the given order.</summary>
    public Samples<T> Select(ReadOnlySpan<int> rows) =>
        new(Inputs.Select(rows), Targets.Select(rows), Weights?.Select(rows));
}
