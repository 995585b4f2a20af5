using Functional.Core.Forms;
using Functional.Core.Metrics;

namespace Functional.Reports;

/// <summary>Evaluations in words and tables.</summary>
internal static class EvaluationText
{
    private const int Indent = 12, MostClasses = 50, MostFrequent = 10;

    /// <summary>Those of a training: each part in a line, then the last one in full.</summary>
    public static IEnumerable<Phrase> Of(TrainingResults results)
    {
        var names = results.Model.Schema?.Labels;
        (Phrase, Evaluation?)[] parts =
            [
                ($"train", results.Train), ($"validation", results.Validation), ($"test", results.Test),
                ($"not drawn", results.NotDrawn),
            ];
        foreach (var (name, part) in parts)
            if (part is not null)
                yield return $"{name,-Indent}{part}";
        foreach (var line in More(results.LastPart.Part, names))
            yield return $"{Phrase.Empty,Indent}{line}";
        if (results.Test is not ClassificationReport classes) yield break;
        foreach (var line in Confusion(classes.Counts, names)) yield return line;
    }

    /// <summary>What else is worth knowing of a part, beside what would be had without learning.</summary>
    public static IEnumerable<Phrase> More(Evaluation part, Items<string>? names)
    {
        if (part is ClassificationReport { Rows: > 0 } classes)
        {
            var report = classes.Report;
            string largest =
                names is { Count: > 0 } ? Visible.Quoted(names[classes.MajorityClass]) : $"{classes.MajorityClass}";
            yield return $"balanced accuracy {report.BalancedAccuracy:F4}   macro F1 "
                + $"{report.Macro.F1:F4}{Auc(classes)}";
            yield return $"always class {largest}: accuracy {classes.MajorityShare:F4}";
        }
        if (part is RegressionReport { Rows: > 0 } numbers)
        {
            yield return $"RMSE {Numerals.Of(numbers.RootMeanSquaredError)}";
            yield return $"always the mean: RMSE {Numerals.Of(numbers.RootMeanSquaredErrorOfMean)}   "
                + $"MAE {Numerals.Of(numbers.MeanAbsoluteErrorOfMean)}";
        }
    }

    private static Phrase Auc(ClassificationReport report) =>
        report.Scores is { } scores ? $"   AUC {scores.RocAuc:F4}" : Phrase.Empty;

    /// <summary>Counts, or weights, of true classes (down) taken for classes (across).</summary>
    public static IEnumerable<Phrase> Confusion(ConfusionMatrix confusion, Items<string>? names)
    {
        if (confusion.Classes > MostClasses)
        {
            foreach (var line in Frequent(confusion, names)) yield return line;
            yield break;
        }
        var counts = confusion.Matrix;
        int width = Math.Max(4, Enumerable.Range(0, counts.Cells.Length).Max(i => Count(counts.Cells[i]).Length) + 1);
        yield return Phrase.Empty;
        yield return $"{(Phrase)$"true \\ predicted",16}"
            + $"{Cells(Enumerable.Range(0, counts.Columns).Select(c => $"{c}"))}";
        for (int row = 0; row < counts.Rows; row++)
            yield return $"{Name(row),16}{Cells(counts.Row(row).ToArray().Select(Count))}";

        string Cells(IEnumerable<string> cells) => string.Concat(cells.Select(cell => cell.PadLeft(width)));

        string Name(int label) =>
            names is { Count: > 0 } && names[label] != $"{label}"
            ? $"{Short(Visible.Line(names[label]))} {label,4}"
            : $"{label}";

        static string Short(string name) =>
            name.Length <= 10 ? name : $"{name[..(char.IsHighSurrogate(name[8]) ? 8 : 9)]}…";
    }

    // What a matrix too large for a terminal has off its diagonal.
    private static IEnumerable<Phrase> Frequent(ConfusionMatrix confusion, Items<string>? names)
    {
        var wrong = confusion.Cells.Where(cell => cell.Class != cell.Predicted && cell.Count > 0);
        string Name(int label) => names is { Count: > 0 } ? Visible.Quoted(names[label]) : $"{label}";
        yield return Phrase.Empty;
        yield return $"{confusion.Classes} classes; the most frequent confusions:";
        foreach (var (label, predicted, count) in wrong.OrderByDescending(cell => cell.Count).Take(MostFrequent))
            yield return $"  {Name(label)} taken for {Name(predicted)}: {count:0.###}";
    }

    private static string Count(double count) =>
        count == 0 ? "." : count.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
}
