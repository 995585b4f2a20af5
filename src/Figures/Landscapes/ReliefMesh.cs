using Functional.Core.Numbers;
using SkiaSharp;

namespace Functional.Figures;

/// <summary>The surface itself, painted cell by cell from the far side to the near one, so that what is behind is
/// hidden. Between the points of the grid it is smooth (Catmull and Rom, 1974).</summary>
internal sealed class ReliefMesh(Page page, ReliefCamera camera, Matrix<double> losses, AxisRange height)
{
    private const int MostCells = 84, Meshes = 18;
    private readonly int finer = Math.Max(1, MostCells / Math.Max(1, Math.Max(losses.Rows, losses.Columns) - 1));

    public void Paint()
    {
        int across = (losses.Columns - 1) * finer, down = (losses.Rows - 1) * finer;
        var (mesh, shares) = (Math.Max(1, Math.Max(across, down) / Meshes), Shares(across, down));
        foreach (int column in FarToNear(across, camera.NearX))
            foreach (int row in FarToNear(down, camera.NearY))
                Cell(shares, column, row, mesh);
    }

    private void Cell(double[,] shares, int column, int row, int mesh)
    {
        double a = shares[row, column], b = shares[row, column + 1], c = shares[row + 1, column + 1],
            d = shares[row + 1, column];
        if (double.IsNaN(a + b + c + d)) return;
        int rows = shares.GetLength(0) - 1, columns = shares.GetLength(1) - 1;
        SKPoint At(int row, int column, double share) =>
            camera.At(2.0 * column / columns - 1, 2.0 * row / rows - 1, share * camera.Top);
        SKPoint[] corners =
            [At(row, column, a), At(row, column + 1, b), At(row + 1, column + 1, c), At(row + 1, column, d)];
        double slopeX = (b + c - a - d) / 2 * camera.Top * columns / 2,
            slopeY = (c + d - a - b) / 2 * camera.Top * rows / 2;
        var color = Lit(new ColorScale(height, default).AtShare((a + b + c + d) / 4), slopeX, slopeY);
        if (IsFromBelow(corners)) color = ColorScale.Mixed(SKColors.Black, color, 0.6);
        page.Area(corners, color, 0.035f * page.Look.Font); // a little wider: smooth edges leave gaps between cells
        var line = new SKColor(255, 255, 255, 46);
        if (column % mesh == 0) Edge(corners[0], corners[3]);
        if ((column + 1) % mesh == 0) Edge(corners[1], corners[2]);
        if (row % mesh == 0) Edge(corners[0], corners[1]);
        if ((row + 1) % mesh == 0) Edge(corners[3], corners[2]);

        void Edge(SKPoint from, SKPoint to) =>
            page.Line(from.X, from.Y, to.X, to.Y, line, 0.9f * page.Look.Hairline);
    }

    // Corners go round the other way where one sees the surface from below.
    private static bool IsFromBelow(SKPoint[] at) =>
        (at[2].X - at[0].X) * (at[3].Y - at[1].Y) - (at[3].X - at[1].X) * (at[2].Y - at[0].Y) > 0;

    // Lambert's law with some light from everywhere; what is brighter than its colour goes towards white.
    private SKColor Lit(SKColor color, double slopeX, double slopeY)
    {
        var (x, y, z) = camera.Light;
        double light = (z - slopeX * x - slopeY * y) / Math.Sqrt(1 + slopeX * slopeX + slopeY * slopeY);
        double shade = 0.6 + 0.56 * Math.Max(0, light);
        return shade <= 1 ? ColorScale.Mixed(SKColors.Black, color, shade)
            : ColorScale.Mixed(color, SKColors.White, shade - 1);
    }

    private double[,] Shares(int across, int down)
    {
        var coarse = new double[losses.Rows, losses.Columns];
        for (int row = 0; row < losses.Rows; row++)
            for (int column = 0; column < losses.Columns; column++)
                coarse[row, column] = height.Share(losses[row, column]);
        var fine = new double[down + 1, across + 1];
        for (int row = 0; row <= down; row++)
            for (int column = 0; column <= across; column++)
                fine[row, column] = Smooth(coarse, (double)row / finer, (double)column / finer);
        return fine;
    }

    private static double Smooth(double[,] shares, double y, double x)
    {
        int row = Math.Min((int)y, shares.GetLength(0) - 2), column = Math.Min((int)x, shares.GetLength(1) - 2);
        Span<double> rows = stackalloc double[4];
        for (int i = 0; i < 4; i++)
            rows[i] = Spline(
                Of(row + i - 1, column - 1), Of(row + i - 1, column), Of(row + i - 1, column + 1),
                Of(row + i - 1, column + 2), x - column);
        return Math.Clamp(Spline(rows[0], rows[1], rows[2], rows[3], y - row), 0, 1);

        double Of(int row, int column) => shares[
            Math.Clamp(row, 0, shares.GetLength(0) - 1), Math.Clamp(column, 0, shares.GetLength(1) - 1)];
    }

    // From b to c; in a line where a neighbour is not known.
    private static double Spline(double a, double b, double c, double d, double t)
    {
        if (t == 0) return b;
        if (t == 1) return c;
        if (double.IsNaN(a + d)) return b + t * (c - b);
        return b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }

    private static IEnumerable<int> FarToNear(int cells, int near) =>
        near > 0 ? Enumerable.Range(0, cells) : Enumerable.Range(0, cells).Reverse();
}
