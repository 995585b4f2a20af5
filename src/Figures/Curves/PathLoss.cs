using Functional.Core.Landscapes;

namespace Functional.Figures;

/// <summary>How well a plane shows a training's path: the loss of its networks and that of the plane below them, and
/// their distance from the plane.</summary>
/// <param name="Path">The points of the path in order.</param>
public sealed record PathLoss(Items<PathPoint> Path) : Figure
{
    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Path);
        var look = page.Look;
        double[] steps = [.. Path.Select(point => (double)point.Step)], losses = [.. Path.Select(point => point.Loss)],
            onPlane = [.. Path.Select(point => point.LossOnPlane)],
                distances = [.. Path.Select(point => point.Distance)];
        page.Legend([LegendKey.Of($"on the path", look[0]), LegendKey.Of($"on the plane below it", look[1])]);
        var x = AxisRange.Of($"step", steps, mayBeLogarithmic: false, room: 0.02) with { IsWhole = true };
        var loss = new Panel(page, x, AxisRange.Of($"loss", [.. losses, .. onPlane])) { ShowsX = false };
        double most = distances.Where(double.IsFinite).DefaultIfEmpty(1).Max();
        var distance = new Panel(page, x, new($"distance", 0, most > 0 ? 1.1 * most : 1));
        loss.Line(steps, losses, look[0].Color, look[0].Pattern);
        loss.Line(steps, onPlane, look[1].Color, look[1].Pattern);
        distance.Line(steps, distances, look[2].Color, look.Pattern(0));
        page.Stack((loss, 1.7f), (distance, 1));
    }
}
