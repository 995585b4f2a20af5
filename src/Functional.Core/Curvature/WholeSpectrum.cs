using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Curvature;

/// <summary>Every eigenvalue of a small operator.</summary>
/// <param name="Values">In increasing order, as often as each is there.</param>
/// <param name="Rounding">How far each may be off by rounding: the size of the operator times the precision of its
/// numbers times the largest eigenvalue.</param>
public sealed record WholeSpectrum(Items<double> Values, double Rounding)
{
    /// <summary>The largest.</summary>
    public double Largest => Values[^1];

    /// <summary>The smallest.</summary>
    public double Smallest => Values[0];

    /// <summary>Their sum.</summary>
    public double Trace => Values.Aggregate(0.0, (sum, value) => sum + value);
}

/// <summary>Whole spectra of operators.</summary>
public static class WholeSpectra
{
    /// <summary>The most dimensions of an operator whose whole spectrum is worked out: its matrix is written
    /// down.</summary>
    public const int MostDimensions = 2000;

    extension<T>(LinearOperator<T> map) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>Every eigenvalue, by a product for each dimension and reflections.</summary>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        /// <exception cref="ArgumentException">There are more than <see cref="MostDimensions"/> dimensions.</exception>
        /// <exception cref="ArithmeticException">A number of the matrix is not finite.</exception>
        public WholeSpectrum WholeSpectrum(int threads = 0) => map.WholeSpectrum(0, 0, threads).Whole;

        /// <summary>Every eigenvalue, and those at the ends with their vectors and residuals.</summary>
        /// <param name="top">How many of the largest.</param>
        /// <param name="bottom">How many of the smallest.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        /// <exception cref="ArgumentException">There are more than <see cref="MostDimensions"/> dimensions.</exception>
        /// <exception cref="ArithmeticException">A number of the matrix is not finite.</exception>
        public (WholeSpectrum Whole, Spectrum<T> Ends) WholeSpectrum(int top, int bottom, int threads = 0)
        {
            var matrix = map.Symmetric();
            (top, bottom) = (Math.Min(top, map.Size), Math.Min(bottom, map.Size));
            // Where both ends reach the same vectors, those are worked out once.
            int low = Math.Max(bottom, top + bottom > map.Size ? map.Size - top : 0);
            var (values, lows, highs) = Householder
                .Ends(matrix, low, map.Size - low < top ? map.Size - low : top, Workers.Count(threads));
            double[][] vectors = [.. lows, .. highs];
            double[] found = [.. values[..lows.Length], .. values[^highs.Length..]];
            Eigenpair<T>[] pairs = [.. vectors.Select((vector, i) => Eigenpair<T>.Of(map, found[i], vector))];
            return (
                new([.. values], map.Size * Precision<T>() * Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]))),
                new([.. pairs.TakeLast(top).Reverse()], [.. pairs.Take(bottom)], map.Size + pairs.Length));
        }

        /// <summary>The matrix in double, the mean of it and its transpose: rounding makes a Hessian a little
        /// unsymmetric.</summary>
        internal Matrix<double> Symmetric()
        {
            ArgumentNullException.ThrowIfNull(map);
            if (map.Size > MostDimensions)
                throw new ArgumentException(
                    $"the operator has {map.Size} dimensions; its whole spectrum is for at most {MostDimensions}");
            var matrix = map.ToMatrix();
            return new(map.Size, map.Size, Vec<double>.Create(matrix.Cells.Length, matrix, static (into, matrix) =>
            {
                int n = matrix.Rows;
                for (int row = 0; row < n; row++)
                    for (int column = 0; column <= row; column++)
                        into[row * n + column] = into[column * n + row] = (double.CreateTruncating(matrix[row, column])
                            + double.CreateTruncating(matrix[column, row])) / 2;
            }));
        }
    }

    private static double Precision<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        double.CreateTruncating(T.BitIncrement(T.One) - T.One);
}
