using Functional;
using Functional.Core.Curvature;
using Functional.Core.Inspection;
using Functional.Core.Landscapes;
using Functional.Core.Numbers;
using Functional.Figures;

namespace Properties.Drawing;

/// <summary>Figures of every kind: usual ones, and of values that a painter may stumble on.</summary>
internal static class Figured
{
    public static readonly Surface Bowl = Of(Grid.Square(9), (x, y) => 0.1 + x * x + 2 * y * y);

    private static readonly LossProfile Profile = new(
        [0, 0.25, 0.5, 0.75, 1], [0.1, 1, 3, 1, 0.1], [1, 0.8, 0.5, 0.8, 1], 0.1, 0.1);

    private static readonly Items<PathPoint> Path =
        [new(0, 0.9, 0.8, 2, 3, 2.9), new(10, 0.4, 0.1, 1, 0.5, 0.4), new(20, 0, 0, 0, 0.1, 0.1)];

    private static readonly Items<SweptField> Swept =
    [
        new("rate", [new("0.1", 0.1), new("0.01", 0.01), new("0.001", 0.001), new("0.1", 0.1)]),
        new("optimizer", [new("adam", null), new("sgd", null), new("adam", null), new("sgd", null)]),
    ];

    /// <summary>One of each kind.</summary>
    public static readonly IReadOnlyDictionary<string, Figure> Usual = new Dictionary<string, Figure>
    {
        ["map"] = new SurfaceMap(Bowl, Path, [(0.5, 0.5, $"a place")])
        { Title = $"loss", Note = $"biases stand still" },
        ["relief"] = Titled(new SurfaceRelief(Bowl)),
        ["profile"] = Titled(new ProfileCurves([($"straight line", Profile), ($"Bezier curve", Profile)])),
        ["learning"] = Titled(new LearningCurves(
            [1, 2, 3], [2, 1, 0.01], [2.1, null, 0.5], $"accuracy", [0.1, null, 0.9], 3)),
        ["confusion"] = Titled(new ConfusionMap(Matrix<double>.Of([5, 1], [0, 7]), ["no", "yes"])),
        ["residual"] = Titled(new ResidualPlot([1, 2, 3], [1.1, 1.9, 3.5], "price (euro)")),
        ["decision"] = Titled(new DecisionMap(
            Bowl.Grid, Labels(Bowl), "x", "y", ["in", "out"], null, [new(0, 0, 0), new(0.9, 0.9, 1, IsTest: true)])),
        ["spectrum"] = Titled(Figure.Of(new WholeSpectrum([-0.5, 0, 0, 3], 1e-9))),
        ["sharpness"] = Titled(new SharpnessCurves([new(0, [1, 0.5], 20, 2), new(10, [19, 3], 20, 0.02)])),
        ["index"] = Titled(new IndexPlot([new(0.7, 2, 1, 5, $"saddle"), new(0, 0, 0, 50, $"minimum")])),
        ["path"] = Titled(Figure.Of(Path)),
        ["trace"] = Titled(new TraceBars([("first", 3, 2, 4), ("second", -1, -2, 0.5)])),
        ["curves"] = Titled(new TrainingCurves(
            [1, 2, 3], [new($"training part", [2, 1, 0.01]), new($"validation part", [2.1, double.NaN, 0.5])],
            new($"accuracy", [0.1, double.NaN, 0.9]), new($"learning rate", [0.1, 0.1, 0.05]))),
        ["runs"] = Titled(new RunCurves($"loss", [new($"path", [1, 0.5]), new($"step", [1, 0.1, 0.01])])),
        ["norms"] = Titled(new NormCurves([1, 2], [new($"gradient", [1, 0.5]), new($"update", [0.1, 0.01])])),
        ["calibration"] = Titled(new CalibrationPlot([new(0, 0.5, 3, 0.4, 0.5), new(0.5, 1, 9, 0.9, 0.8)])),
        ["importance"] = Titled(new ImportanceBars($"rise of the loss", [new("a", 2, 1, 3), new("b", 0, -0.1, 0.1)])),
        ["activations"] = Titled(new ActivationPlot(Layer(-1, 3, 2, 5, 1))),
        ["tiles"] = Titled(new PictureTiles([new(Matrix<double>.Of([0, 1], [-1, 0.5]), "0 › 1")], 2)
        { IsSigned = true, Quantity = $"weight" }),
        ["effects"] = Titled(new MainEffects($"loss", Swept, [[0.1, 0.2], [0.4], [double.NaN], [0.3, 0.31]])),
        ["scores"] = Titled(new ScoreMap($"loss", Swept[0], Swept[1], [0.1, 0.4, double.NaN, 0.3])),
        ["parallel"] = Titled(new ParallelCoordinates($"loss", Swept, [0.1, 0.4, double.NaN, 0.3])),
        ["weights"] = Titled(new WeightMap(Matrix<double>.Of([0, 1, 2], [-1, 0.5, 0]), ["a", "b"])),
    };

