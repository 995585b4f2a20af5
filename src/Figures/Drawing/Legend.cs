using ScottPlot;
using SkiaSharp;

namespace Functional.Figures;

/// <summary>A line of a legend: a name, and the line, mark or colour that it stands for.</summary>
internal sealed record LegendKey(Phrase Name, SKColor Color)
{
    public LinePattern? Pattern { get; init; }
    public Mark? Mark { get; init; }
    public SKColor? Edge { get; init; }

    /// <summary>Whether it only says something, beside no sample.</summary>
    public bool IsRemark { get; init; }

    /// <summary>A line without marks.</summary>
    public static LegendKey Of(Phrase name, LineLook look) => new(name, look.Color) { Pattern = look.Pattern };
}

internal sealed partial class Page
{
    /// <summary>Writes the legend above the panels, in as many rows as it takes.</summary>
    public void Legend(IReadOnlyList<LegendKey> keys)
    {
        if (keys.Count == 0) return;
        float size = Look.Small * 1.04f, row = 1.55f * size, gap = 1.5f * size;
        float x = Body.Left, y = Body.Top;
        foreach (var key in keys)
        {
            float sample = (key.IsRemark ? -0.5f : key.Pattern is null ? 1.0f : 2.3f) * size;
            string name = Shortened(Say(key.Name), size, Body.Width - sample - 0.5f * size);
            float width = sample + 0.5f * size + WidthOf(name, size);
            if (x > Body.Left && x + width > Body.Right) (x, y) = (Body.Left, y + row);
            if (!key.IsRemark) Sample(key, x, y + row / 2, sample, size);
            Text(name, x + sample + 0.5f * size, y + row / 2, size, Look.Ink, 0);
            x += width + gap;
        }
        Body = Body with { Top = y + row + 0.55f * Look.Font };
    }

    private void Sample(LegendKey key, float x, float y, float width, float size)
    {
        if (key.Pattern is { } pattern) Line([new(x, y), new(x + width, y)], key.Color, Look.Line, pattern);
        if (key.Mark is { } mark)
            Point(mark, new(x + width / 2, y), 0.62f * size, key.Color, key.Edge,
                key.Edge is null ? 0 : 1.2f * Look.Hairline);
        if (key.Pattern is null && key.Mark is null)
            canvas.DrawRect(x, y - 0.42f * size, 0.84f * size, 0.84f * size, Fill(key.Color));
    }
}
