using Functional.Core.Numbers;

namespace Functional;

/// <summary>Rows of inputs, from whatever arrays a program has; NaN is missing.</summary>
public sealed class InputRows
{
    private InputRows(Matrix<double> numbers) => Numbers = numbers;

    /// <summary>Samples x features.</summary>
    public Matrix<double> Numbers { get; }

    /// <summary>Rows that lie one after the other.</summary>
    /// <param name="numbers">As many times <paramref name="width"/> as there are samples.</param>
    /// <param name="width">Numbers a sample, at least 1.</param>
    /// <exception cref="InvalidInputException">They do not make whole rows.</exception>
    public static InputRows Of(ReadOnlyMemory<float> numbers, int width) => width < 1 || numbers.Length % width != 0
        ? throw new InvalidInputException(
            $"there are {numbers.Length} numbers for rows of {width}; they should make whole rows")
        : new(Matrix.Of(numbers.Length / width, width, numbers, (all, row, column) => all.Span[row * width + column]));

    /// <summary>Samples x features.</summary>
    public static implicit operator InputRows(Matrix<double> numbers) => new(numbers);

    /// <summary>Samples x features.</summary>
    public static implicit operator InputRows(double[,] numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return new(
            Matrix.Of(numbers.GetLength(0), numbers.GetLength(1), numbers, (all, row, column) => all[row, column]));
    }

    /// <summary>An array for each sample, all of one length.</summary>
    /// <exception cref="InvalidInputException">Their lengths differ.</exception>
    public static implicit operator InputRows(double[][] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new(Matrix.Of(rows.Length, Width(rows), rows, (all, row, column) => all[row][column]));
    }

    /// <summary>An array for each sample, all of one length.</summary>
    /// <exception cref="InvalidInputException">Their lengths differ, or one is null.</exception>
    public static implicit operator InputRows(float[][] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new(Matrix.Of(rows.Length, Width(rows), rows, (all, row, column) => all[row][column]));
    }

    private static int Width<A>(A[][] rows)
    {
        if (Array.IndexOf(rows, null) is >= 0 and var nothing)
            throw new InvalidInputException($"row {nothing + 1} of the inputs is null; it should be numbers");
        int[] widths = [.. rows.Select(row => row.Length)];
        return Array.FindIndex(widths, width => width != widths[0]) is >= 0 and var odd
            ? throw new InvalidInputException(
                $"row {odd + 1} of the inputs has {widths[odd]} numbers; it should have {widths[0]}, "
                    + $"as the first one has")
            : widths.FirstOrDefault();
    }

    private static class Matrix
    {
        public static Matrix<double> Of<A>(int rows, int columns, A from, Func<A, int, int, double> cell) =>
            new(rows, columns, Vec<double>.Create(rows * columns, (from, cell), (into, of) =>
            {
                for (int i = 0; i < into.Length; i++) into[i] = of.cell(of.from, i / columns, i % columns);
            }));
    }
}

/// <summary>What is to be predicted of each sample, from whatever arrays a program has.</summary>
public sealed class TargetRows
{
    private TargetRows(Problem problem, Matrix<double> numbers, Items<string>? labels = null) =>
        (Problem, Numbers, Labels) = (problem, numbers, labels ?? []);

    /// <summary>What they mean.</summary>
    public Problem Problem { get; }

    /// <summary>Samples x 1 class numbers, or samples x numbers.</summary>
    public Matrix<double> Numbers { get; }

    /// <summary>The names of classes; none where they have none.</summary>
    public Items<string> Labels { get; }

    /// <summary>A number for each sample.</summary>
    public static implicit operator TargetRows(double[] numbers) =>
        new(
            new Problem.Regression(1),
            new(numbers?.Length ?? throw new ArgumentNullException(nameof(numbers)), 1, Vec<double>.Of(numbers)));

    /// <summary>Some numbers for each sample.</summary>
    public static implicit operator TargetRows(double[,] numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return new(new Problem.Regression(numbers.GetLength(1)), ((InputRows)numbers).Numbers);
    }

    /// <summary>The number of a class for each sample, from 0. Where a model names its classes by numbers, it is
    /// that name: of the classes "1" and "2", 1 is the first.</summary>
    public static implicit operator TargetRows(int[] classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return new(
            new Problem.Classification(Math.Max(2, classes.DefaultIfEmpty().Max() + 1)),
            new(classes.Length, 1, Vec<double>.Of([.. classes.Select(label => (double)label)])));
    }

    /// <summary>The name of a class for each sample; classes are numbered in the ordinal
    /// order of their names.</summary>
    /// <exception cref="InvalidInputException">A name is null or blank.</exception>
    public static implicit operator TargetRows(string[] classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        if (Array.FindIndex(classes, string.IsNullOrWhiteSpace) is >= 0 and var blank)
            throw new InvalidInputException($"the class of row {blank + 1} is blank; it should be a name");
        classes = [.. classes.Select(name => name.Trim())]; // as in a table
        string[] names = [.. classes.Distinct().Order(StringComparer.Ordinal)];
        var numbers = names.Index().ToDictionary(name => name.Item, name => (double)name.Index, StringComparer.Ordinal);
        return names.Length == 0
            ? throw new InvalidInputException($"there are 0 targets; there should be at least 1")
            : new(
                new Problem.Classification(names.Length),
                new(classes.Length, 1, Vec<double>.Of([.. classes.Select(name => numbers[name])])), [.. names]);
    }
}
