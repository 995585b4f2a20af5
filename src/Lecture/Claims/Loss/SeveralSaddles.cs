using Functional.Core.Landscapes;
using Functional.Core.Randomness;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>The loss of several layers has several saddles; descents leave them as their curvature says, and noise
/// makes them leave sooner.</summary>
internal static class SeveralSaddles
{
    private const int Orders = 5, Shown = 240;
    private const string OneLayer = "one-layer", NoNoise = "no-noise";
    private static readonly LinearLevels Linear = LinearLevels.All[^1];

    public static Claim Claim { get; } = new(
        "saddles", Chapter.Loss, $"There may be several saddle points.")
    {
        Sources =
        [
            new("Baldi and Hornik", "Neural networks and principal component analysis: learning from examples without "
                + "local minima", 1989),
            new("Dauphin et al.", "Identifying and attacking the saddle point problem in high-dimensional non-convex "
                + "optimization", 2014),
            new("Ge, Huang, Jin and Yuan", "Escaping from saddle points: online stochastic gradient for tensor "
                + "decomposition", 2015),
            new("Daneshmand, Kohler, Lucchi and Hofmann", "Escaping saddles with stochastic gradients", 2018),
        ],
        Method = $"Searches for critical points from random weights: a net 2-2-1 with tanh on XOR (every second search "
            + $"begins where L-BFGS ended), and a linear net 2-2-2. From each saddle gradient descent, a millionth "
            + $"away along the steepest way down, until it is a thousandth away. Then, from a millionth beside a "
            + $"saddle of XOR in a random direction, gradient descent, descent with one sample a step, and descent "
            + $"with noise of 0.01 added to each component, all at rate 0.1/|λ|, until the loss is 1 % lower; these "
            + $"saddles have a way down of at least 1 % of their largest curvature.",
        Criteria =
        [
            new("several", $"saddles of XOR with different losses or indices", Bound.AtLeast(2),
                $"the lecture says several"),
            new("linear", $"losses at which the linear net has saddles", Bound.Exactly(3),
                $"Baldi and Hornik (1989): one for each set of directions that is not complete"),
            new("escape", $"steps of an escape more than theory has: median", new(-1, 1),
                $"near a saddle the loss is a quadratic: ln 1000 / ln(1 + rate |λ|) steps, rounded up"),
            new("sooner", $"share of saddles that descent with one sample a step leaves sooner than gradient descent",
                Bound.AtLeast(0.5), $"Daneshmand et al. (2018): the noise of single samples has a part along the way "
                    + $"down; more often than not"),
            new("noise", $"share of saddles that descent with added noise leaves sooner than gradient descent",
                Bound.AtLeast(0.5), $"Ge et al. (2015): noise in every direction has a part along the way down; more "
                    + $"often than not"),
        ],
        Falsehoods =
        [
            new(OneLayer, $"one linear unit without a hidden layer: its loss has one critical point"),
            new(NoNoise, $"every descent has all samples and no noise"),
        ],
        Seeds = 200,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        bool hasHidden = !trials.Plants(OneLayer);
        SaddleFound[] xor = Found(trials, "xor", (key, i) => SaddleEscapes.Numbers(
            SaddleEscapes.Search(key, hasHidden, isDescended: i % 2 == 1), SaddleEscapes.Xor));
        SaddleFound[] linear = hasHidden ? Found(trials, "linear", (key, _) => SaddleEscapes.Numbers(
            (Linear.Search(key, Activation.Identity) as SearchEnd.Found)?.Point, Linear.Samples)) : [];
        SaddleFound[] escaped =
            [.. xor.Concat(linear).Where(point => !double.IsNaN(point.Measured))];
        var left = trials.Each("leaving", trials.Seeds, i =>
            Steps(trials.KeyOf(i), hasHidden, trials.Plants(NoNoise)));
        return new(
        [
            Measurement.Exact("several", Saddles(xor)), Measurement.Exact("linear", Kinds(linear)
                .Where(kind => kind.Key.Index > 0).Select(kind => kind.Key.Loss).Distinct().Count()),
            Measurement.Median("escape", [.. escaped.Select(point => point.Measured - Math.Ceiling(point.Theory))]),
            Measurement.Share("sooner", left.Count(steps => steps[1] < steps[0]), left.Count),
            Measurement.Share("noise", left.Count(steps => steps[2] < steps[0]), left.Count),
        ])
        {
            Tables = [Points(hasHidden ? "XOR 2-2-1" : "XOR 2-1", xor, linear), Times(left)],
            Figures =
            [
                new("index", $"Where the searches ended for a net 2-2-1 on XOR: the loss, and the number of directions "
                    + $"that lead down. Minima and plateaus stand at the bottom, saddles above.", Index(xor)),
                new("escapes", $"Steps that gradient descent takes to leave a saddle, beside those that its steepest "
                    + $"curvature says.", Escapes(escaped)),
                .. hasHidden ? [new FoundFigure(
                    "leaving", $"From one place beside a saddle of XOR until the loss is 1 % lower: gradient descent, "
                        + $"five orders of single samples, five draws of added noise. Gradient descent grows by one "
                        + $"factor a step; noise begins far out.", Courses(trials))] : Items<FoundFigure>.Empty,
            ],
        };
    }

    private static SaddleFound[] Found(ClaimTrials trials, string part, Func<Key, int, double[]> search) =>
        [.. trials.Each(part, trials.Seeds, i => search(trials.KeyOf(i).For(Purpose.Landscape), i))
            .Where(numbers => !double.IsNaN(numbers[0])).Select(SaddleFound.Of)];

