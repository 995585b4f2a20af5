using System.Text.Json.Nodes;
using Functional.Core.Curvature;
using Functional.Core.Forms;
using Functional.Core.Landscapes;
using Functional.Landscapes;

namespace Functional.Cli.Reports;

/// <summary>The curvature of the loss at a run's model.</summary>
/// <param name="Run">The run's directory.</param>
/// <param name="Order">What was wanted.</param>
/// <param name="Look">What was found.</param>
/// <param name="Experiment">Of the run.</param>
internal sealed record SpectrumReport(
    string Run, SpectrumOrder Order, SpectrumLook Look, Experiment Experiment) : Report
{
    private const int Indent = 12;

    public override JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["run"] = Path.GetFullPath(Run),
            ["of"] = Choices<CurvatureKind>.NameOf(Order.Kind),
            ["part"] = Choices<DataPart>.NameOf(Order.Part),
            ["samples"] = Look.Samples,
        };
        foreach (var (name, value) in Json(Look.Numbers)) json[name] = value?.DeepClone();
        if (Stable is { } limit) json["stable_below"] = limit;
        json["notes"] = List(Look.Notes.Select(note => $"{note}"));
        if (Look.Boxes.Count > 0)
            json["sharpness"] = new JsonObject
            {
                ["boxes"] = new JsonArray([.. Look.Boxes.Select(box => (JsonNode)new JsonObject
                {
                    ["phi"] = Finite(box.Value), ["epsilon"] = box.Epsilon, ["dimensions"] = box.Dimensions,
                    ["loss"] = Finite(box.Loss), ["largest_loss"] = Finite(box.LargestLoss),
                    ["iterations"] = box.Iterations,
                })]),
                ["balls"] = new JsonArray([.. Look.Balls.Select(ball => (JsonNode)new JsonObject
                {
                    ["name"] = $"{ball.Name}", ["rise"] = Finite(ball.Sharpness.Value), ["rho"] = ball.Sharpness.Radius,
                })]),
            };
        if (Look.Layers.Count > 0)
            json["layers"] = new JsonArray([.. Look.Layers.Select(layer =>
            {
                var part = Json(layer.Numbers);
                part["name"] = $"{layer.Name}";
                return (JsonNode)part;
            })]);
        return json;
    }

    public override IEnumerable<string> ToText(Language language, int width) =>
        Lines().SelectMany(line => Wrapped(line.In(language), width, Indent));

    private IEnumerable<Phrase> Lines()
    {
        Phrase name = Order.Kind switch
        {
            CurvatureKind.GaussNewton => $"Gauss-Newton matrix",
            CurvatureKind.Fisher => $"Fisher information",
            _ => $"Hessian",
        };
        yield return $"{(Phrase)$"matrix",-12}{name} of {Counted.Parameters(Look.Numbers.Size)}";
        yield return $"{(Phrase)$"loss",-12}over {Counted.Samples(Look.Samples)} of the {Order.Part.Name} part";
        foreach (var note in Look.Notes) yield return $"{(Phrase)$"note",-12}{note}";
        foreach (var line in Of(Look.Numbers)) yield return line;
        if (Stable is { } limit)
            yield return $"{(Phrase)$"stable",-12}gradient descent at this rate needs eigenvalues below "
                + $"{Numerals.Of(limit, 6)}"
                + $"{(Look.Numbers.Ends.Largest.Value > limit ? (Phrase)$"; the largest one is above" : Phrase.Empty)}";
        foreach (var (index, box) in Look.Boxes.Index())
            yield return $"{(index == 0 ? (Phrase)$"sharpness" : Phrase.Empty),-12}phi {Numerals.Of(box.Value, 4)} "
                + $"within epsilon {Numerals.Of(box.Epsilon)} in {box.Dimensions} dimensions, at least";
        foreach (var (ball, rise) in Look.Balls)
            yield return $"{Phrase.Empty,-12}{ball}: the loss rises by {Numerals.Of(rise.Value, 4)}, "
                + $"rho {Numerals.Of(rise.Radius)}";
        foreach (var layer in Look.Layers)
        {
            yield return Phrase.Empty;
            yield return $"{layer.Name}: {Counted.Parameters(layer.Numbers.Size)}";
            foreach (var line in Of(layer.Numbers)) yield return line;
        }
    }

    private static IEnumerable<Phrase> Of(CurvatureNumbers of)
    {
        foreach (var (index, pair) in of.Ends.Top.Index())
            yield return $"{(index == 0 ? (Phrase)$"largest" : Phrase.Empty),-12}{pair}";
        foreach (var (index, pair) in of.Ends.Bottom.Index())
            yield return $"{(index == 0 ? (Phrase)$"smallest" : Phrase.Empty),-12}{pair}";
        if (of.Trace is { } trace)
            yield return $"{(Phrase)$"trace",-12}{Numerals.Of(trace.Value, 6)} ({Numerals.Of(trace.Low, 6)} to "
                + $"{Numerals.Of(trace.High, 6)}, 95 %), from {trace.Probes} random vectors beside the large "
                + $"eigenvalues";
        if (of.Whole is { } whole)
        {
            double zero = Math.Max(whole.Rounding, 1e-12 * Math.Max(Math.Abs(whole.Largest), Math.Abs(whole.Smallest)));
            yield return $"{(Phrase)$"trace",-12}{Numerals.Of(whole.Trace, 6)}, "
                + $"the sum of {Counted.Eigenvalues(whole.Values.Count)}";
            yield return $"{(Phrase)$"signs",-12}{whole.Values.Count(value => value > zero)} positive, "
                + $"{whole.Values.Count(value => Math.Abs(value) <= zero)} within {Numerals.Of(zero, 2)} of zero, "
                + $"{whole.Values.Count(value => value < -zero)} negative";
        }
        if (of is { Density: not null, Whole: { } every })
        {
            double largest = Math.Max(Math.Abs(every.Largest), Math.Abs(every.Smallest));
            yield return $"{(Phrase)$"spread",-12}shares of the eigenvalues:";
            foreach (double part in (double[])[1e-6, 1e-4, 1e-2, 1])
                yield return Share(
                    every.Values.Count(value => Math.Abs(value) <= part * largest) / (double)of.Size, part * largest);
            yield break;
        }
        if (of.Density is not { } density) yield break;
        double size = Math.Max(Math.Abs(density.Values[0]), Math.Abs(density.Values[^1]));
        yield return $"{(Phrase)$"spread",-12}estimated shares of the eigenvalues:";
        foreach (double part in (double[])[1e-2, 0.1, 1])
            yield return Share(density.ShareUpTo(part * size) - density.ShareUpTo(-part * size), part * size);
    }

    private static Phrase Share(double share, double within) =>
        $"{Phrase.Empty,-12}{Numerals.Fixed(100 * share, 1),6} % within {Numerals.Of(within, 3)} of zero";

    private static JsonObject Json(CurvatureNumbers of) => new()
    {
        ["parameters"] = of.Size,
        ["top"] = Pairs(of.Ends.Top),
        ["bottom"] = Pairs(of.Ends.Bottom),
        ["trace"] = of.Trace is { } trace
            ? new JsonObject
            {
                ["value"] = trace.Value,
                ["low"] = trace.Low,
                ["high"] = trace.High,
                ["probes"] = trace.Probes
            }
            : new JsonObject { ["value"] = of.Whole!.Trace },
        ["eigenvalues"] = of.Whole is { } whole
            ? new JsonArray([.. whole.Values.Select(value => (JsonNode)value)])
            : null,
        ["density"] = of.Density is { } density
            ? new JsonObject
            {
                ["values"] = new JsonArray([.. density.Values.Select(value => (JsonNode)value)]),
                ["weights"] = new JsonArray([.. density.Weights.Select(value => (JsonNode)value)]),
            }
            : null,
    };

    private static JsonArray Pairs(IEnumerable<Eigenpair<double>> pairs) => new([.. pairs.Select(pair =>
        (JsonNode)new JsonObject { ["value"] = pair.Value, ["residual"] = pair.Residual })]);

    private double? Stable => Order is { Kind: CurvatureKind.Hessian, Part: DataPart.Train } && !Look.IsCut
        ? StableSharpness.Of(Experiment.Settings)
        : null;
}
