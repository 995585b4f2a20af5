using Functional.Core.Landscapes;
using Functional.Core.Numbers;
using Functional.Core.Training;
using Functional.Figures;
using Functional.Landscapes;
using Functional.Runs;

namespace Functional.Cli.Reports;

/// <summary>What there is to draw of a training: its curves, its mistakes, and of two inputs what the network decides
/// where.</summary>
/// <param name="History">Its epochs.</param>
/// <param name="Results">What came out.</param>
/// <param name="Steps">Steps done.</param>
/// <param name="Trainer">With its samples.</param>
internal sealed record TrainFigures(
    IReadOnlyList<EpochLine> History, TrainingResults Results, long Steps, Trainer Trainer)
{
    private const int GridPoints = 161, MostNumbers = 4;

    /// <summary>Of so many samples of each part the places are shown.</summary>
    public int MostSamples { get; init; } = 1000;

    public IEnumerable<(string Name, Figure Figure)> All()
    {
        if (History.Count > 0) yield return ("learning", Learning());
        if (Results.Outcome is not Outcome.Diverged)
        {
            foreach (var figure in Mistakes()) yield return figure;
            if (Decision() is { } decision) yield return ("decision", decision);
        }
        if (Curvature() is { } curvature) yield return ("curvature", curvature);
    }

    private LearningCurves Learning()
    {
        var history = History;
        bool isWatched = history.Any(line => line.Validation is not null);
        return new(
            [.. history.Select(line => line.Epoch)], [.. history.Select(line => line.TrainLoss)],
            isWatched ? [.. history.Select(line => line.Validation?.Loss)] : null,
            isWatched ? Phrase.Of(history.First(line => line.Validation is not null).Validation!.Score) : null,
            isWatched ? [.. history.Select(line => line.Validation?.Value)] : null);
    }

    // On the part that says most: test, else validation, else train.
    private (Evaluation Part, Dataset<double> Samples, Phrase Name) Judged => Results switch
    {
        { Test: { } test } => (test, Trainer.Unscaled.Test, $"test part"),
        { Validation: { } validation } => (validation, Trainer.Unscaled.Validation, $"validation part"),
        _ => (Results.Train, Trainer.Unscaled.Train, $"training part"),
    };

    /// <summary>Which classes it mixes up, or how far its numbers are off.</summary>
    public IEnumerable<(string Name, Figure Figure)> Mistakes()
    {
        var (part, samples, name) = Judged;
        var model = Results.Model;
        if (part is ClassificationReport classes)
            yield return ("confusion", new ConfusionMap(classes.Confusion, Names(classes.Confusion.Rows))
            { Note = name });
        if (part is not RegressionReport || samples.Rows == 0) yield break;
        var predicted = model.Outputs(samples.Inputs);
        for (int column = 0; column < Math.Min(MostNumbers, predicted.Columns); column++)
            yield return (
                predicted.Columns == 1 ? "predicted" : $"predicted-{column + 1}",
                new ResidualPlot(Column(samples.Targets, column), Column(predicted, column), Target(column))
                { Note = name });
    }

    /// <summary>What it decides where, of two inputs.</summary>
    public DecisionMap? Decision()
    {
        var model = Results.Model;
        var (train, _, test) = Trainer.Unscaled;
        if (model.Architecture.Inputs != 2 || train.Inputs.Columns != 2 || model.Problem is Problem.MultiLabel
            || model.Problem is Problem.Regression { Outputs: > 1 })
            return null;
        var grid = new Grid(
            GridPoints, GridPoints, Edge(train, 0, isHigh: false), Edge(train, 0, isHigh: true),
            Edge(train, 1, isHigh: false), Edge(train, 1, isHigh: true));
        if (!(grid.Left < grid.Right && grid.Bottom < grid.Top)) return null;
        var inputs = Matrix<double>.Of([.. grid.Ys.SelectMany(y => grid.Xs.Select(x => (double[])[x, y]))]);
        var classes = model.Problem is Problem.Classification(var count) ? Names(count) : null;
        var predicted = classes is null
            ? model.Outputs(inputs).Cells
            : [.. model.Classes(inputs).Select((label, _) => (double)label)];
        var shares = classes is null ? null : model.Probabilities(inputs);
        var (xName, yName) = (Input(0), Input(1));
        return new(
            grid, new(grid.Rows, grid.Columns, predicted), xName, yName, classes,
            shares is null ? null : new(grid.Rows, grid.Columns,
                [.. shares.Select(row => row.Max(share => Math.Max(share, row.Length == 1 ? 1 - share : 0)))]),
            [.. Samples(train, isTest: false), .. Samples(test, isTest: true)]);
    }

    /// <summary>The curvature along the training, where it was watched.</summary>
    public SharpnessCurves? Curvature()
    {
        CurvaturePoint[] points = [.. History.SelectMany(line => line.Curvature)];
        if (points.Length == 0) return null;
        double perEpoch = (double)Steps / Math.Max(1, History.Count);
        var curves = new SharpnessCurves([.. points.Select(point => new SharpnessPoint(
            point.Step, point.Largest, point.StableBelow ?? double.NaN,
            point.Step == 0 || History.Count == 0
                ? double.NaN
                : History[Epoch(point.Step)].TrainLoss))]);
        return StableSharpness.Known(Results.Experiment.Settings) is var (_, formula)
            ? curves with { Limit = formula }
            : curves;

        int Epoch(long step) => Math.Clamp((int)Math.Ceiling(step / perEpoch) - 1, 0, History.Count - 1);
    }

    private IEnumerable<MapSample> Samples(Dataset<double> part, bool isTest) => Enumerable
        .Range(0, Math.Min(MostSamples, part.Rows))
        .Where(row => double.IsFinite(part.Inputs[row, 0] + part.Inputs[row, 1]))
        .Select(row => new MapSample(part.Inputs[row, 0], part.Inputs[row, 1], part.Targets[row, 0], isTest));

    // A tenth beyond the samples.
    private static double Edge(Dataset<double> part, int column, bool isHigh)
    {
        double[] cells = [.. Column(part.Inputs, column).Where((cell, _) => double.IsFinite(cell))];
        if (cells.Length == 0) return double.NaN;
        double room = 0.1 * (cells.Max() - cells.Min());
        return isHigh ? cells.Max() + room : cells.Min() - room;
    }

    private static Vec<double> Column(Matrix<double> table, int column) =>
        [.. Enumerable.Range(0, table.Rows).Select(row => table[row, column])];

    private Items<string> Names(int classes) =>
        Results.Model.Schema is { Labels: { } labels } && labels.Count == classes
        ? labels
        : [.. Enumerable.Range(0, classes).Select(label => $"{label}")];

    private string Input(int column) => Results.Model.Schema is { Features: { Count: 2 } features }
        ? features[column].Name
        : $"x{column + 1}";

    private string Target(int column) => Results.Model.Schema is { Targets: { } targets } && targets.Count > column
        ? targets[column]
        : "y";
}
