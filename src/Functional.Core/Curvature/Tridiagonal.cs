namespace Functional.Core.Curvature;

/// <summary>
/// A symmetric tridiagonal matrix and its eigenvalues, by the implicit QL algorithm with Wilkinson's shifts. (Bowdler,
/// Martin, Reinsch and Wilkinson, 1968; procedure tql2) Only exactly specified operations: + - * /, square root and
/// comparisons of doubles, in one order.
/// </summary>
internal static class Tridiagonal
{
    private const int MostSweeps = 60; // of one eigenvalue; two or three are usual
    private const double Rounding = 5.5511151231257827e-17; // 2^-54

    /// <summary>The eigenvalues in increasing order, and what the rows of <paramref name="rows"/> become in the basis
    /// of the eigenvectors: with the unit matrix the eigenvectors themselves (column j belongs to eigenvalue j), with
    /// its first row their first components.</summary>
    /// <param name="diagonal">n numbers.</param>
    /// <param name="below">n - 1 numbers, beside the diagonal.</param>
    /// <param name="rows">Rows of n numbers each.</param>
    /// <exception cref="ArithmeticException">A number is not finite.</exception>
    public static (double[] Values, double[][] Rows) Eigen(
        ReadOnlySpan<double> diagonal, ReadOnlySpan<double> below, IEnumerable<double[]> rows)
    {
        int n = diagonal.Length;
        double[] d = diagonal.ToArray(), e = new double[n];
        below[..Math.Max(0, n - 1)].CopyTo(e);
        double[][] turned = [.. rows.Select(row => (double[])row.Clone())];
        double size = 0;
        for (int i = 0; i < n; i++) size = Math.Max(size, Math.Abs(d[i]) + Math.Abs(e[i]));
        for (int low = 0; low < n; low++)
            for (int sweep = 0; Split(d, e, low, Rounding * size) is var high && high > low; sweep++)
            {
                if (sweep == MostSweeps) throw new ArithmeticException(
                    "the tridiagonal matrix has numbers that are not finite");
                Sweep(d, e, low, high, turned);
            }
        return Sorted(d, turned);
    }

    /// <summary>Unit eigenvectors of some eigenvalues, at right angles to each other, by inverse iteration from the
    /// start of each. (Wilkinson, 1965)</summary>
    /// <param name="diagonal">n numbers.</param>
    /// <param name="below">n - 1 numbers, beside the diagonal.</param>
    /// <param name="values">Eigenvalues, in increasing order.</param>
    /// <param name="starts">A vector for each of them, not at right angles to what is looked for.</param>
    public static double[][] Vectors(double[] diagonal, double[] below, double[] values, double[][] starts)
    {
        const int Solves = 4; // two are enough, but for close eigenvalues
        double size = 0;
        for (int i = 0; i < diagonal.Length; i++)
            size = Math.Max(size, Math.Abs(diagonal[i]) + (i < below.Length ? Math.Abs(below[i]) : 0));
        double apart = 4 * Rounding * (size == 0 ? 1 : size), shift = double.NegativeInfinity;
        var found = new List<double[]>();
        for (int k = 0; k < values.Length; k++)
        {
            shift = Math.Max(values[k], shift + apart); // equal eigenvalues are told apart by less than rounding
            double[] vector = starts[k];
            for (int solve = 0; solve < Solves; solve++)
            {
                vector = Solved(diagonal, below, shift, apart, Doubles.Scaled(vector, 1 / Doubles.Norm(vector)));
                Doubles.Scaled(vector, 1 / vector.Max(Math.Abs)); // its square may be beyond all numbers
                for (int pass = 0; pass < 2; pass++)
                    foreach (double[] other in found) Doubles.Add(-Doubles.Dot(other, vector), other, vector);
            }
            found.Add(Doubles.Scaled(vector, 1 / Doubles.Norm(vector)));
        }
        return [.. found];
    }

    // x of (T - shift) x = b by elimination with row interchanges; a pivot that is nothing becomes a little.
    private static double[] Solved(double[] diagonal, double[] below, double shift, double little, double[] b)
    {
        int n = diagonal.Length;
        double[] x = [.. b], a = [.. diagonal.Select(value => value - shift)], u = [.. below, 0], v = new double[n];
        for (int k = 0; k + 1 < n; k++)
        {
            double under = below[k];
            if (Math.Abs(under) > Math.Abs(a[k]))
            {
                double factor = a[k] / under;
                (a[k], u[k], v[k], a[k + 1], u[k + 1]) =
                    (under, a[k + 1], u[k + 1], u[k] - factor * a[k + 1], -factor * u[k + 1]);
                (x[k], x[k + 1]) = (x[k + 1], x[k] - factor * x[k + 1]);
            }
            else
            {
                if (a[k] == 0) a[k] = little;
                double factor = under / a[k];
                a[k + 1] -= factor * u[k];
                x[k + 1] -= factor * x[k];
            }
        }
        for (int k = n - 1; k >= 0; k--)
        {
            if (k + 1 < n) x[k] -= u[k] * x[k + 1];
            if (k + 2 < n) x[k] -= v[k] * x[k + 2];
            x[k] /= a[k] == 0 ? little : a[k];
        }
        return x;
    }

    /// <summary>The unit matrix.</summary>
    public static IEnumerable<double[]> Unit(int n) => Enumerable.Range(0, n).Select(i =>
    {
        var row = new double[n];
        row[i] = 1;
        return row;
    });

    // Where the matrix falls apart first from a place on: the number beside the diagonal is lost in those on it, or in
    // what the matrix as a whole was rounded by.
    private static int Split(double[] d, double[] e, int low, double rounding)
    {
        int high = low;
        while (high < d.Length - 1)
        {
            double scale = Math.Abs(d[high]) + Math.Abs(d[high + 1]);
            if (scale + Math.Abs(e[high]) == scale || Math.Abs(e[high]) <= rounding) break;
            high++;
        }
        return high;
    }

    // One step of QL with implicit shift on rows and columns low to high.
    private static void Sweep(double[] d, double[] e, int low, int high, double[][] rows)
    {
        double g = (d[low + 1] - d[low]) / (2 * e[low]), r = Hypotenuse(g, 1);
        g = d[high] - d[low] + e[low] / (g + (g < 0 ? -r : r));
        double s = 1, c = 1, p = 0;
        for (int i = high - 1; i >= low; i--)
        {
            double f = s * e[i], b = c * e[i];
            e[i + 1] = r = Hypotenuse(f, g);
            if (r == 0) // falls apart here
            {
                d[i + 1] -= p;
                e[high] = 0;
                return;
            }
            (s, c) = (f / r, g / r);
            g = d[i + 1] - p;
            r = (d[i] - g) * s + 2 * c * b;
            p = s * r;
            d[i + 1] = g + p;
            g = c * r - b;
            foreach (double[] row in rows)
            {
                double next = row[i + 1];
                row[i + 1] = s * row[i] + c * next;
                row[i] = c * row[i] - s * next;
            }
        }
        d[low] -= p;
        e[low] = g;
        e[high] = 0;
    }

    private static double Hypotenuse(double x, double y)
    {
        double large = Math.Max(Math.Abs(x), Math.Abs(y)), small = Math.Min(Math.Abs(x), Math.Abs(y));
        if (large == 0) return 0;
        double ratio = small / large;
        return large * Math.Sqrt(1 + ratio * ratio);
    }

    private static (double[], double[][]) Sorted(double[] values, double[][] rows)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])]; // equals in their own order
        return ([.. order.Select(i => values[i])], [.. rows.Select(row => order.Select(i => row[i]).ToArray())]);
    }
}
