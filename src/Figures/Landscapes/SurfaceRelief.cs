using Functional.Core.Landscapes;
using SkiaSharp;

namespace Functional.Figures;

/// <summary>A surface in space: as high as the loss, lit from the left, with lines of the same loss on the floor below.
/// The height is logarithmic where losses are far apart. Points that are not finite are holes.</summary>
/// <param name="Surface">The surface.</param>
public sealed record SurfaceRelief(Surface Surface) : Figure
{
    /// <summary>From where one looks, in degrees about the vertical: 0 from the right end of x, 90 from the far end of
    /// y.</summary>
    public double Azimuth { get; init; } = -60;

    /// <summary>From how high one looks, in degrees above the floor: between 5 and 85.</summary>
    public double Elevation { get; init; } = 25;

    /// <summary>How high the surface is, beside half of its width.</summary>
    public double Height { get; init; } = 0.82;

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Surface);
        var look = page.Look;
        var height = AxisRange.Of($"loss", Surface.Losses.Cells, room: 0);
        var camera = new ReliefCamera(Azimuth, Math.Clamp(Elevation, 5, 85), -0.42, Math.Max(0.05, Height));
        float side = 4.9f * look.Font;
        camera.Fit(SKRect.Create(
            page.Body.Left + side, page.Body.Top + 0.3f * look.Font,
                Math.Max(4, page.Body.Width - 2 * side + look.Font),
            Math.Max(4, page.Body.Height - 2.6f * look.Font)));
        var grid = Surface.Grid;
        var box = new ReliefBox(
            page, camera, new(Surface.XName, grid.Left, grid.Right), new(Surface.YName, grid.Bottom, grid.Top), height);
        box.Behind();
        Floor(page, camera, height);
        new ReliefMesh(page, camera, Surface.Losses, height).Paint();
        box.Around();
    }

    private void Floor(Page page, ReliefCamera camera, AxisRange height)
    {
        var (grid, colors) = (Surface.Grid, new ColorScale(height, page.Look.Blank));
        foreach (double level in Surface.Levels(14))
            foreach (var line in Surface.Contour(level))
                page.Line(
                    [.. line.Select(at => camera.At(
                        2 * (at.X - grid.Left) / (grid.Right - grid.Left) - 1,
                        2 * (at.Y - grid.Bottom) / (grid.Top - grid.Bottom) - 1, camera.Floor))],
                    colors[level], 0.62f * page.Look.Line);
    }
}
