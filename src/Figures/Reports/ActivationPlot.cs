using Functional.Core.Inspection;
using SkiaSharp;

namespace Functional.Figures;

/// <summary>What comes out of a layer: how often which number, before training and after it. Zeros are left
/// out.</summary>
/// <param name="Layer">The layer.</param>
public sealed record ActivationPlot(LayerActivations Layer) : Figure
{
    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Layer);
        var look = page.Look;
        var (low, high) = Layer.High > Layer.Low ? (Layer.Low, Layer.High) : (Layer.Low - 0.5, Layer.Low + 0.5);
        double most = Layer.First.Counts.Concat(Layer.Last.Counts).DefaultIfEmpty(1).Max();
        page.Legend(
        [
            LegendKey.Of($"before training", look[1] with { Pattern = look.Pattern(1) }),
            LegendKey.Of($"after", look[0]),
        ]);
        var panel = new Panel(
            page, new(Phrase.Empty, low, high), new(Phrase.Empty, 0, 1.06 * Math.Max(1, most)))
        {
            YNames = [],
            HasGrid = false,
        };
        foreach (var (summary, at) in new[] { (Layer.Last, 0), (Layer.First, 1) })
        {
            int bins = Math.Max(1, summary.Counts.Count);
            double width = (high - low) / bins;
            var (xs, ys) = (new List<double>(), new List<double>());
            foreach (var (i, count) in summary.Counts.Index())
            {
                xs.AddRange([low + i * width, low + (i + 1) * width]);
                ys.AddRange([count, count]);
            }
            SKColor? below = at == 0 ? look[0].Color.WithAlpha(45) : null;
            panel.Line(xs, ys, look[at].Color, look.Pattern(at), below: below);
        }
        page.Stack((panel, 1));
    }
}
