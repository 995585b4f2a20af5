using System.Globalization;
using System.Text.Json.Nodes;
using Functional.Cli.Reports;
using Functional.Core.Numbers;
using Functional.Data;
using Functional.Formats;

namespace Functional.Cli;

/// <summary>A model's predictions, row by row: what people want to read of them, as CSV or JSON.</summary>
internal sealed class Predictions
{
    private readonly Model model;
    private readonly Matrix<double> outputs;
    private readonly Matrix<double>? probabilities;
    private readonly bool showsOutputs;
    private readonly string[] names;
    private readonly (string Name, string[] Cells)[] kept;

    /// <param name="model">Whose predictions.</param>
    /// <param name="outputs">What the model puts out, a row each.</param>
    /// <param name="shown">"probabilities", "logits" or "both"; null for probabilities where there are any.</param>
    /// <param name="kept">Columns that stand beside them.</param>
    /// <exception cref="InvalidInputException">The outputs mean no probabilities, and they were asked for.</exception>
    public Predictions(Model model, Matrix<double> outputs, string? shown, (string Name, string[] Cells)[] kept)
    {
        (this.model, this.outputs) = (model, outputs);
        probabilities = shown == "logits" ? null : model.ProbabilitiesOf(outputs);
        if (shown is "probabilities" or "both" && probabilities is null)
            throw new InvalidInputException(model.Problem is Problem.Regression
                ? (Phrase)$"--outputs is {shown}; numbers have no probabilities"
                : $"--outputs is {shown}; what this model's loss makes of outputs are no probabilities");
        if (shown is "logits" or "both" && model is { IsBag: true, HasProbabilities: true })
            throw new InvalidInputException($"--outputs is {shown}; a bag has the mean of probabilities and no logits");
        showsOutputs = shown is "logits" or "both" || probabilities is null;
        names = Names(model, outputs.Columns);
        this.kept = kept;
    }

    /// <summary>One JSON object: the rows, each with its number, class and probabilities by name.</summary>
    public JsonObject ToJson()
    {
        string[]? classes = Classes();
        return new()
        {
            ["rows"] = outputs.Rows,
            ["predictions"] = new JsonArray([.. Enumerable.Range(0, outputs.Rows).Select(row => Row(row, classes))]),
        };
    }

    /// <summary>A CSV file: a header and a line for each row.</summary>
    public IEnumerable<string> ToCsv()
    {
        string[]? classes = Classes();
        var labels = model.Problem is Problem.MultiLabel ? model.LabelsOf(outputs) : null;
        string[] own = labels is not null ? names : classes is not null ? ["class"] : [];
        string[] shares = probabilities is null ? [] : [.. names.Select(name => $"p({name})")];
        string[] raw = !showsOutputs ? []
            : model.Problem is Problem.Regression ? names
            : [.. OutputNames.Select(name => $"logit({name})")];
        string[] before = ["row", .. kept.Select(column => column.Name)];
        yield return CsvText.Line([.. before,
            .. own.Concat(shares).Concat(raw).Select(name => before.Contains(name) ? $"predicted_{name}" : name)]);
        for (int row = 0; row < outputs.Rows; row++)
            yield return CsvText.Line(
            [
                InputFile.Text(row + 1), .. kept.Select(column => column.Cells[row]),
                .. labels is not null ? Enumerable.Range(0, labels.Columns)
                    .Select(label => InputFile.Text(labels[row, label])) : classes is not null ? [classes[row]] : [],
                .. probabilities is null ? [] : Numbers(probabilities, row),
                .. showsOutputs ? Numbers(outputs, row) : [],
            ]);
    }

    private JsonObject Row(int row, string[]? classes)
    {
        var json = new JsonObject { ["row"] = row + 1 };
        if (kept.Length > 0)
            json["kept"] = new JsonObject(
                [.. kept.Select(column => KeyValuePair.Create(column.Name, (JsonNode?)column.Cells[row]))]);
        if (classes is not null) json["class"] = classes[row];
        if (model.Problem is Problem.MultiLabel && model.LabelsOf(outputs.Select([row])) is var labels)
            json["labels"] = new JsonArray([.. Enumerable.Range(0, labels.Columns).Where(label => labels[0, label] == 1)
                .Select(label => (JsonNode)names[label])]);
        if (probabilities is not null) json["probabilities"] = Named(names, probabilities, row);
        if (showsOutputs)
            json[model.Problem is Problem.Regression ? "numbers" : "logits"] = Named(OutputNames, outputs, row);
        return json;
    }

    // Two classes may have one output, that of the second.
    private string[] OutputNames => outputs.Columns == names.Length ? names : [names[^1]];

    private string[]? Classes() => model.Problem is Problem.Classification
        ? [.. model.ClassesOf(outputs).Span.ToArray().Select(label => names[label])]
        : null;

    /// <summary>What the classes, labels or numbers of a model are called.</summary>
    public static string[] Names(Model model, int outputs) => model.Problem switch
    {
        Problem.Classification(var classes) => model.Schema is { Labels.Count: > 0 } schema
            ? [.. schema.Labels]
            : [.. Enumerable.Range(0, classes).Select(label => InputFile.Text(label))],
        Problem.MultiLabel(var labels) => model.Schema is { Labels.Count: > 0 } schema
            ? [.. schema.Labels]
            : [.. Enumerable.Range(0, labels).Select(label => InputFile.Text(label))],
        _ => model.Schema is { Targets.Count: > 0 } schema && schema.Targets.Count == outputs
            ? [.. schema.Targets]
            : [.. Enumerable.Range(0, outputs).Select(output => $"output_{output}")],
    };

    private static IEnumerable<string> Numbers(Matrix<double> numbers, int row) =>
        numbers.Row(row).ToArray().Select(Number);

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    // A number that is not finite is none in JSON.
    private static JsonObject Named(string[] names, Matrix<double> numbers, int row)
    {
        var json = new JsonObject();
        for (int i = 0; i < names.Length; i++)
            json[names[i]] = JsonNumber.Of(numbers[row, i]);
        return json;
    }
}
