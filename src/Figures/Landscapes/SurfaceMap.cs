using Functional.Core.Forms;
using Functional.Core.Landscapes;
using SkiaSharp;

namespace Functional.Figures;

/// <summary>One of several ways over a surface.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Points">Where it leads, in order; its end is marked.</param>
public sealed record SurfacePath(Phrase Name, Items<(double X, double Y)> Points);

/// <summary>A map of a surface: colours for the loss, lines along which it is the same, the grid's least point as
/// a star, and if given, a training's path and other points.</summary>
/// <param name="Surface">The surface.</param>
/// <param name="Path">Points of a training in order; none unless given.</param>
/// <param name="Marks">Points with names; none unless given.</param>
public sealed record SurfaceMap(
    Surface Surface, Items<PathPoint>? Path = null, Items<(double X, double Y, Phrase Name)>? Marks = null) : Figure
{
    /// <summary>Whether colours are the accuracy, where the surface has one; lines are the loss in any case.</summary>
    public bool ShowsAccuracy { get; init; }

    /// <summary>Ways to be told apart, each in its own colour; none unless given.</summary>
    public Items<SurfacePath> Paths { get; init; } = [];

    /// <summary>Whether the least loss of the grid has a star.</summary>
    public bool HasStar { get; init; } = true;

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Surface);
        var (grid, look) = (Surface.Grid, page.Look);
        bool isAccuracy = ShowsAccuracy && Surface.Accuracies is not null;
        var shown = isAccuracy ? Surface.Accuracies! : Surface.Losses;
        var colors = ColorScale.Of(
            isAccuracy ? (Phrase)$"accuracy" : $"loss", shown.Cells, look, mayBeLogarithmic: !isAccuracy);
        var panel = new Panel(
            page, new(Surface.XName, grid.Left, grid.Right), new(Surface.YName, grid.Bottom, grid.Top))
        { HasGrid = false };
        using var pixels = GridPixels.Of(
            shown, 384, (x, y) => colors.AtShare(GridPixels.Between(shown, colors.Range, x, y)));
        panel.Picture(pixels);
        panel.Over(() => Lines(page, panel));
        Points(page, panel);
        double ratio = (grid.Right - grid.Left) / (grid.Top - grid.Bottom);
        page.Place(panel, isSquare: ratio is > 0.4 and < 2.5, colors);
    }

    private void Points(Page page, Panel panel)
    {
        var look = page.Look;
        var keys = new List<LegendKey>();
        SKColor white = SKColors.White, black = SKColor.Parse("#101010"), orange = SKColor.Parse("#E69F00");
        float size = 0.62f * look.Font;
        if (Path is { Count: > 0 })
        {
            panel.Over(() => Trace(page, panel, white, black));
            panel.Points([Path[0].X], [Path[0].Y], Mark.Circle, 1.15f * size, white, black);
            panel.Points([Path[^1].X], [Path[^1].Y], Mark.Square, 1.25f * size, orange, black);
            keys.Add(new($"start of training", white) { Mark = Mark.Circle, Edge = black });
            keys.Add(new($"end of training", orange) { Mark = Mark.Square, Edge = black });
        }
        foreach (var (i, path) in Paths.Index())
        {
            var (own, _, mark) = look[i + 1];
            panel.Over(() => Way(page, panel, path, own, white));
            if (path.Points.Count > 0)
                panel.Points([path.Points[^1].X], [path.Points[^1].Y], mark, 1.5f * size, own, white);
            keys.Add(new(path.Name, own) { Mark = mark, Edge = white });
        }
        if (HasStar && Surface.Losses.Cells.Any(double.IsFinite))
        {
            SKColor red = SKColor.Parse("#FF5A36");
            panel.Points([Surface.Minimum.X], [Surface.Minimum.Y], Mark.Star, 1.5f * size, red, white);
            keys.Add(new($"least loss of the grid", red) { Mark = Mark.Star, Edge = look.IsDark ? white : black });
        }
        Mark[] marks = [Mark.Diamond, Mark.Triangle, Mark.Down, Mark.Square, Mark.Circle];
        foreach (var (i, (x, y, name)) in (Marks ?? []).Index())
        {
            panel.Points([x], [y], marks[i % marks.Length], 1.25f * size, white, black);
            keys.Add(new(name, white) { Mark = marks[i % marks.Length], Edge = black });
        }
        page.Legend(keys);
    }

    private void Trace(Page page, Panel panel, SKColor color, SKColor edge)
    {
        SKPoint[] points =
            [.. Path!.Where(at => double.IsFinite(at.X + at.Y)).Select(at => panel.At(at.X, at.Y))];
        page.Line(points, edge, 1.9f * page.Look.Line);
        page.Line(points, color, 0.95f * page.Look.Line);
        if (points.Length > 60) return;
        foreach (var point in points) page.Point(Mark.Circle, point, 0.26f * page.Look.Font, color, edge,
            page.Look.Hairline);
    }

    private static void Way(Page page, Panel panel, SurfacePath path, SKColor color, SKColor edge)
    {
        SKPoint[] points = [.. path.Points.Select(at => panel.At(at.X, at.Y))];
        page.Canvas.Save();
        page.Canvas.ClipRect(panel.Data);
        page.Line(points, edge.WithAlpha(150), 1.1f * page.Look.Line);
        page.Line(points, color, 0.6f * page.Look.Line);
        page.Canvas.Restore();
    }

    // A few lines are labelled, where they are long enough and no other label is near.
    private void Lines(Page page, Panel panel)
    {
        var look = page.Look;
        var labels = new List<SKPoint>();
        foreach (var (i, level) in Surface.Levels().Index())
        {
            bool isNamed = i % 3 == 1;
            foreach (var line in Surface.Contour(level).OrderByDescending(line => line.Count))
            {
                SKPoint[] points = [.. line.Select(at => panel.At(at.X, at.Y))];
                page.Line(points, new SKColor(255, 255, 255, 170), 0.42f * look.Line);
                if (!isNamed || points.Length < 12) continue;
                if (Free(points, labels, panel.Data, look) is not { } at) continue;
                labels.Add(at);
                isNamed = false;
                page.Text(
                    Numerals.Of(level, 2).Replace('-', '−'), at.X, at.Y, 0.72f * look.Font, SKColors.White,
                    halo: new SKColor(20, 20, 30, 150));
            }
        }
    }

    private static SKPoint? Free(SKPoint[] line, List<SKPoint> labels, SKRect data, Look look)
    {
        var inner = SKRect.Inflate(data, -2.2f * look.Font, -1.2f * look.Font);
        foreach (int share in (int[])[3, 5, 1, 6, 2, 4])
            if (line[line.Length * share / 7] is var at && inner.Contains(at)
                && labels.All(other => SKPoint.Distance(other, at) > 4.5f * look.Font))
                return at;
        return null;
    }
}
