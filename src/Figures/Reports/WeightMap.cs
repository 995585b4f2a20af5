using Functional.Core.Numbers;
using SkiaSharp;

namespace Functional.Figures;

/// <summary>A table of weights in colours: blue below zero, red above.</summary>
/// <param name="Weights">Inputs x units.</param>
/// <param name="Inputs">What the inputs are called.</param>
public sealed record WeightMap(Matrix<double> Weights, Items<string> Inputs) : Figure
{
    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Weights);
        ArgumentNullException.ThrowIfNull(Inputs);
        var look = page.Look;
        int rows = Math.Max(1, Weights.Rows), columns = Math.Max(1, Weights.Columns);
        double most = Weights.Cells.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var colors = SignedColors.Of($"weight", most, look);
        float widest = 0.34f * page.Body.Width;
        var panel = new Panel(
            page, new($"unit", 0.5, columns + 0.5) { IsWhole = true }, new(Phrase.Empty, -rows + 0.5, 0.5))
        {
            HasGrid = false,
            YNames = [.. Inputs.Take(rows).Select((name, i) => ((double)-i, Page.Shortened(name, look.Small, widest)))],
        };
        panel.Over(() =>
        {
            using var pixels = new SKBitmap(columns, rows, SKColorType.Rgba8888, SKAlphaType.Premul);
            for (int row = 0; row < Weights.Rows; row++)
                for (int column = 0; column < Weights.Columns; column++)
                    pixels.SetPixel(column, row, colors[Weights[row, column]]);
            using var image = SKImage.FromBitmap(pixels);
            page.Canvas.DrawImage(image, panel.Data, new SKSamplingOptions(SKFilterMode.Nearest));
        });
        page.Place(panel, isSquare: false, colors);
    }
}

/// <summary>Colours for numbers around zero.</summary>
internal static class SignedColors
{
    /// <summary>From blue by the ground to red.</summary>
    public static ColorScale Of(Phrase title, double most, Look look)
    {
        double top = most > 0 ? most : 1;
        SKColor below = SKColor.Parse(look.IsDark ? "#67A9E0" : "#2166AC"),
            above = SKColor.Parse(look.IsDark ? "#F0806B" : "#B2182B");
        return new(new(title, -top, top), look.Blank)
        {
            At = share => Math.Clamp(2 * share - 1, -1, 1) is var from && from < 0
                ? ColorScale.Mixed(look.Background, below, -from)
                : ColorScale.Mixed(look.Background, above, from),
        };
    }
}
