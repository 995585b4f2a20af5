using Functional.Core.Forms;
using SkiaSharp;

namespace Functional.Figures;

/// <summary>The score over two fields that a sweep varied: a cell for each two values with the mean of the experiments
/// that have them; where values are many, a dot for each experiment.</summary>
/// <param name="Measure">What the score is.</param>
/// <param name="Across">The field along x.</param>
/// <param name="Up">The field along y.</param>
/// <param name="Scores">Of each experiment, the mean over seeds.</param>
public sealed record ScoreMap(Phrase Measure, SweptField Across, SweptField Up, Items<double> Scores) : Figure
{
    private const int MostCells = 16;

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Across);
        ArgumentNullException.ThrowIfNull(Up);
        ArgumentNullException.ThrowIfNull(Scores);
        if (Across.Distinct.Count <= MostCells && Up.Distinct.Count <= MostCells) Cells(page);
        else Dots(page);
    }

    private void Cells(Page page)
    {
        var look = page.Look;
        // Each value has a place of its own, numbers too.
        var (across, up) = (Across with { IsNamed = true }, Up with { IsNamed = true });
        var groups = Scores.Index().Where(score => double.IsFinite(score.Item))
            .GroupBy(score => (X: across.At(across.Values[score.Index]), Y: up.At(up.Values[score.Index])))
            .Select(group => (group.Key.X, group.Key.Y, Mean: group.Average(score => score.Item))).ToArray();
        var colors = ColorScale.Of(Measure, groups.Select(group => group.Mean), look);
        int? decimals = Decimals([.. groups.Select(group => group.Mean)]);
        var panel = new Panel(page, across.Axis(), up.Axis())
        {
            HasGrid = false,
            XNames = across.Names(look.Small, 0.75f * page.Body.Width / Math.Max(1, across.Distinct.Count)),
            YNames = up.Names(look.Small, 0.2f * page.Body.Width),
        };
        panel.Over(() =>
        {
            foreach (var (x, y, mean) in groups)
            {
                SKPoint from = panel.At(x - 0.5, y + 0.5), to = panel.At(x + 0.5, y - 0.5);
                var cell = new SKRect(from.X, from.Y, to.X, to.Y);
                var color = colors[mean];
                page.Canvas.DrawRect(cell, page.Fill(color));
                page.Canvas.DrawRect(cell, page.Stroke(look.Background, 1.5f * look.Hairline));
                string text = decimals is { } some ? Numerals.Fixed(mean, some) : Numerals.Of(mean, 3);
                float size = Math.Min(look.Font, Math.Min(0.5f * cell.Height,
                    0.86f * cell.Width / Math.Max(0.01f, Page.WidthOf(text, 1))));
                if (size < 0.45f * look.Font) continue;
                var ink = ColorScale.Brightness(color) > 0.55 ? SKColor.Parse("#14171C") : SKColors.White;
                page.Text(text, cell.MidX, cell.MidY, size, ink);
            }
        });
        page.Place(panel, isSquare: false, colors);
    }

    /// <summary>With how many decimals all cells are written: such that their differences have three digits. None where
    /// that is too many, or the largest is more than ten times the least.</summary>
    internal static int? Decimals(double[] numbers)
    {
        double least = numbers.DefaultIfEmpty(0).Min(), most = numbers.DefaultIfEmpty(0).Max(), spread = most - least;
        if (least > 0 && most / least > 10) return null;
        if (spread == 0) return Math.Abs(numbers.FirstOrDefault()) is >= 1e-3 and < 1e6 ? 4 : null;
        double wanted = 3 - Math.Ceiling(Math.Log10(spread));
        return wanted > 6 || numbers.Max(Math.Abs) >= 1e6 ? null : (int)Math.Max(0, wanted);
    }

    private void Dots(Page page)
    {
        var look = page.Look;
        var colors = ColorScale.Of(Measure, Scores, look);
        var panel = new Panel(page, Across.Axis(), Up.Axis())
        {
            XNames = Across.Names(look.Small, 0.75f * page.Body.Width / Math.Max(1, Across.Distinct.Count)),
            YNames = Up.Names(look.Small, 0.2f * page.Body.Width),
        };
        foreach (var (i, score) in Scores.Index().Where(score => double.IsFinite(score.Item)))
            panel.Points(
                [Across.At(Across.Values[i])], [Up.At(Up.Values[i])], Mark.Circle, 0.8f * look.Font, colors[score],
                look.Background);
        page.Place(panel, isSquare: false, colors);
    }
}
