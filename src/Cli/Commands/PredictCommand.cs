using System.CommandLine;
using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Core.Numbers;
using Functional.Data;
using Functional.Runs;

namespace Functional.Cli.Commands;

/// <summary><c>functional predict</c>: a model's predictions for the rows of a file or of a named data set.</summary>
internal static class PredictCommand
{
    private static readonly Argument<string> Run =
        new("RUN") { Description = Terminal.Said($"a run's directory, or a model file") };
    private static readonly Option<string?> Data = new("--data")
    {
        HelpName = "FILE",
        Required = true,
        Description = Terminal.Said(
            $"a CSV file with the columns that the model learned from, or with nothing but numbers; "
            + $"an .npy or .npz file, a directory of IDX files, or the name of a data set"),
    };
    private static readonly Option<string?> Shown = new("--outputs")
    {
        Description = Terminal.Said($"what is printed beside the class (probabilities, where the loss means some)"),
        HelpName = "probabilities|logits|both"
    };
    private static readonly Option<string?> Keep = new("--keep")
    {
        Description = Terminal.Said($"columns of the file that are printed beside the predictions"),
        HelpName = "A,B"
    };

    public static void Fill(Command command)
    {
        command.With(Run, Data, Shown, Keep, Shared.Unseen, Shared.Threshold, Shared.Seed, Shared.Threads, Shared.Json);
        DataOptions.AddFormatTo(command);
        command.SetAction(Predict);
    }

    private static int Predict(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        int threads = Shared.ThreadCount(parsed, faults);
        ulong seed = Shared.SeedOf(parsed, faults);
        if (parsed.GetValue(Shown) is { } given && given is not ("probabilities" or "logits" or "both"))
            faults.Add(
                new($"{Shown.Name} is {Visible.Quoted(given)}; it should be one of probabilities, logits, both"));
        if (faults.Count > 0) throw new InvalidInputException(faults);
        var model = Shared.WithUnseen(
            Shared.WithThreshold(RunDirectory.LoadModel(parsed.GetValue(Run)!), parsed), parsed);
        var samples = Read(model, parsed.GetValue(Data)!, seed, parsed);
        Terminal.Notes(samples.Notes);
        var predictions = new Predictions(
            model, Outputs(model, samples, threads), parsed.GetValue(Shown), samples.Kept);
        if (parsed.GetValue(Shared.Json)) Terminal.Print(predictions.ToJson());
        else Print(predictions.ToCsv());
        return Status.Done;
    }

    // A stretch of rows at a time, so that inputs of many categories do not have to be held at once.
    private static Matrix<double> Outputs(Model model, Samples samples, int threads)
    {
        int rows = Math.Clamp(Stretch / Math.Max(1, model.Architecture.Inputs), 1, Math.Max(1, samples.Rows));
        var outputs = new List<double>();
        for (int first = 0; first < samples.Rows; first += rows)
            outputs.AddRange(
                model.Outputs(samples.Inputs(first, Math.Min(rows, samples.Rows - first)), threads, first).Cells.Span);
        return new(samples.Rows, model.Architecture.Outputs, Vec<double>.Of([.. outputs]));
    }

    private const int Stretch = 1 << 22; // numbers

    private sealed record Samples(
        int Rows, Func<int, int, Matrix<double>> Inputs, Items<Phrase> Notes, (string Name, string[] Cells)[] Kept);

    // A table is read as the one was that the model learned from, unless options say otherwise.
    private static Samples Read(Model model, string name, ulong seed, ParseResult parsed)
    {
        string[] keep = parsed.GetValue(Keep) is { } given
            ? [.. CsvRecords.Line(given, "--keep").Select(column => column.Trim())]
            : [];
        if (DataSource.Kinds.Find(name) is { } source and not (Given or FileSource))
            return Named(model, name, DataCatalog.Load(source, seed), keep);
        if (ArrayData.Inputs(name) is { } arrays)
            return Plain(arrays.Inputs, [.. arrays.Notes, .. Shared.ByPlace(model, name, haveNames: false)], keep);
        if (model.Schema is not { Features.Count: > 0 } schema)
        {
            var (numbers, notes) = NumbersFile.Read(name, model.Architecture.Inputs, DataOptions.Format(new(), parsed));
            return Plain(numbers, [.. notes, .. Shared.ByPlace(model, name, haveNames: true)], keep);
        }
        var format = DataOptions.Format(SchemaTable.FormatOf(schema), parsed);
        var table = TableFile.Read(name, format);
        string[] features = [.. schema.Columns];
        var (inputs, ignored) = SchemaTable.Inputs(table, schema, model.Encoding);
        return new(table.Rows, inputs.Take, [.. table.Notes.Where(
            note => note.Column is null || features.Contains(note.Column)).Select(note => note.Text), .. ignored],
            Kept(name, format, keep));
    }

    // Columns with names are found by them.
    private static Samples Named(Model model, string name, LoadedData loaded, string[] keep)
    {
        var data = loaded.Test ?? loaded.Data;
        var inputs = Attempt<Matrix<double>>.Of(data.InputsFor(model.Schema, model.Encoding.Unseen)).OrThrow();
        return Plain(
            inputs, [.. loaded.Notes, .. Shared.ByPlace(model, name, data.Schema is { Features.Count: > 0 })], keep);
    }

    // The columns as they are written, numbers, dates and words for missing cells, too: read once more.
    private static (string Name, string[] Cells)[] Kept(string name, TableFormat format, string[] keep)
    {
        if (keep.Length == 0) return [];
        var table = TableFile.Read(
            name, format with { Columns = [new ColumnKind.Category(ColumnKind.Every)], MissingValues = [] });
        Column[] columns = [.. keep.Select(table.Require)];
        if (columns.CountBy(column => column.Name).FirstOrDefault(column => column.Value > 1) is { Key: { } twice })
            throw new InvalidInputException($"--keep has {Visible.Quoted(twice)} twice; it should have it once");
        return [.. columns.Cast<Column.Categories>().Select(column =>
            (column.Name, column.Codes.Span.ToArray().Select(code => code < 0 ? "" : column.Values[code]).ToArray()))];
    }

    private static Samples Plain(Matrix<double> inputs, Items<Phrase> notes, string[] keep) => keep.Length == 0
        ? new(
            inputs.Rows,
            (first, count) => count == inputs.Rows ? inputs : inputs.Select([.. Enumerable.Range(first, count)]), notes,
            [])
        : throw new InvalidInputException($"--keep is {string.Join(",", keep)}; the data have no columns with names");

    // To a file or another program as data, byte for byte; to a terminal as what people may see of them.
    private static void Print(IEnumerable<string> lines)
    {
        using var text = new StreamWriter(Cli.Outputs.Standard);
        foreach (string line in lines)
        {
            text.Write(Console.IsOutputRedirected ? line : Visible.Line(line));
            text.Write('\n');
        }
    }
}
