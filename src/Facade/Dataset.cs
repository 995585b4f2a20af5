using Functional.Core.Numbers;

namespace Functional;

/// <summary>Data sets of numbers that a program has.</summary>
public static class Dataset
{
    /// <summary>A data set.</summary>
    /// <param name="problem">What is to be predicted.</param>
    /// <param name="inputs">Samples x features.</param>
    /// <param name="targets">Samples x 1 class numbers, or samples x outputs.</param>
    /// <param name="weights">How much each sample counts, at least 0; 1 each if none are given.</param>
    /// <exception cref="InvalidInputException">Counts differ, a cell is not finite, a class or a weight is out of
    /// range; the message lists every fault.</exception>
    public static Dataset<double> Of(Problem problem, Matrix<double> inputs, Matrix<double> targets, Vec<double>? weights = null) =>
        TryOf(problem, inputs, targets, weights).OrThrow();

    /// <summary>A data set, or every fault.</summary>
    public static Attempt<Dataset<double>> TryOf(Problem problem, Matrix<double> inputs, Matrix<double> targets, Vec<double>? weights = null) =>
        Attempt<Dataset<double>>.Of(Dataset<double>.Check(problem, inputs, targets, weights));
}
