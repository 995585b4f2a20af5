using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Core.Metrics;
using Spectre.Console;

namespace Functional.Cli;

/// <summary>What people see: results on standard output, progress and messages on standard error.</summary>
internal static class Terminal
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>One JSON object on standard output.</summary>
    public static void Print(JsonObject json) => Console.WriteLine(json.ToJsonString(Indented));

    /// <summary>Goes through the epochs and shows them: a live line on a terminal, elsewhere a plain line now and then.</summary>
    public static void Watch(IEnumerable<Epoch> epochs, int total, bool quiet, Action<Epoch> each)
    {
        if (!quiet && !Console.IsErrorRedirected) Live(epochs, total, each);
        else
            foreach (var epoch in epochs)
            {
                each(epoch);
                if (!quiet && (epoch.Number == 1 || epoch.Number * 10L / total != (epoch.Number - 1) * 10L / total)) Console.Error.WriteLine(Line(epoch, total));
            }
    }

    /// <summary>What a person should know of how data were read and cut; results stay alone on standard
    /// output.</summary>
    public static void Notes(IEnumerable<string> notes, bool quiet = false)
    {
        if (quiet) return;
        foreach (string note in notes) Console.Error.WriteLine(Visible.Line($"functional: {note}"));
    }

    /// <summary>The results in words and tables.</summary>
    public static void Show(Functional.Runs.RunReport report, string directory)
    {
        var results = report.Results;
        Console.WriteLine($"{results.Model.Architecture.ParameterCount} parameters, {report.History.Count} epochs, {report.Steps} steps in {report.Seconds:F1} s");
        Console.WriteLine($"train       {Summary(results.Train)}");
        if (results.Validation is { } validation) Console.WriteLine($"validation  {Summary(validation)}");
        if (results.Test is { } test) Console.WriteLine($"test        {Summary(test)}");
        foreach (string line in More(results.Test ?? results.Validation ?? results.Train, results.Model.Schema?.Labels)) Console.WriteLine(line);
        if (results.Test is Evaluation.OfClasses classes) Confusion(classes.Counts, results.Model.Schema?.Labels);
        Console.WriteLine();
        Console.WriteLine($"parameters_sha256  {results.Model.ParametersSha256}");
        Console.WriteLine(Visible.Line($"run                {directory}"));
    }

    /// <summary>What else is worth knowing of a part, beside what would be had without learning.</summary>
    public static IEnumerable<string> More(Evaluation part, Items<string>? names)
    {
        if (part is Evaluation.OfClasses { Rows: > 0 } classes)
        {
            var report = classes.Report;
            string largest = names is { Count: > 0 } ? Visible.Quoted(names[classes.MajorityClass]) : $"{classes.MajorityClass}";
            yield return $"            balanced accuracy {report.BalancedAccuracy:F4}   macro F1 {report.Macro.F1:F4}{(classes.Scores is { } scores ? $"   AUC {scores.RocAuc:F4}" : "")}";
            yield return $"            always class {largest}: accuracy {classes.MajorityShare:F4}";
        }
        if (part is Evaluation.OfNumbers { Rows: > 0 } numbers)
        {
            yield return $"            root mean squared error {numbers.RootMeanSquaredError:G4}";
            yield return $"            always the mean: root mean squared error {numbers.RootMeanSquaredErrorOfMean:G4}   mean absolute error {numbers.MeanAbsoluteErrorOfMean:G4}";
        }
    }

    /// <summary>An evaluation in one line.</summary>
    public static string Summary(Evaluation part) => part switch
    {
        Evaluation.OfClasses of => $"accuracy {of.Accuracy:F4}   loss {of.Loss:F4}   ({of.Rows} samples)",
        Evaluation.OfNumbers of => $"R2 {of.R2:G5}   mean squared error {of.MeanSquaredError:G4}   mean absolute error {of.MeanAbsoluteError:G4}   ({of.Rows} samples)",
        Evaluation.OfLabels of => $"accuracy {of.Accuracy:F4}   every label right {of.ExactMatch:F4}   F1 {of.F1:F4}   loss {of.Loss:F4}   ({of.Rows} samples)",
        _ => "",
    };

    /// <summary>Counts, or weights, of true classes (down) taken for classes (across).</summary>
    public static void Confusion(ConfusionMatrix confusion, Items<string>? names = null)
    {
        if (confusion.Classes > MostClasses)
        {
            Frequent(confusion, names);
            return;
        }
        var counts = confusion.Matrix;
        int width = Math.Max(4, Enumerable.Range(0, counts.Cells.Length).Max(i => Count(counts.Cells[i]).Length) + 1);
        Console.WriteLine();
        Console.WriteLine($"true \\ predicted{string.Concat(Enumerable.Range(0, counts.Columns).Select(c => $"{c}".PadLeft(width)))}");
        for (int row = 0; row < counts.Rows; row++)
            Console.WriteLine($"{Name(row),16}{string.Concat(counts.Row(row).ToArray().Select(count => Count(count).PadLeft(width)))}");

        static string Count(double count) => count == 0 ? "." : count.ToString("0.###", CultureInfo.InvariantCulture);

        string Name(int label) =>
            names is { Count: > 0 } && names[label] != $"{label}" ? $"{Short(Visible.Line(names[label]))} {label,4}" : $"{label}";

        static string Short(string name) =>
            name.Length <= 10 ? name : $"{name[..(char.IsHighSurrogate(name[8]) ? 8 : 9)]}…";
    }

    /// <summary>What would become of the second of two classes from other probabilities on.</summary>
    public static void Thresholds(ThresholdCurve curve, Items<string>? names)
    {
        Console.WriteLine();
        Console.WriteLine(Visible.Line($"class {(names is { Count: 2 } ? Visible.Quoted(names[1]) : "1")} from a probability on (--threshold):"));
        foreach (double threshold in (double[])[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) Console.WriteLine($"  {curve.At(threshold)}");
        Console.WriteLine($"  best F1: {curve.BestF1}");
    }

    /// <summary>Points of a curve, so few that they can be drawn and so many that nothing is missed: at most 201.</summary>
    public static IEnumerable<ThresholdPoint> Some(ThresholdCurve curve) =>
        Enumerable.Range(0, 201).Select(i => curve.Points[(int)((long)i * (curve.Points.Count - 1) / 200)]).Distinct();

    // What a matrix too large for a terminal has off its diagonal.
    private static void Frequent(ConfusionMatrix confusion, Items<string>? names)
    {
        var wrong = confusion.Cells.Where(cell => cell.Class != cell.Predicted && cell.Count > 0);
        string Name(int label) => names is { Count: > 0 } ? Visible.Quoted(names[label]) : $"{label}";
        Console.WriteLine();
        Console.WriteLine($"{confusion.Classes} classes; the most frequent confusions:");
        foreach (var (label, predicted, count) in wrong.OrderByDescending(cell => cell.Count).Take(MostFrequent))
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {Name(label)} taken for {Name(predicted)}: {count:0.###}"));
    }

    private const int MostClasses = 50, MostFrequent = 10;

    private static void Live(IEnumerable<Epoch> epochs, int total, Action<Epoch> each)
    {
        string last = "";
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask("training", maxValue: total);
                foreach (var epoch in epochs)
                {
                    each(epoch);
                    last = Line(epoch, total);
                    task.Description = Markup.Escape(last);
                    task.Value = epoch.Number;
                }
            });
        if (last.Length > 0) Console.Error.WriteLine(last);
    }

    private static string Line(Epoch epoch, int total) =>
        $"epoch {epoch.Number}/{total}   train loss {epoch.TrainLoss:F4}"
        + (epoch.Validation is { } validation ? $"   validation loss {validation.Loss:F4}   {validation.Score.Name} {validation.Score.Value:F4}" : "");
}