    /// <summary>What a painter may stumble on.</summary>
    public static readonly IReadOnlyDictionary<string, Figure> Odd = new Dictionary<string, Figure>
    {
        ["map of one loss"] = new SurfaceMap(Of(Grid.Square(2), (_, _) => 1)),
        ["map of no number"] = new SurfaceMap(Of(Grid.Square(3), (_, _) => double.NaN), []),
        ["map with holes"] = new SurfaceMap(Holes) { ShowsAccuracy = true },
        ["map of zeros and huge ones"] = new SurfaceMap(Of(Grid.Square(5), (x, _) => x < 0 ? 0 : double.MaxValue)),
        ["map far from square"] = new SurfaceMap(Of(new(4, 3, 0, 1e-9, -1e12, 1e12), (x, y) => 1 + x * y)),
        ["map of a path that left"] = new SurfaceMap(Bowl, [new(0, double.NaN, 1e30, 1, double.NaN, 1)]),
        ["relief of one loss"] = new SurfaceRelief(Of(Grid.Square(2), (_, _) => 0)),
        ["relief of no number"] = new SurfaceRelief(Of(Grid.Square(3), (_, _) => double.PositiveInfinity)),
        ["relief with holes"] = new SurfaceRelief(Holes) { Azimuth = 135, Elevation = 90 },
        ["relief of many points"] = new SurfaceRelief(Of(Grid.Square(101), (x, y) => Math.Exp(9 * x * y))),
        ["sweep of nothing"] = new MainEffects(Long, [], []),
        ["sweep that diverged"] = new MainEffects(Long, [new(new('W', 90), [new("x", null)])], [[double.NaN]]),
        ["sweep without end"] = new ParallelCoordinates(
            $"loss", [new("a", [new("1", 1), new("1", 1)])], [1e300, double.PositiveInfinity]),
        ["parallel of nothing"] = new ParallelCoordinates($"loss", [], []),
        ["scores of many values"] = new ScoreMap(
            $"loss", Many("x"), Many(new('W', 90)),
            [.. Enumerable.Range(0, 40).Select(i => i % 7 == 0 ? double.NaN : i)]),
        ["effects of many values"] = new MainEffects(
            $"loss", [Many("x"), Many("y"), Many("z"), Many("w")],
            [.. Enumerable.Range(0, 40).Select(i => (Items<double>)[i])]),
        ["no score"] = new ScoreMap($"loss", new("a", []), new("b", []), []),
        ["no profile"] = new ProfileCurves([]),
        ["profile of no number"] = new ProfileCurves(
            [(Long, new([0, 1], [double.NaN, double.PositiveInfinity], [double.NaN, double.NaN], 0, 0))]),
        ["no epoch"] = new LearningCurves([], []),
        ["one epoch"] = new LearningCurves([1], [0.5], [null], $"accuracy", [0.5], 1),
        ["loss that rose without end"] = new LearningCurves([1, 2, 3], [1, 1e300, double.PositiveInfinity]),
        ["no class"] = new ConfusionMap(new(0, 0, []), []),
        ["one class"] = new ConfusionMap(Matrix<double>.Of([3]), ["only"]),
        ["classes of long names"] = new ConfusionMap(
            Matrix<double>.Of([1, 2.5], [double.NaN, 123456789]), [new('W', 200), new('i', 200)]),
        ["many classes"] = new ConfusionMap(new(60, 60, Vec<double>.Zeros(3600)), []),
        ["no prediction"] = new ResidualPlot([], [], ""),
        ["one prediction"] = new ResidualPlot([2], [2], Long.ToString()) { ShowsResiduals = true },
        ["predictions without end"] = new ResidualPlot([1, 2], [double.NaN, double.NegativeInfinity], "y"),
        ["decision of numbers"] = new DecisionMap(Bowl.Grid, Bowl.Losses, "x", "y", Samples: [new(0, 0, double.NaN)]),
        ["decision of none"] = new DecisionMap(Holes.Grid, Holes.Losses, "x", "y", ["one"], Holes.Losses,
            [new(0, 0, -1)]),
        ["no eigenvalue"] = new SpectrumPlot(new([], [])),
        ["one eigenvalue"] = Figure.Of(new WholeSpectrum([0], 0)),
        ["no sharpness"] = new SharpnessCurves([]),
        ["sharpness of rate zero"] = new SharpnessCurves([new(0, [], double.PositiveInfinity, double.NaN)]),
        ["no critical point"] = new IndexPlot([]),
        ["one critical point"] = new IndexPlot([new(double.NaN, 0, 0, 0, Long)]),
        ["no path"] = Figure.Of(Items<PathPoint>.Empty),
        ["no curve"] = new TrainingCurves([], []),
        ["curve of one epoch on a logarithmic axis"] = new TrainingCurves(
            [1], [new(Long, [0])], new(Long, [double.NaN]), new(Long, [double.PositiveInfinity]))
        { IsLogarithmic = true },
        ["curves of many epochs"] = new TrainingCurves(
            [.. Enumerable.Range(1, 99)], [new(Long, [.. Enumerable.Range(1, 99).Select(i => 1e9 / i)])])
        { IsLogarithmic = true },
        ["no run"] = new RunCurves(Long, []),
        ["runs that diverged"] = new RunCurves(Long, [new(Long, []), new(Long, [double.NaN, -1])])
        { IsLogarithmic = true },
        ["no norm"] = new NormCurves([], []),
        ["no calibration"] = new CalibrationPlot([]),
        ["calibration of nothing"] = new CalibrationPlot([new(0, 1, 0, double.NaN, double.NaN)]),
        ["no importance"] = new ImportanceBars(Long, []),
        ["importance that is not finite"] = new ImportanceBars(
            Long, [new(Long.ToString(), double.NaN, 0, double.PositiveInfinity), new("", -1e9, -2e9, 0)]),
        ["activations of one number"] = new ActivationPlot(Layer(2, 2)),
        ["no tile"] = new PictureTiles([], 0),
        ["tiles of no number"] = new PictureTiles(
            [new(Matrix<double>.Of([double.NaN]), Long.ToString()), new(new(0, 0, []), "")], 3),
        ["no weight"] = new WeightMap(new(0, 0, []), []),
        ["weights of no number"] = new WeightMap(Matrix<double>.Of([double.NaN, 0]), [Long.ToString()]),
        ["no layer"] = new TraceBars([]),
        ["layers far apart"] = new TraceBars([(Long.ToString(), 1e-9, 1e-10, 1e-8), ("b", 1e9, 1e8, double.NaN)]),
    };

