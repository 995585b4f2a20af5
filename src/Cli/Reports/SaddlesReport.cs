using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Core.Landscapes;
using Functional.Landscapes;

namespace Functional.Cli.Reports;

/// <summary>The critical points of an experiment's loss.</summary>
/// <param name="Look">What was found.</param>
/// <param name="Seeds">From how many starts.</param>
/// <param name="Parameters">Of the network.</param>
internal sealed record SaddlesReport(SaddleLook Look, int Seeds, int Parameters) : Report
{
    public override JsonObject ToJson() => new()
    {
        ["starts"] = Seeds,
        ["samples"] = Look.Samples,
        ["parameters"] = Parameters,
        ["notes"] = List(Look.Notes.Select(note => $"{note}")),
        ["gradient_below"] = CriticalSearch.Tolerance,
        ["families"] = new JsonArray([.. Look.Points.Families.Zip(Look.Escapes, Json)]),
        ["ran_off"] = new JsonArray([.. Look.Points.RanOff.Select(end => (JsonNode)new JsonObject
        {
            ["loss"] = Finite(end.Loss), ["gradient"] = Finite(end.GradientNorm), ["distance"] = Finite(end.Distance),
        })]),
        ["stalled"] = new JsonArray([.. Look.Points.Stalled.Select(end => (JsonNode)new JsonObject
        {
            ["loss"] = Finite(end.Loss), ["gradient"] = Finite(end.GradientNorm),
        })]),
    };

    public override IEnumerable<string> ToText(Language language, int width) =>
        Lines().SelectMany(line => line.In(language) is var text && text.Length > width
            ? Wrapped(text, width, 2)
            : [text]);

    private IEnumerable<Phrase> Lines()
    {
        yield return $"{Counted.Starts(Seeds)}, {Counted.Parameters(Parameters)}, "
            + $"the loss over {Counted.Samples(Look.Samples)}";
        foreach (var note in Look.Notes) yield return note;
        yield return Phrase.Empty;
        yield return $"{(Phrase)$"loss",11} {(Phrase)$"index",6} {(Phrase)$"zeros",6} {(Phrase)$"found",6} "
            + $"{(Phrase)$"distinct",9} {(Phrase)$"smallest",11} {(Phrase)$"largest",11}  {(Phrase)$"what it is"}";
        foreach (var family in Look.Points.Families)
        {
            var point = family.First;
            yield return $"{Numerals.Of(point.Loss, 5),11} {point.Index,6} {point.Zeros,6} {family.Times,6} "
                + $"{family.Points.Count,9} {Numerals.Of(point.Eigenvalues[0], 3),11} "
                + $"{Numerals.Of(point.Eigenvalues[^1], 3),11}  {What(point)}";
        }
        var (ranOff, stalled) = (Look.Points.RanOff, Look.Points.Stalled);
        if (ranOff.Count + stalled.Count > 0) yield return Phrase.Empty;
        if (ranOff is [var alone])
            yield return $"1 search ran off to infinity, at a loss of {Numerals.Of(alone.Loss, 5)}";
        else if (ranOff.Count > 0)
            yield return $"{ranOff.Count} searches ran off to infinity, at losses from "
                + $"{Numerals.Of(ranOff.Min(end => end.Loss), 5)} to {Numerals.Of(ranOff.Max(end => end.Loss), 5)}";
        if (stalled is [var only])
            yield return $"1 search stopped where the gradient is not zero, but {Numerals.Of(only.GradientNorm, 2)}, "
                + $"after 400 steps or because none makes it smaller";
        else if (stalled.Count > 0)
            yield return $"{stalled.Count} searches stopped where the gradient is not zero, but "
                + $"{Numerals.Of(stalled.Min(end => end.GradientNorm), 2)} or more, after 400 steps "
                + $"or because none makes it smaller";
        yield return Phrase.Empty;
        yield return $"index: negative eigenvalues of the Hessian, below -1e-9 times the largest; zeros: as near to "
            + $"zero; eigenvalues are those of the first point found; distinct: not one by order or signs of units; "
            + $"flat: a minimum, or a saddle of which the Hessian does not know; "
            + $"the gradient is below {Numerals.Of(CriticalSearch.Tolerance)}";
        if (!Look.Escapes.Any(escape => escape is not null)) yield break;
        yield return Phrase.Empty;
        yield return $"gradient descent from 1e-6 to 1e-3 beside a saddle, along its steepest way down:";
        yield return $"{(Phrase)$"loss",11} {(Phrase)$"rate",11} {(Phrase)$"theory",12} {(Phrase)$"measured",12}";
        foreach (var (family, escape) in Look.Points.Families.Zip(Look.Escapes))
            if (escape is not null)
                yield return $"{Numerals.Of(family.First.Loss, 5),11} {Numerals.Of(escape.Rate, 4),11} "
                    + $"{Numerals.Of(escape.Theory, 5),12} "
                    + $"{(escape.Measured is { } steps ? Phrase.Verbatim($"{steps}") : $"over 100000"),12}";
    }

    public static Phrase What(CriticalPoint point) => point switch
    {
        { Index: > 0 } => $"saddle",
        { Zeros: 0 } => $"minimum",
        _ => $"flat",
    };

    private static JsonNode Json(CriticalFamily family, Escape? escape)
    {
        var point = family.First;
        return new JsonObject
        {
            ["loss"] = point.Loss,
            ["index"] = point.Index,
            ["zeros"] = point.Zeros,
            ["zero_tolerance"] = point.ZeroTolerance,
            ["is_strict_minimum"] = point.IsStrictMinimum,
            ["times"] = family.Times,
            ["distinct"] = family.Points.Count,
            ["gradient"] = point.GradientNorm,
            ["eigenvalues"] = new JsonArray([.. point.Eigenvalues.Select(value => (JsonNode)value)]),
            ["parameters"] = new JsonArray([.. point.Network.Parameters.Select((value, _) => (JsonNode)value)]),
            ["escape"] = escape is null ? null : new JsonObject
            {
                ["rate"] = escape.Rate,
                ["from"] = escape.From,
                ["to"] = escape.To,
                ["theory"] = escape.Theory,
                ["measured"] = escape.Measured,
            },
        };
    }
}
