using SkiaSharp;

namespace Functional.Figures;

internal sealed partial class Page
{
    /// <summary>Places panels below each other, their data at the same left and right.</summary>
    /// <param name="panels">Each with its share of the height.</param>
    public void Stack(params (Panel Panel, float Share)[] panels)
    {
        var rooms = panels.Select(one => new PanelEdges(this, one.Panel).Room).ToArray();
        float left = Body.Left + rooms.Max(room => room.Left), right = Body.Right - rooms.Max(room => room.Right);
        float gap = 1.1f * Look.Font, height = Body.Height - rooms.Sum(room => room.Bottom) - gap * (panels.Length - 1);
        float shares = panels.Sum(one => one.Share), top = Body.Top + 0.2f * Look.Font;
        foreach (var ((panel, share), room) in panels.Zip(rooms))
        {
            float bottom = top + Math.Max(4, height * share / shares) - 0.2f * Look.Font;
            panel.Paint(new(left, top, Math.Max(left + 4, right), bottom));
            top = bottom + room.Bottom + gap;
        }
    }

    /// <summary>Places a panel with a bar of colours at its right.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="isSquare">Whether a step of x is as long as one of y.</param>
    /// <param name="colors">The colours; no bar if none are given.</param>
    public void Place(Panel panel, bool isSquare, ColorScale? colors)
    {
        float bar = 0.95f * Look.Font, gap = 1.1f * Look.Font;
        var (left, right, bottom) = new PanelEdges(this, panel).Room;
        float barRoom = colors is null ? right : gap + bar + BarRoom(colors);
        float width = Math.Max(4, Body.Width - left - barRoom),
            height = Math.Max(4, Body.Height - bottom - 0.2f * Look.Font);
        float x = Body.Left + left, y = Body.Top + 0.2f * Look.Font;
        if (isSquare)
        {
            double ratio = (panel.X.High - panel.X.Low) / (panel.Y.High - panel.Y.Low);
            float wide = Math.Min(width, (float)(height * ratio)), tall = Math.Min(height, (float)(width / ratio));
            x += (width - wide) / 2;
            y += (height - tall) / 2;
            (width, height) = (wide, tall);
        }
        panel.Paint(SKRect.Create(x, y, width, height));
        if (colors is not null) Bar(colors, SKRect.Create(x + width + gap, y, bar, height));
    }
}
