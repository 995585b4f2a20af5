using System.Numerics;

namespace Functional.Core.Numbers;

/// <summary>Vectors of a kind that is inferred, and from collection expressions:
/// <c>Vec&lt;double&gt; x = [1, 2, 3]</c>.</summary>
public static class Vec
{
    /// <summary>A copy of <paramref name="numbers"/>.</summary>
    public static Vec<T> Of<T>(params ReadOnlySpan<T> numbers) where T : unmanaged, INumberBase<T> =>
        Vec<T>.Of(numbers);
}

/// <summary>Tables of a kind that is inferred.</summary>
public static class Matrix
{
    /// <summary>A copy of a two-dimensional array: its first index is the row.</summary>
    public static Matrix<T> Of<T>(T[,] cells) where T : unmanaged, INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(cells);
        return new(cells.GetLength(0), cells.GetLength(1), Vec<T>.Of([.. cells.Cast<T>()]));
    }
}

/// <summary>To and from the types of MathNet.Numerics, whose matrices are column-major and can be written: every
/// conversion copies.</summary>
public static class MathNetConversions
{
    extension<T>(Vec<T> vector) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>The same numbers as a dense vector of MathNet.</summary>
        public MathNet.Numerics.LinearAlgebra.Vector<T> ToMathNet() =>
            MathNet.Numerics.LinearAlgebra.Vector<T>.Build.DenseOfArray(vector.ToArray());
    }

    extension<T>(Matrix<T> matrix) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>The same numbers as a dense matrix of MathNet.</summary>
        public MathNet.Numerics.LinearAlgebra.Matrix<T> ToMathNet() =>
            MathNet.Numerics.LinearAlgebra.Matrix<T>.Build.DenseOfArray(matrix.ToArray());
    }

    extension<T>(MathNet.Numerics.LinearAlgebra.Vector<T> vector) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>The same numbers as a vector that never changes.</summary>
        public Vec<T> ToVec() => Vec<T>.Of(vector.ToArray());
    }

    extension<T>(MathNet.Numerics.LinearAlgebra.Matrix<T> matrix) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>The same numbers as a table that never changes.</summary>
        public Matrix<T> ToMatrix() => Matrix.Of(matrix.ToArray());
    }
}
