using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Data;

namespace Functional.Cli;

/// <summary>The options of a data source: its name or file, and how a table is to be read.</summary>
internal static class DataOptions
{
    private static readonly Option<string?> Target = Text(
        "--target", "COLUMN", $"of a CSV file: the column to predict, by name or number, or several (the last one)");
    private static readonly Option<string?> Features = Text(
        "--features", "A,B", $"of a CSV file: the columns to predict from (all others)");
    private static readonly Option<string?> Task = Text(
        "--task", "classes|numbers|labels", $"of a file: what its target means (found, and said)");
    private static readonly Option<string?> Weight = Text(
        "--weight", "COLUMN", $"of a CSV file: the column with the weights of the samples");
    private static readonly Option<bool> Indicators = new("--indicators")
    {
        Description = Terminal.Said(
            $"of a CSV file: an input beside each column with missing cells that says where they are"),
    };
    /// <summary>What is done about missing cells.</summary>
    public static readonly Option<string?> MissingOption = Text(
        "--missing", "WAY",
        $"cells: {string.Join(", ", MissingCells.Kinds.Names)}, or a number to fill them with (refuse); "
            + $"learned on the training part");

    private static readonly Option<string?> Delimiter = Text(
        "--delimiter", "CHAR",
        $"of a CSV file: what stands between cells, \\t for a tab, blanks for any number of them (found, and said)");
    private static readonly Option<bool> Header = new("--header")
    {
        Description = Terminal.Said($"of a CSV file: its first line holds names (found, and said)"),
    };
    private static readonly Option<bool> NoHeader = new("--no-header")
    {
        Description = Terminal.Said($"of a CSV file: its first line holds no names"),
    };
    private static readonly Option<string?> Decimal = Text(
        "--decimal", ".|,", $"of a CSV file: what stands before the fraction of a number (.)");
    private static readonly Option<string?> Thousands = Text(
        "--thousands", "CHAR", $"of a CSV file: what stands between thousands: , . ' or a blank (nothing)");
    private static readonly Option<string?> Dates = Text(
        "--dates", "ymd|dmy|mdy", $"of a CSV file: the order of its dates (ymd)");
    private static readonly Option<string?> MissingValues = Text(
        "--missing-values", "NA,?",
        $"of a CSV file: words for a missing cell ({string.Join(",", TableFormat.UsualMissingValues)})");
    private static readonly Option<string?> OddCells = Text(
        "--odd-cells", "refuse|missing", $"of a CSV file: cells that are no numbers in a column of numbers (refuse)");
    private static readonly Option<string?> Columns = Text(
        "--columns", "A=KIND,B=KIND",
        $"of a CSV file: the kinds of columns: {string.Join(", ", ColumnKind.Kinds.Names)} (found, and said)");
    private static readonly Option[] FormatOptions =
        [Delimiter, Header, NoHeader, Decimal, Thousands, Dates, MissingValues, OddCells, Columns];

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Target, Features, Task, Weight, MissingOption, Indicators])
            command.Options.Add(option);
        AddFormatTo(command);
    }

    /// <summary>Writes what is to be done about missing cells into an experiment's fields, where an option says so;
    /// returns a fault that its reader will not see.</summary>
    public static Invalid? SetMissing(JsonObject fields, JsonNode? usual, ParseResult parsed)
    {
        if (parsed.GetValue(MissingOption) is null && !parsed.GetValue(Indicators)) return null;
        var missing = parsed.GetValue(MissingOption) is { } way
            ? double.TryParse(way, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && double.IsFinite(number)
                ? new JsonObject { ["kind"] = "constant", ["value"] = number }
                : way
            : (fields["missing"] ?? usual)?.DeepClone();
        if (missing is not null) fields["missing"] = missing;
        if (!parsed.GetValue(Indicators)) return null;
        string? kind = $"{(missing as JsonObject)?["kind"] ?? missing}";
        if (MissingCells.Kinds.Find(kind) is not MissingCells.Filled)
            return new($"indicators are given; missing cells should then be filled (--missing mean, median, "
                + $"most_frequent, or a number)");
        if (missing is not JsonObject) fields["missing"] = new JsonObject { ["kind"] = kind };
        fields["missing"]!["indicators"] = true;
        return null;
    }

    /// <summary>What is to be done about missing cells, for a verb without an experiment.</summary>
    public static MissingCells Missing(ParseResult parsed, List<Invalid> faults, MissingCells? usual = null)
    {
        var fields = new JsonObject();
        var before = usual is null ? null : Written.Of(usual, MissingCells.Kinds);
        if (SetMissing(fields, before, parsed) is { } fault) faults.Add(fault);
        return fields["missing"] is { } way
            && Reading.Of(way.ToJsonString(), MissingCells.Kinds, "missing", faults) is { } read
            ? read
            : usual ?? new MissingCells.Refuse();
    }

    /// <summary>The source that a verb's argument DATA means, with the options that were given; null
    /// where it has faults.</summary>
    public static DataSource? Source(string name, ParseResult parsed, List<Invalid> faults)
    {
        var source = Reading.Of(With(Named(name), parsed)!.ToJsonString(), DataSource.Kinds, "data", faults);
        if (source is not null) faults.AddRange(Check.Faults(source, "data."));
        if (source is Given) faults.Add(new($"data is \"given\"; it should name data"));
        return faults.Count == 0 ? source : null;
    }

    /// <summary>Only how a table is to be read.</summary>
    public static void AddFormatTo(Command command)
    {
        foreach (var option in FormatOptions) command.Options.Add(option);
    }

    /// <summary>A format with the options that were given.</summary>
    public static TableFormat Format(TableFormat usual, ParseResult parsed)
    {
        var faults = new List<Invalid>();
        var fields = Written.Of(usual);
        foreach (var (name, value) in GivenFormat(parsed)) fields[name] = value!.DeepClone();
        if (parsed.GetValue(Columns) is not null) fields["columns"] = Merged(usual, (JsonArray)fields["columns"]!);
        using var document = JsonText.Parse(fields.ToJsonString());
        var format = Reading.Of(document.RootElement, usual, faults);
        return faults.Count == 0 ? format : throw new InvalidInputException(faults);
    }

    /// <summary>The source that a text means, as an experiment's "data": a known name, or a file or directory. In
    /// place of another file of the same kind it is read as that was to be.</summary>
    public static JsonNode Named(string text, JsonNode? before)
    {
        if (Named(text) is not JsonObject named) return text;
        if (before is not JsonObject other || $"{other["kind"]}" != $"{named["kind"]}") return named;
        var kept = (JsonObject)other.DeepClone();
        kept["path"] = text;
        return kept;
    }

    /// <summary>The source that a text means.</summary>
    public static JsonNode Named(string text)
    {
        if (DataSource.Kinds.Find(text) is not null) return text;
        var source = Directory.Exists(text) ? new IdxDirectory("")
            : FileSource.ByEnding(text) ?? (File.Exists(text) ? new CsvFile("") : null);
        return source is null ? text : new JsonObject { ["kind"] = DataSource.Kinds.NameOf(source), ["path"] = text };
    }

    /// <summary>Writes the options that were given into a source.</summary>
    public static JsonNode? With(JsonNode? source, ParseResult parsed)
    {
        var given = new JsonObject();
        if (parsed.GetValue(Target) is { } target) given["target"] = List(target);
        if (parsed.GetValue(Features) is { } features) given["features"] = List(features);
        if (parsed.GetValue(Task) is { } task) given["task"] = task;
        if (parsed.GetValue(Weight) is { } weight) given["weight"] = weight;
        foreach (var (name, value) in GivenFormat(parsed)) given[name] = value!.DeepClone();
        if (given.Count == 0) return source;
        var fields = source as JsonObject ?? new JsonObject { ["kind"] = source?.ToString() ?? "digits" };
        foreach (var (name, value) in given) fields[name] = value!.DeepClone();
        return fields;
    }

    // Kinds that are given stand for those that were kept.
    private static JsonArray Merged(TableFormat usual, JsonArray given)
    {
        string[] told = [.. given.Select(kind => $"{kind!["column"]}")];
        var others = usual with { Columns = [.. usual.Columns.Where(kind => !told.Contains(kind.Column))] };
        var kept = (JsonArray)Written.Of(others)["columns"]!;
        return new([.. given.Select(kind => kind!.DeepClone()), .. kept.Select(kind => kind!.DeepClone())]);
    }

    private static JsonObject GivenFormat(ParseResult parsed)
    {
        var given = new JsonObject();
        if (parsed.GetValue(Delimiter) is { } delimiter) given["delimiter"] = delimiter;
        if (parsed.GetValue(Header)) given["header"] = "yes";
        if (parsed.GetValue(NoHeader)) given["header"] = "no";
        if (parsed.GetValue(Decimal) is { } point) given["decimal"] = point;
        if (parsed.GetValue(Thousands) is { } thousands) given["thousands"] = thousands;
        if (parsed.GetValue(Dates) is { } dates) given["dates"] = dates;
        if (parsed.GetValue(MissingValues) is { } words) given["missing_values"] = List(words);
        if (parsed.GetValue(OddCells) is { } odd) given["odd_cells"] = odd;
        if (parsed.GetValue(Columns) is { } columns)
            given["columns"] = new JsonArray([.. CsvRecords.Line(columns, "--columns").Select(Kind)]);
        return given;
    }

    // A column and its kind: the last = stands between them.
    private static JsonObject Kind(string told) => told.LastIndexOf('=') is >= 0 and var at
        ? new JsonObject { ["kind"] = told[(at + 1)..].Trim(), ["column"] = told[..at].Trim() }
        : throw new InvalidInputException(
            $"--columns has {Visible.Quoted(told)}; it should be NAME=KIND, the kind one of "
                + $"{string.Join(", ", ColumnKind.Kinds.Names)}");

    // Names with a comma stand in quotes, as in a CSV file.
    private static JsonArray List(string names) =>
        new([.. CsvRecords.Line(names, "a list of names").Select(name => (JsonNode)name.Trim())]);

    private static Option<string?> Text(string name, string shape, Phrase description) =>
        new(name) { HelpName = shape, Description = Terminal.Said(description) };
}
