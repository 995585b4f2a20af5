using Functional.Cli.Reports;
using Functional.Core.Forms;
using Functional.Core.Inspection;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Functional.Figures;
using Functional.Reports;

namespace Functional.Cli.Pages;

/// <summary>What there is to draw of a run, for a page or for files.</summary>
internal sealed class RunPictures(ReportedRun run)
{
    private const int MostBars = 20, MostTiles = 40, ShownSamples = 250, MostClasses = 200,
        ShownResiduals = 1000;

    private readonly TrainFigures trained =
        new(run.History, run.Results, (long?)run.Report["steps"] ?? 0, run.Run.Trainer) { MostSamples = ShownSamples };

    /// <summary>All of them.</summary>
    public IEnumerable<Picture> All() =>
    [
        .. Curves(), .. Mistakes(), .. Decision(), .. Calibration(), .. WorstPictures(), .. Importance(),
        .. Activations(), .. Weights(), .. Norms(), .. Curvature(),
    ];

    public IEnumerable<Picture> Curves()
    {
        if (run.History.Count < 2) yield break;
        Items<int> epochs = [.. run.History.Select(line => line.Epoch)];
        bool isWatched = run.History.Any(line => line.Validation is not null);
        var train = new EpochCurve($"training part", [.. run.History.Select(line => line.TrainLoss)]);
        Items<EpochCurve> losses = isWatched
            ? [train, new($"validation part", [.. run.History.Select(line => line.Validation?.Loss ?? double.NaN)])]
            : [train];
        var score = isWatched
            ? new EpochCurve(
                PageWriter.MeasureName(run.History.First(line => line.Validation is not null).Validation!.Score),
                [.. run.History.Select(line => line.Validation?.Value ?? double.NaN)])
            : null;
        var rate = new EpochCurve($"learning rate", [.. run.History.Select(line => line.LastStep?.Rate ?? double.NaN)]);
        yield return new("curves", new TrainingCurves(epochs, losses, score, rate),
            $"Loss, score on the validation part and learning rate, epoch by epoch. The training loss is taken while "
                + $"learning, with dropout and before each step, so that it may lie above the validation loss.",
            Height: 600);
        yield return new("curves-logarithmic", new TrainingCurves(epochs, losses, null, rate) { IsLogarithmic = true },
            $"The same losses on a logarithmic axis: equal steps are equal factors.", Height: 600);
    }

    public IEnumerable<Picture> Mistakes()
    {
        if (run.Inspection?.Judged.Evaluation is null or ClassificationReport { Counts.Classes: > MostClasses })
            yield break;
        foreach (var (name, figure) in trained.Mistakes())
        {
            if (figure is not ResidualPlot residual)
            {
                yield return new(name, figure, $"Which classes were taken for which: a row for each true class. The "
                    + $"diagonal is right.", 680, 600);
                continue;
            }
            var shown = Some(residual);
            yield return new(name, shown, $"Predicted against true: on the line they are equal.", 680, 560);
            yield return new(name.Replace("predicted", "residuals", StringComparison.Ordinal),
                shown with { ShowsResiduals = true },
                $"How far predictions are off, against what was predicted: a pattern here is something left to learn.",
                680, 560);
        }
    }

    // Of very many samples some, drawn at random: each is a mark on the page.
    private ResidualPlot Some(ResidualPlot all)
    {
        int rows = all.Targets.Length;
        if (rows <= ShownResiduals) return all;
        var order = Draw.Permutation(run.Experiment.Key.For(Purpose.Inspection).At(3), rows);
        int[] drawn = [.. order.Span[..ShownResiduals].ToArray().Order()];
        return all with
        {
            Targets = all.Targets.Select(drawn),
            Predicted = all.Predicted.Select(drawn),
            Note = $"{ShownResiduals} of {rows} samples, drawn at random",
        };
    }

    public IEnumerable<Picture> Decision()
    {
        if (run.Inspection is not null && trained.Decision() is { } decision)
            yield return new("decision", decision, $"What the network decides for every pair of inputs, and some of "
                + $"the samples.", 680, 560);
    }

    public IEnumerable<Picture> Calibration()
    {
        if (run.Inspection is { Calibration: { Count: > 0 } bins })
            yield return new("calibration", new CalibrationPlot(bins), $"How often the model is right, against how "
                + $"sure it is. Below the line it is surer than right; points with few samples say little.", 680, 520);
    }

