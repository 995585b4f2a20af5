using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;

namespace Functional.Core.Networks;

/// <summary>Random orthonormal rows, every direction as likely as any other: normal numbers, made orthogonal row by
/// row. (Gram and Schmidt, twice, which keeps all digits: Giraud, Langou and Rozloznik, 2005)</summary>
internal static class RandomOrthogonal
{
    /// <summary>A matrix whose rows (where there are fewer of them than columns), else whose columns, are
    /// orthonormal; row by row.</summary>
    public static double[] Draw(Key key, int rows, int columns)
    {
        var (few, wide) = (Math.Min(rows, columns), Math.Max(rows, columns));
        double[] vectors = Randomness.Draw.Normal<double>(key, few * wide).Span.ToArray();
        for (int i = 0; i < few; i++)
        {
            var vector = vectors.AsSpan(i * wide, wide);
            for (int pass = 0; pass < 2; pass++)
                for (int j = 0; j < i; j++)
                {
                    var other = vectors.AsSpan(j * wide, wide);
                    Elementwise.Zip(new MultiplyAdd<double>(-Reduce.Dot<double>(vector, other)), other, vector, vector);
                }
            Elementwise.Map(new Scale<double>(1 / Math.Sqrt(Reduce.Dot<double>(vector, vector))), vector, vector);
        }
        return rows <= columns ? vectors : Transposed(vectors, few, wide);
    }

    private static double[] Transposed(double[] matrix, int rows, int columns)
    {
        var turned = new double[matrix.Length];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                turned[j * rows + i] = matrix[i * columns + j];
        return turned;
    }
}
