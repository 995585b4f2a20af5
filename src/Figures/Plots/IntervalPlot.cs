namespace Functional.Figures;

/// <summary>A number with its interval, in a row of its own.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Kind">What it is, in the legend; rows of one kind have one look.</param>
/// <param name="Value">The number.</param>
/// <param name="Low">Where its interval begins.</param>
/// <param name="High">Where it ends.</param>
public sealed record IntervalRow(Phrase Name, Phrase Kind, double Value, double Low, double High);

/// <summary>Numbers with their intervals below each other, beside a level that they are compared with. Rows of one name
/// stand on one line.</summary>
/// <param name="Quantity">What is measured, with its unit.</param>
/// <param name="Rows">From the top.</param>
/// <param name="Levels">Levels; none unless given.</param>
public sealed record IntervalPlot(Phrase Quantity, Items<IntervalRow> Rows, Items<PlotLevel>? Levels = null) : Figure
{
    /// <summary>Whether the axis is logarithmic.</summary>
    public bool IsLogarithmic { get; init; }

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Rows);
        var look = page.Look;
        Phrase[] kinds = [.. Rows.Select(row => row.Kind).Distinct()],
            names = [.. Rows.Select(row => row.Name).Distinct()];
        PlotLevel[] levels = [.. Levels ?? []];
        page.Legend(
        [
            .. kinds.Index().Select(kind =>
                new LegendKey(kind.Item, look[kind.Index].Color) { Mark = look[kind.Index].Mark }),
            .. levels.Index().Select(level =>
                new LegendKey(level.Item.Name, look.Edge) { Pattern = look.Pattern(level.Index + 1) }),
        ]);
        double[] numbers = [.. Rows.SelectMany(row => (double[])[row.Value, row.Low, row.High]),
            .. levels.Select(level => level.At)];
        var x = IsLogarithmic
            ? AxisRange.Logarithmic(Quantity, numbers)
            : AxisRange.Of(Quantity, numbers, mayBeLogarithmic: false);
        var panel = new Panel(page, x, new(Phrase.Empty, -0.6, names.Length - 0.4))
        {
            YNames = [.. names.Index().Select(name => ((double)(names.Length - 1 - name.Index), page.Say(name.Item)))],
        };
        foreach (var (i, level) in levels.Index()) panel.Vertical(level.At, look.Edge, look.Pattern(i + 1), 0.8f);
        foreach (var row in Rows)
        {
            int kind = Array.IndexOf(kinds, row.Kind);
            double y = names.Length - 1 - Array.IndexOf(names, row.Name)
                + (kinds.Length > 1 ? 0.5 * (0.5 - (kind + 0.5) / kinds.Length) : 0);
            double[] ends = [Math.Max(row.Low, x.Low), Math.Min(row.High, x.High)];
            if (ends[0] < ends[1]) panel.Line(ends, [y, y], look[kind].Color, look.Pattern(0), thickness: 0.9f);
            panel.Points([row.Value], [y], look[kind].Mark, 0.6f * look.Font, look[kind].Color, look.Background);
        }
        page.Stack((panel, 1));
    }
}
