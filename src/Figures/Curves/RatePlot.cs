using Functional.Core.Forms;
using Functional.Core.Training;

namespace Functional.Figures;

/// <summary>A range test: the loss of each batch (faint) and the smoothed one against the learning rate, with the rates
/// that it suggests.</summary>
/// <param name="Curve">The test.</param>
public sealed record RatePlot(RateCurve Curve) : Figure
{
    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Curve);
        var look = page.Look;
        double[] rates = [.. Curve.Points.Select(point => point.Rate)];
        double[] losses = [.. Curve.Points.Select(point => point.Loss)];
        double[] smoothed = [.. Curve.Points.Select(point => point.Smoothed)];
        var keys = new List<LegendKey>
        {
            new($"loss of the batch", look.Muted.WithAlpha(110)) { Pattern = look.Pattern(0) }, LegendKey.Of($"smoothed", look[0]),
        };
        if (Curve.Steepest is not null) keys.Add(LegendKey.Of($"steepest descent: {Numerals.Of(Curve.Steepest.Value, 3)}", look[1]));
        if (Curve.TenthOfMinimum is { } tenthOfMinimum)
            keys.Add(LegendKey.Of($"a tenth of the minimum's rate: {Numerals.Of(tenthOfMinimum, 3)}", look[2]));
        page.Legend(keys);
        double top = Top(losses, smoothed) ?? double.MaxValue,
            bottom = smoothed.Where(double.IsFinite).DefaultIfEmpty(0).Min() is > 0 and var least
                ? Math.Min(least / 10, top) : double.MinValue;
        var panel = new Panel(
            page, AxisRange.Logarithmic($"learning rate", [Curve.Range.From, Curve.Range.To], room: 0.02),
            AxisRange.Of($"loss", [.. losses.Concat(smoothed).Select(loss => Math.Clamp(loss, bottom, top))], room: 0.04));
        panel.Line(rates, losses, look.Muted.WithAlpha(110), look.Pattern(0), thickness: 0.6f);
        panel.Line(rates, smoothed, look[0].Color, look[0].Pattern, thickness: 1.15f);
        if (Curve.Steepest is { } steepest) panel.Vertical(steepest, look[1].Color, look[1].Pattern, thickness: 0.9f);
        if (Curve.TenthOfMinimum is { } tenth) panel.Vertical(tenth, look[2].Color, look[2].Pattern, thickness: 0.9f);
        page.Stack((panel, 1));
    }

    /// <summary>Where the axis of the loss ends: what comes down from the first loss to the least is to be read, and the
    /// end, where the loss rises without measure, leaves the frame. None where the loss does not fall.</summary>
    /// <param name="losses">Of the batches.</param>
    /// <param name="smoothed">The same, smoothed.</param>
    internal static double? Top(double[] losses, double[] smoothed)
    {
        int least = Array.IndexOf(smoothed, smoothed.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min());
        if (least < smoothed.Length / 10 || least < 1) return null;
        double most = smoothed.Concat(losses).Index()
            .Where(loss => loss.Index % smoothed.Length <= least && double.IsFinite(loss.Item)).Max(loss => loss.Item);
        return most + (most / 2 - smoothed[least] / 2) / 2;
    }
}