    public static IEnumerable<Figure> All => Usual.Values.Concat(Odd.Values);

    private static Phrase Long => Phrase.Verbatim(new('W', 300));

    private static Surface Holes => Of(Grid.Square(6), (x, y) =>
        x < -0.5 ? double.NaN : y < -0.5 ? double.PositiveInfinity : y > 0.9 ? -1 : x * x) with
    {
        Accuracies = Of(Grid.Square(6), (x, _) => x > 0 ? double.NaN : 0.5).Losses,
    };

    public static Surface Of(Grid grid, Func<double, double, double> loss) => new(
        grid, Matrix<double>.Of([.. grid.Ys.Select(y => grid.Xs.Select(x => loss(x, y)).ToArray())]), null, $"x", $"y");

    private static Matrix<double> Labels(Surface surface) => new(
        surface.Losses.Rows, surface.Losses.Columns,
            [.. surface.Losses.Cells.ToArray().Select(loss => loss > 1 ? 1.0 : 0)]);

    private static LayerActivations Layer(double low, double high, params Items<int> counts)
    {
        var summary = new ActivationSummary(0, 1, low, high, 0, 0, counts);
        return new(0, "dense", 3, low, high, summary, summary with { Counts = [.. counts.Reverse()] });
    }

    private static Figure Titled(Figure figure) => figure with { Title = $"loss", Note = $"biases stand still" };

    private static SweptField Many(string name) =>
        new(name, [.. Enumerable.Range(0, 40).Select(i => new SweptValue($"{i}", i * 0.5))]);
}
