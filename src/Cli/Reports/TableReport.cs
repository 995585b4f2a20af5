using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Data;

namespace Functional.Cli.Reports;

/// <summary>What is in a table of text, column by column, and what training would make of it: described even where
/// training would refuse it.</summary>
internal sealed record TableReport : Report
{
    private const int MostExamples = 4, MostClasses = 20;
    private readonly CsvFile source;
    private readonly Table table;
    private readonly Attempt<LoadedData> loaded;

    /// <exception cref="InvalidInputException">The file is no table.</exception>
    public TableReport(CsvFile source, MissingCells missing)
    {
        (this.source, table) = (source, TableFile.Read(source.Path, source.Format));
        loaded = Attempt<LoadedData>.From(() => TableData.Load(table, source, missing));
    }

    /// <summary>What was guessed: of the columns that training would use, where it would use
    /// any, else of all.</summary>
    public IEnumerable<Phrase> Notes => loaded.Succeeded ? loaded.Value.Notes : table.Notes.Select(note => note.Text);

    /// <summary>Why training would refuse it.</summary>
    public IEnumerable<Phrase> Refusals =>
        loaded.Faults.Select(fault => (Phrase)$"training would refuse it: {fault.Phrase}");

    /// <summary>What training would learn from; null where it would refuse.</summary>
    public Dataset<double>? Data => loaded.Succeeded ? loaded.Value.Data : null;

    /// <summary>Each column in a line: its name, role and kind, how many cells are missing, and some
    /// of what it holds.</summary>
    public IEnumerable<Phrase> Columns
    {
        get
        {
            int widest = Math.Clamp(table.Columns.Max(column => Visible.Line(column.Name).Length), 6, 32);
            return table.Columns.Select(column => (Phrase)(
                $"{column.Name.PadRight(widest)}  {Role(column),-8}  {Kind(column),-12}  "
                    + $"{Missing(column),-14}{Shown(column)}"));
        }
    }

    public override JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["name"] = table.Source,
            ["rows"] = table.Rows,
            ["columns"] = new JsonArray([.. table.Columns.Select(Described)]),
            ["notes"] = List(Notes.Select(note => $"{note}")),
            ["faults"] = List(loaded.Faults.Select(fault => fault.Message)),
        };
        if (!loaded.Succeeded) return json;
        var data = loaded.Value.Data;
        json["problem"] = data.Problem.ToString();
        json["features"] = data.Inputs.Columns;
        json["training_rows"] = data.Rows;
        if (data.Problem is Problem.Classification)
        {
            json["labels"] = List(data.Schema!.Labels);
            json["classes"] = new JsonArray([.. Counts(data).Select(count => (JsonNode)count)]);
        }
        json["sha256"] = DataCatalog.Digest(loaded.Value);
        return json;
    }

    public override IEnumerable<string> ToText(Language language, int width) =>
        Lines().Select(line => line.In(language).TrimEnd());

    private IEnumerable<Phrase> Lines()
    {
        yield return $"{table.Source}   {Counted.Rows(table.Rows)} of {Counted.Columns(table.Columns.Count)}";
        yield return Phrase.Empty;
        foreach (var column in Columns) yield return $"  {column}";
        if (!loaded.Succeeded) yield break;
        var data = loaded.Value.Data;
        yield return Phrase.Empty;
        yield return $"training sees {Counted.Rows(data.Rows)} of {Counted.Inputs(data.Inputs.Columns)}";
        if (data.Problem is Problem.Classification)
            yield return $"{(Phrase)$"classes",-13} {string.Join(", ", Classes(data).Take(MostClasses))}";
        yield return $"sha256        {DataCatalog.Digest(loaded.Value)}";
    }

    private static IEnumerable<string> Classes(Dataset<double> data) =>
        data.Schema!.Labels.Zip(Counts(data)).Select(of => $"{of.Item1} ({of.Item2})");

    private JsonNode Described(Column column)
    {
        var json = new JsonObject
        {
            ["name"] = column.Name,
            ["role"] = $"{Role(column)}",
            ["kind"] = $"{Kind(column)}",
            ["missing"] = column.MissingCount,
        };
        if (column is Column.LeftOut { Reason: var reason }) json["reason"] = $"{reason}";
        if (column is Column.Unclear { Fault: var fault }) json["reason"] = $"{fault}";
        json["examples"] = List(Some(column));
        if (column is Column.Categories { Values.Count: var count }) json["values"] = count;
        return json;
    }

    private Phrase Role(Column column)
    {
        string[] targets = source.Target.Count == 0
            ? [table.Columns[table.Given - 1].Name]
            : [.. source.Target.Select(table.Find).OfType<Column>().Select(target => target.Name)];
        if (targets.Contains(column.Name)) return $"target";
        if (source.Weight.Length > 0 && table.Find(source.Weight)?.Name == column.Name) return $"weight";
        if (source.Features.Count == 0) return column is Column.LeftOut ? (Phrase)$"left out" : $"feature";
        return source.Features.Select(table.Find).Any(used => used?.Name == column.Name)
            ? (Phrase)$"feature"
            : $"unused";
    }

    private static Phrase Kind(Column column) => column switch
    {
        Column.Numbers => $"number",
        Column.Categories => $"category",
        Column.LeftOut(var inner, _) => Kind(inner),
        _ => $"unclear",
    };

    private static Phrase Missing(Column column) =>
        column.MissingCount == 0 ? Phrase.Empty : $"{column.MissingCount} {(Phrase)$"missing"}";

    private static Phrase Shown(Column column) => column switch
    {
        Column.LeftOut { Reason: var reason } => $"{reason}: {string.Join(", ", Some(column))}",
        Column.Unclear { Fault: var fault } => fault,
        Column.Categories { Values.Count: var count } =>
            $"{count} values: {string.Join(", ", Some(column))}{(count > MostExamples ? ", ..." : "")}",
        Column.Numbers { Cells: var cells } when cells.Span.ToArray().Any(double.IsFinite) =>
            NumberRange.Of(cells.Span),
        _ => Phrase.Empty,
    };

    private static IEnumerable<string> Some(Column column) => column switch
    {
        Column.Numbers { Cells: var cells } => cells.Span.ToArray().Where(double.IsFinite).Distinct().Take(MostExamples)
            .Select(number => InputFile.Text(number)),
        Column.Categories { Values: var values } => values.Take(MostExamples),
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
