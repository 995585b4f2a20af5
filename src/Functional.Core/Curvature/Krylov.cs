using System.Numerics;

namespace Functional.Core.Curvature;

/// <summary>
/// An orthonormal basis of the space that an operator spans from a start, b, A b, A A b ..., in which the operator is a
/// tridiagonal matrix. (Lanczos, 1950) Each vector is made orthogonal to all before it, twice, so that rounding
/// brings no eigenvalue back that was found already. (Parlett, 1980) The basis is in double whatever the operator's
/// precision.
/// </summary>
internal sealed class Krylov<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Of the operator's size: what is left of the product with a vector where the space holds it already. A smaller
    // rest is rounding, and a space that went on from it would leave what it is to be orthogonal to.
    private const double Nothing = 1e-14;

    private readonly LinearOperator<T> map;
    private readonly IReadOnlyList<double[]> apart;
    private readonly List<double[]> basis = [];
    private readonly List<double> diagonal = [], below = [];
    private double size; // of the largest eigenvalue so far

    /// <param name="map">The operator.</param>
    /// <param name="start">Where the space begins; any length.</param>
    /// <param name="apart">Unit vectors that the space is to be orthogonal to.</param>
    /// <param name="size">Of the largest eigenvalue, as far as it is known.</param>
    public Krylov(
        LinearOperator<T> map, ReadOnlySpan<double> start, IReadOnlyList<double[]> apart, double size = 0)
    {
        (this.map, this.apart, this.size) = (map, apart, size);
        double[] first = start.ToArray();
        Orthogonalize(first);
        double norm = Doubles.Norm(first);
        if (norm > 0) basis.Add(Doubles.Scaled(first, 1 / norm));
    }

    /// <summary>How many dimensions the space has so far.</summary>
    public int Steps => diagonal.Count;

    /// <summary>Whether nothing is left outside the space that the start leads to.</summary>
    public bool IsWhole => basis.Count == diagonal.Count;

    /// <summary>The number below the last one on the diagonal: what the space does not hold of A times its last
    /// vector.</summary>
    public double Rest => below.Count == 0 ? 0 : below[^1];

    /// <summary>One dimension more.</summary>
    public void Step()
    {
        double[] last = basis[^1], next = Product(map, last);
        double along = Doubles.Dot(last, next);
        diagonal.Add(along);
        size = Math.Max(size, Math.Abs(along) + Rest);
        Orthogonalize(next);
        double norm = Doubles.Norm(next);
        bool isNothing = norm <= Nothing * size * Math.Sqrt(next.Length) || basis.Count + apart.Count >= map.Size;
        below.Add(isNothing ? 0 : norm);
        if (!isNothing) basis.Add(Doubles.Scaled(next, 1 / norm));
    }

    /// <summary>The eigenvalues of the tridiagonal matrix, in increasing order, and its eigenvectors as
    /// columns.</summary>
    public (double[] Values, double[][] Vectors) Eigen() => Tridiagonal.Eigen(
        [.. diagonal], [.. below.SkipLast(1)], Tridiagonal.Unit(Steps));

    /// <summary>The same with the first and the last components of the eigenvectors alone.</summary>
    public (double[] Values, double[] First, double[] Last) EigenEnds()
    {
        double[] first = new double[Steps], last = new double[Steps];
        (first[0], last[^1]) = (1, 1);
        var (values, rows) = Tridiagonal.Eigen([.. diagonal], [.. below.SkipLast(1)], [first, last]);
        return (values, rows[0], rows[1]);
    }

    /// <summary>A combination of the basis, of length 1.</summary>
    public double[] Combined(Func<int, double> component)
    {
        var sum = new double[map.Size];
        for (int i = 0; i < Steps; i++) Doubles.Add(component(i), basis[i], sum);
        return Doubles.Scaled(sum, 1 / Doubles.Norm(sum));
    }

    /// <summary>A v, in double.</summary>
    public static double[] Product(LinearOperator<T> map, double[] vector) =>
        Doubles.Of(map.Apply(Doubles.To<T>(vector)));

    // The classical way of Gram and Schmidt, twice, which is enough. (Giraud, Langou and Rozloznik, 2005)
    private void Orthogonalize(double[] vector)
    {
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (double[] other in apart) Doubles.Add(-Doubles.Dot(other, vector), other, vector);
            foreach (double[] other in basis) Doubles.Add(-Doubles.Dot(other, vector), other, vector);
        }
    }
}
