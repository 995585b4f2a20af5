using System.Globalization;
using Functional.Core.Forms;
using Functional.Core.Metrics;
using static System.FormattableString;

namespace Functional.Reports;

/// <summary>Evaluations in words and tables.</summary>
internal static class EvaluationText
{
    /// <summary>Those of a training: each part in a line, then the last one in full.</summary>
    public static IEnumerable<string> Of(TrainingResults results)
    {
        var names = results.Model.Schema?.Labels;
        foreach (var (name, part) in new[] { ("train", results.Train), ("validation", results.Validation), ("test", results.Test) })
            if (part is not null)
                yield return $"{name,-12}{part}";
        foreach (string line in More(results.Test ?? results.Validation ?? results.Train, names)) yield return line;
        if (results.Test is not ClassificationReport classes) yield break;
        foreach (string line in Confusion(classes.Counts, names)) yield return line;
    }

    /// <summary>What else is worth knowing of a part, beside what would be had without learning.</summary>
    public static IEnumerable<string> More(Evaluation part, Items<string>? names)
    {
        if (part is ClassificationReport { Rows: > 0 } classes)
        {
            var report = classes.Report;
            string largest = names is { Count: > 0 } ? Visible.Quoted(names[classes.MajorityClass]) : $"{classes.MajorityClass}";
            yield return Invariant($"            balanced accuracy {report.BalancedAccuracy:F4}   macro F1 {report.Macro.F1:F4}{(classes.Scores is { } scores ? Invariant($"   AUC {scores.RocAuc:F4}") : "")}");
            yield return Invariant($"            always class {largest}: accuracy {classes.MajorityShare:F4}");
        }
        if (part is RegressionReport { Rows: > 0 } numbers)
        {
            yield return $"            RMSE {Figure.Of(numbers.RootMeanSquaredError)}";
            yield return $"            always the mean: RMSE {Figure.Of(numbers.RootMeanSquaredErrorOfMean)}   MAE {Figure.Of(numbers.MeanAbsoluteErrorOfMean)}";
        }
    }

    /// <summary>Counts, or weights, of true classes (down) taken for classes (across).</summary>
    public static IEnumerable<string> Confusion(ConfusionMatrix confusion, Items<string>? names)
    {
        if (confusion.Classes > MostClasses)
        {
            foreach (string line in Frequent(confusion, names)) yield return line;
            yield break;
        }
        var counts = confusion.Matrix;
        int width = Math.Max(4, Enumerable.Range(0, counts.Cells.Length).Max(i => Count(counts.Cells[i]).Length) + 1);
        yield return "";
        yield return $"true \\ predicted{string.Concat(Enumerable.Range(0, counts.Columns).Select(c => $"{c}".PadLeft(width)))}";
        for (int row = 0; row < counts.Rows; row++)
            yield return $"{Name(row),16}{string.Concat(counts.Row(row).ToArray().Select(count => Count(count).PadLeft(width)))}";

        static string Count(double count) => count == 0 ? "." : count.ToString("0.###", CultureInfo.InvariantCulture);

        string Name(int label) =>
            names is { Count: > 0 } && names[label] != $"{label}" ? $"{Short(Visible.Line(names[label]))} {label,4}" : $"{label}";

        static string Short(string name) =>
            name.Length <= 10 ? name : $"{name[..(char.IsHighSurrogate(name[8]) ? 8 : 9)]}…";
    }

    // What a matrix too large for a terminal has off its diagonal.
    private static IEnumerable<string> Frequent(ConfusionMatrix confusion, Items<string>? names)
    {
        var wrong = confusion.Cells.Where(cell => cell.Class != cell.Predicted && cell.Count > 0);
        string Name(int label) => names is { Count: > 0 } ? Visible.Quoted(names[label]) : $"{label}";
        yield return "";
        yield return $"{confusion.Classes} classes; the most frequent confusions:";
        foreach (var (label, predicted, count) in wrong.OrderByDescending(cell => cell.Count).Take(MostFrequent))
            yield return string.Create(CultureInfo.InvariantCulture, $"  {Name(label)} taken for {Name(predicted)}: {count:0.###}");
    }

    private const int MostClasses = 50, MostFrequent = 10;
}
