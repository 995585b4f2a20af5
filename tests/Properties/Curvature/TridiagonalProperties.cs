using CsCheck;
using Functional.Core.Curvature;
using Xunit;

namespace Properties.Curvature;

/// <summary>Eigenvalues of tridiagonal matrices, beside MathNet's and beside themselves.</summary>
public sealed class TridiagonalProperties
{
    private static readonly Gen<(double[] Diagonal, double[] Below)> Any =
        from size in Gen.Int[1, 30]
        from diagonal in Gen.OneOf(Gen.Double[-10, 10], Gen.Const(1.0)).Array[size]
        from below in Gen.OneOf(Gen.Double[-3, 3], Gen.Const(0.0), Gen.Double[-1e-9, 1e-9]).Array[size - 1]
        select (diagonal, below);

    [Fact]
    public void Eigenvalues_are_those_of_the_matrix_and_in_order() => Any.Sample((diagonal, below) =>
    {
        var (values, _) = Tridiagonal.Eigen(diagonal, below, []);
        double[] exact = Exact(diagonal, below);
        return values.Zip(exact, (x, y) => Math.Abs(x - y)).All(off => off <= 1e-12 * 16)
            && values.Order().SequenceEqual(values);
    });

    [Fact]
    public void The_matrix_is_what_its_eigenvectors_and_values_make() => Any.Sample((diagonal, below) =>
    {
        int n = diagonal.Length;
        var (values, vectors) = Tridiagonal.Eigen(diagonal, below, Tridiagonal.Unit(n));
        double Cell(int row, int column) =>
            Enumerable.Range(0, n).Sum(k => vectors[row][k] * values[k] * vectors[column][k]);
        return (from row in Enumerable.Range(0, n)
                from column in Enumerable.Range(0, n)
                let wanted = row == column ? diagonal[row]
                    : Math.Abs(row - column) == 1 ? below[Math.Min(row, column)] : 0
                select Math.Abs(Cell(row, column) - wanted)).All(off => off <= 1e-12 * 20);
    });

    [Fact]
    public void Numbers_that_are_not_finite_are_refused() => Assert.Throws<ArithmeticException>(() =>
        Tridiagonal.Eigen([1, double.NaN, 2], [1, 1], []));

    private static double[] Exact(double[] diagonal, double[] below) =>
    [
        .. MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(diagonal.Length, diagonal.Length, (row, column) =>
                row == column ? diagonal[row] : Math.Abs(row - column) == 1 ? below[Math.Min(row, column)] : 0)
            .Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Order(),
    ];
}
