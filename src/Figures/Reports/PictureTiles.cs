using Functional.Core.Numbers;
using SkiaSharp;

namespace Functional.Figures;

/// <summary>A small picture with words below it.</summary>
/// <param name="Cells">Its numbers, from the upper left.</param>
/// <param name="Words">What stands below; nothing if empty.</param>
public sealed record PictureTile(Matrix<double> Cells, string Words);

/// <summary>Small pictures in rows: images of samples, or the weights into each unit.</summary>
/// <param name="Tiles">From the upper left.</param>
/// <param name="Columns">How many stand beside each other, at least 1.</param>
public sealed record PictureTiles(Items<PictureTile> Tiles, int Columns) : Figure
{
    /// <summary>What numbers with a sign are, for a bar of their colours; no bar unless said.</summary>
    public Phrase? Quantity { get; init; }

    /// <summary>Whether numbers below zero have a colour of their own: blue below, red above, all tiles alike.
    /// Otherwise ink on paper, each tile from its least to its largest number.</summary>
    public bool IsSigned { get; init; }

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Tiles);
        var look = page.Look;
        int columns = Math.Max(1, Columns), rows = Math.Max(1, (Tiles.Count + columns - 1) / columns);
        double most = Tiles.SelectMany(tile => tile.Cells.Cells).Where(double.IsFinite).Select(Math.Abs)
            .DefaultIfEmpty(0).Max();
        var colors = SignedColors.Of(Quantity ?? Phrase.Empty, most, look);
        var body = page.Body;
        float bar = Quantity is null ? 0 : page.BarRoom(colors) + 2 * look.Font;
        float line = Tiles.Any(tile => tile.Words.Length > 0) ? 1.5f * look.Small : 0, gap = 0.35f * look.Font;
        float side = Math.Max(2, Math.Min(
            (body.Width - bar - gap * (columns - 1)) / columns, (body.Height - rows * line - gap * (rows - 1)) / rows));
        float left = body.Left + Math.Max(0, (body.Width - bar - columns * side - (columns - 1) * gap) / 2);
        foreach (var (i, tile) in Tiles.Index())
        {
            var place = SKRect.Create(
                left + i % columns * (side + gap), body.Top + i / columns * (side + line + gap), side, side);
            Tile(page, tile.Cells, place, colors);
            if (tile.Words.Length > 0)
                page.Text(tile.Words, place.MidX, place.Bottom + 0.15f * look.Small, look.Small, look.Ink, 0.5f, 0,
                    most: side + gap);
        }
        if (Quantity is null) return;
        float height = Math.Min(body.Height, rows * (side + line + gap) - gap - line);
        page.Bar(colors, SKRect.Create(left + columns * (side + gap) + look.Font, body.Top, 0.95f * look.Font, height));
    }

    // Large pixels, without a blur between them.
    private void Tile(Page page, Matrix<double> cells, SKRect place, ColorScale signed)
    {
        var look = page.Look;
        double[] finite = [.. cells.Cells.Where(double.IsFinite)];
        double low = finite.DefaultIfEmpty(0).Min(), high = finite.DefaultIfEmpty(1).Max();
        using var pixels = new SKBitmap(
            Math.Max(1, cells.Columns), Math.Max(1, cells.Rows), SKColorType.Rgba8888, SKAlphaType.Premul);
        for (int row = 0; row < cells.Rows; row++)
            for (int column = 0; column < cells.Columns; column++)
                pixels.SetPixel(column, row, Color(cells[row, column]));
        using var image = SKImage.FromBitmap(pixels);
        page.Canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Nearest));
        page.Canvas.DrawRect(place, page.Stroke(look.Edge, look.Hairline));

        SKColor Color(double cell) => !double.IsFinite(cell) ? look.Blank
            : IsSigned ? signed[cell]
            : ColorScale.Mixed(look.Background, look.Ink, (cell - low) / (high > low ? high - low : 1));
    }
}
