using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Functional.Core.Data;
using Functional.Data;

namespace Functional.Cli.Commands;

/// <summary><c>functional data list|show</c>: what can be learned from.</summary>
internal static class DataCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "a data set's name" };

    public static Command Create()
    {
        var list = new Command("list", "Names every data set. Example: functional data list") { Shared.Json };
        list.SetAction(List);
        var show = new Command("show", "Describes a data set. Example: functional data show moons") { Name, Shared.Seed, Shared.Json };
        show.SetAction(Show);
        return new Command("data", "Data sets: data list, data show NAME.") { list, show };
    }

    private static IEnumerable<(string Name, DataSource Source)> Named =>
        DataSource.Kinds.Prototypes.Where(source => source is not Given).Select(source => (DataSource.Kinds.NameOf(source), source));

    private static int List(ParseResult parsed)
    {
        if (parsed.GetValue(Shared.Json))
            Terminal.Print(new JsonObject { ["data"] = new JsonArray([.. Named.Select(of => new JsonObject { ["name"] = of.Name, ["description"] = of.Source.Description })]) });
        else
            foreach (var (name, source) in Named) Console.WriteLine($"{name,-10} {source.Description}");
        return Status.Done;
    }

    private static int Show(ParseResult parsed)
    {
        string name = parsed.GetValue(Name)!;
        var source = DataSource.Kinds.Find(name);
        var faults = new List<string>();
        ulong seed = Shared.SeedOf(parsed, faults);
        if (source is null or Given) faults.Add(DataSource.Kinds.Unknown("NAME", name).Message);
        if (faults.Count > 0) throw new InvalidInputException(faults.Select(fault => new Core.Forms.Invalid(fault)));
        var data = DataCatalog.Load(source!, seed);
        var json = Described(name, source!, data);
        if (parsed.GetValue(Shared.Json)) Terminal.Print(json);
        else
            foreach (var (field, value) in json) Console.WriteLine($"{field,-10} {(value is JsonArray list ? string.Join("  ", list.Select(item => item!.ToJsonString())) : value)}");
        return Status.Done;
    }

    private static JsonObject Described(string name, DataSource source, Dataset<double> data)
    {
        var json = new JsonObject
        {
            ["name"] = name,
            ["about"] = source.Description,
            ["rows"] = data.Rows,
            ["features"] = data.Inputs.Columns,
            ["problem"] = data.Problem.ToString(),
            ["inputs"] = Range(data.Inputs.Cells.Span),
        };
        if (data.Problem is Problem.Classification(var classes))
            json["classes"] = new JsonArray([.. Enumerable.Range(0, classes).Select(label => (JsonNode)data.Targets.Cells.Span.ToArray().Count(target => target == label))]);
        else json["targets"] = Range(data.Targets.Cells.Span);
        json["sha256"] = DataCatalog.Digest(data);
        return json;
    }

    private static string Range(ReadOnlySpan<double> cells)
    {
        double[] all = cells.ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{all.Min():G6} to {all.Max():G6}, mean {all.Average():G6}");
    }
}
