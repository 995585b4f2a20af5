using Functional.Core.Numbers;

namespace Functional.Core.Landscapes;

/// <summary>Who does what, so that the sum of what it is worth is largest: the assignment problem, by shortest
/// augmenting paths with prices. (Kuhn, 1955; Jonker and Volgenant, 1987)</summary>
public static class Assignment
{
    /// <summary>The column of each row, every column once, with the largest sum of the cells.</summary>
    /// <param name="worth">A square table of finite numbers.</param>
    /// <exception cref="ArgumentException">It is not square, or has a number that is not finite.</exception>
    public static Vec<int> Best(Matrix<double> worth)
    {
        ArgumentNullException.ThrowIfNull(worth);
        int n = worth.Rows;
        if (worth.Columns != n) throw new ArgumentException($"the table is {n} x {worth.Columns}; it should be square");
        if (worth.Cells.Span.ToArray().Any(cell => !double.IsFinite(cell)))
            throw new ArgumentException("the table has a number that is not finite");
        // Row and column n stand for no one: a row is let in by way of that column.
        var (ofRow, ofColumn) = (new double[n + 1], new double[n + 1]); // prices
        var (takenBy, cameFrom) = (new int[n + 1], new int[n + 1]);
        Array.Fill(takenBy, n);
        for (int row = 0; row < n; row++)
        {
            var (least, isDone) = (new double[n + 1], new bool[n + 1]);
            Array.Fill(least, double.PositiveInfinity);
            int column = n;
            takenBy[n] = row;
            while (takenBy[column] != n || column == n)
            {
                isDone[column] = true;
                int at = takenBy[column], next = n;
                double nearest = double.PositiveInfinity;
                for (int other = 0; other < n; other++)
                {
                    if (isDone[other]) continue;
                    double cost = -worth[at, other] - ofRow[at] - ofColumn[other];
                    if (cost < least[other]) (least[other], cameFrom[other]) = (cost, column);
                    if (least[other] < nearest) (nearest, next) = (least[other], other);
                }
                for (int other = 0; other <= n; other++)
                    if (isDone[other]) (ofRow[takenBy[other]], ofColumn[other]) =
                        (ofRow[takenBy[other]] + nearest, ofColumn[other] - nearest);
                    else least[other] -= nearest;
                column = next;
            }
            while (column != n)
            {
                takenBy[column] = takenBy[cameFrom[column]];
                column = cameFrom[column];
            }
            takenBy[n] = n;
        }
        return Vec<int>.Create(n, takenBy, static (into, by) =>
        {
            for (int column = 0; column < into.Length; column++) into[by[column]] = column;
        });
    }
}
