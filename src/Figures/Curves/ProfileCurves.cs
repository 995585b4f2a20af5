using Functional.Core.Landscapes;

namespace Functional.Figures;

/// <summary>Losses along curves between two networks, against t. Accuracies are dashed, on the right axis.</summary>
/// <param name="Curves">Each with its name, such as "straight line", "after matching units", "Bezier curve".</param>
public sealed record ProfileCurves(Items<(Phrase Name, LossProfile Profile)> Curves) : Figure
{
    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Curves);
        var look = page.Look;
        double[] ts = [.. Curves.SelectMany(curve => curve.Profile.Ts)];
        double[] accuracies = [.. Curves.SelectMany(curve => curve.Profile.Accuracies ?? [])];
        bool hasAccuracy = accuracies.Any(double.IsFinite);
        var keys = Curves.Select((curve, i) =>
            new LegendKey(curve.Name, look[i].Color) { Pattern = look.Pattern(0), Mark = look[i].Mark }).ToList();
        if (hasAccuracy)
        {
            keys.Add(new($"loss", look.Muted) { Pattern = look.Pattern(0) });
            keys.Add(new($"accuracy", look.Muted) { Pattern = look.Pattern(1) });
        }
        page.Legend(keys);
        var panel = new Panel(
            page, AxisRange.Of($"t, from the first network (0) to the second (1)", ts, mayBeLogarithmic: false,
                room: 0.02),
            AxisRange.Of($"loss", Curves.SelectMany(curve => curve.Profile.Losses), room: 0.06),
            hasAccuracy ? AxisRange.Of($"accuracy", accuracies, mayBeLogarithmic: false, room: 0.06) : null);
        panel.Vertical(0, look.Edge);
        panel.Vertical(1, look.Edge);
        foreach (var (i, (_, profile)) in Curves.Index())
        {
            if (profile.Accuracies is { } right)
                panel.Line(profile.Ts, right, look[i].Color, look.Pattern(1), onRight: hasAccuracy, thickness: 0.75f);
            panel.Line(profile.Ts, profile.Losses, look[i].Color, look.Pattern(0));
            var (every, first) = Sparse.Of(profile.Ts.Count, i, Curves.Count);
            panel.Points(
                profile.Ts.Where((_, at) => at % every == first), profile.Losses.Where((_, at) => at % every == first),
                look[i].Mark, 0.55f * look.Font, look[i].Color, look.Background);
        }
        page.Stack((panel, 1));
    }
}

/// <summary>Which points of a line have a mark: about eight, and not those of the other lines.</summary>
internal static class Sparse
{
    public static (int Every, int First) Of(int points, int line, int lines)
    {
        int every = Math.Max(1, points / 8);
        return (every, line * every / Math.Max(1, lines));
    }
}
