using Functional;
using Functional.Core.Data;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Figures;
using Properties.Landscapes;
using Properties.Structure;
using Xunit;
using Plane = Functional.Core.Landscapes.Plane;

namespace Properties.Drawing;

/// <summary>The figures of docs/landscapes.md are drawn here. With FUNCTIONAL_WRITE=1 they are written; else those that
/// are there should be the same.</summary>
public sealed class PageFigures
{
    private static readonly Key Key = Key.FromSeed(42);
    private static readonly Loss CrossEntropy = new SoftmaxCrossEntropy();
    private static readonly Dataset<double> Moons = new Moons(Samples: 400).Make(Key.For(Purpose.Data));
    private static readonly FigureStyle Style = new(Width: 760, Height: 480);

    [Fact]
    public void The_path_of_a_training() => IsDrawn("path", () =>
    {
        var path = Path(Key);
        var principal = TrainingPath.Principal([.. path.Select(point => point.Network)]);
        var points = TrainingPath.On(path, principal.Plane, CrossEntropy, Moons);
        var grid = new Grid(
            61, 61, points.Min(point => point.X) - 2, points.Max(point => point.X) + 2,
            points.Min(point => point.Y) - 2, points.Max(point => point.Y) + 2);
        return new SurfaceMap(Surface.Of(principal.Plane, CrossEntropy, Moons, grid), points)
        {
            Title = $"The path of a training on its principal plane",
            Note = $"two moons, 400 samples; a net 2-12-2 with tanh; gradient descent at rate 0.5, 2000 steps",
        };
    });

    [Fact]
    public void A_line_between_two_trainings_before_and_after_matching() => IsDrawn("line", () =>
    {
        Network<double> one = Path(Key)[^1].Network, other = Path(Key.FromSeed(7))[^1].Network;
        var samples = Moons.For(CrossEntropy);
        return new ProfileCurves(
        [
            ($"line", Profile(new StraightLine<double>(one, other))),
            ($"line after matching units", Profile(new StraightLine<double>(one, other.MatchedTo(one, Key)))),
            ($"trained Bezier curve", Profile(
                LowCurve.Trained(one, other, CrossEntropy, samples, Key, steps: 500, batchSize: 400))),
        ])
        {
            Title = $"From one training to another",
        };
        static LossProfile Profile(ParameterCurve<double> curve) => LossProfile
            .Of(curve, CrossEntropy, Moons, points: 61);
    });

    [Fact]
    public void The_edge_of_stability() => IsDrawn("edge", () => new SharpnessCurves(
        [.. EdgeOfStability.Watched(0.2, 6000, every: 50)
            .Select(at => new SharpnessPoint(at.Step, at.Largest, 2 / 0.2, at.Loss))])
    {
        Title = $"The edge of stability",
        Note = $"Chebyshev T6 at 20 points; a net 1-30-20-1 with tanh; gradient descent at rate 0.2",
    });

    // Larger as SVG than a page should be.
    [Fact]
    public void A_relief()
    {
        var surface = Surface.Of(
            Plane.Random(Path(Key)[^1].Network, Key.For(Purpose.Landscape)), CrossEntropy, Moons,
                Grid.Square(51, -1.5, 1.5));
        byte[] png = new SurfaceRelief(surface)
        {
            Title = $"The loss around a minimum",
            Note = $"biases and norms stand still",
        }.ToPng(Style);
        string file = Place("relief.png");
        if (IsWriting) File.WriteAllBytes(file, png);
        Assert.True(File.Exists(file));
        Assert.InRange(png.Length, 10_000, 800_000);
    }

    private static (long Step, Network<double> Network)[] Path(Key key)
    {
        var learner = new Learner(CrossEntropy, new Sgd(Rate: 0.5), key);
        var start = learner.Begin(Network<double>.Init(
            Architecture.Of(2, new Dense(12, Activation.Tanh), new Dense(2)), new Initializer.GlorotUniform(),
            key.For(Purpose.Init)));
        return
        [
            (0, start.Network),
            .. learner.Scan(start, Enumerable.Repeat(Batch<double>.All(Moons.For(CrossEntropy)), 2000), every: 25)
                .Select(at => (at.State.Step, at.State.Network)),
        ];
    }

    private static bool IsWriting => Environment.GetEnvironmentVariable("FUNCTIONAL_WRITE") == "1";

    private static string Place(string name) => System.IO.Path.Combine(Repository.Root, "docs", "figures", name);

    private static void IsDrawn(string name, Func<Figure> figure)
    {
        string svg = figure().ToSvg(Style), file = Place($"{name}.svg");
        if (IsWriting)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            File.WriteAllText(file, svg);
        }
        Assert.Equal(svg, File.ReadAllText(file));
    }
}
