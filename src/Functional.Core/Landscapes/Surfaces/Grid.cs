namespace Functional.Core.Landscapes;

/// <summary>The points at which a surface is measured: so many across and so many up, evenly spread.</summary>
/// <param name="Columns">Points along x; at least 2.</param>
/// <param name="Rows">Points along y; at least 2.</param>
/// <param name="Left">The least x.</param>
/// <param name="Right">The largest x.</param>
/// <param name="Bottom">The least y.</param>
/// <param name="Top">The largest y.</param>
public sealed record Grid(int Columns, int Rows, double Left, double Right, double Bottom, double Top)
{
    /// <summary>A square grid, from -1 to 1 on both axes unless said otherwise.</summary>
    public static Grid Square(int points, double low = -1, double high = 1) =>
        new(points, points, low, high, low, high);

    /// <summary>A square grid from -1 to 1.</summary>
    public static implicit operator Grid(int points) => Square(points);

    /// <summary>Every x, from the least.</summary>
    public Items<double> Xs => Spread(Columns, Left, Right);

    /// <summary>Every y, from the least.</summary>
    public Items<double> Ys => Spread(Rows, Bottom, Top);

    /// <summary>So many numbers from one to another, evenly spread: the ends are hit, and so is the middle of a range
    /// that is the same on both sides of zero.</summary>
    internal static Items<double> Spread(int count, double low, double high) =>
        [.. Enumerable.Range(0, count).Select(i => ((count - 1 - i) * low + i * high) / (count - 1))];

    internal void Require()
    {
        if (Columns < 2 || Rows < 2)
            throw new ArgumentException($"the grid has {Columns} x {Rows} points; it should have at least 2 x 2");
        if (!(Left < Right && Bottom < Top) || !double.IsFinite(Right - Left) || !double.IsFinite(Top - Bottom))
            throw new ArgumentException(
                $"the grid goes from {Left} to {Right} and from {Bottom} to {Top}; it should go up, between finite "
                    + $"numbers");
    }
}
