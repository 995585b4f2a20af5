using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Data;

namespace Functional.Cli.Commands;

/// <summary><c>functional data list|show</c>: what can be learned from.</summary>
internal static class DataCommand
{
    private static readonly Argument<string> Name = new("DATA") { Description = "a data set's name, a CSV, .npy or .npz file, or a directory of IDX files" };

    public static void Fill(Command command)
    {
        var list = new Command("list", "Names every data set. Example: functional data list") { Shared.Json };
        list.SetAction(List);
        var show = new Command("show", "Describes a data set. Example: functional data show penguins") { Name, Shared.Seed, Shared.Json };
        DataOptions.AddTo(show);
        show.SetAction(Show);
        command.With(list, show);
    }

    private static IEnumerable<(string Name, DataSource Source)> Named =>
        DataSource.Kinds.Prototypes.Where(source => source is not Given).Select(source => (DataSource.Kinds.NameOf(source), source));

    private static int List(ParseResult parsed)
    {
        if (parsed.GetValue(Shared.Json))
            Terminal.Print(new JsonObject { ["data"] = new JsonArray([.. Named.Select(of => new JsonObject { ["name"] = of.Name, ["description"] = of.Source.Description })]) });
        else
            foreach (var (name, source) in Named) Terminal.Wrapped($"{name,-14} {source.Description}", indent: 15);
        return Status.Done;
    }

    private static int Show(ParseResult parsed)
    {
        string name = parsed.GetValue(Name)!;
        var faults = new List<string>();
        ulong seed = Shared.SeedOf(parsed, faults);
        var read = new List<Invalid>();
        var source = DataOptions.Source(name, parsed, read);
        var missing = DataOptions.Missing(parsed, read);
        faults.AddRange(read.Select(fault => fault.Message).Except(faults));
        if (source is null || faults.Count > 0) throw new InvalidInputException(faults.Select(fault => new Invalid(fault)));
        if (source is CsvFile { Path.Length: > 0 } csv)
        {
            var description = new TableDescription(csv, missing);
            Terminal.Notes(description.Notes);
            Terminal.Notes(description.Refusals);
            if (parsed.GetValue(Shared.Json)) Terminal.Print(description.Json());
            else description.Print();
            return Status.Done;
        }
        var loaded = DataCatalog.Load(source, seed, parsed.GetValue(DataOptions.MissingOption) is null ? Settings.For(source).Missing : missing);
        Terminal.Notes(loaded.Notes);
        if (parsed.GetValue(Shared.Json)) Terminal.Print(Described(name, source, loaded));
        else Print(Described(name, source, loaded), loaded.Data);
        return Status.Done;
    }

    private static JsonObject Described(string name, DataSource source, LoadedData loaded)
    {
        var data = loaded.Data;
        var json = new JsonObject
        {
            ["name"] = name,
            ["about"] = source.Description,
            ["rows"] = data.Rows,
            ["test_rows"] = loaded.Test?.Rows,
            ["features"] = data.Inputs.Columns,
            ["problem"] = data.Problem.ToString(),
            ["inputs"] = Range(data.Inputs.Cells.Span),
        };
        if (data.Problem is Problem.Classification(var classes))
        {
            var labels = data.Targets.Cells.Span.ToArray();
            json["classes"] = new JsonArray([.. Enumerable.Range(0, classes).Select(label => (JsonNode)labels.Count(target => target == label))]);
            if (data.Schema?.Labels is { Count: > 0 } names) json["labels"] = new JsonArray([.. names.Select(label => (JsonNode)label)]);
        }
        else json["targets"] = Range(data.Targets.Cells.Span);
        if (data.Schema is { Features.Count: > 0 } schema) json["columns"] = Columns(schema, data);
        json["sha256"] = DataCatalog.Digest(loaded);
        return json;
    }

    private static JsonArray Columns(Schema schema, Dataset<double> data)
    {
        var columns = new JsonArray();
        int at = 0;
        foreach (var feature in schema.Features)
        {
            double[] cells = [.. Enumerable.Range(0, data.Rows).Select(row => data.Inputs[row, at])];
            var column = new JsonObject { ["name"] = feature.Name, ["type"] = feature.Values.Count > 0 ? "category" : "number", ["missing"] = cells.Count(double.IsNaN) };
            if (feature.Values.Count == 0) column["range"] = Range(cells);
            else column["values"] = new JsonArray([.. feature.Values.Select(value => (JsonNode)value)]);
            columns.Add((JsonNode)column);
            at += feature.Width;
        }
        return columns;
    }

    private static void Print(JsonObject json, Dataset<double> data)
    {
        foreach (var (field, value) in json)
            if (field == "columns")
                foreach (var column in value!.AsArray())
                {
                    var cells = column!["range"] ?? string.Join(", ", column["values"]!.AsArray().Take(8));
                    Show($"  {column["name"],-24} {column["type"],-9} {(int)column["missing"]!,6} missing   {cells}");
                }
            else if (value is not null)
                Show($"{field,-10} {(value is JsonArray list ? string.Join("  ", list) : value)}");
        int side = (int)Math.Sqrt(data.Inputs.Columns);
        if (data.Problem is Problem.Classification && data.Schema is not { Features.Count: > 0 } && side >= 8 && side * side == data.Inputs.Columns) Pictures(data, side);

        static void Show(string line) => Console.WriteLine(Visible.Line(line));
    }

    // The first image of each of the first four classes, dark to bright.
    private static void Pictures(Dataset<double> data, int side)
    {
        const string Shades = " .:-=+*#%@";
        int[] rows = [.. Enumerable.Range(0, 4).Select(label => data.Targets.Cells.Span.IndexOf(label)).Where(row => row >= 0)];
        double most = Math.Max(data.Inputs.Cells.Span.ToArray().Max(), double.Epsilon);
        Console.WriteLine();
        for (int y = 0; y < side; y++)
            Console.WriteLine(string.Join("   ", rows.Select(row => string.Concat(Enumerable.Range(0, side).Select(x =>
                Shades[(int)Math.Clamp(data.Inputs[row, y * side + x] / most * (Shades.Length - 1), 0, Shades.Length - 1)])))));
    }

    private static string Range(ReadOnlySpan<double> cells)
    {
        double[] known = [.. cells.ToArray().Where(cell => !double.IsNaN(cell))];
        return known.Length == 0 ? "nothing" : string.Create(CultureInfo.InvariantCulture, $"{Figure.Of(known.Min(), 6)} to {Figure.Of(known.Max(), 6)}, mean {Figure.Of(known.Average(), 6)}");
    }
}
