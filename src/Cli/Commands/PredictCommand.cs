using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Core.Numbers;
using Functional.Data;
using Functional.Runs;

namespace Functional.Cli.Commands;

/// <summary><c>functional predict</c>: a model's predictions for the rows of a file or of a named data set.</summary>
internal static class PredictCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = "a run's directory, or a model file" };
    private static readonly Option<string?> Data = new("--data") { Description = "a CSV file: numbers, one sample a row, or a table with the columns that the model learned from; or the name of a data set", HelpName = "FILE", Required = true };
    private static readonly Option<bool> Header = new("--header") { Description = "the first line of a file of numbers holds names" };

    public static void Fill(Command command)
    {
        command.With(Run, Data, Header, Shared.Seed, Shared.Threads, Shared.Json);
        command.SetAction(Predict);
    }

    private static int Predict(ParseResult parsed)
    {
        var faults = new List<string>();
        int threads = Shared.ThreadCount(parsed, faults);
        ulong seed = Shared.SeedOf(parsed, faults);
        if (faults.Count > 0) throw new InvalidInputException(faults.Select(fault => new Invalid(fault)));
        var model = RunDirectory.LoadModel(parsed.GetValue(Run)!);
        string name = parsed.GetValue(Data)!;
        var inputs = DataSource.Kinds.Find(name) switch
        {
            null or Given or FileSource when model.Schema is { } schema => TableData.Inputs(CsvTable.Read(name, new()), schema),
            null or Given or FileSource => NumbersFile.Read(name, model.Architecture.Inputs, parsed.GetValue(Header)),
            var source => DataCatalog.Load(source, seed) is var loaded && loaded.Test is { } test ? test.Inputs : loaded.Data.Inputs,
        };
        var outputs = model.Outputs(inputs, threads);
        string[]? classes = model.Problem switch
        {
            Problem.Classification => [.. model.Classes(inputs, threads).Span.ToArray().Select(label => Name(model.Schema, label))],
            Problem.MultiLabel when model.Labels(inputs, threads) is var labels =>
                [.. Enumerable.Range(0, labels.Rows).Select(row => string.Join(' ', Enumerable.Range(0, labels.Columns).Where(label => labels[row, label] == 1).Select(label => Name(model.Schema, label))))],
            _ => null,
        };
        if (parsed.GetValue(Shared.Json)) Terminal.Print(Json(outputs, classes));
        else Csv(outputs, classes);
        return Status.Done;
    }

    // A class by its name, where it has one.
    private static string Name(Schema? schema, int label) =>
        schema is { Labels.Count: > 0 } ? schema.Labels[label] : InputFile.Text(label);

    private static JsonObject Json(Matrix<double> outputs, string[]? classes)
    {
        var json = new JsonObject { ["rows"] = outputs.Rows };
        if (classes is not null) json["classes"] = new JsonArray([.. classes.Select(Class)]);
        json["outputs"] = new JsonArray([.. Enumerable.Range(0, outputs.Rows).Select(row =>
            new JsonArray([.. outputs.Row(row).ToArray().Select(x => double.IsFinite(x) ? (JsonNode?)x : null)]))]);
        return json;
    }

    // To a file or another program as data, byte for byte; to a terminal as what people may see of them.
    private static void Csv(Matrix<double> outputs, string[]? classes)
    {
        using var text = new StreamWriter(Outputs.Standard);
        string header = string.Join(",", Enumerable.Range(0, outputs.Columns).Select(column => $"output_{column}"));
        text.Write(classes is null ? $"{header}\n" : $"class,{header}\n");
        var cells = (classes ?? []).Select(Cell);
        if (!Console.IsOutputRedirected) cells = cells.Select(Visible.Line);
        string[] names = [.. cells];
        for (int row = 0; row < outputs.Rows; row++)
        {
            string numbers = string.Join(",", outputs.Row(row).ToArray().Select(x => x.ToString("R", CultureInfo.InvariantCulture)));
            text.Write(classes is null ? $"{numbers}\n" : $"{names[row]},{numbers}\n");
        }
    }

    // Quoted where a CSV file wants that.
    private static string Cell(string name) =>
        name.AsSpan().IndexOfAny(",\"\n\r") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // A number where it is written as one; "007" is a name.
    private static JsonNode Class(string label) =>
        int.TryParse(label, out int number) && InputFile.Text(number) == label ? number : label;
}
