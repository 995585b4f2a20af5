using Functional.Core.Curvature;
using Functional.Core.Forms;

namespace Functional.Figures;

/// <summary>The density of an operator's eigenvalues, with each smoothed by a bell curve, on a logarithmic axis; below
/// it every eigenvalue as a tick, where they are known.</summary>
/// <param name="Density">Eigenvalues with their weights.</param>
/// <param name="Exact">Every eigenvalue; no ticks unless given.</param>
/// <param name="Marked">Eigenvalues with a mark and a name, such as the smallest and the largest; none unless
/// given.</param>
public sealed record SpectrumPlot(
    SpectralDensity Density, WholeSpectrum? Exact = null, Items<(double Value, Phrase Name)>? Marked = null) : Figure
{
    private const double RootOfTwoPi = 2.5066282746310002;

    /// <summary>The standard deviation of the bell curves; a hundredth of the spectrum's width unless said.</summary>
    public double? Width { get; init; }

    /// <summary>Every eigenvalue, all with the same weight; the ends are marked.</summary>
    public static SpectrumPlot From(WholeSpectrum spectrum)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        double share = 1.0 / Math.Max(1, spectrum.Values.Count);
        return new(
            new(spectrum.Values, [.. spectrum.Values.Select(_ => share)]), spectrum,
            spectrum.Values.Count == 0 ? [] : Ends(spectrum.Smallest, spectrum.Largest));
    }

    /// <summary>Marks at both ends of a spectrum.</summary>
    public static Items<(double Value, Phrase Name)> Ends(double smallest, double largest) =>
        [(smallest, $"smallest"), (largest, $"largest")];

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Density);
        var look = page.Look;
        double[] all = [.. Density.Values, .. Exact?.Values ?? [], .. (Marked ?? []).Select(mark => mark.Value)];
        all = [.. all.Where(double.IsFinite)];
        double low = all.DefaultIfEmpty(0).Min(), high = all.DefaultIfEmpty(1).Max();
        double width = Width is > 0 and var given ? given : high > low ? (high - low) / 100
            : 0.01 * Math.Max(1, Math.Abs(low));
        var (xs, ys) = Smooth(low - 6 * width, high + 6 * width, width);
        var x = AxisRange.Of($"eigenvalue", [low - 6 * width, high + 6 * width], mayBeLogarithmic: false, room: 0.01);
        var panel = new Panel(page, x, Height(ys, width)) { ShowsX = Exact is null };
        panel.Vertical(0, look.Edge, look.Pattern(2));
        panel.Line(xs, Above(ys, panel.Y.Low), look[0].Color, look.Pattern(0), below: look[0].Color.WithAlpha(60));
        List<LegendKey> keys =
            [new($"density, bell curves of width {Numerals.Of(width, 2)}", look[0].Color)
                { Pattern = look.Pattern(0) }];
        foreach (var (i, (value, name)) in (Marked ?? []).OrderBy(mark => mark.Value).Index())
        {
            var color = look[1 + i % 5].Color;
            keys.Add(new($"{name} {Numerals.Of(value, 4).Replace('-', '−')}", color) { Mark = look[1 + i % 5].Mark });
            double above = panel.Y.Low * Math.Pow(panel.Y.High / panel.Y.Low, 0.03);
            panel.Points([value], [above], look[1 + i % 5].Mark, 0.8f * look.Font, color, look.Background);
        }
        if (Exact is null)
        {
            page.Legend(keys);
            page.Stack((panel, 1));
            return;
        }
        keys.Add(new($"each of {Counted.Eigenvalues(Exact.Values.Count)}", look.Ink) { Mark = Mark.Plus });
        page.Legend(keys);
        var ticks = new Panel(page, x, new($"", 0, 1)) { YNames = [], HasGrid = false };
        ticks.Over(() =>
        {
            foreach (double value in Exact.Values.Where(double.IsFinite))
                page.Line(
                    ticks.At(value, 0).X, ticks.Data.Bottom, ticks.At(value, 0).X, ticks.Data.Top,
                        look.Ink.WithAlpha(150),
                    0.4f * look.Line);
        });
        page.Stack((panel, 9), (ticks, 1));
    }

    private (double[] Xs, double[] Ys) Smooth(double low, double high, double width)
    {
        const int Places = 800;
        var (xs, ys) = (new double[Places], new double[Places]);
        for (int i = 0; i < Places; i++)
        {
            xs[i] = low + (high - low) * i / (Places - 1);
            foreach (var (value, weight) in Density.Values.Zip(Density.Weights))
                if (Math.Abs(xs[i] - value) / width is var off && off < 12)
                    ys[i] += weight * Math.Exp(-off * off / 2) / (width * RootOfTwoPi);
        }
        return (xs, ys);
    }

    // The curve where it is above the floor, and from and to the floor.
    private static IEnumerable<double> Above(double[] ys, double floor) => ys.Select((y, i) =>
        y >= floor ? y
        : i > 0 && ys[i - 1] >= floor || i + 1 < ys.Length && ys[i + 1] >= floor ? floor : double.NaN);

    // Down to a tenth of what the lightest eigenvalue that counts adds, and to a millionth of the highest at most.
    private AxisRange Height(double[] ys, double width)
    {
        double most = ys.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        if (!(most > 0)) return new($"density", 1e-3, 1, IsLogarithmic: true);
        double least = Density.Weights.Where(weight => weight > 0).DefaultIfEmpty(1).Min() / (width * RootOfTwoPi);
        return new($"density", Math.Max(most * 1e-6, Math.Min(least, most) / 10), 2 * most, IsLogarithmic: true);
    }
}
