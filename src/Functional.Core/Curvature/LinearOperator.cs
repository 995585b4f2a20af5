using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Products;
using Functional.Core.Passes;

namespace Functional.Core.Curvature;

/// <summary>A symmetric linear map of a vector space into itself, known by what it does to vectors: a Hessian that is
/// never written down, or a matrix.</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
public abstract class LinearOperator<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many dimensions the space has.</summary>
    public abstract int Size { get; }

    /// <summary>A v of each vector. Each result has the bits that it has alone.</summary>
    /// <param name="vectors">Vectors of <see cref="Size"/> numbers.</param>
    /// <exception cref="ArgumentException">One has another length.</exception>
    public IReadOnlyList<Vec<T>> Apply(IReadOnlyList<Vec<T>> vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        foreach (var vector in vectors)
            if (vector.Length != Size)
                throw new ArgumentException(
                    $"a vector has {vector.Length} numbers; it should have {Size}", nameof(vectors));
        return vectors.Count == 0 ? [] : Products(vectors);
    }

    /// <summary>A v.</summary>
    public Vec<T> Apply(Vec<T> vector) => Apply([vector])[0];

    /// <summary>The products with vectors of the right length, at least one.</summary>
    protected abstract IReadOnlyList<Vec<T>> Products(IReadOnlyList<Vec<T>> vectors);

    /// <summary>The operator of a symmetric matrix.</summary>
    /// <exception cref="ArgumentException">It is not square, or not symmetric to the bit.</exception>
    public static LinearOperator<T> Of(Matrix<T> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new MatrixOperator<T>(matrix);
    }

    /// <summary>The block of some dimensions: rows and columns <paramref name="first"/> to before
    /// <paramref name="first"/> + <paramref name="count"/>, such as those of one layer's parameters.</summary>
    public LinearOperator<T> Block(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Size - first);
        return new BlockOperator<T>(this, first, count);
    }

    /// <summary>The matrix, column by column, a product for each dimension; for small operators.</summary>
    /// <exception cref="ArgumentException">It would have more numbers than a table may have.</exception>
    public Matrix<T> ToMatrix()
    {
        TableSize.Require("a matrix", Size, Size);
        var cells = new T[Size * Size];
        for (int first = 0; first < Size; first += Together)
        {
            var axes = Enumerable.Range(first, Math.Min(Together, Size - first)).Select(Axis).ToArray();
            foreach (var (index, product) in Apply(axes).Index())
                for (int row = 0; row < Size; row++) cells[row * Size + first + index] = product[row];
        }
        return new(Size, Size, Vec<T>.Freeze(cells));
    }

    private const int Together = 64; // vectors at once, which bounds the memory of products

    private Vec<T> Axis(int i)
    {
        var axis = new T[Size];
        axis[i] = T.One;
        return Vec<T>.Freeze(axis);
    }
}

/// <summary>A matrix as an operator.</summary>
internal sealed class MatrixOperator<T> : LinearOperator<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Matrix<T> matrix;

    public MatrixOperator(Matrix<T> matrix)
    {
        if (matrix.Rows != matrix.Columns)
            throw new ArgumentException($"the matrix is {matrix.Rows} x {matrix.Columns}; it should be square");
        for (int row = 0; row < matrix.Rows; row++)
            for (int column = 0; column < row; column++)
                if (matrix[row, column] != matrix[column, row])
                    throw new ArgumentException($"the matrix has {matrix[row, column]} in row {row + 1}, column "
                        + $"{column + 1} and {matrix[column, row]} in row {column + 1}, column {row + 1}; it should "
                        + $"be symmetric");
        this.matrix = matrix;
    }

    public override int Size => matrix.Rows;

    protected override IReadOnlyList<Vec<T>> Products(IReadOnlyList<Vec<T>> vectors) =>
        [.. vectors.Select(vector => Vec<T>.Create(Size, (matrix, vector), static (into, of) =>
            MatMul.Multiply<T>(
                of.matrix.Cells.Span, of.vector.Span, [T.Zero], into, of.matrix.Rows, of.matrix.Columns, 1,
                threads: 1)))];
}

/// <summary>
/// Some dimensions of an operator: vectors that are zero elsewhere, of whose products the rest is dropped.
/// </summary>
internal sealed class BlockOperator<T>(LinearOperator<T> whole, int first, int count) : LinearOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override int Size => count;

    protected override IReadOnlyList<Vec<T>> Products(IReadOnlyList<Vec<T>> vectors) =>
        [.. whole.Apply([.. vectors.Select(Padded)]).Select(product => Vec<T>.Of(product.Span.Slice(first, count)))];

    private Vec<T> Padded(Vec<T> vector)
    {
        var padded = new T[whole.Size];
        vector.Span.CopyTo(padded.AsSpan(first));
        return Vec<T>.Freeze(padded);
    }
}
