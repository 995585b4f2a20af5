using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Core.Inspection;
using Functional.Core.Training;
using Functional.Runs;

namespace Functional.Reports;

/// <summary>How a run ended.</summary>
internal enum RunEnd
{
    /// <summary>As it was meant to.</summary>
    Finished,

    /// <summary>Someone ended it before its time.</summary>
    Interrupted,

    /// <summary>Its loss stopped being finite.</summary>
    Diverged,
}

/// <summary>All that a report says of a run.</summary>
/// <param name="Run">The run.</param>
/// <param name="History">Epoch by epoch.</param>
/// <param name="Results">The kept model on each part.</param>
/// <param name="Inspection">What is in it; null where training diverged.</param>
internal sealed record ReportedRun(
    OpenedRun Run, IReadOnlyList<EpochLine> History, TrainingResults Results, RunInspection? Inspection)
{
    /// <summary>Reads a run and looks into its model.</summary>
    /// <param name="run">Its directory, or its run.json.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <exception cref="InvalidInputException">Something is missing, or is not what the report says.</exception>
    public static ReportedRun Read(string run, int threads)
    {
        var opened = OpenedRun.Read(run);
        var outcome = EndOf(opened.Report) == RunEnd.Diverged
            ? new Outcome.Diverged((long?)opened.Report["outcome"]!["diverged_at_step"] ?? 0, double.NaN)
            : (Outcome)new Outcome.Untrained();
        var results = opened.Trainer.Results(opened.Model, outcome, threads);
        return new(
            opened, MetricsFile.Read(opened.Directory), results,
            outcome is Outcome.Diverged ? null : RunInspection.Of(opened.Trainer, results, threads));
    }

    private static RunEnd EndOf(JsonObject report) => report["outcome"] switch
    {
        JsonObject => RunEnd.Diverged,
        JsonValue value when $"{value}" == "interrupted" => RunEnd.Interrupted,
        _ => RunEnd.Finished,
    };

    /// <summary>What run.json says.</summary>
    public JsonObject Report => Run.Report;

    /// <summary>What was done.</summary>
    public Experiment Experiment => Run.Trainer.Experiment;

    /// <summary>The model that was kept.</summary>
    public Model Model => Run.Model;

    /// <summary>How training ended.</summary>
    public RunEnd End => EndOf(Report);

    /// <summary>What its directory is called.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Run.Directory)));

    /// <summary>The name of its data: that of their file, if they are in one.</summary>
    public string DataName => Experiment.Settings.Data switch
    {
        CsvFile { Path: var path } => FileName(path),
        NumpyFile { Path: var path } => FileName(path),
        IdxDirectory { Path: var path } => FileName(path),
        _ => (string)Report["data"]!["name"]!,
    };

    private static string FileName(string path) =>
        Visible.Line(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)));

    /// <summary>The part that the model is judged on, as it was read.</summary>
    public Dataset<double> JudgedSamples => Results switch
    {
        { Test: not null } => Run.Trainer.Unscaled.Test,
        { Validation: not null } => Run.Trainer.Unscaled.Validation,
        _ => Run.Trainer.Unscaled.Train,
    };

    /// <summary>What a class is called.</summary>
    public string ClassName(int label) =>
        Model.Schema is { Labels: { Count: > 0 } labels } && label < labels.Count ? labels[label] : $"{label}";

    /// <summary>What the features are called.</summary>
    public Items<string> FeatureNames => Model.Schema is { Features: { Count: > 0 } features }
        ? [.. features.Select(feature => feature.IndicatorOf.Length > 0 ? $"{feature.IndicatorOf} ?" : feature.Name)]
        : [.. Enumerable.Range(1, Model.Architecture.Inputs).Select(input => $"x{input}")];

    /// <summary>What is predicted is called.</summary>
    public string TargetName => Model.Schema is { Targets: { Count: > 0 } targets } ? targets[0] : "y";

    /// <summary>The side of the square pictures that samples are; null where they are none.</summary>
    public int? PictureSide
    {
        get
        {
            int inputs = Model.Architecture.Inputs, side = (int)Math.Sqrt(inputs);
            return Model.Problem is Problem.Classification && Model.Schema is not { Features.Count: > 0 }
                && side >= SmallestSide && side * side == inputs
                    ? side
                    : null;
        }
    }

    private const int SmallestSide = 8;

    /// <summary>A sample's row in its source, from 1.</summary>
    public int SourceRow(int row) => JudgedSamples.RowInSource(row);

    /// <summary>Numbers of each epoch, smoothed.</summary>
    public static Items<double> Smoothed(IEnumerable<double> numbers)
    {
        double[] all = [.. numbers];
        return Smoothing.Of(all, Smoothing.ReachFor(all.Length));
    }
}
