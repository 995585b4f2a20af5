using Functional.Core.Inspection;

namespace Functional.Figures;

/// <summary>One quantity of several runs, epoch by epoch: as it is (faint) and smoothed.</summary>
/// <param name="Quantity">What it is.</param>
/// <param name="Runs">A curve a run, from its first epoch on.</param>
public sealed record RunCurves(Phrase Quantity, Items<EpochCurve> Runs) : Figure
{
    /// <summary>Whether equal steps are equal factors.</summary>
    public bool IsLogarithmic { get; init; }

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Runs);
        var look = page.Look;
        int most = Runs.Select(run => run.Numbers.Count).DefaultIfEmpty(1).Max();
        double[] all = [.. Runs.SelectMany(run => run.Numbers)];
        page.Legend([.. Runs.Select((run, i) => LegendKey.Of(run.Name, look[i]))]);
        var panel = new Panel(
            page, AxisRange.Of($"epoch", [1, most], mayBeLogarithmic: false, room: 0.02) with { IsWhole = true },
            IsLogarithmic ? AxisRange.Logarithmic(Quantity, all)
                : AxisRange.Of(Quantity, all, mayBeLogarithmic: false));
        foreach (var (i, run) in Runs.Index())
        {
            double[] xs = [.. Enumerable.Range(1, run.Numbers.Count).Select(epoch => (double)epoch)];
            int reach = Smoothing.ReachFor(run.Numbers.Count);
            var (rawXs, raw) = Thinning.Of(xs, run.Numbers);
            if (reach > 0) panel.Line(rawXs, raw, look[i].Color.WithAlpha(70), look.Pattern(0), thickness: 0.6f);
            var (smoothXs, smooth) = Thinning.Of(xs, Smoothing.Of(run.Numbers, reach));
            panel.Line(smoothXs, smooth, look[i].Color, look[i].Pattern, thickness: 1.15f);
        }
        page.Stack((panel, 1));
    }
}
