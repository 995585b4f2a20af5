using System.Xml.Linq;
using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Reports;

namespace Functional.Cli.Pages;

/// <summary>What a run learned from: files, digests, parts, classes, columns.</summary>
internal sealed class DataCard(ReportedRun run, PageWriter writing)
{
    private const int MostFeatures = 60, MostClasses = 50;

    private Split<double> Split { get; } = run.Run.Trainer.Unscaled;

    /// <summary>Its tables.</summary>
    public XElement[] Parts => [.. new[] { Facts(), Files(), Classes(), Features() }.OfType<XElement>()];

    private Dataset<double>[] All => [Split.Train, Split.Validation, Split.Test];

    private XElement Facts()
    {
        var (train, validation, test) = Split;
        int rows = train.Rows + validation.Rows + test.Rows, missing = All.Sum(Missing);
        var settings = run.Experiment.Settings;
        bool isCut = run.Run.Trainer.Samples.Test is null;
        (Phrase, object?)[] about =
            settings.Data is FileSource ? [] : [($"about", Phrase.Of(settings.Data.Description))];
        return writing.Facts($"The data as they were read",
        [
            ($"name", run.DataName), .. about,
            ($"digest of the numbers (SHA-256)", Html.Of("code", (string?)run.Report["data"]!["sha256"])),
            ($"to be predicted", Predicted),
            ($"rows", $"{rows}"),
            ($"inputs", $"{train.Inputs.Columns}"),
            ($"train, validation, test", $"{train.Rows}, {validation.Rows}, {test.Rows}"),
            ($"how they were cut", isCut
                ? run.Experiment.Problem is Problem.Classification
                    ? (Phrase)($"from the seed, class by class: a share of {settings.Test} for test, of the rest "
                        + $"{settings.Validation} for validation")
                    : $"from the seed: a share of {settings.Test} for test, of the rest {settings.Validation} for "
                        + $"validation"
                : $"the test part is that of the data; of the rest a share of {settings.Validation} for validation, "
                    + $"from the seed"),
            ($"missing cells", $"{missing}"),
            ($"samples with weights", train.Weights is null ? (Phrase)$"no" : $"yes"),
        ]);
    }

    private Phrase Predicted => run.Model.Schema is { Targets: { Count: > 0 } targets }
        ? $"{run.Experiment.Problem}: {string.Join(", ", targets.Take(MostFeatures).Select(Visible.Line))}"
        : run.Experiment.Problem.Words;

    private static int Missing(Dataset<double> part) => part.Inputs.Rows == 0 || part.Inputs.IsOfBytes
        ? 0
        : part.Inputs.Cells.Span.Count(double.NaN);

    private XElement? Files() => DataFile.Of(run.Experiment.Settings.Data) is { Count: > 0 } files
        ? writing.Table($"Files, as they are now", [$"file", $"bytes", $"SHA-256"], [1],
            files.Select(file => (object?[])
            [
                Visible.Line(file.Path), file.Length,
                Html.Of("code", file.Sha256 ?? writing.Say($"cannot be read")),
            ]))
        : null;

    private XElement? Classes()
    {
        if (run.Experiment.Problem is not Problem.Classification(var count) || count > MostClasses) return null;
        int[][] counts = [.. All.Select(part => Counts(part, count))];
        int rows = counts.Sum(part => part.Sum());
        return writing.Table($"Classes", [$"class", $"train", $"validation", $"test", $"share of all"], [1, 2, 3, 4],
            Enumerable.Range(0, count).Select(label => (object?[])
            [
                Visible.Line(run.ClassName(label)), .. counts.Select(part => $"{part[label]}"),
                Verdict.Percent((double)counts.Sum(part => part[label]) / rows),
            ]));
    }

    private static int[] Counts(Dataset<double> part, int classes)
    {
        var counts = new int[classes];
        for (int row = 0; row < part.Rows; row++) counts[part.ClassOf(row)]++;
        return counts;
    }

    private XElement? Features()
    {
        if (run.Model.Schema is not { Features: { Count: > 0 } features }) return null;
        var rows = new List<object?[]>();
        int at = 0;
        foreach (var feature in features)
        {
            int column = at;
            double[] cells =
                [.. All.SelectMany(part => Enumerable.Range(0, part.Rows).Select(row => part.Inputs[row, column]))];
            double[] known = [.. cells.Where(double.IsFinite)];
            rows.Add(
            [
                Visible.Line(feature.Name), feature.Values.Count > 0 ? (Phrase)$"category" : $"number",
                $"{cells.Length - known.Length}",
                feature.Values.Count > 0
                    ? string.Join(", ", feature.Values.Take(8).Select(Visible.Line))
                        + (feature.Values.Count > 8 ? ", …" : "")
                    : known.Length == 0 ? "–" : $"{Numerals.Of(known.Min(), 5)} … {Numerals.Of(known.Max(), 5)}",
            ]);
            at += feature.Width;
        }
        return writing.Table($"Columns", [$"column", $"kind", $"missing", $"values"], [2], rows.Take(MostFeatures));
    }
}
