using Functional.Core.Curvature;
using Functional.Core.Randomness;

namespace Functional.Core.Landscapes;

/// <summary>A random subspace: an n x p matrix A with entries from the bell curve. Column j is drawn from
/// <c>key.At(j)</c>; where the matrix is too large to keep, its columns are drawn whenever they are needed.</summary>
internal sealed class RandomSubspace
{
    private const long MostKept = 1 << 25; // numbers, 256 MiB
    private const int Refinements = 3;

    private readonly int rows, columns;
    private readonly Key key;
    private readonly double[][]? kept;

    /// <summary>The matrix.</summary>
    /// <exception cref="ArgumentException">It would have no columns, or more columns than rows.</exception>
    public RandomSubspace(int rows, int columns, Key key)
    {
        if (columns < 1 || columns > rows)
            throw new ArgumentException(
                $"a subspace of {columns} dimensions is wanted; it should have 1 to {rows}, the number of parameters");
        (this.rows, this.columns, this.key) = (rows, columns, key);
        if ((long)rows * columns <= MostKept) kept = [.. Enumerable.Range(0, columns).Select(Drawn)];
    }

    /// <summary>A z.</summary>
    public double[] Times(double[] z)
    {
        var product = new double[rows];
        for (int j = 0; j < columns; j++) Doubles.Add(z[j], Column(j), product);
        return product;
    }

    /// <summary>A' v.</summary>
    public double[] TransposedTimes(double[] v) =>
        [.. Enumerable.Range(0, columns).Select(j => Doubles.Dot(Column(j), v))];

    /// <summary>A+ x, the z with the least |A z - x|: by the normal equations A'A z = A'x, whose solution is
    /// corrected by that of its residual, A'A dz = A'(x - A z).</summary>
    public double[] LeastSquares(double[] x)
    {
        var normal = new double[columns][];
        for (int i = 0; i < columns; i++) normal[i] = new double[columns];
        for (int i = 0; i < columns; i++)
        {
            double[] column = Column(i);
            for (int j = 0; j <= i; j++) normal[i][j] = normal[j][i] = Doubles.Dot(column, Column(j));
        }
        var system = LinearSystem.Of(normal)
            ?? throw new InvalidOperationException("the columns of a random matrix are not independent");
        double[] z = system.Solve(TransposedTimes(x));
        for (int i = 0; i < Refinements; i++)
            Doubles.Add(1, system.Solve(TransposedTimes(CurvaturePairs.Difference(x, Times(z)))), z);
        return z;
    }

    private double[] Column(int j) => kept?[j] ?? Drawn(j);

    private double[] Drawn(int j) => Draw.Normal<double>(key.At((uint)j), rows).ToArray();
}
