using System.Text.Json.Nodes;
using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Data;

namespace Functional.Cli.Reports;

/// <summary>Every data set that has a name.</summary>
internal sealed record DataListReport : Report
{
    private static IEnumerable<(string Name, string Description)> Named =>
        DataSource.Kinds.Prototypes.Where(source => source is not Given)
            .Select(source => (DataSource.Kinds.NameOf(source), source.Description));

    public override JsonObject ToJson() => new()
    {
        ["data"] = new JsonArray(
            [.. Named.Select(of => new JsonObject { ["name"] = of.Name, ["description"] = of.Description })]),
    };

    public override IEnumerable<string> ToText(Language language, int width) => Named.SelectMany(of =>
        Wrapped($"{of.Name,-14} {Phrase.Of(of.Description).In(language)}", width, indent: 15));
}

/// <summary>What is in a data set.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Loaded">Its samples.</param>
internal sealed record DataReport(string Name, DataSource Source, LoadedData Loaded) : Report
{
    private const int MostValues = 8, MostPictures = 4, SmallestSide = 8;
    private const string Shades = " .:-=+*#%@"; // dark to bright

    private Dataset<double> Data => Loaded.Data;

    public override JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["name"] = Name,
            ["about"] = Source.Description,
            ["rows"] = Data.Rows,
            ["test_rows"] = Loaded.Test?.Rows,
            ["features"] = Data.Inputs.Columns,
            ["problem"] = Data.Problem.ToString(),
            ["inputs"] = $"{NumberRange.Of(Data.Inputs.Cells.Span)}",
        };
        if (Counts is { } counts) json["classes"] = new JsonArray([.. counts.Select(count => (JsonNode)count)]);
        else json["targets"] = $"{NumberRange.Of(Data.Targets.Cells.Span)}";
        if (Labels.Count > 0) json["labels"] = List(Labels);
        if (Features.Any()) json["columns"] = new JsonArray([.. Features.Select(Described)]);
        json["sha256"] = DataCatalog.Digest(Loaded);
        return json;
    }

    public override IEnumerable<string> ToText(Language language, int width) =>
        [.. Lines().Select(line => line.In(language)), .. Pictures()];

    private IEnumerable<Phrase> Lines()
    {
        yield return $"{(Phrase)$"name",-10} {Name}";
        yield return $"{(Phrase)$"about",-10} {Phrase.Of(Source.Description)}";
        yield return $"{(Phrase)$"rows",-10} {Data.Rows}";
        if (Loaded.Test is { } test) yield return $"{(Phrase)$"test rows",-10} {test.Rows}";
        yield return $"{(Phrase)$"features",-10} {Data.Inputs.Columns}";
        yield return $"{(Phrase)$"problem",-10} {Data.Problem}";
        yield return $"{(Phrase)$"inputs",-10} {NumberRange.Of(Data.Inputs.Cells.Span)}";
        if (Counts is { } counts) yield return $"{(Phrase)$"classes",-10} {string.Join("  ", counts)}";
        else yield return $"{(Phrase)$"targets",-10} {NumberRange.Of(Data.Targets.Cells.Span)}";
        if (Labels.Count > 0) yield return $"{(Phrase)$"labels",-10} {string.Join("  ", Labels)}";
        foreach (var (feature, cells) in Features)
            yield return $"  {feature.Name,-24} {Kind(feature),-9} {cells.Count(double.IsNaN),6} "
                + $"{(Phrase)$"missing"}   "
                + $"{(feature.Values.Count == 0
                    ? NumberRange.Of(cells)
                    : $"{string.Join(", ", feature.Values.Take(MostValues))}")}";
        yield return $"sha256     {DataCatalog.Digest(Loaded)}";
    }

    private Items<string> Labels => Data.Problem is Problem.Classification ? Data.Schema?.Labels ?? [] : [];

    // How many samples each class has.
    private int[]? Counts =>
        Data.Problem is Problem.Classification(var classes) && Data.Targets.Cells.Span.ToArray() is var labels
        ? [.. Enumerable.Range(0, classes).Select(label => labels.Count(target => target == label))]
        : null;

    private IEnumerable<(Feature Feature, double[] Cells)> Features
    {
        get
        {
            int at = 0;
            foreach (var feature in Data.Schema?.Features ?? [])
            {
                yield return (feature, [.. Enumerable.Range(0, Data.Rows).Select(row => Data.Inputs[row, at])]);
                at += feature.Width;
            }
        }
    }

    private static Phrase Kind(Feature feature) => feature.Values.Count > 0 ? (Phrase)$"category" : $"number";

    private static JsonNode Described((Feature Feature, double[] Cells) of)
    {
        var (feature, cells) = of;
        var column = new JsonObject
        {
            ["name"] = feature.Name,
            ["type"] = $"{Kind(feature)}",
            ["missing"] = cells.Count(double.IsNaN),
        };
        if (feature.Values.Count == 0) column["range"] = $"{NumberRange.Of(cells)}";
        else column["values"] = List(feature.Values);
        return column;
    }

    // The first image of each of the first classes.
    private IEnumerable<string> Pictures()
    {
        var data = Data;
        int side = (int)Math.Sqrt(data.Inputs.Columns);
        bool arePictures = data.Problem is Problem.Classification && data.Schema is not { Features.Count: > 0 }
            && side >= SmallestSide && side * side == data.Inputs.Columns;
        if (!arePictures) yield break;
        int[] rows = [.. Enumerable.Range(0, MostPictures).Select(label => data.Targets.Cells.Span.IndexOf(label))
            .Where(row => row >= 0)];
        double most = Math.Max(data.Inputs.Cells.Span.ToArray().Max(), double.Epsilon);
        yield return "";
        for (int y = 0; y < side; y++)
            yield return string.Join("   ", rows.Select(row => string.Concat(
                Enumerable.Range(y * side, side).Select(pixel => Shade(data.Inputs[row, pixel] / most)))));
    }

    private static char Shade(double light) =>
        Shades[(int)Math.Clamp(light * (Shades.Length - 1), 0, Shades.Length - 1)];
}

/// <summary>Numbers in a few words: from the least to the largest, and their mean.</summary>
internal static class NumberRange
{
    public static Phrase Of(ReadOnlySpan<double> numbers)
    {
        double[] known = [.. numbers.ToArray().Where(double.IsFinite)];
        return known.Length == 0
            ? (Phrase)$"nothing"
            : $"{Numerals.Of(known.Min(), 6)} to {Numerals.Of(known.Max(), 6)}, mean {Numerals.Of(known.Average(), 6)}";
    }
}
