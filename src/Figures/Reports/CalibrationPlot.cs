using Functional.Core.Inspection;

namespace Functional.Figures;

/// <summary>How often a classifier is right, against how often it says that it is; below, how many samples there are
/// of each confidence.</summary>
/// <param name="Bins">The samples by their confidence.</param>
public sealed record CalibrationPlot(Items<CalibrationBin> Bins) : Figure
{
    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Bins);
        var look = page.Look;
        var filled = Bins.Where(bin => bin.Weight > 0).ToArray();
        page.Legend(
        [
            new($"share that is right, with 95 % interval", look[0].Color) { Mark = Mark.Circle },
            new($"as sure as right", look.Ink) { Pattern = look.Pattern(1) },
        ]);
        double low = Bins.Count == 0 ? 0 : filled.Select(bin => bin.Low).DefaultIfEmpty(0).Min();
        var x = new AxisRange($"probability of the predicted class", Math.Max(0, low - 0.02), 1.02);
        var right = new Panel(page, x, new($"share that is right", -0.03, 1.05)) { ShowsX = false };
        right.Line([0, 1], [0, 1], look.Ink, look.Pattern(1), thickness: 0.8f);
        double[] sure = [.. filled.Select(bin => bin.Confidence)], are = [.. filled.Select(bin => bin.Right)];
        right.Line(sure, are, look[0].Color.WithAlpha(90), look.Pattern(0), thickness: 0.7f);
        right.Intervals(
            sure, [.. filled.Select(bin => bin.RightRange.Low)], [.. filled.Select(bin => bin.RightRange.High)],
            look[0].Color);
        right.Points(sure, are, Mark.Circle, 0.62f * look.Font, look[0].Color, look.Background);
        double most = filled.Select(bin => bin.Weight).DefaultIfEmpty(1).Max();
        var counts = new Panel(page, x, new($"samples", 0, 1.08 * most));
        double width = Bins.Count == 0 ? 1 : 1.0 / Bins.Count;
        counts.Bars(
            [.. filled.Select(bin => (bin.Low + bin.High) / 2)], [.. filled.Select(bin => bin.Weight)], 0.86 * width,
            look[0].Color.WithAlpha(150));
        page.Stack((right, 2.4f), (counts, 1));
    }
}
