using System.Globalization;
using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Data;

namespace Functional.Cli.Commands;

/// <summary>What is in a table of text, column by column, and what training would make of it: described even where training would refuse it.</summary>
internal sealed class TableDescription
{
    private const int Examples = 4;
    private readonly CsvFile source;
    private readonly Table table;
    private readonly Attempt<LoadedData> loaded;

    /// <exception cref="InvalidInputException">The file is no table.</exception>
    public TableDescription(CsvFile source, MissingCells missing)
    {
        (this.source, table) = (source, TableFile.Read(source.Path, source.Format));
        loaded = Attempt<LoadedData>.From(() => TableData.Load(table, source, missing));
    }

    /// <summary>What was guessed: of the columns that training would use, where it would use any, else of all.</summary>
    public IEnumerable<string> Notes => loaded.Succeeded ? loaded.Value.Notes : table.Notes.Select(note => note.Text);

    /// <summary>Why training would refuse it.</summary>
    public IEnumerable<string> Refusals => loaded.Faults.Select(fault => $"training would refuse it: {fault.Message}");

    /// <summary>What training would learn from; null where it would refuse.</summary>
    public Dataset<double>? Data => loaded.Succeeded ? loaded.Value.Data : null;

    /// <summary>Each column in a line: its name, role and kind, how many cells are missing, and some of what it holds.</summary>
    public IEnumerable<string> Columns
    {
        get
        {
            int widest = Math.Clamp(table.Columns.Max(column => Visible.Line(column.Name).Length), 6, 32);
            return table.Columns.Select(column => Visible.Line(
                $"{column.Name.PadRight(widest)}  {Role(column),-8}  {Kind(column),-12}  "
                + $"{(column.MissingCount == 0 ? "" : InputFile.Text(column.MissingCount) + " missing"),-14}{Shown(column)}").TrimEnd());
        }
    }

    /// <summary>One JSON object.</summary>
    public JsonObject Json()
    {
        var json = new JsonObject
        {
            ["name"] = table.Source,
            ["rows"] = table.Rows,
            ["columns"] = new JsonArray([.. table.Columns.Select(Described)]),
            ["notes"] = new JsonArray([.. Notes.Select(note => (JsonNode)note)]),
            ["faults"] = new JsonArray([.. loaded.Faults.Select(fault => (JsonNode)fault.Message)]),
        };
        if (!loaded.Succeeded) return json;
        var data = loaded.Value.Data;
        json["problem"] = data.Problem.ToString();
        json["features"] = data.Inputs.Columns;
        json["training_rows"] = data.Rows;
        if (data.Problem is Problem.Classification)
        {
            json["labels"] = new JsonArray([.. data.Schema!.Labels.Select(label => (JsonNode)label)]);
            json["classes"] = new JsonArray([.. Counts(data).Select(count => (JsonNode)count)]);
        }
        json["sha256"] = DataCatalog.Digest(loaded.Value);
        return json;
    }

    /// <summary>The same for people.</summary>
    public void Print()
    {
        Console.WriteLine(Visible.Line($"{table.Source}   {table.Rows} rows of {table.Columns.Count} columns"));
        Console.WriteLine();
        foreach (string column in Columns) Console.WriteLine($"  {column}");
        if (!loaded.Succeeded) return;
        var data = loaded.Value.Data;
        Console.WriteLine();
        Console.WriteLine($"training sees {data.Rows} rows of {data.Inputs.Columns} inputs");
        if (data.Problem is Problem.Classification)
            Console.WriteLine(Visible.Line($"classes       {string.Join(", ", data.Schema!.Labels.Zip(Counts(data)).Take(20).Select(of => $"{of.Item1} ({of.Item2})"))}"));
        Console.WriteLine($"sha256        {DataCatalog.Digest(loaded.Value)}");
    }

    private JsonNode Described(Column column)
    {
        var json = new JsonObject { ["name"] = column.Name, ["role"] = Role(column), ["kind"] = Kind(column), ["missing"] = column.MissingCount };
        if (column is Column.LeftOut { Reason: var reason }) json["reason"] = reason;
        if (column is Column.Unclear { Fault: var fault }) json["reason"] = fault;
        json["examples"] = new JsonArray([.. Some(column).Select(text => (JsonNode)text)]);
        if (column is Column.Categories { Values.Count: var count }) json["values"] = count;
        return json;
    }

    private string Role(Column column)
    {
        string[] targets = source.Target.Count == 0
            ? [table.Columns[table.Given - 1].Name]
            : [.. source.Target.Select(table.Find).OfType<Column>().Select(target => target.Name)];
        return targets.Contains(column.Name) ? "target"
            : source.Weight.Length > 0 && table.Find(source.Weight)?.Name == column.Name ? "weight"
            : source.Features.Count > 0 ? source.Features.Select(table.Find).Any(used => used?.Name == column.Name) ? "feature" : "unused"
            : column is Column.LeftOut ? "left out" : "feature";
    }

    private static string Kind(Column column) => column switch
    {
        Column.Numbers => "number",
        Column.Categories => "category",
        Column.LeftOut(var inner, _) => Kind(inner),
        _ => "unclear",
    };

    private static string Shown(Column column) => column switch
    {
        Column.LeftOut { Reason: var reason } => $"{reason}: {string.Join(", ", Some(column))}",
        Column.Unclear { Fault: var fault } => fault,
        Column.Categories { Values.Count: var count } => $"{count} values: {string.Join(", ", Some(column))}{(count > Examples ? ", ..." : "")}",
        Column.Numbers { Cells: var cells } when cells.Span.ToArray().Where(double.IsFinite).ToArray() is { Length: > 0 } known =>
            string.Create(CultureInfo.InvariantCulture, $"{Figure.Of(known.Min(), 6)} to {Figure.Of(known.Max(), 6)}, mean {Figure.Of(known.Average(), 6)}"),
        _ => "",
    };

    private static IEnumerable<string> Some(Column column) => column switch
    {
        Column.Numbers { Cells: var cells } => cells.Span.ToArray().Where(double.IsFinite).Distinct().Take(Examples).Select(number => InputFile.Text(number)),
        Column.Categories { Values: var values } => values.Take(Examples),
        Column.LeftOut(var inner, _) => Some(inner),
        Column.Unclear { Examples: var odd } => odd.Select(cell => cell.Text),
        _ => [],
    };

    private static int[] Counts(Dataset<double> data)
    {
        var counts = new int[data.Schema!.Labels.Count];
        foreach (double target in data.Targets.Cells.Span) counts[(int)target]++;
        return counts;
    }
}
