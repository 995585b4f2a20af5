using SkiaSharp;

namespace Functional.Figures;

/// <summary>A sheet that a figure is painted on: words, lines and marks in its units.</summary>
internal sealed partial class Page(SKCanvas canvas, FigureStyle style) : IDisposable
{
    private readonly SKPaint paint = new() { IsAntialias = true };
    private readonly List<IDisposable> kept = [];

    public SKCanvas Canvas => canvas;
    public SKSize Size => new(style.Width, style.Height);
    public Look Look { get; } = Look.Of(style);

    /// <summary>What is left for the figure's panels.</summary>
    public SKRect Body { get; set; }

    public string Say(Phrase phrase) => phrase.In(style.Language);

    /// <summary>Paints the ground, the title and the note.</summary>
    public void Begin(Phrase? title, Phrase? note)
    {
        canvas.DrawRect(0, 0, style.Width, style.Height, Fill(Look.Background));
        float margin = 1.1f * Look.Font;
        Body = new(margin, margin, style.Width - margin, style.Height - margin);
        if (title is not null && Say(title) is { Length: > 0 } heading)
        {
            Text(heading, Body.Left, Body.Top, Look.Heading, Look.Ink, 0, 0, isBold: true, most: Body.Width);
            Body = Body with { Top = Body.Top + 1.75f * Look.Heading };
        }
        if (note is null || Say(note) is not { Length: > 0 } remark) return;
        var lines = Wrapped(remark, Look.Small, Body.Width, 3);
        float top = Body.Bottom - lines.Count * 1.3f * Look.Small;
        foreach (var (i, line) in lines.Index())
            Text(line, Body.Left, top + (i + 0.25f) * 1.3f * Look.Small, Look.Small, Look.Muted, 0, 0,
                most: Body.Width);
        Body = Body with { Bottom = top - 0.5f * Look.Font };
    }

    /// <summary>Paint for areas.</summary>
    public SKPaint Fill(SKColor color)
    {
        paint.Style = SKPaintStyle.Fill;
        paint.Color = color;
        paint.PathEffect = null;
        return paint;
    }

    /// <summary>Paint for lines.</summary>
    public SKPaint Stroke(SKColor color, float width)
    {
        paint.Style = SKPaintStyle.Stroke;
        paint.Color = color;
        paint.StrokeWidth = width;
        paint.StrokeJoin = SKStrokeJoin.Round;
        paint.StrokeCap = SKStrokeCap.Butt;
        paint.PathEffect = null;
        return paint;
    }

    public void Line(float x1, float y1, float x2, float y2, SKColor color, float width) =>
        canvas.DrawLine(x1, y1, x2, y2, Stroke(color, width));

    /// <summary>A line through points.</summary>
    public void Line(IReadOnlyList<SKPoint> points, SKColor color, float width, ScottPlot.LinePattern? pattern = null)
    {
        if (points.Count < 2) return;
        using var line = new SKPath();
        line.AddPoly([.. points], close: false);
        var stroke = Stroke(color, width);
        if (pattern?.Intervals is not { Length: > 0 })
        {
            canvas.DrawPath(line, stroke);
            return;
        }
        // As areas: SVG draws a straight line of dashes without its gaps.
        using var dashes = pattern.Value.GetPathEffect();
        stroke.PathEffect = dashes;
        using var areas = new SKPath();
        stroke.GetFillPath(line, areas);
        canvas.DrawPath(areas, Fill(color));
    }

    /// <summary>A closed area, wider on every side by half of <paramref name="more"/>.</summary>
    public void Area(ReadOnlySpan<SKPoint> corners, SKColor color, float more = 0)
    {
        using var area = new SKPath();
        area.AddPoly(corners, close: true);
        var fill = Stroke(color, more);
        fill.Style = more > 0 ? SKPaintStyle.StrokeAndFill : SKPaintStyle.Fill;
        canvas.DrawPath(area, fill);
    }

    /// <summary>Keeps what lives as long as the page.</summary>
    public void Keep(IDisposable part) => kept.Add(part);

    public void Dispose()
    {
        foreach (var part in kept) part.Dispose();
        paint.Dispose();
    }
}
