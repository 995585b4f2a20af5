using ScottPlot;
using SkiaSharp;

namespace Functional.Figures;

/// <summary>A pair of axes with what is drawn between them, and if need be a second axis on the right.</summary>
internal sealed class Panel : IDisposable
{
    private readonly Page page;
    private readonly Plot plot = new();
    private readonly List<Action> marks = [];

    public Panel(Page page, AxisRange x, AxisRange y, AxisRange? right = null)
    {
        (this.page, X, Y, Right) = (page, x, y, right);
        page.Keep(this);
        var look = page.Look;
        plot.FigureBackground.Color = Color(look.Background);
        plot.DataBackground.Color = Color(look.Background);
        plot.Grid.MajorLineColor = Color(look.Grid);
        plot.Grid.MajorLineWidth = look.Hairline * 1.2f;
        plot.Axes.SetLimits(x.Ruler.From, x.Ruler.To, y.Ruler.From, y.Ruler.To);
        if (right is not null) plot.Axes.SetLimitsY(right.Ruler.From, right.Ruler.To, plot.Axes.Right);
    }

    public AxisRange X { get; }
    public AxisRange Y { get; }
    public AxisRange? Right { get; }

    /// <summary>Whether the numbers and the title of x are written below it.</summary>
    public bool ShowsX { get; init; } = true;

    /// <summary>Whether there are lines behind the data.</summary>
    public bool HasGrid { get; init; } = true;

    /// <summary>Names in place of the numbers of x.</summary>
    public IReadOnlyList<(double Number, string Label)>? XNames { get; init; }

    /// <summary>Names in place of the numbers of y.</summary>
    public IReadOnlyList<(double Number, string Label)>? YNames { get; init; }

    /// <summary>Where the data is on the page, once the panel is placed.</summary>
    public SKRect Data { get; private set; }

    public SKPoint At(double x, double y, bool onRight = false) => new(
        (float)(Data.Left + X.Share(x) * Data.Width),
        (float)(Data.Bottom - (onRight ? Right! : Y).Share(y) * Data.Height));

    /// <summary>A line; it is broken where a number is not finite, and a lone number is a dot.</summary>
    public void Line(
        IEnumerable<double> xs, IEnumerable<double> ys, SKColor color, LinePattern pattern, bool onRight = false,
        float thickness = 1, SKColor? below = null)
    {
        var run = new List<(double X, double Y)>();
        foreach (var at in xs.Zip(ys).Append((First: double.NaN, Second: double.NaN)))
        {
            if (double.IsFinite(X.At(at.First) + (onRight ? Right! : Y).At(at.Second)))
            {
                run.Add(at);
                continue;
            }
            if (run.Count == 1) Points([run[0].X], [run[0].Y], Mark.Circle, 3 * thickness * page.Look.Line, color,
                null, onRight);
            if (run.Count > 1) Run([.. run.Select(at => new Coordinates(X.At(at.X), (onRight ? Right! : Y).At(at.Y)))]);
            run.Clear();
        }

        void Run(Coordinates[] points)
        {
            var line = plot.Add.ScatterLine(points, Color(color));
            line.LineWidth = thickness * page.Look.Line;
            line.LinePattern = pattern;
            line.MarkerSize = 0;
            if (onRight) line.Axes.YAxis = plot.Axes.Right;
            if (below is not { } filling) return;
            (line.FillY, line.FillYValue, line.FillYColor) = (true, Y.Ruler.From, Color(filling));
        }
    }

    /// <summary>A thin line across the panel.</summary>
    public void Vertical(double x, SKColor color, LinePattern? pattern = null, float thickness = 0.5f)
    {
        if (double.IsFinite(X.At(x)))
            plot.Add.VerticalLine(X.At(x), thickness * page.Look.Line, Color(color), pattern ?? LinePattern.Solid);
    }

    /// <summary>A thin line across the panel.</summary>
    public void Horizontal(double y, SKColor color, LinePattern? pattern = null, float thickness = 0.5f)
    {
        if (double.IsFinite(Y.At(y)))
            plot.Add.HorizontalLine(Y.At(y), thickness * page.Look.Line, Color(color), pattern ?? LinePattern.Solid);
    }

    /// <summary>A picture over the whole panel.</summary>
    public void Picture(SKBitmap pixels)
    {
        var picture = plot.Add.ImageRect(
            new ScottPlot.Image(pixels), new(X.Ruler.From, X.Ruler.To, Y.Ruler.From, Y.Ruler.To));
        picture.AntiAlias = true;
    }

    /// <summary>Bars from the least y up.</summary>
    public void Bars(IReadOnlyList<double> at, IReadOnlyList<double> tops, double thickness, SKColor color)
    {
        double floor = Y.IsLogarithmic ? Y.Ruler.From : Y.At(0);
        var bars = at.Zip(tops).Where(bar => double.IsFinite(Y.At(bar.Second))).Select(bar => new Bar
        {
            Position = X.At(bar.First),
            Value = Y.At(bar.Second),
            ValueBase = floor,
            Size = thickness,
            FillColor = Color(color),
            LineWidth = 0,
        });
        plot.Add.Bars(bars.ToArray());
    }