    /// <summary>Where samples are images: the worst mistakes.</summary>
    public IEnumerable<Picture> WorstPictures()
    {
        if (run is not { Inspection.Mistakes: { Count: > 0 } mistakes, PictureSide: { } side }) yield break;
        yield return new("worst", new PictureTiles(
            [
                .. mistakes.Select(mistake => new PictureTile(
                    new(side, side, Vec<double>.Of(run.JudgedSamples.Inputs.Row(mistake.Row))),
                    $"{run.ClassName((int)mistake.Truth)} › {run.ClassName((int)mistake.Predicted)}")),
            ], 6),
            $"The worst mistakes, from the upper left: the true class, and what it was taken for.",
            900, 30 + 168 * ((mistakes.Count + 5) / 6))
        { IsWide = true };
    }

    public IEnumerable<Picture> Importance()
    {
        if (run.Inspection is not { Importances: { Count: > 1 } importances }) yield break;
        if (run.PictureSide is { } side)
        {
            yield return new("importance", new PictureTiles(
                [new(new(side, side, [.. importances.Select(one => one.LossRise)]), "")], 1)
            { IsSigned = true, Quantity = $"rise of the loss" },
                $"How much the loss rises where a pixel is that of another sample. Pixels without colour make no "
                    + $"difference.", 560, 440);
            yield break;
        }
        var names = run.FeatureNames;
        yield return new("importance", new ImportanceBars($"rise of the loss",
            [
                .. importances.OrderByDescending(one => one.LossRise).Take(MostBars).Select(one =>
                    new NamedBar(Visible.Line(names[one.Feature]), one.LossRise, one.Least, one.Most)),
            ]),
            $"How much the loss rises where a feature's cells are those of other samples: the mean of "
                + $"{PermutationImportance.Repeats} permutations, and from the least to the largest of them.",
            680, Math.Max(200, 100 + 30 * Math.Min(MostBars, importances.Count)));
    }

    public IEnumerable<Picture> Activations() => from layer in run.Inspection?.Layers ?? []
                                                 where layer.Kind != "dropout"
                                                 select new Picture(
                                                     $"activations-{layer.Layer + 1}", new ActivationPlot(layer),
                                                     Of(layer), 400, 240);

    private Phrase Of(LayerActivations layer) => $"Layer {layer.Layer + 1} ({layer.Kind}, width {layer.Units}): its "
        + $"outputs on {run.Inspection!.LayerRows} training samples, zeros left out.";

    public IEnumerable<Picture> Weights()
    {
        if (run.Inspection?.FirstWeights is not { } weights) yield break;
        if (run.PictureSide is { } side)
        {
            int[] units = [.. Enumerable.Range(0, weights.Columns).OrderByDescending(Size).Take(MostTiles)];
            yield return new("weights", new PictureTiles(
                [
                    .. units.Select(unit => new PictureTile(new(side, side, [.. Column(unit)]), "")),
                ], 10)
            { IsSigned = true, Quantity = $"weight" },
                $"Weights from the pixels into {units.Length} of the {weights.Columns} units of the first layer, "
                    + $"those of the largest norm.", 900, 50 + 78 * ((units.Length + 9) / 10))
            { IsWide = true };
            yield break;
        }
        if (weights.Rows > 64 || weights.Columns > 256) yield break;
        yield return new("weights", new WeightMap(weights, [.. InputNames(weights.Rows)]),
            $"Weights of the first layer: from each input (down) into each unit (across).", 680,
            Math.Clamp(120 + 22 * weights.Rows, 220, 700));

        double Size(int unit) => Column(unit).Sum(weight => weight * weight);
        IEnumerable<double> Column(int unit) => Enumerable.Range(0, weights.Rows).Select(row => weights[row, unit]);
    }

    private IEnumerable<string> InputNames(int inputs) =>
        run.Model.Schema is { } schema && schema.Inputs.Count() == inputs
            ? schema.Inputs.Select(Visible.Line)
            : Enumerable.Range(1, inputs).Select(input => $"x{input}");

    public IEnumerable<Picture> Norms()
    {
        if (run.History.Count < 2 || run.History.All(line => line.LastStep is null)) yield break;
        yield return new("norms", new NormCurves(
            [.. run.History.Select(line => line.Epoch)],
            [
                new($"gradient", [.. run.History.Select(line => line.LastStep?.Gradient ?? double.NaN)]),
                new($"update", [.. run.History.Select(line => line.LastStep?.Update ?? double.NaN)]),
            ]),
            $"Norms of the gradient and of the update, at the last step of each epoch.");
    }

    public IEnumerable<Picture> Curvature()
    {
        if (trained.Curvature() is { } curvature)
            yield return new("curvature", curvature, $"Curvature of the training loss along the training.");
    }
}
