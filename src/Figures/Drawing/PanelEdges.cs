using SkiaSharp;

namespace Functional.Figures;

/// <summary>What stands around a panel: numbers and titles of its axes.</summary>
internal sealed class PanelEdges(Page page, Panel panel)
{
    private Look Look => page.Look;
    private float Gap => 0.5f * Look.Font;
    private SKRect Data => panel.Data.IsEmpty ? page.Body : panel.Data;

    public int MostX => (int)Math.Clamp(Data.Width / (4.4f * Look.Font), 2, 10);
    public int MostY => (int)Math.Clamp(Data.Height / (2.1f * Look.Font), 2, 8);

    public IReadOnlyList<(double Number, string Label)> XTicks => panel.XNames ?? panel.X.Ticks(MostX);
    public IReadOnlyList<(double Number, string Label)> YTicks => panel.YNames ?? panel.Y.Ticks(MostY);
    public IReadOnlyList<(double Number, string Label)> RightTicks => panel.Right?.Ticks(MostY) ?? [];

    /// <summary>The room that they take on the left, the right and below.</summary>
    public (float Left, float Right, float Bottom) Room
    {
        get
        {
            float left = Widest(YTicks) + Gap + TitleRoom(panel.Y);
            float right = panel.Right is null ? 0.6f * Look.Font : Widest(RightTicks) + Gap + TitleRoom(panel.Right);
            float bottom = panel.ShowsX ? Gap + 1.1f * Look.Small + TitleRoom(panel.X) : 0;
            return (left, right, bottom);
        }
    }

    public void Paint()
    {
        var data = panel.Data;
        foreach (var (number, label) in YTicks)
            page.Text(label, data.Left - Gap, panel.At(panel.X.Low, number).Y, Look.Small, Look.Muted, 1);
        foreach (var (number, label) in RightTicks)
            page.Text(label, data.Right + Gap, panel.At(panel.X.Low, number, true).Y, Look.Small, Look.Muted, 0);
        Title(panel.Y, data.Left - Gap - Widest(YTicks) - 0.55f * Look.Font, data.MidY, data.Height, -90, 1);
        if (panel.Right is { } right)
            Title(right, data.Right + Gap + Widest(RightTicks) + 0.55f * Look.Font, data.MidY, data.Height, -90, 0);
        if (!panel.ShowsX) return;
        foreach (var (number, label) in XTicks)
            page.Text(label, panel.At(number, panel.Y.Low).X, data.Bottom + Gap, Look.Small, Look.Muted, 0.5f, 0);
        Title(panel.X, data.MidX, data.Bottom + Gap + 1.1f * Look.Small + 0.45f * Look.Font, data.Width, 0, 0);
    }

    // One that is too long for its axis even in small letters stands upright in two lines.
    private void Title(AxisRange axis, float x, float y, float most, float turn, float down)
    {
        if (page.Say(axis.Words) is not { Length: > 0 } words) return;
        float small = Page.Least * Look.Font, line = 1.15f * small;
        most += 2 * Look.Font;
        bool isSplit = turn != 0 && Page.WidthOf(words, small) > most;
        foreach (var (index, part) in Page.Wrapped(words, small, most, isSplit ? 2 : 1).Index())
            page.Text(
                part, x + (isSplit ? index - down : 0) * line, y, isSplit ? small : Look.Font, Look.Ink, 0.5f, down,
                turn, most: most);
    }

    private float TitleRoom(AxisRange axis) => page.Say(axis.Words).Length > 0 ? 1.65f * Look.Font : 0.2f * Look.Font;

    private float Widest(IReadOnlyList<(double, string Label)> ticks) =>
        ticks.Select(tick => Page.WidthOf(tick.Label, Look.Small)).DefaultIfEmpty(0).Max();
}
