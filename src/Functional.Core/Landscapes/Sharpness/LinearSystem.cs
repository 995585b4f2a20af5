using Functional.Core.Curvature;

namespace Functional.Core.Landscapes;

/// <summary>A small system of linear equations, solved by Gaussian elimination with partial pivoting. Only exactly
/// specified operations, in one order.</summary>
internal sealed class LinearSystem
{
    private readonly double[][] rows; // the factors L and U of the rows in their new order
    private readonly int[] order;

    private LinearSystem(double[][] rows, int[] order) => (this.rows, this.order) = (rows, order);

    /// <summary>The system of a square matrix, row by row; null where a pivot is zero or not finite, as the matrix is
    /// singular.</summary>
    public static LinearSystem? Of(double[][] matrix)
    {
        double[][] rows = [.. matrix.Select(row => row.ToArray())];
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        for (int k = 0; k < rows.Length; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < rows.Length; i++)
                if (Math.Abs(rows[i][k]) > Math.Abs(rows[pivot][k])) pivot = i;
            (rows[k], rows[pivot]) = (rows[pivot], rows[k]);
            (order[k], order[pivot]) = (order[pivot], order[k]);
            if (rows[k][k] == 0 || !double.IsFinite(rows[k][k])) return null;
            for (int i = k + 1; i < rows.Length; i++)
            {
                rows[i][k] /= rows[k][k];
                if (k + 1 < rows.Length) Doubles.Add(-rows[i][k], rows[k].AsSpan(k + 1), rows[i].AsSpan(k + 1));
            }
        }
        return new(rows, order);
    }

    /// <summary>The solution of M x = right.</summary>
    public double[] Solve(double[] right)
    {
        double[] x = [.. order.Select(i => right[i])];
        for (int i = 0; i < x.Length; i++)
            for (int j = 0; j < i; j++) x[i] -= rows[i][j] * x[j];
        for (int i = x.Length - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < x.Length; j++) x[i] -= rows[i][j] * x[j];
            x[i] /= rows[i][i];
        }
        return x;
    }

    /// <summary>The inverse, row by row.</summary>
    public double[][] Inverse()
    {
        double[][] columns = [.. Enumerable.Range(0, rows.Length).Select(j =>
        {
            var unit = new double[rows.Length];
            unit[j] = 1;
            return Solve(unit);
        })];
        return [.. Enumerable.Range(0, rows.Length).Select(i => columns.Select(column => column[i]).ToArray())];
    }
}
