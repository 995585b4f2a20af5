using Functional.Core.Numbers;
using Functional.Core.Numbers.Threads;
using Functional.Core.Randomness;

namespace Functional.Core.Curvature;

/// <summary>
/// All eigenvalues of a symmetric matrix, and its eigenvectors where they are wanted: reflections make it tridiagonal
/// (Householder, 1958), and the QL algorithm does the rest. Only exactly specified operations, in one order.
/// </summary>
internal static class Householder
{
    // Of a matrix whose largest number is between 1 and 2: far below its rounding, far above the least square.
    private const double Nothing = 1e-60;
    private const int WorthSharing = 128; // rows below which one thread is as fast

    /// <summary>The eigenvalues in increasing order. Each is as near as rounding allows: within a few times the size of
    /// the matrix times <c>2^-52</c> times the largest.</summary>
    /// <exception cref="ArithmeticException">A number is not finite.</exception>
    public static double[] Values(Matrix<double> matrix, int threads = 1)
    {
        var (diagonal, below, _, exponent) = Reduced(matrix, threads);
        return Unscaled(Tridiagonal.Eigen(diagonal, below, []).Values, exponent);
    }

    /// <summary>The eigenvalues in increasing order, and the eigenvectors of the first <paramref name="low"/> and the
    /// last <paramref name="high"/> of them.</summary>
    /// <exception cref="ArithmeticException">A number is not finite.</exception>
    public static (double[] Values, double[][] Low, double[][] High) Ends(
        Matrix<double> matrix, int low, int high, int threads = 1)
    {
        var (diagonal, below, mirrors, exponent) = Reduced(matrix, threads);
        double[] values = Tridiagonal.Eigen(diagonal, below, []).Values;
        low = Math.Min(low, values.Length);
        high = Math.Min(high, values.Length - low);
        var starts = Key.FromSeed(0).For(Purpose.Landscape);
        double[][] vectors = Tridiagonal.Vectors(
            diagonal, below, [.. values[..low], .. values[^high..]],
            [.. Enumerable.Range(0, low + high).Select(
                i => Draw.Normal<double>(starts.At((uint)i), values.Length).ToArray())]);
        foreach (double[] vector in vectors)
            foreach (var (first, mirror) in Enumerable.Reverse(mirrors)) Reflect(mirror, vector.AsSpan(first));
        return (Unscaled(values, exponent), vectors[..low], vectors[low..]);
    }

    /// <summary>The eigenvalues in increasing order, and the eigenvector of each.</summary>
    /// <exception cref="ArithmeticException">A number is not finite.</exception>
    public static (double[] Values, double[][] Vectors) Eigen(Matrix<double> matrix, int threads = 1)
    {
        int n = matrix.Rows;
        var (diagonal, below, mirrors, exponent) = Reduced(matrix, threads);
        var (values, rows) = Tridiagonal.Eigen(diagonal, below, Tridiagonal.Unit(n));
        double[][] vectors = [.. Enumerable.Range(0, n).Select(j => rows.Select(row => row[j]).ToArray())];
        foreach (double[] vector in vectors)
            foreach (var (first, mirror) in Enumerable.Reverse(mirrors)) Reflect(mirror, vector.AsSpan(first));
        return (Unscaled(values, exponent), vectors);
    }

    // Row k of the matrix is left with one number beside its diagonal by a reflection of rows and columns k + 1 on. The
    // matrix is divided by a power of two first, so that no square is lost.
    private static (double[] Diagonal, double[] Below, List<(int First, double[] Mirror)> Mirrors,
        int Exponent) Reduced(
        Matrix<double> matrix, int threads)
    {
        int n = matrix.Rows;
        double size = 0;
        foreach (double cell in matrix.Cells.Span) size = Math.Max(size, Math.Abs(cell));
        int exponent = size > 0 && double.IsFinite(size) ? double.ILogB(size) : 0;
        double[][] rows =
        [
            .. Enumerable.Range(0, n)
                .Select(row => matrix.Row(row).ToArray().Select(cell => double.ScaleB(cell, -exponent)).ToArray()),
        ];
        var (diagonal, below) = (new double[n], new double[Math.Max(0, n - 1)]);
        var mirrors = new List<(int, double[])>();
        for (int k = 0; k < n; k++)
        {
            diagonal[k] = rows[k][k];
            if (k == n - 1) break;
            double[] mirror = rows[k][(k + 1)..];
            double length = Doubles.Norm(mirror), beyond = Doubles.Norm(mirror.AsSpan(1));
            if (length <= Nothing) continue;
            below[k] = beyond <= Nothing ? mirror[0] : mirror[0] > 0 ? -length : length;
            if (beyond <= Nothing) continue;
            mirror[0] -= below[k];
            Doubles.Scaled(mirror, Math.Sqrt(2) / Doubles.Norm(mirror)); // the reflection is 1 - m m'
            mirrors.Add((k + 1, mirror));
            var along = new double[mirror.Length];
            var products = new Products(rows, k + 1, mirror, along);
            int helpers = mirror.Length < WorthSharing ? 1 : threads;
            Workers.Share(ref products, mirror.Length, helpers);
            Doubles.Add(-Doubles.Dot(mirror, along) / 2, mirror, along);
            var update = new Update(rows, k + 1, mirror, along);
            Workers.Share(ref update, mirror.Length, helpers);
        }
        return (diagonal, below, mirrors, exponent);
    }

    private static double[] Unscaled(double[] values, int exponent) =>
        [.. values.Select(value => double.ScaleB(value, exponent))];

    private static void Reflect(double[] mirror, Span<double> vector) =>
        Doubles.Add(-Doubles.Dot(mirror, vector), mirror, vector);

    // along = A m
    private readonly struct Products(double[][] rows, int first, double[] mirror, double[] along) : IParts
    {
        public void Run(int part, int parts) =>
            along[part] = Doubles.Dot(rows[first + part].AsSpan(first), mirror);
    }

    // A - m w' - w m'
    private readonly struct Update(double[][] rows, int first, double[] mirror, double[] along) : IParts
    {
        public void Run(int part, int parts)
        {
            var row = rows[first + part].AsSpan(first);
            Doubles.Add(-mirror[part], along, row);
            Doubles.Add(-along[part], mirror, row);
        }
    }
}
