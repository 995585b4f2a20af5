using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Core.Landscapes;
using Functional.Landscapes;

namespace Functional.Cli.Reports;

/// <summary>The loss over a plane around a run's model.</summary>
/// <param name="Run">The run's directory.</param>
/// <param name="Part">The samples.</param>
/// <param name="Look">What was looked at.</param>
/// <param name="Surface">What was seen.</param>
internal sealed record LandscapeReport(string Run, DataPart Part, SurfaceLook Look, Surface Surface) : Report
{
    public override JsonObject ToJson()
    {
        var (x, y, loss) = Surface.Minimum;
        var json = new JsonObject
        {
            ["run"] = Path.GetFullPath(Run),
            ["part"] = Choices<DataPart>.NameOf(Part),
            ["samples"] = Look.Samples,
            ["cosine_of_axes"] = Look.Cosine,
            ["minimum"] = new JsonObject { ["x"] = x, ["y"] = y, ["loss"] = Finite(loss) },
            ["marks"] = new JsonArray([.. Look.Marks.Select(mark => (JsonNode)new JsonObject
            {
                ["name"] = $"{mark.Name}", ["x"] = mark.X, ["y"] = mark.Y,
            })]),
            ["surface"] = Surface.ToJson(),
            ["notes"] = List(Look.Notes.Select(note => $"{note}")),
        };
        if (Look.Share is not { } share) return json;
        json["share_of_variance"] = share;
        json["path"] = new JsonArray([.. Look.Path.Select(point => (JsonNode)new JsonObject
        {
            ["step"] = point.Step, ["x"] = point.X, ["y"] = point.Y, ["distance"] = point.Distance,
            ["loss"] = Finite(point.Loss), ["loss_on_plane"] = Finite(point.LossOnPlane),
        })]);
        return json;
    }

    public override IEnumerable<string> ToText(Language language, int width) =>
        Lines().SelectMany(line => Wrapped(line.In(language), width, Indent));

    private const int Indent = 12;

    private IEnumerable<Phrase> Lines()
    {
        var (x, y, loss) = Surface.Minimum;
        var grid = Surface.Grid;
        yield return $"{(Phrase)$"x",-12}{Surface.XName}, {Numerals.Of(grid.Left, 6)} to {Numerals.Of(grid.Right, 6)}";
        yield return $"{(Phrase)$"y",-12}{Surface.YName}, {Numerals.Of(grid.Bottom, 6)} to {Numerals.Of(grid.Top, 6)}";
        yield return $"{(Phrase)$"axes",-12}cosine of their angle {Numerals.Of(Look.Cosine, 3)}";
        yield return $"{(Phrase)$"loss",-12}over {Counted.Samples(Look.Samples)} of the {Part.Name} part";
        foreach (var mark in Look.Marks)
            yield return $"{(Phrase)$"point",-12}{mark.Name}: x {Numerals.Of(mark.X, 6)}, y {Numerals.Of(mark.Y, 6)}";
        yield return $"{(Phrase)$"minimum",-12}{Numerals.Of(loss, 6)} at x {Numerals.Of(x, 6)}, "
            + $"y {Numerals.Of(y, 6)}, of {grid.Columns} x {grid.Rows} points";
        yield return $"{(Phrase)$"largest",-12}{Numerals.Of(Largest, 6)}";
        foreach (var note in Look.Notes) yield return $"{(Phrase)$"note",-12}{note}";
    }

    private double Largest => Surface.Losses.Cells.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();
}

/// <summary>The loss along ways from a run's model to another's.</summary>
/// <param name="Run">The run's directory.</param>
/// <param name="Part">The samples.</param>
/// <param name="Look">What was seen.</param>
internal sealed record LineReport(string Run, DataPart Part, WayLook Look) : Report
{
    public override JsonObject ToJson() => new()
    {
        ["run"] = Path.GetFullPath(Run),
        ["part"] = Choices<DataPart>.NameOf(Part),
        ["samples"] = Look.Samples,
        ["distance"] = Look.Distance,
        ["distance_after_matching"] = Look.DistanceMatched,
        ["ways"] = new JsonArray([.. Look.Profiles.Select(way => (JsonNode)new JsonObject
        {
            ["name"] = $"{way.Name}",
            ["barrier"] = Finite(way.Profile.Barrier),
            ["t"] = Numbers(way.Profile.Ts),
            ["losses"] = Numbers(way.Profile.Losses),
            ["accuracies"] = way.Profile.Accuracies is { } accuracies ? Numbers(accuracies) : null,
        })]),
        ["notes"] = List(Look.Notes.Select(note => $"{note}")),
    };

    public override IEnumerable<string> ToText(Language language, int width) =>
        Lines().SelectMany(line => Wrapped(line.In(language), width, indent: 12));

    private IEnumerable<Phrase> Lines()
    {
        var line = Look.Profiles[0].Profile;
        yield return $"{(Phrase)$"loss",-12}over {Counted.Samples(Look.Samples)} of the {Part.Name} part";
        yield return $"{(Phrase)$"t = 0",-12}{Numerals.Of(line.From, 6)}";
        yield return $"{(Phrase)$"t = 1",-12}{Numerals.Of(line.To, 6)}";
        yield return $"{(Phrase)$"distance",-12}{Numerals.Of(Look.Distance, 6)}";
        if (Look.DistanceMatched is { } after)
            yield return $"{(Phrase)$"",-12}{Numerals.Of(after, 6)} after matching units";
        foreach (var note in Look.Notes) yield return $"{(Phrase)$"note",-12}{note}";
        yield return Phrase.Empty;
        yield return $"{(Phrase)$"way",-28}  {(Phrase)$"barrier",12}  {(Phrase)$"largest loss",12}";
        foreach (var (name, profile) in Look.Profiles)
            yield return $"{name,-28}  {Numerals.Of(profile.Barrier, 5),12}  {Numerals.Of(profile.Losses.Max(), 5),12}";
    }

    private static JsonArray Numbers(IEnumerable<double> numbers) => new([.. numbers.Select(Finite)]);
}
