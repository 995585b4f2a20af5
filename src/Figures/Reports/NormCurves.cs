namespace Functional.Figures;

/// <summary>Sizes of the last gradient and the last update of each epoch, on a logarithmic axis.</summary>
/// <param name="Epochs">Their numbers.</param>
/// <param name="Norms">One or more.</param>
public sealed record NormCurves(Items<int> Epochs, Items<EpochCurve> Norms) : Figure
{
    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Epochs);
        ArgumentNullException.ThrowIfNull(Norms);
        var look = page.Look;
        double[] xs = [.. Epochs.Select(epoch => (double)epoch)];
        page.Legend([.. Norms.Select((norm, i) => LegendKey.Of(norm.Name, look[i]))]);
        var panel = new Panel(
            page, AxisRange.Of($"epoch", xs, mayBeLogarithmic: false, room: 0.02) with { IsWhole = true },
            AxisRange.Logarithmic($"norm", Norms.SelectMany(norm => norm.Numbers)));
        foreach (var (i, norm) in Norms.Index())
        {
            var (at, numbers) = Thinning.Of(xs, norm.Numbers);
            panel.Line(at, numbers, look[i].Color, look[i].Pattern);
        }
        page.Stack((panel, 1));
    }
}
