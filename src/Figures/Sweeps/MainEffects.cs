using SkiaSharp;

namespace Functional.Figures;

/// <summary>The score against each field that a sweep varied, in a panel each: a dot for each experiment, and the mean
/// of those with one value with its 95 % interval over seeds; where values are many, of a sixth of them each.</summary>
/// <param name="Measure">What the score is.</param>
/// <param name="Fields">The fields.</param>
/// <param name="Scores">Of each experiment that of each seed.</param>
public sealed record MainEffects(Phrase Measure, Items<SweptField> Fields, Items<Items<double>> Scores) : Figure
{
    private const int MostInRow = 3, MostValues = 12, Bins = 6;

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Fields);
        ArgumentNullException.ThrowIfNull(Scores);
        var look = page.Look;
        page.Legend(
        [
            new($"experiment, mean over seeds", look[1].Color.WithAlpha(150)) { Mark = Mark.Circle },
            new(Scores.Any(seeds => seeds.Count > 1)
                ? (Phrase)$"mean of the experiments, 95 % interval over seeds" : $"mean of the experiments", look[0].Color)
            {
                Pattern = look.Pattern(0), Mark = Mark.Square,
            },
        ]);
        double[] means = [.. Scores.Select(seeds => seeds.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average())];
        int columns = Math.Clamp(Fields.Count, 1, MostInRow),
            rows = Math.Max(1, (Fields.Count + columns - 1) / columns);
        float width = page.Body.Width / columns, height = page.Body.Height / rows;
        var body = page.Body;
        var groups = Fields.Select(field => Groups(field, Scores)).ToArray();
        // One axis for all, so that effects can be compared; what two experiments leave open does not stretch it.
        double[] finite = [.. means.Where(double.IsFinite)];
        double low = finite.DefaultIfEmpty(0).Min(), high = finite.DefaultIfEmpty(0).Max(),
            most = 0.5 * (high / 2 - low / 2);
        var y = AxisRange.Of(
            Measure,
            [
                .. means, .. groups.SelectMany(of => of).SelectMany(group =>
                    (double[])[Math.Max(group.Low, low - most), Math.Min(group.High, high + most)]),
            ],
            room: 0.06);
        foreach (var (i, field) in Fields.Index())
            Effect(page, field, means, groups[i], y, SKRect.Create(
                body.Left + i % columns * width, body.Top + i / columns * height, width, height));
    }

    private static void Effect(
        Page page, SweptField field, double[] means, List<(double At, double Mean, double Low, double High)> groups,
        AxisRange y, SKRect place)
    {
        var look = page.Look;
        var panel = new Panel(page, field.Axis(), y)
        {
            XNames = field.Names(look.Small, 0.8f * place.Width / Math.Max(1, field.Distinct.Count)),
        };
        panel.Points(
            field.Values.Select(field.At), means, Mark.Circle, 0.36f * look.Font, look[1].Color.WithAlpha(110));
        double[] at = [.. groups.Select(group => group.At)], mean = [.. groups.Select(group => group.Mean)];
        if (field.IsNumber) panel.Line(at, mean, look[0].Color, look.Pattern(0));
        panel.Intervals(
            at, [.. groups.Select(group => group.Low)], [.. groups.Select(group => group.High)], look[0].Color);
        panel.Points(at, mean, Mark.Square, 0.6f * look.Font, look[0].Color, look.Background);
        var (left, right, bottom) = new PanelEdges(page, panel).Room;
        float gap = 0.4f * look.Font;
        panel.Paint(new(
            place.Left + left, place.Top + gap, Math.Max(place.Left + left + 4, place.Right - right - gap),
            Math.Max(place.Top + gap + 4, place.Bottom - bottom)));
    }

    /// <summary>The mean of the experiments with one value; where there are many values, of neighbours. They differ by
    /// design in the other fields, so what scatters by chance is that mean from seed to seed.</summary>
    /// <param name="field">The field.</param>
    /// <param name="scores">Of each experiment that of each seed; one that lacks a seed is left out.</param>
    internal static List<(double At, double Mean, double Low, double High)> Groups(
        SweptField field, Items<Items<double>> scores)
    {
        var experiments = field.Values.Zip(scores, (value, seeds) => (At: field.At(value), Seeds: seeds))
            .Where(one => one.Seeds.Count > 0 && one.Seeds.All(double.IsFinite)).OrderBy(one => one.At).ToArray();
        var groups = field.IsNumber && field.Distinct.Count > MostValues
            ? Enumerable.Range(0, Bins)
                .Select(bin => experiments[
                    (bin * experiments.Length / Bins)..((bin + 1) * experiments.Length / Bins)])
                .Where(bin => bin.Length > 0)
            : experiments.GroupBy(one => one.At).Select(group => group.ToArray());
        return [.. groups.Select(group =>
        {
            var mean = SampleMean.Of([.. Enumerable.Range(0, group.Min(one => one.Seeds.Count))
                .Select(seed => group.Average(one => one.Seeds[seed]))]);
            return (group[group.Length / 2].At, mean.Mean, mean.Mean - (mean.Half ?? 0), mean.Mean + (mean.Half ?? 0));
        })];
    }
}
