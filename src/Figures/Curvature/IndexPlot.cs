namespace Functional.Figures;

/// <summary>A critical point of a loss, and how often it was found.</summary>
/// <param name="Loss">The loss there.</param>
/// <param name="Index">How many eigenvalues of the Hessian are negative.</param>
/// <param name="Zeros">How many are zero, as far as rounding tells.</param>
/// <param name="Times">How often searches ended there.</param>
/// <param name="Family">What it is called, such as "all hidden units alike".</param>
public sealed record IndexedPoint(double Loss, int Index, int Zeros, int Times, Phrase Family);

/// <summary>Critical points by their loss and by how many directions lead down from them: minima at the bottom, saddles
/// above. (Dauphin et al., 2014)</summary>
/// <param name="Points">The points; those of one family have one colour.</param>
public sealed record IndexPlot(Items<IndexedPoint> Points) : Figure
{
    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Points);
        var look = page.Look;
        Phrase[] families = [.. Points.Select(point => point.Family).Distinct()];
        var keys = families.Select((family, i) => new LegendKey(family, look[i].Color)).ToList();
        keys.Add(new($"no direction of curvature zero", look.Muted) { Mark = Mark.Circle });
        if (Points.Any(point => point.Zeros > 0))
            keys.Add(new($"some directions of curvature zero", look.Muted) { Mark = Mark.Ring });
        int least = Points.Select(point => point.Times).DefaultIfEmpty(1).Min(),
            most = Points.Select(point => point.Times).DefaultIfEmpty(1).Max();
        if (most > least) keys.Add(new($"area: found {least} to {most} times", look.Muted) { IsRemark = true });
        page.Legend(keys);
        int top = Math.Max(1, Points.Select(point => point.Index).DefaultIfEmpty(0).Max());
        var panel = new Panel(
            page, AxisRange.Of($"loss", Points.Select(point => point.Loss), room: 0.08),
            new($"index: negative eigenvalues", -0.1 * top - 0.25, 1.1 * top + 0.25) { IsWhole = true });
        foreach (var point in Points.OrderByDescending(point => point.Times))
        {
            var color = look[Array.IndexOf(families, point.Family)].Color;
            double share = most == 0 ? 1 : Math.Sqrt(Math.Max(0.0, point.Times) / most);
            float size = (float)(0.45 + 1.35 * share) * look.Font;
            panel.Points(
                [point.Loss], [point.Index], point.Zeros > 0 ? Mark.Ring : Mark.Circle, size,
                color.WithAlpha(215), look.Background);
        }
        page.Stack((panel, 1));
    }
}
