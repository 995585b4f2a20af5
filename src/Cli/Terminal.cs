using System.Text.Json;
using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Reports;

namespace Functional.Cli;

/// <summary>What people see: results on standard output, progress and messages on standard error.</summary>
internal static class Terminal
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Characters of a line where there is no terminal.</summary>
    public const int UsualWidth = 80;

    /// <summary>Characters of a line; the usual 80 where there is no terminal.</summary>
    public static int Width
    {
        get
        {
            try
            {
                return Console.WindowWidth > 1 ? Console.WindowWidth : UsualWidth;
            }
            catch (IOException)
            {
                return UsualWidth;
            }
        }
    }

    /// <summary>One JSON object on standard output.</summary>
    public static void Print(JsonObject json) => Console.WriteLine(json.ToJsonString(Indented));

    /// <summary>What a person should know of how data were read and cut; results stay alone on standard
    /// output.</summary>
    public static void Notes(IEnumerable<string> notes, bool quiet = false)
    {
        if (quiet) return;
        foreach (string note in notes) Console.Error.WriteLine(Visible.Line($"functional: {note}"));
    }

    /// <summary>Words in lines of the terminal's width; what follows the first line is indented.</summary>
    public static void Wrapped(string text, int indent)
    {
        var line = new System.Text.StringBuilder();
        foreach (string word in text.Split(' '))
        {
            if (line.Length + 1 + word.Length > Width && line.ToString().Trim().Length > 0)
            {
                Console.WriteLine(line);
                line.Clear().Append(' ', indent).Append(word);
            }
            else line.Append(line.Length > 0 ? " " : "").Append(word);
        }
        Console.WriteLine(line);
    }

    /// <summary>The results in words and tables.</summary>
    public static void Show(Functional.Runs.RunReport report, string directory)
    {
        var results = report.Results;
        Console.WriteLine($"{results.Model.Architecture.ParameterCount} parameters, {report.History.Count} epochs, {report.Steps} steps in {report.Seconds:F1} s");
        foreach (string line in EvaluationText.Of(results)) Console.WriteLine(line);
        Console.WriteLine();
        Console.WriteLine($"parameters  {results.Model.ParametersSha256}");
        Console.WriteLine(Visible.Line($"run         {directory}"));
    }

    /// <summary>What would become of the second of two classes from other probabilities on.</summary>
    public static void Thresholds(ThresholdCurve curve, Items<string>? names)
    {
        if (curve.Points[0] is { FalseNegatives: 0 } or { TrueNegatives: 0 }) return; // of one class alone there is nothing to weigh up
        Console.WriteLine();
        Console.WriteLine(Visible.Line($"class {(names is { Count: 2 } ? Visible.Quoted(names[1]) : "1")} from a probability on (--threshold):"));
        foreach (double threshold in (double[])[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) Console.WriteLine($"  {curve.At(threshold)}");
        Console.WriteLine(FormattableString.Invariant($"best F1, from {curve.BestF1.Threshold:R} on:"));
        Console.WriteLine($"  {curve.BestF1.Measures}");
    }

    /// <summary>Points of a curve, so few that they can be drawn and so many that nothing is missed: at most 201.</summary>
    public static IEnumerable<ThresholdPoint> Some(ThresholdCurve curve) =>
        Enumerable.Range(0, 201).Select(i => curve.Points[(int)((long)i * (curve.Points.Count - 1) / 200)]).Distinct();
}
