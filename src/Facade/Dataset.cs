using Functional.Core.Data;
using Functional.Core.Numbers;

namespace Functional;

/// <summary>Data sets of numbers that a program has.</summary>
public static class Dataset
{
    /// <summary>A data set of arrays: classes where the targets are whole numbers (<c>int[]</c>) or texts, numbers
    /// where they are numbers.</summary>
    /// <param name="inputs">Samples x features: double[,], double[][], float[][], a matrix, or
    /// <see cref="InputRows.Of"/>. NaN is missing.</param>
    /// <param name="targets">One for each sample: double[], double[,], int[] (classes from 0), or string[]
    /// (classes by name).</param>
    /// <param name="weights">How much each sample counts, at least 0; 1 each if none are given.</param>
    /// <exception cref="InvalidInputException">Counts differ, a cell is infinite, a class or a weight is out of
    /// range; the message lists every fault.</exception>
    public static Dataset<double> Of(InputRows inputs, TargetRows targets, IReadOnlyList<double>? weights = null) =>
        TryOf(inputs, targets, weights).OrThrow();

    /// <summary>The same, or every fault.</summary>
    public static Attempt<Dataset<double>> TryOf(
        InputRows inputs, TargetRows targets, IReadOnlyList<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        var checkedData = TryOf(
            targets.Problem, inputs.Numbers, targets.Numbers, weights is null ? null : Vec<double>.Of([.. weights]));
        return checkedData.Succeeded && targets.Labels.Count > 0
            ? Attempt<Dataset<double>>.Done(Dataset<double>.Of(
                targets.Problem, inputs.Numbers, targets.Numbers, checkedData.Value.Weights,
                new Schema([], targets.Labels)))
            : checkedData;
    }

    /// <summary>A data set.</summary>
    /// <param name="problem">What is to be predicted.</param>
    /// <param name="inputs">Samples x features; NaN is missing.</param>
    /// <param name="targets">Samples x 1 class numbers, or samples x outputs.</param>
    /// <param name="weights">How much each sample counts, at least 0; 1 each if none are given.</param>
    /// <exception cref="InvalidInputException">Counts differ, a cell is infinite, a class or a weight is out of
    /// range; the message lists every fault.</exception>
    public static Dataset<double> Of(
        Problem problem, Matrix<double> inputs, Matrix<double> targets, Vec<double>? weights = null) =>
        TryOf(problem, inputs, targets, weights).OrThrow();

    /// <summary>A data set, or every fault.</summary>
    public static Attempt<Dataset<double>> TryOf(
        Problem problem, Matrix<double> inputs, Matrix<double> targets, Vec<double>? weights = null) =>
        Attempt<Dataset<double>>.Of(Dataset<double>.Check(problem, inputs, targets, weights));
}
