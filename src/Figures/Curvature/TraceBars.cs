namespace Functional.Figures;

/// <summary>A trace for each layer with its 95 % interval: bars from zero, or points where traces are far apart and the
/// axis is logarithmic.</summary>
/// <param name="Layers">Each layer's name, the estimate, and where its interval begins and ends.</param>
public sealed record TraceBars(Items<(string Name, double Value, double Low, double High)> Layers) : Figure
{
    /// <summary>What is traced.</summary>
    public Phrase Quantity { get; init; } = $"trace of the Hessian";

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Layers);
        var look = page.Look;
        double[] at = [.. Enumerable.Range(0, Layers.Count).Select(i => (double)i)];
        double[] values = [.. Layers.Select(layer => layer.Value)];
        var y = AxisRange.Of(Quantity, [.. values, .. Layers.Select(layer => layer.Low),
            .. Layers.Select(layer => layer.High)]);
        if (!y.IsLogarithmic)
            y = AxisRange.Of(
                Quantity, [0, .. values, .. Layers.Select(layer => layer.Low), .. Layers.Select(layer => layer.High)],
                mayBeLogarithmic: false) is var all && all.Low < 0
                    && Layers.All(layer => !(layer.Low < 0 || layer.Value < 0))
                ? all with { Low = 0 } : all;
        float most = page.Body.Width / Math.Max(1, Layers.Count + 1);
        var panel = new Panel(page, new($"layer", -0.6, Math.Max(1, Layers.Count) - 0.4), y)
        {
            XNames = [.. Layers.Select((layer, i) => ((double)i, Page.Shortened(layer.Name, look.Small, most)))],
        };
        if (!y.IsLogarithmic) panel.Bars(at, values, 0.62, look[0].Color.WithAlpha(190));
        panel.Horizontal(0, look.Edge);
        panel.Intervals(at, [.. Layers.Select(layer => layer.Low)], [.. Layers.Select(layer => layer.High)], look.Ink);
        if (y.IsLogarithmic) panel.Points(at, values, Mark.Circle, 0.52f * look.Font, look[0].Color, look.Background);
        page.Legend(
        [
            new($"estimate", look[0].Color) { Mark = y.IsLogarithmic ? Mark.Circle : null },
            new($"95 % interval", look.Ink) { Pattern = look.Pattern(0) },
        ]);
        page.Stack((panel, 1));
    }
}
