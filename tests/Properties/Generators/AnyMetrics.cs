using CsCheck;
using Functional.Core.Numbers;
using Functional.Core.Randomness;

namespace Properties.Generators;

/// <summary>Predicted probabilities and the truth: a row of as many as there are classes, or
/// the one of class 1.</summary>
internal sealed record Judged(Matrix<double> Probabilities, Vec<int> Labels)
{
    public int Classes => Math.Max(2, Probabilities.Columns);

    public Judged Select(int[] rows) =>
        new(Probabilities.Select(rows), Vec<int>.Of([.. rows.Select(row => Labels[row])]));

    public Judged Map(Func<double, double> f) => this with
    {
        Probabilities = new(
            Probabilities.Rows, Probabilities.Columns,
            Vec<double>.Of([.. Probabilities.Cells.Span.ToArray().Select(f)])),
    };
}

/// <summary>Generators of what metrics look at.</summary>
internal static partial class Any
{
    /// <summary>Confusion matrices of some classes; some classes are never predicted, or have no
    /// samples, or neither.</summary>
    public static Gen<Matrix<double>> Confusion => Gen.Int[1, 6].SelectMany(classes =>
        Gen.Frequency((2, Gen.Const(0)), (3, Gen.Int[1, 9])).Array[classes * classes]
            .Where(counts => counts.Sum() > 0)
            .Select(counts => new Matrix<int>(classes, classes, Vec<int>.Of(counts)).To<double>()));

    /// <summary>The probability of class 1; half of the time in eighths, so that there are ties.</summary>
    public static Gen<Judged> Binary =>
        from rows in Gen.Int[1, 40]
        from key in Key
        from coarse in Gen.Bool
        select new Judged(new(rows, 1, Shares(key.At(0), rows, coarse)), Draw.Integers(key.At(1), rows, 2));

    /// <summary>Probabilities of two to five classes that add up to 1; half of the time with ties.</summary>
    public static Gen<Judged> Multiclass =>
        from rows in Gen.Int[1, 40]
        from classes in Gen.Int[2, 5]
        from key in Key
        from coarse in Gen.Bool
        let weights = Shares(key.At(0), rows * classes, coarse).Span.ToArray().Chunk(classes)
        select new Judged(
            Matrix<double>.Of([.. weights.Select(
                row => row.Select(weight => (weight + 0.125) / row.Sum(each => each + 0.125)).ToArray())]),
            Draw.Integers(key.At(1), rows, classes));

    public static Gen<Judged> Judged => Gen.OneOf(Binary, Multiclass);

    /// <summary>Targets and outputs of a regression; not so few that the targets could be nearly constant.</summary>
    public static Gen<(Matrix<double> Targets, Matrix<double> Outputs)> Fitted =>
        from rows in Gen.Int[5, 30]
        from columns in Gen.Int[1, 4]
        from targets in Matrix(rows, columns)
        from outputs in Matrix(rows, columns)
        select (targets, outputs);

    private static Vec<double> Shares(Key key, int length, bool coarse) =>
        Vec<double>.Of([.. Draw.Uniform<double>(key, length).Span.ToArray()
            .Select(share => coarse ? Math.Round(8 * share) / 8 : share)]);
}
