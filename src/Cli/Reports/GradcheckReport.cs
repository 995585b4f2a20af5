using System.Text.Json.Nodes;
using Functional.Core.Differentiation;
using Functional.Core.Forms;

namespace Functional.Cli.Reports;

/// <summary>Gradients beside those found in other ways, layer by layer.</summary>
/// <param name="Samples">How many the loss is of.</param>
/// <param name="Layers">What was found.</param>
/// <param name="Seconds">How long each way took.</param>
/// <param name="Tolerance">How large a relative error may be.</param>
internal sealed record GradcheckReport(
    int Samples, IReadOnlyList<LayerCheck> Layers, IReadOnlyDictionary<Way, double> Seconds, double Tolerance) : Report
{
    /// <summary>The largest relative error of all layers.</summary>
    public double Worst => Layers.Select(layer => layer.RelativeError).DefaultIfEmpty(0).Max();

    public override JsonObject ToJson() => new()
    {
        ["largest_relative_error"] = Finite(Worst),
        ["tolerance"] = Tolerance,
        ["samples"] = Samples,
        ["layers"] = new JsonArray([.. Layers.Select(layer => new JsonObject
        {
            ["layer"] = layer.Layer,
            ["kind"] = layer.Name,
            ["parameters"] = layer.Parameters,
            ["gradient_norm"] = Finite(layer.Norm),
            ["relative_error"] = Finite(layer.RelativeError),
            ["relative_errors"] = new JsonObject(
                layer.Errors.Select(error => KeyValuePair.Create(Ways.Name(error.Key), Finite(error.Value)))),
        })]),
        ["seconds"] = new JsonObject(Seconds.Select(way => KeyValuePair.Create(Ways.Name(way.Key), Finite(way.Value)))),
    };

    public override IEnumerable<string> ToText(Language language, int width) =>
        Lines().Select(line => line.In(language));

    private IEnumerable<Phrase> Lines()
    {
        Way[] others = [.. Seconds.Keys.Where(way => way != Way.Backward)];
        yield return $"backward against each other way, on {Counted.Samples(Samples)}:";
        yield return $"the largest difference, relative to the layer's gradient";
        yield return Phrase.Empty;
        yield return $"{(Phrase)$"layer",5}  {(Phrase)$"kind",-10} {(Phrase)$"parameters",10} "
            + $"{(Phrase)$"|gradient|",10}"
            + $"{Cells(others, Ways.Short)}";
        foreach (var layer in Layers)
            yield return $"{layer.Layer,5}  {layer.Name,-10} {layer.Parameters,10} {Numerals.Of(layer.Norm),10}"
                + $"{Cells(others, way => Numerals.Of(layer.Errors[way], 2))}";
        yield return $"{(Phrase)$"milliseconds, backward",-22} {1e3 * Seconds[Way.Backward],16:F1}"
            + $"{Cells(others, way => Numerals.Fixed(1e3 * Seconds[way], 1))}";
        if (!Seconds.ContainsKey(Way.ReverseMode))
            yield return $"reverse mode is left out: the network is too large for a tape of single numbers";
        yield return Worst <= Tolerance
            ? (Phrase)$"largest relative error {Numerals.Of(Worst, 3)} (within {Numerals.Of(Tolerance)})"
            : $"largest relative error {Numerals.Of(Worst, 3)} (NOT within {Numerals.Of(Tolerance)})";
    }

    // All of it fits 80 columns.
    private static string Cells(Way[] ways, Func<Way, string> cell) =>
        string.Concat(ways.Select(way => cell(way).PadLeft(way == Way.Richardson ? 11 : 10)));
}

/// <summary>What ways to a gradient are called.</summary>
internal static class Ways
{
    /// <summary>In JSON.</summary>
    public static string Name(Way way) => way switch
    {
        Way.Backward => "backward",
        Way.ForwardMode => "forward_mode",
        Way.ReverseMode => "reverse_mode",
        Way.Central => "central_difference",
        _ => "richardson",
    };

    /// <summary>As a heading that is no wider than its column.</summary>
    public static string Short(Way way) => way switch
    {
        Way.ForwardMode => "forward",
        Way.ReverseMode => "reverse",
        Way.Central => "central",
        _ => Name(way),
    };
}
