using SkiaSharp;

namespace Functional.Figures;

/// <summary>A bar with what it varied between.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Value">How long it is.</param>
/// <param name="Low">The least.</param>
/// <param name="High">The largest.</param>
public sealed record NamedBar(string Name, double Value, double Low, double High);

/// <summary>Lying bars, one below the other, each with its name on the left and a line from the least to the
/// largest.</summary>
/// <param name="Quantity">What they show.</param>
/// <param name="Bars">From the top down.</param>
public sealed record ImportanceBars(Phrase Quantity, Items<NamedBar> Bars) : Figure
{
    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Bars);
        var look = page.Look;
        int count = Math.Max(1, Bars.Count);
        var x = AxisRange.Of(
            Quantity, [0, .. Bars.SelectMany(bar => (double[])[bar.Value, bar.Low, bar.High])], mayBeLogarithmic: false,
            room: 0.04);
        if (!Bars.Any(bar => bar.Low < 0 || bar.Value < 0)) x = x with { Low = 0 };
        float most = 0.3f * page.Body.Width;
        var panel = new Panel(page, x, new(Phrase.Empty, -count + 0.4, 0.6))
        {
            YNames = [.. Bars.Select((bar, i) => ((double)-i, Page.Shortened(bar.Name, look.Small, most)))],
        };
        panel.Vertical(0, look.Edge);
        panel.Over(() =>
        {
            foreach (var (i, bar) in Bars.Index())
            {
                if (!double.IsFinite(bar.Value)) continue;
                SKPoint from = panel.At(0, -i + 0.34), to = panel.At(bar.Value, -i - 0.34);
                page.Canvas.DrawRect(
                    SKRect.Create(Math.Min(from.X, to.X), from.Y, Math.Abs(to.X - from.X), to.Y - from.Y),
                    page.Fill(look[0].Color.WithAlpha(200)));
                if (!double.IsFinite(bar.Low + bar.High)) continue;
                SKPoint left = panel.At(bar.Low, -i), right = panel.At(bar.High, -i);
                page.Line(left.X, left.Y, right.X, right.Y, look.Ink, 0.9f * look.Line);
            }
        });
        page.Stack((panel, 1));
    }
}
