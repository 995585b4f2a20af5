using Functional.Core.Landscapes;
using Functional.Core.Numbers;
using SkiaSharp;

namespace Functional.Figures;

/// <summary>A sample on a map of decisions.</summary>
/// <param name="X">The first input.</param>
/// <param name="Y">The second.</param>
/// <param name="Target">The number of its class, from 0, or the number to predict.</param>
/// <param name="IsTest">Whether training did not see it.</param>
public sealed record MapSample(double X, double Y, double Target, bool IsTest = false);

/// <summary>What a network predicts over two of its inputs: a class, the stronger its colour the more probable, or a
/// number. Samples stand on top of it, in the same colours.</summary>
/// <param name="Grid">Where it was asked.</param>
/// <param name="Predicted">A row for each y, from the least: the number of a class, or a number.</param>
/// <param name="XName">The input along x.</param>
/// <param name="YName">The input along y.</param>
/// <param name="Classes">The classes' names; numbers are predicted where none are given.</param>
/// <param name="Probabilities">Of the predicted class; all alike unless given.</param>
/// <param name="Samples">Samples; none unless given.</param>
public sealed record DecisionMap(
    Grid Grid, Matrix<double> Predicted, string XName, string YName, Items<string>? Classes = null,
    Matrix<double>? Probabilities = null, Items<MapSample>? Samples = null) : Figure
{
    /// <summary>What the predicted number is, with its unit.</summary>
    public Phrase Quantity { get; init; } = $"prediction";

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Grid);
        ArgumentNullException.ThrowIfNull(Predicted);
        var look = page.Look;
        MapSample[] samples = [.. Samples ?? []];
        var colors = Classes is null
            ? ColorScale.Of(Quantity, [.. Predicted.Cells, .. samples.Select(sample => sample.Target)], look,
                mayBeLogarithmic: false)
            : null;
        var keys = (Classes ?? []).Select((name, i) => new LegendKey(Phrase.Verbatim(name), look[i].Color)).ToList();
        var edge = look.IsDark ? SKColors.White : SKColor.Parse("#14171C");
        if (samples.Any(sample => !sample.IsTest)) keys.Add(new($"seen in training", look.Muted)
        { Mark = Mark.Circle, Edge = edge });
        if (samples.Any(sample => sample.IsTest)) keys.Add(new($"not seen", look.Muted)
        { Mark = Mark.Diamond, Edge = edge });
        page.Legend(keys);
        var panel = new Panel(
            page, new(Phrase.Verbatim(XName), Grid.Left, Grid.Right),
                new(Phrase.Verbatim(YName), Grid.Bottom, Grid.Top))
        {
            HasGrid = false,
        };
        using var pixels = GridPixels.Of(Predicted, 360, (x, y) =>
            colors is null ? Shade(look, x, y) : colors.AtShare(GridPixels.Between(Predicted, colors.Range, x, y)));
        panel.Picture(pixels);
        float size = (samples.Length > 300 ? 0.42f : 0.55f) * look.Font;
        foreach (var sample in samples)
        {
            var color = colors is not null ? colors[sample.Target]
                : sample.Target is >= 0 and < 1e6 ? look[(int)sample.Target].Color : look.Blank;
            panel.Points(
                [sample.X], [sample.Y], sample.IsTest ? Mark.Diamond : Mark.Circle, size, color,
                ColorScale.Brightness(color) < 0.3 ? SKColors.White : edge);
        }
        double ratio = (Grid.Right - Grid.Left) / (Grid.Top - Grid.Bottom);
        page.Place(panel, isSquare: ratio is > 0.4 and < 2.5, colors);
    }

    // The class with the most probability between the points of the grid around; blank where the nearest has none.
    private SKColor Shade(Look look, double x, double y)
    {
        if (!HasClass((int)Math.Round(y), (int)Math.Round(x))) return look.Blank;
        var votes = new double[Math.Max(2, Classes!.Count)];
        for (int row = (int)y; row <= Math.Min((int)y + 1, Predicted.Rows - 1); row++)
            for (int column = (int)x; column <= Math.Min((int)x + 1, Predicted.Columns - 1); column++)
            {
                if (!HasClass(row, column)) continue;
                double weight = (1 - Math.Abs(row - y)) * (1 - Math.Abs(column - x)), strength = Strength(row, column);
                for (int label = 0; label < votes.Length; label++)
                    votes[label] += weight
                        * (label == (int)Predicted[row, column] ? strength : (1 - strength) / (votes.Length - 1));
            }
        double most = votes.Max(), even = 1.0 / votes.Length;
        return ColorScale.Mixed(
            look.Background, look[Array.IndexOf(votes, most)].Color,
                0.14 + 0.52 * Math.Clamp((most - even) / (1 - even), 0, 1));
    }

    private bool HasClass(int row, int column) =>
        Predicted[row, column] >= 0 && Predicted[row, column] < Math.Max(2, Classes!.Count);

    private double Strength(int row, int column) =>
        Probabilities is null ? 1 : Probabilities[row, column] is var p && double.IsFinite(p) ? p : 0;
}
