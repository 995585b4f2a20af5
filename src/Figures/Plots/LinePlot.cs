using SkiaSharp;

namespace Functional.Figures;

/// <summary>A line of a plot, or points of one kind.</summary>
/// <param name="Name">In the legend; lines of one name have one look, in all panels.</param>
/// <param name="X">Where.</param>
/// <param name="Y">How high; a line is broken where a number is not finite.</param>
public sealed record PlotLine(Phrase Name, Items<double> X, Items<double> Y)
{
    /// <summary>Where the interval of each point begins; none unless given.</summary>
    public Items<double>? Low { get; init; }

    /// <summary>Where the interval of each point ends.</summary>
    public Items<double>? High { get; init; }

    /// <summary>Whether points are marked.</summary>
    public bool HasMarks { get; init; }

    /// <summary>Whether points are joined.</summary>
    public bool IsJoined { get; init; } = true;

    /// <summary>Whether it stands behind the others, thin and pale.</summary>
    public bool IsFaint { get; init; }
}

/// <summary>A level that lines are to be compared with.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="At">Where: on y, or on x where it stands upright.</param>
/// <param name="IsUpright">Whether it is a number of x.</param>
public sealed record PlotLevel(Phrase Name, double At, bool IsUpright = false);

/// <summary>A pair of axes with lines.</summary>
/// <param name="X">What is along x, with its unit.</param>
/// <param name="Y">What is along y.</param>
/// <param name="Lines">The lines.</param>
public sealed record PlotPanel(Phrase X, Phrase Y, Items<PlotLine> Lines)
{
    /// <summary>What the panel is about; nothing unless given.</summary>
    public Phrase? Heading { get; init; }

    /// <summary>Whether x is logarithmic.</summary>
    public bool IsXLogarithmic { get; init; }

    /// <summary>Whether y is logarithmic.</summary>
    public bool IsYLogarithmic { get; init; }

    /// <summary>Levels.</summary>
    public Items<PlotLevel> Levels { get; init; } = [];
}

/// <summary>Lines and points in panels beside each other, with intervals and levels.</summary>
/// <param name="Panels">One or more; up to three stand in a row.</param>
public sealed record LinePlot(Items<PlotPanel> Panels) : Figure
{
    private const int MostInRow = 3;

    /// <summary>Whether x and y are places in a plane: all panels show the same part of it, and a unit is as long along
    /// x as along y.</summary>
    public bool IsPlane { get; init; }

    /// <summary>A plot of one panel.</summary>
    public LinePlot(PlotPanel panel) : this([panel]) { }

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Panels);
        var look = page.Look;
        Phrase[] names = [.. Panels.SelectMany(panel => panel.Lines).Select(line => line.Name).Distinct()];
        Phrase[] levels = [.. Panels.SelectMany(panel => panel.Levels).Select(level => level.Name).Distinct()];
        var kinds = Panels.SelectMany(panel => panel.Lines).ToLookup(line => line.Name);
        page.Legend(
        [
            .. names.Index().Select(name => Key(look, name.Index, name.Item, kinds[name.Item].First())),
            .. levels.Index().Select(level =>
                new LegendKey(level.Item, look.Edge) { Pattern = look.Pattern(level.Index + 1) }),
        ]);
        int columns = Panels.Count == 4 ? 2 : Math.Clamp(Panels.Count, 1, MostInRow),
            rows = Math.Max(1, (Panels.Count + columns - 1) / columns);
        var body = page.Body;
        float width = body.Width / columns, height = body.Height / rows;
        foreach (var (i, panel) in Panels.Index())
            Paint(page, panel, names, levels, SKRect.Create(
                body.Left + i % columns * width, body.Top + i / columns * height, width, height));
    }

    private static LegendKey Key(Look look, int index, Phrase name, PlotLine line) =>
        new(name, line.IsFaint ? look[index].Color.WithAlpha(120) : look[index].Color)
        {
            Pattern = !line.IsJoined ? null : line.IsFaint ? look.Pattern(0) : look[index].Pattern,
            Mark = line.HasMarks || !line.IsJoined ? look[index].Mark : null,
        };

    private void Paint(Page page, PlotPanel shown, Phrase[] names, Phrase[] levels, SKRect place)
    {
        var look = page.Look;
        PlotLine[] seen = [.. IsPlane ? Panels.SelectMany(panel => panel.Lines) : shown.Lines];
        double[] xs = [.. seen.SelectMany(line => line.X),
            .. shown.Levels.Where(level => level.IsUpright).Select(level => level.At)];
        double[] ys = [.. seen.SelectMany(line => line.Y.Concat(line.Low ?? []).Concat(line.High ?? [])),
            .. shown.Levels.Where(level => !level.IsUpright).Select(level => level.At)];
        var panel = new Panel(page, Axis(shown.X, xs, shown.IsXLogarithmic), Axis(shown.Y, ys, shown.IsYLogarithmic));
        foreach (var level in shown.Levels)
        {
            var pattern = look.Pattern(Array.IndexOf(levels, level.Name) + 1);
            if (level.IsUpright) panel.Vertical(level.At, look.Edge, pattern, 0.8f);
            else panel.Horizontal(level.At, look.Edge, pattern, 0.8f);
        }
        foreach (var line in shown.Lines.OrderByDescending(line => line.IsFaint))
        {
            var (color, pattern, mark) = look[Array.IndexOf(names, line.Name)];
            if (line.IsFaint) (color, pattern) = (color.WithAlpha(90), look.Pattern(0));
            if (line.IsJoined) panel.Line(line.X, line.Y, color, pattern, thickness: line.IsFaint ? 0.5f : 1);
            if (line.Low is { } low && line.High is { } high)
                panel.Intervals([.. line.X], [.. low], [.. high], color);
            if (line.HasMarks || !line.IsJoined)
                panel.Points(line.X, line.Y, mark, (line.IsFaint ? 0.35f : 0.5f) * look.Font, color, look.Background);
        }
        float top = place.Top;
        if (shown.Heading is { } heading)
        {
            page.Text(page.Say(heading), place.MidX, top, look.Font, look.Ink, 0.5f, 0, isBold: true,
                most: place.Width);
            top += 1.6f * look.Font;
        }
        var (left, right, bottom) = new PanelEdges(page, panel).Room;
        float gap = 0.4f * look.Font;
        var data = new SKRect(
            place.Left + left, top + gap, Math.Max(place.Left + left + 4, place.Right - right - gap),
            Math.Max(top + gap + 4, place.Bottom - bottom));
        panel.Paint(IsPlane
            ? data.AspectFit(new((float)(panel.X.High - panel.X.Low), (float)(panel.Y.High - panel.Y.Low)))
            : data);
    }

    private static AxisRange Axis(Phrase title, double[] numbers, bool isLogarithmic) => isLogarithmic
        ? AxisRange.Logarithmic(title, numbers)
        : AxisRange.Of(title, numbers, mayBeLogarithmic: false);
}