    // Points with one loss, to seven digits, and one index.
    private static IEnumerable<IGrouping<(double Loss, int Index, int Zeros), SaddleFound>> Kinds(
        SaddleFound[] points) =>
        points.GroupBy(point => (Loss: Math.Round(point.Loss, 7), point.Index, point.Zeros)).OrderBy(kind => kind.Key);

    private static int Saddles(SaddleFound[] points) => Kinds(points).Where(kind => kind.Key.Index > 0)
        .Select(kind => (kind.Key.Loss, kind.Key.Index)).Distinct().Count();

    // How many steps each way to descend takes to leave; one more than are tried where it does not.
    private static double[] Steps(Key key, bool hasHidden, bool isQuiet) =>
        SaddleEscapes.Saddle(key, hasHidden) is { } saddle
            ? [.. Enum.GetValues<Leaving>().Select(way =>
                (double)SaddleEscapes.Course(saddle, isQuiet ? Leaving.Descent : way, key).Count() - 1)]
            : [double.NaN, double.NaN, double.NaN];

    private static FoundTable Points(string name, SaddleFound[] xor, SaddleFound[] linear) => new(
        "points", $"The critical points that were found, with the steps to leave them: in theory and as measured, "
            + $"medians.",
        [$"net", $"loss", $"index", $"zero directions", $"searches", $"steps of theory", $"steps measured"],
        [.. new[] { (name, xor), ("2-2-2", linear) }.SelectMany(net => Kinds(net.Item2).Select(kind =>
            (Items<FoundCell>)
            [
                Phrase.Verbatim(net.Item1), kind.First().Loss, (double)kind.Key.Index, (double)kind.Key.Zeros,
                (double)kind.Count(), Middle(kind.Select(point => point.Theory)),
                Middle(kind.Select(point => point.Measured)),
            ]))]);

    private static FoundCell Middle(IEnumerable<double> steps) =>
        FoundCell.Of(Measurement.Median("", [.. steps.Where(count => !double.IsNaN(count))]).Value);

    private static FoundTable Times(IReadOnlyList<double[]> left) => new(
        "times", $"Steps until the loss is 1 % below that of the saddle: median over saddles, and how many had not "
            + $"left after 40000 steps.",
        [$"descent", $"steps", $"saddles", $"not left"],
        [.. new Phrase[] { $"all samples", $"one sample a step", $"all samples and noise" }.Index().Select(way =>
            (Items<FoundCell>)[way.Item,
                FoundCell.Of(Measurement.Median("", [.. left.Select(steps => steps[way.Index])])), (double)left.Count,
                (double)left.Count(steps => steps[way.Index] >= SaddleEscapes.MostSteps)])]);

    private static IndexPlot Index(SaddleFound[] points) => new([.. Kinds(points)
        .GroupBy(kind => (kind.Key.Loss, kind.Key.Index), kind => kind).Select(kind => new IndexedPoint(
        kind.Key.Loss, kind.Key.Index, kind.Min(part => part.Key.Zeros), kind.Sum(part => part.Count()),
        kind.Key.Index > 0 ? $"saddle"
            : kind.Key.Loss < 1e-6 ? (Phrase)$"gives XOR"
            : $"no way down that the Hessian sees"))]);

    private static LinePlot Escapes(SaddleFound[] escaped)
    {
        double most = escaped.Select(point => point.Measured).DefaultIfEmpty(1).Max();
        return new(new PlotPanel($"steps by ln(to/from) / ln(1 + rate |λ|)", $"steps that it took",
        [
            new($"a saddle", [.. escaped.Select(point => point.Theory)], [.. escaped.Select(point => point.Measured)])
            {
                IsJoined = false,
            },
            new($"as theory has it", [1, most], [1, most]),
        ])
        { IsXLogarithmic = true, IsYLogarithmic = true });
    }

    private static LinePlot Courses(ClaimTrials trials)
    {
        // For each course how many steps lie between its points, then the points.
        var courses = trials.Each("courses", 1 + 2 * Orders, i =>
        {
            var key = trials.KeyOf(0);
            var saddle = SaddleEscapes.Saddle(key, hasHidden: true);
            if (saddle is null) return [1, 0];
            var way = i == 0 ? Leaving.Descent : i <= Orders ? Leaving.Stochastic : Leaving.Noisy;
            // One place beside the saddle, and other draws of what comes after it.
            double[] along = [.. SaddleEscapes.Course(saddle, way, key, draws: i).Select(at => at.Along)];
            int every = Math.Max(1, along.Length / Shown);
            return [every, .. along.Where((_, step) => step % every == 0)];
        });
        return new(new PlotPanel($"step", $"distance from the saddle along the way down",
            [.. courses.Index().Select(course => new PlotLine(
            course.Index == 0 ? $"all samples"
                : course.Index <= Orders ? (Phrase)$"one sample a step"
                : $"all samples and noise",
            [.. Enumerable.Range(0, course.Item.Length - 1).Select(i => i * course.Item[0])], [.. course.Item[1..]]))])
        { IsYLogarithmic = true });
    }

    /// <summary>A critical point, and how a descent leaves it.</summary>
    private readonly record struct SaddleFound(double Loss, int Index, int Zeros, double Theory, double Measured)
    {
        public static SaddleFound Of(double[] numbers) =>
            new(numbers[0], (int)numbers[1], (int)numbers[2], numbers[3], numbers[4]);
    }
}
