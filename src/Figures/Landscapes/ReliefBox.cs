using SkiaSharp;

namespace Functional.Figures;

/// <summary>The box around a surface: its floor and far walls behind it, numbers and titles along its near
/// edges.</summary>
internal sealed class ReliefBox(Page page, ReliefCamera camera, AxisRange x, AxisRange y, AxisRange z)
{
    private Look Look => page.Look;

    /// <summary>The floor and the two far walls, with lines at the ticks.</summary>
    public void Behind()
    {
        var (farX, farY, floor, top) = (-camera.NearX, -camera.NearY, camera.Floor, camera.Top);
        var wall = ColorScale.Mixed(Look.Background, Look.Ink, Look.Theme == Theme.Print ? 0 : 0.025);
        page.Area([At(farX, -1, floor), At(farX, 1, floor), At(farX, 1, top), At(farX, -1, top)], wall);
        page.Area([At(-1, farY, floor), At(1, farY, floor), At(1, farY, top), At(-1, farY, top)], wall);
        foreach (double at in Ticks(x).Select(tick => tick.At))
        {
            Line((at, -1, floor), (at, 1, floor), Look.Grid, 1.2f);
            Line((at, farY, floor), (at, farY, top), Look.Grid, 1.2f);
        }
        foreach (double at in Ticks(y).Select(tick => tick.At))
        {
            Line((-1, at, floor), (1, at, floor), Look.Grid, 1.2f);
            Line((farX, at, floor), (farX, at, top), Look.Grid, 1.2f);
        }
        foreach (double at in ZTicks.Select(tick => tick.At))
        {
            Line((farX, -1, at), (farX, 1, at), Look.Grid, 1.2f);
            Line((-1, farY, at), (1, farY, at), Look.Grid, 1.2f);
        }
        foreach (double height in (double[])[floor, top])
        {
            Line((farX, -1, height), (farX, 1, height), Look.Edge, 1.2f);
            Line((-1, farY, height), (1, farY, height), Look.Edge, 1.2f);
        }
        foreach (var (cornerX, cornerY) in ReliefCamera.Corners)
            if (cornerX == farX || cornerY == farY)
                Line((cornerX, cornerY, floor), (cornerX, cornerY, top), Look.Edge, 1.2f);
    }

    /// <summary>The near edges of the floor, numbers and titles.</summary>
    public void Around()
    {
        var (nearX, nearY, floor) = (camera.NearX, camera.NearY, camera.Floor);
        Line((-1, nearY, floor), (1, nearY, floor), Look.Edge, 1.6f);
        Line((nearX, -1, floor), (nearX, 1, floor), Look.Edge, 1.6f);
        Along(x, at => At(at, nearY, floor), Direction(At(0, 0, floor), At(0, nearY, floor)));
        Along(y, at => At(nearX, at, floor), Direction(At(0, 0, floor), At(nearX, 0, floor)));
        Upright();
    }

    private void Along(AxisRange axis, Func<double, SKPoint> edge, SKPoint outward)
    {
        float widest = 0;
        foreach (var (at, label) in Ticks(axis))
        {
            SKPoint from = edge(at), to = Moved(from, outward, 0.35f);
            page.Line(from.X, from.Y, to.X, to.Y, Look.Edge, 1.6f * Look.Hairline);
            widest = Math.Max(widest, Math.Abs(outward.X) * Page.WidthOf(label, Look.Small) / Look.Font);
            var place = Moved(from, outward, 0.95f);
            page.Text(label, place.X + outward.X * 0.35f * Page.WidthOf(label, Look.Small), place.Y, Look.Small,
                Look.Muted);
        }
        SKPoint first = edge(-1), last = edge(1);
        if (first.X > last.X) (first, last) = (last, first);
        float turn = (float)(Math.Atan2(last.Y - first.Y, last.X - first.X) * 180 / Math.PI);
        var middle = Moved(edge(0), outward, 2.35f + 0.55f * widest);
        page.Text(
            page.Say(axis.Words), middle.X, middle.Y, Look.Font, Look.Ink, turn: turn,
            most: 1.5f * SKPoint.Distance(first, last));
    }

    private void Upright()
    {
        var (cornerX, cornerY) = ReliefCamera.Corners.MinBy(at => At(at.X, at.Y, camera.Floor).X);
        float widest = 0;
        foreach (var (at, label) in ZTicks)
        {
            var from = At(cornerX, cornerY, at);
            page.Line(from.X, from.Y, from.X - 0.35f * Look.Font, from.Y, Look.Edge, 1.6f * Look.Hairline);
            page.Text(label, from.X - 0.6f * Look.Font, from.Y, Look.Small, Look.Muted, 1);
            widest = Math.Max(widest, Page.WidthOf(label, Look.Small));
        }
        SKPoint low = At(cornerX, cornerY, 0), high = At(cornerX, cornerY, camera.Top);
        page.Text(
            page.Say(z.Words), Math.Min(low.X, high.X) - 1.2f * Look.Font - widest, (low.Y + high.Y) / 2, Look.Font,
            Look.Ink, 0.5f, 1, -90, most: SKPoint.Distance(low, high) + 6 * Look.Font);
    }

    private static IEnumerable<(double At, string Label)> Ticks(AxisRange axis) =>
        axis.Ticks(5).Select(tick => (2 * axis.Share(tick.Number) - 1, tick.Label));

    private IEnumerable<(double At, string Label)> ZTicks =>
        z.Ticks(5).Select(tick => (camera.Top * z.Share(tick.Number), tick.Label));

    private SKPoint Moved(SKPoint from, SKPoint outward, float by) =>
        new(from.X + outward.X * by * Look.Font, from.Y + outward.Y * by * Look.Font);

    private static SKPoint Direction(SKPoint from, SKPoint to)
    {
        float length = Math.Max(1e-3f, SKPoint.Distance(from, to));
        return new((to.X - from.X) / length, (to.Y - from.Y) / length);
    }

    private SKPoint At(double x, double y, double z) => camera.At(x, y, z);

    private void Line((double, double, double) from, (double, double, double) to, SKColor color, float width)
    {
        SKPoint a = At(from.Item1, from.Item2, from.Item3), b = At(to.Item1, to.Item2, to.Item3);
        page.Line(a.X, a.Y, b.X, b.Y, color, width * Look.Hairline);
    }
}
