using System.Globalization;
using System.Text;
using Functional.Core.Metrics;
using Functional.Formats;

namespace Functional.Cli.Reports;

/// <summary>What each row is predicted to be by the fold that was tested on it: every row once in each
/// repeat.</summary>
/// <param name="threads">How many threads may help to predict.</param>
internal sealed class OutOfFold(int threads)
{
    private readonly List<(int Repeat, int Row, string Line)> lines = [];
    private string? heading;

    /// <summary>Predicts the rows that a fold was tested on.</summary>
    public void Add(Repeat repeat, Trainer trainer, Model model)
    {
        var fold = (Resampling.Fold)trainer.Experiment.Settings.Resampling;
        var part = trainer.Unscaled.Test;
        if (part.Rows == 0) return;
        var outputs = model.Outputs(part.Inputs, threads);
        var shares = model.ProbabilitiesOf(outputs);
        string[] names = Predictions.Names(model, outputs.Columns);
        heading ??= CsvText.Line(
        [
            "row", "repeat", "fold", .. Named("truth", names, model.Problem),
            .. Named("prediction", names, model.Problem),
            .. shares is null ? [] : names.Select(name => $"p({name})"),
        ]);
        var classes = model.Problem is Problem.Classification ? model.ClassesOf(outputs) : null;
        var labels = model.Problem is Problem.MultiLabel ? Labelling.Predicted(outputs, model.Loss) : null;
        for (int row = 0; row < part.Rows; row++)
        {
            string[] truth = classes is not null
                ? [names[part.ClassOf(row)]] : [.. part.Targets.Row(row).ToArray().Select(Number)];
            string[] predicted = classes is not null ? [names[classes[row]]]
                : labels is not null ? [.. Enumerable.Range(0, labels.Columns).Select(i => $"{labels[row, i]}")]
                : [.. outputs.Row(row).ToArray().Select(Number)];
            int source = part.RowInSource(row);
            lines.Add((fold.Repeat, source, CsvText.Line(
            [
                Text(source), Text(fold.Repeat), Text(fold.Index), .. truth, .. predicted,
                .. shares is null ? [] : shares.Row(row).ToArray().Select(Number),
            ])));
        }
    }

    /// <summary>Writes them, by repeats and rows.</summary>
    /// <exception cref="InvalidInputException">They cannot be written; nothing is left behind.</exception>
    public void Write(string file)
    {
        var text = new StringBuilder(heading).Append('\n');
        foreach (var (_, _, line) in lines.OrderBy(line => (line.Repeat, line.Row))) text.Append(line).Append('\n');
        Atomically.Write(file, Encoding.UTF8.GetBytes(text.ToString()));
    }

    // One class, or one number, needs no name.
    private static IEnumerable<string> Named(string what, string[] names, Problem problem) =>
        problem is Problem.Classification || names.Length == 1 ? [what] : names.Select(name => $"{what}({name})");

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
