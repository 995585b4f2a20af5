using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Core.Training;

namespace Functional.Cli.Reports;

/// <summary>What came of a range test: the curve, and the rates that it suggests.</summary>
/// <param name="Curve">The test.</param>
/// <param name="Current">The rate that the experiment has.</param>
internal sealed record RateReport(RateCurve Curve, double? Current) : Report
{
    private const int PlotHeight = 8, Label = 10; // characters; those before a plot

    public override JsonObject ToJson()
    {
        var json = Curve.ToJson();
        json["experiment_rate"] = Current;
        return json;
    }

    public override IEnumerable<string> ToText(Language language, int width)
    {
        var curve = Curve;
        string[] plot = curve.Minimum is null ? [] : [.. Plot(Math.Clamp(width - Label - 2, 20, 70))];
        return
        [
            .. Wrapped(Head.In(language), width, 2), .. plot,
            .. Lines().SelectMany(line => Wrapped(line.In(language), width, 2)),
        ];
    }

    private Phrase Head => $"loss, smoothed over about {1 / (1 - Curve.Range.Smoothing):F0} steps, "
        + $"against the learning rate, which grows over {Counted.Steps(Curve.Points.Count)}";

    // What lies above the first losses is cut off: how far the loss rises in the end says nothing.
    private IEnumerable<string> Plot(int width)
    {
        double low = Curve.Minimum!.Smoothed, first = Curve.Points[0].Smoothed;
        double high = Math.Min(
            Curve.Points.Max(point => point.Smoothed), Math.Max(first, low) + (Math.Max(first, low) - low) / 4);
        if (high <= low) high = Curve.Points.Max(point => point.Smoothed);
        foreach (string line in CurvePlot.Lines(
            [.. Curve.Points.Select(point => point.Smoothed)], low, high, width, PlotHeight))
            yield return line;
        string from = Numerals.Of(Curve.Points[0].Rate, 3), to = Numerals.Of(Curve.Points[^1].Rate, 3);
        yield return new string(' ', Label) + from + to.PadLeft(Math.Max(to.Length + 1, width - from.Length));
    }

    private IEnumerable<Phrase> Lines()
    {
        if (Curve.Points.Count > 0 && Curve.End != RateEnd.Whole)
            yield return Curve.End == RateEnd.Rose
                ? (Phrase)($"ended at rate {Numerals.Of(Curve.Points[^1].Rate, 3)}: the loss was above four times its "
                    + $"least")
                : $"ended after rate {Numerals.Of(Curve.Points[^1].Rate, 3)}: loss or parameters were not finite";
        if (!Curve.Falls)
        {
            yield return Curve.Points.Count == 0
                ? (Phrase)$"the first loss is not finite: there is nothing to suggest"
                : $"no suggestion: the loss does not fall by more than its scatter from batch to batch (it fell by "
                    + $"{Numerals.Of(Curve.Descent, 3)}, and {Numerals.Of(Curve.Chance, 3)} may be chance); more "
                    + $"--steps, or other rates (--from, --to), may show more";
            yield break;
        }
        yield return Phrase.Empty;
        if (Curve.Steepest is { } steepest)
            yield return $"steepest descent          {Numerals.Of(steepest, 3)}";
        yield return $"a tenth of the minimum's  {Numerals.Of(Curve.TenthOfMinimum!.Value, 3)}";
        if (Current is { } current)
            yield return $"the experiment's own      {Numerals.Of(current, 3)}";
        yield return $"recommended: --rate {Numerals.Of(Curve.Recommended!.Value, 3)}, the smallest suggestion: a rate "
            + $"that is too large spoils a training, and one that is too small only makes it longer";
    }
}
