using CsCheck;
using Functional;
using Functional.Core.Curvature;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Generators;

namespace Properties.Curvature;

/// <summary>Operators to look at, and MathNet as a second opinion on their eigenvalues.</summary>
internal static class Spectrums
{
    /// <summary>The Hessian of a smooth loss of a random network.</summary>
    public static readonly Gen<(Network<double> Network, Loss Loss, Samples<double> Samples)> Losses =
        from network in Any.SmoothNetwork.Where(network => network.Parameters.Length > 0)
        from loss in Any.SmoothLoss
        from rows in Gen.Int[1, 5]
        from samples in Any.Samples(network.Architecture, loss, rows)
        select (network, loss, samples);

    public static readonly Gen<LinearOperator<double>> Hessian =
        Losses.Select(of => of.Network.Hessian(of.Loss, of.Samples));

    /// <summary>A symmetric matrix whose eigenvalues are a few numbers, each several times.</summary>
    public static readonly Gen<Matrix<double>> WithRepetitions =
        from key in Any.Key
        from size in Gen.Int[1, 40]
        from levels in Gen.Double[-3, 3].Array[1, 5]
        select Rotated(key, [.. Enumerable.Range(0, size).Select(i => levels[i % levels.Length])]);

    /// <summary>Q' diag Q for a random orthogonal Q.</summary>
    public static Matrix<double> Rotated(Key key, double[] eigenvalues)
    {
        int size = eigenvalues.Length;
        var random = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(
            size, size, Draw.Normal<double>(key, size * size).Span.ToArray());
        var q = random.QR().Q;
        var full =
            q * MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfDiagonalArray(eigenvalues) * q.Transpose();
        double[] cells = [.. from row in Enumerable.Range(0, size)
                             from column in Enumerable.Range(0, size)
                             select (full[row, column] + full[column, row]) / 2];
        return new(size, size, Vec<double>.Of(cells));
    }

    /// <summary>The eigenvalues in increasing order, by MathNet.</summary>
    public static double[] Exact(Matrix<double> matrix) =>
    [
        .. MathNet.Numerics.LinearAlgebra.Matrix<double>.Build
            .Dense(matrix.Rows, matrix.Columns, (row, column) => (matrix[row, column] + matrix[column, row]) / 2)
            .Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Order(),
    ];
}
