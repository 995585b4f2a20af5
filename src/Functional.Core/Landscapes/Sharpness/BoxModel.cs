using Functional.Core.Curvature;

namespace Functional.Core.Landscapes;

/// <summary>
/// The quadratic model of L-BFGS-B around a point x with gradient g, m(z) = g . (z - x) + (z - x) . B (z - x) / 2, and
/// how it is made small within a box. B is the L-BFGS matrix in its compact form, theta I - W M W', with W = [Y, theta
/// S] and M the inverse of [-D, L'; L, theta S'S]. (Byrd, Lu, Nocedal and Zhu, 1995)
/// </summary>
internal sealed class BoxModel
{
    private readonly double theta;
    private readonly double[][] columns; // of W
    private readonly double[][] middle; // M

    private BoxModel(double theta, double[][] columns, double[][] middle) =>
        (this.theta, this.columns, this.middle) = (theta, columns, middle);

    /// <summary>The model of pairs; null where there are none, or rounding leaves no M.</summary>
    public static BoxModel? Of(CurvaturePairs curvature)
    {
        // B does not depend on the lengths of the steps, but the rounding of M does.
        (double[] S, double[] Y)[] pairs = [.. curvature.Pairs.Select(pair => Unit(pair.S, pair.Y))];
        int count = pairs.Length;
        if (count == 0) return null;
        double theta = curvature.Scale;
        var inverse = new double[2 * count][];
        for (int i = 0; i < 2 * count; i++) inverse[i] = new double[2 * count];
        for (int i = 0; i < count; i++)
        {
            inverse[i][i] = -Doubles.Dot(pairs[i].S, pairs[i].Y);
            for (int j = 0; j < count; j++)
                inverse[count + i][count + j] = theta * Doubles.Dot(pairs[i].S, pairs[j].S);
            for (int j = 0; j < i; j++)
                inverse[count + i][j] = inverse[j][count + i] = Doubles.Dot(pairs[i].S, pairs[j].Y);
        }
        double[][] columns =
            [.. pairs.Select(pair => pair.Y), .. pairs.Select(pair => Doubles.Scaled([.. pair.S], theta))];
        return LinearSystem.Of(inverse)?.Inverse() is { } middle ? new(theta, columns, middle) : null;
    }

    /// <summary>Where the model is small: the minimum over the coordinates that are free at the Cauchy point, up to the
    /// wall of the box on the way there; null where rounding leaves none. (The direct primal method, section
    /// 5.1)</summary>
    public double[]? Minimum(double[] x, double[] gradient, Box box)
    {
        var (cauchy, inner) = CauchyPoint(x, gradient, box);
        bool[] isFree = [.. Enumerable.Range(0, x.Length).Select(i => box.IsInside(cauchy, i))];
        // r = g + theta (cauchy - x) - W M W' (cauchy - x), where coordinates are free
        double[] residual = [.. gradient];
        Doubles.Add(theta, CurvaturePairs.Difference(cauchy, x), residual);
        double[] weights = Times(middle, inner);
        for (int j = 0; j < columns.Length; j++) Doubles.Add(-weights[j], columns[j], residual);
        residual = Masked(residual, isFree);
        // -B^-1 r = -r / theta - W (I - M W'W / theta)^-1 M W' r / theta^2 (Sherman, Morrison and Woodbury)
        double[] product = Times(middle, Along(residual));
        double[][] gram = [.. columns.Select(column => Along(Masked(column, isFree)))];
        var system = new double[columns.Length][];
        for (int i = 0; i < system.Length; i++)
        {
            system[i] = [.. gram.Select(column => -Doubles.Dot(middle[i], column) / theta)];
            system[i][i] += 1;
        }
        if (LinearSystem.Of(system)?.Solve(product) is not { } parts) return null;
        double[] step = Doubles.Scaled([.. residual], -1 / theta);
        for (int j = 0; j < columns.Length; j++) Doubles.Add(-parts[j] / (theta * theta), columns[j], step);
        step = Masked(step, isFree);
        Doubles.Add(box.Reach(cauchy, step, most: 1), step, cauchy);
        return box.Clip(cauchy);
    }

    /// <summary>The first minimum of the model along the steepest way down, which follows the walls of the box once it
    /// meets them, and W' (that point - x). (Algorithm CP)</summary>
    public (double[] Point, double[] Inner) CauchyPoint(double[] x, double[] gradient, Box box)
    {
        double[] point = [.. x], along = new double[x.Length], times = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double g = gradient[i];
            times[i] = g < 0 ? (x[i] - box.High[i]) / g : g > 0 ? (x[i] - box.Low[i]) / g : double.PositiveInfinity;
            along[i] = times[i] > 0 ? -g : 0;
        }
        double[] p = Along(along), inner = new double[columns.Length];
        double slope = -Doubles.Dot(along, along), bend = -theta * slope - Form(p, p), least = 1e-16 * bend, time = 0;
        int[] walls = [.. Enumerable.Range(0, x.Length).Where(i => times[i] > 0 && double.IsFinite(times[i]))
            .OrderBy(i => times[i])];
        foreach (int wall in walls)
        {
            double gap = times[wall] - time, g = gradient[wall];
            if (-slope / bend < gap) break;
            point[wall] = g < 0 ? box.High[wall] : box.Low[wall];
            Doubles.Add(gap, p, inner);
            double[] row = [.. columns.Select(column => column[wall])], product = Times(middle, row);
            slope += gap * bend + g * g + g * (theta * (point[wall] - x[wall]) - Doubles.Dot(product, inner));
            bend -= g * (theta * g + 2 * Doubles.Dot(product, p) + g * Doubles.Dot(product, row));
            bend = Math.Max(bend, least);
            Doubles.Add(g, row, p);
            (along[wall], time) = (0, times[wall]);
        }
        double rest = slope < 0 && bend > 0 ? -slope / bend : 0;
        for (int i = 0; i < x.Length; i++)
            if (along[i] != 0) point[i] = x[i] + (time + rest) * along[i];
        Doubles.Add(rest, p, inner);
        return (box.Clip(point), inner);
    }

    private static (double[] S, double[] Y) Unit(double[] s, double[] y)
    {
        double factor = 1 / Doubles.Norm(s);
        return (Doubles.Scaled([.. s], factor), Doubles.Scaled([.. y], factor));
    }

    private double[] Along(double[] vector) => [.. columns.Select(column => Doubles.Dot(column, vector))];

    private double Form(double[] left, double[] right) => Doubles.Dot(left, Times(middle, right));

    private static double[] Times(double[][] matrix, double[] vector) =>
        [.. matrix.Select(row => Doubles.Dot(row, vector))];

    private static double[] Masked(double[] vector, bool[] isKept) =>
        [.. vector.Select((cell, i) => isKept[i] ? cell : 0)];
}
