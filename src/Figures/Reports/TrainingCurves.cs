using Functional.Core.Inspection;

namespace Functional.Figures;

/// <summary>A quantity of each epoch.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Numbers">One an epoch; NaN where an epoch has none.</param>
public sealed record EpochCurve(Phrase Name, Items<double> Numbers);

/// <summary>Losses epoch by epoch, as they are (faint) and smoothed; below them a score and the learning rate, where
/// there are any.</summary>
/// <param name="Epochs">Their numbers.</param>
/// <param name="Losses">One or more losses, such as those of the training and the validation part.</param>
/// <param name="Score">A score; none unless given. It has the colour of the last loss.</param>
/// <param name="Rate">The learning rate; none unless given.</param>
public sealed record TrainingCurves(
    Items<int> Epochs, Items<EpochCurve> Losses, EpochCurve? Score = null, EpochCurve? Rate = null) : Figure
{
    /// <summary>Whether equal steps of the losses' axis are equal factors.</summary>
    public bool IsLogarithmic { get; init; }

    // Curves of a few epochs are left as they are.
    private int Reach => Smoothing.ReachFor(Epochs.Count);

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Epochs);
        ArgumentNullException.ThrowIfNull(Losses);
        var look = page.Look;
        double[] xs = [.. Epochs.Select(epoch => (double)epoch)];
        List<LegendKey> keys =
            [.. Losses.Select((loss, i) => LegendKey.Of(loss.Name, look[i] with { Pattern = look.Pattern(0) }))];
        if (Reach > 0) keys.Add(new($"faint: as measured; bold: smoothed", look.Muted) { IsRemark = true });
        page.Legend(keys);
        var x = AxisRange.Of($"epoch", xs, mayBeLogarithmic: false, room: 0.02) with { IsWhole = true };
        double[] all = [.. Losses.SelectMany(loss => loss.Numbers)];
        var y = IsLogarithmic
            ? AxisRange.Logarithmic($"loss", all)
            : AxisRange.Of($"loss", [0, .. all], mayBeLogarithmic: false) with { Low = 0 };
        bool hasScore = Score?.Numbers.Any(double.IsFinite) == true,
            hasRate = Rate?.Numbers.Any(double.IsFinite) == true;
        var panels = new List<(Panel, float)>();
        var loss = new Panel(page, x, y) { ShowsX = !hasScore && !hasRate };
        foreach (var (i, curve) in Losses.Index()) Draw(loss, look, i, curve.Numbers);
        panels.Add((loss, 2.2f));
        if (hasScore)
        {
            // The first epochs, far from all others, may leave the panel.
            var settled = Score!.Numbers.Skip(Score.Numbers.Count / 10);
            var score = new Panel(page, x, AxisRange.Of(Score.Name, settled, mayBeLogarithmic: false, room: 0.08))
            {
                ShowsX = !hasRate,
            };
            Draw(score, look, Losses.Count - 1, Score.Numbers);
            panels.Add((score, 1.1f));
        }
        if (hasRate)
        {
            var rates = AxisRange.Of(Rate!.Name, [0, .. Rate.Numbers], mayBeLogarithmic: false, room: 0.1);
            var rate = new Panel(page, x, rates with { Low = 0 });
            var (rateXs, numbers) = Thinning.Of(xs, Rate.Numbers);
            rate.Line(rateXs, numbers, look.Muted, look.Pattern(0));
            panels.Add((rate, 0.7f));
        }
        page.Stack([.. panels]);

        void Draw(Panel panel, Look look, int index, Items<double> numbers)
        {
            var color = look[index].Color;
            var (rawXs, raw) = Thinning.Of(xs, numbers);
            if (Reach > 0) panel.Line(rawXs, raw, color.WithAlpha(80), look.Pattern(0), thickness: 0.6f);
            var (smoothXs, smooth) = Thinning.Of(xs, Smoothing.Of(numbers, Reach));
            panel.Line(smoothXs, smooth, color, look.Pattern(0), thickness: 1.15f);
        }
    }
}
