using SkiaSharp;

namespace Functional.Figures;

/// <summary>Colours for numbers: viridis, whose brightness rises with the number, for those who see no colours and for
/// grey prints.</summary>
internal sealed record ColorScale(AxisRange Range, SKColor Blank)
{
    private static readonly SKColor[] Colors = [.. Enumerable.Range(0, 256).Select(Viridis)];

    /// <summary>The colour of the least number and that of the largest, in place of viridis.</summary>
    public (SKColor From, SKColor To)? Ends { get; init; }

    /// <summary>The colour at a share of the scale, in place of viridis.</summary>
    public Func<double, SKColor>? At { get; init; }

    /// <summary>The colours of some numbers, from the least to the largest.</summary>
    public static ColorScale Of(Phrase title, IEnumerable<double> numbers, Look look, bool mayBeLogarithmic = true) =>
        new(AxisRange.Of(title, numbers, mayBeLogarithmic, room: 0), look.Blank);

    /// <summary>The colour of a number.</summary>
    public SKColor this[double number] => AtShare(Range.Share(number));

    /// <summary>The colour at a share of the scale, 0 to 1.</summary>
    public SKColor AtShare(double share) =>
        double.IsNaN(share) ? Blank
        : At is { } at ? at(share)
        : Ends is { } ends ? Mixed(ends.From, ends.To, Math.Clamp(share, 0, 1))
        : Colors[(int)Math.Round(255 * Math.Clamp(share, 0, 1))];

    /// <summary>A colour between two.</summary>
    public static SKColor Mixed(SKColor from, SKColor to, double share) => new(
        Part(from.Red, to.Red, share), Part(from.Green, to.Green, share), Part(from.Blue, to.Blue, share));

    /// <summary>How bright a colour is: 0 for black, 1 for white.</summary>
    public static double Brightness(SKColor color) =>
        (0.299 * color.Red + 0.587 * color.Green + 0.114 * color.Blue) / 255;

    private static byte Part(byte from, byte to, double share) => (byte)Math.Round(from + (to - from) * share);

    private static SKColor Viridis(int index)
    {
        var color = new ScottPlot.Colormaps.Viridis().GetColor(index / 255.0);
        return new(color.Red, color.Green, color.Blue);
    }
}

internal sealed partial class Page
{
    /// <summary>The room right of a bar of colours.</summary>
    public float BarRoom(ColorScale colors) =>
        2.05f * Look.Font + BarTicks(colors, Body.Height).Max(tick => WidthOf(tick.Label, Look.Small));

    /// <summary>A bar of the colours with its numbers and title at its right.</summary>
    public void Bar(ColorScale colors, SKRect place)
    {
        const int Steps = 256;
        using (var pixels = new SKBitmap(1, Steps, SKColorType.Rgba8888, SKAlphaType.Premul))
        {
            for (int i = 0; i < Steps; i++) pixels.SetPixel(0, i, colors.AtShare(1 - i / (Steps - 1.0)));
            Picture(pixels, place);
        }
        canvas.DrawRect(place, Stroke(Look.Edge, 1.4f * Look.Hairline));
        float widest = 0;
        foreach (var (number, label) in BarTicks(colors, place.Height))
        {
            float y = place.Bottom - (float)colors.Range.Share(number) * place.Height;
            Line(place.Right, y, place.Right + 0.25f * Look.Font, y, Look.Edge, 1.4f * Look.Hairline);
            Text(label, place.Right + 0.4f * Look.Font, y, Look.Small, Look.Muted, 0);
            widest = Math.Max(widest, WidthOf(label, Look.Small));
        }
        Text(
            Say(colors.Range.Words), place.Right + 0.85f * Look.Font + widest, place.MidY, Look.Font, Look.Ink, 0.5f, 0,
            -90, most: place.Height + Look.Font);
    }

    /// <summary>Pixels over a rectangle.</summary>
    public void Picture(SKBitmap pixels, SKRect place)
    {
        using var image = SKImage.FromBitmap(pixels);
        canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Linear));
    }

    private IReadOnlyList<(double Number, string Label)> BarTicks(ColorScale colors, float height) =>
        colors.Range.Ticks((int)Math.Clamp(height / (2.6f * Look.Font), 2, 8));
}