    /// <summary>Bars of doubt, from a low number to a high one.</summary>
    public void Intervals(
        IReadOnlyList<double> at, IReadOnlyList<double> lows, IReadOnlyList<double> highs, SKColor color)
    {
        var shown = Enumerable.Range(0, at.Count)
            .Where(i => double.IsFinite(Y.At(highs[i])) && double.IsFinite(lows[i]))
            .Select(i => (X: X.At(at[i]), Low: Math.Max(Y.At(Math.Max(lows[i], Y.Low)), Y.Ruler.From),
                High: Y.At(highs[i])))
            .ToArray();
        if (shown.Length == 0) return;
        var none = new double[shown.Length];
        var bars = plot.Add.ErrorBar(
            [.. shown.Select(bar => bar.X)], [.. shown.Select(bar => bar.Low)],
            [.. shown.Select(bar => bar.High - bar.Low)]);
        (bars.XErrorNegative, bars.XErrorPositive, bars.YErrorNegative) = (none, none, none);
        bars.LineStyle.Color = Color(color);
        bars.LineWidth = 0.9f * page.Look.Line;
        bars.CapSize = 0.45f * page.Look.Font;
    }

    /// <summary>Something painted over the data when the panel is painted; it is cut at the panel's edge.</summary>
    public void Over(Action mark) => marks.Add(mark);

    /// <summary>A mark at each point.</summary>
    public void Points(
        IEnumerable<double> xs, IEnumerable<double> ys, Mark mark, float size, SKColor color, SKColor? edge = null,
        bool onRight = false)
    {
        (double X, double Y)[] points =
            [.. xs.Zip(ys).Where(at => double.IsFinite(X.At(at.First) + (onRight ? Right! : Y).At(at.Second)))];
        Over(() =>
        {
            foreach (var (x, y) in points)
                page.Point(mark, At(x, y, onRight), size, color, edge, edge is null ? 0 : 1.2f * page.Look.Hairline);
        });
    }

    /// <summary>Paints the panel with its data in a rectangle; its numbers and titles stand around it.</summary>
    public void Paint(SKRect data)
    {
        Data = data;
        var look = page.Look;
        var edges = new PanelEdges(page, this);
        Ticked(plot.Axes.Bottom, edges.XTicks.Select(tick => X.At(tick.Number)),
            XNames is null ? X.MinorTicks(edges.MostX) : [], X);
        Ticked(plot.Axes.Left, edges.YTicks.Select(tick => Y.At(tick.Number)),
            YNames is null ? Y.MinorTicks(edges.MostY) : [], Y);
        Ticked(plot.Axes.Right, edges.RightTicks.Select(tick => Right!.At(tick.Number)),
            Right?.MinorTicks(edges.MostY) ?? [], Right ?? Y);
        Ticked(plot.Axes.Top, [], [], X);
        if (!HasGrid) plot.HideGrid();
        // A plot of nothing has no ticks.
        if (plot.PlottableList.Count == 0) Line([X.Low, X.Low], [Y.Low, Y.Low], SKColors.Transparent,
            LinePattern.Solid);
        plot.Layout.Fixed(new PixelRect(data.Left, data.Right, data.Bottom, data.Top));
        page.Canvas.Save();
        float ticks = 0.34f * look.Font, line = 2 * look.Hairline; // what the plot paints around its data
        SKRect around = new(data.Left - ticks, data.Top - line, data.Right + (Right is null ? line : ticks),
            data.Bottom + ticks);
        page.Canvas.ClipRect(around);
        plot.Render(page.Canvas, new PixelRect(0, page.Size.Width, page.Size.Height, 0));
        page.Canvas.Restore();
        page.Canvas.Save();
        page.Canvas.ClipRect(SKRect.Inflate(data, 0.5f * look.Font, 0.5f * look.Font));
        foreach (var mark in marks) mark();
        page.Canvas.Restore();
        edges.Paint();
    }

    public void Dispose() => plot.Dispose();

    private void Ticked(IAxis axis, IEnumerable<double> major, IEnumerable<double> minor, AxisRange range)
    {
        var look = page.Look;
        var ticks = new ScottPlot.TickGenerators.NumericManual();
        foreach (double at in major) ticks.AddMajor(at, "");
        foreach (double number in minor) ticks.AddMinor(range.At(number));
        axis.TickGenerator = ticks;
        axis.FrameLineStyle.Color = Color(look.Edge);
        axis.FrameLineStyle.Width = look.Hairline * 1.4f;
        foreach (var (style, length) in new[] { (axis.MajorTickStyle, 0.3f), (axis.MinorTickStyle, 0.17f) })
            (style.Length, style.Color, style.Width) = (length * look.Font, Color(look.Edge), look.Hairline * 1.4f);
    }

    private static Color Color(SKColor color) => new(color.Red, color.Green, color.Blue, color.Alpha);
}
