using Functional.Core.Forms;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>One hidden layer of a finite number of units approximates random functions, by construction and by
/// training; a polynomial unit cannot.</summary>
internal static class UniversalApproximation
{
    private const string Linear = "linear", Polynomial = "polynomial", Direction = "direction";
    private const double Near = 0.05;
    private static readonly int[] Inputs = [1, 2], SquareWidths = [4, 64];
    private static readonly Phrase[] Families =
        [$"sum of 4 waves", $"path of a Gaussian process", $"piecewise linear", $"one wave", $"polynomial of degree 5"];

    public static Claim Claim { get; } = new(
        "universal-approximation", Chapter.Networks,
        $"Dense networks are universal approximators, with a single hidden layer of a finite number of units.")
    {
        Sources =
        [
            new("Cybenko", "Approximation by superpositions of a sigmoidal function", 1989),
            new("Hornik et al.", "Multilayer feedforward networks are universal approximators", 1989),
            new("Barron", "Universal approximation bounds for superpositions of a sigmoidal function", 1993),
        ],
        Method = $"Random functions of five kinds on a line and on a square, of variance 1. Nets of one hidden layer "
            + $"are built from steep sigmoids, without training; and nets of 2 to 64 tanh units are trained: squared "
            + $"error, Adam at rate 0.02 falling as a cosine, 2000 steps on 128 points of the line or 512 of the "
            + $"square, tested on others. Beside them nets of units z², which are polynomials of degree 2. Then 256 "
            + $"random waves a seed in 1, 2 and 4 dimensions, of Barron's constant C = 1: the best sum of a fixed "
            + $"basis of harmonics, by least squares, and nets built of 4 to 1024 steps along each wave.",
        Criteria =
        [
            new("construction", $"largest error at any point of a grid of a net of steep sigmoids, over the bound of "
                + $"its construction",
                Bound.AtMost(1), $"a stair is nowhere further off than the function varies within it, whatever the "
                    + $"function; the grid has 501 points of the line and 31 × 31 of the square"),
            new("reached", $"share of functions that training with at most 64 units brings within 5 % of the variance",
                Bound.AtLeast(0.9), $"Cybenko, Hornik: some number of units suffices; 64, 5 % and 0.9 were chosen "
                + $"beforehand"),
            new("slope", $"slope of log squared error against log units, trained on one wave of the square",
                Bound.AtMost(-1),
                $"chosen: that training keeps up with Barron's bound, which falls as 1/n; the theorem is about the "
                    + $"best weights and fixes no slope"),
            new("barron", $"largest squared error of a net of n steps built for a random wave of C = 1, over Barron's "
                + $"(2 r C)²/n",
                Bound.AtMost(1),
                $"Barron (1993), theorem 1: a net of n units with at most this error exists; with 1024 units a net "
                    + $"that is linear is above it"),
            new("fixed_slope", $"slope of log squared error against log n, for the best sum of n fixed harmonics of 4 "
                + $"inputs at the worst random wave",
                Bound.AtLeast(-0.75),
                $"Barron (1993), theorem 6: no fixed basis is better than of the order of n^(-2/d), slope −1/2; −3/4, "
                    + $"half way to the −1 of his bound for units, was chosen, since n is finite"),
            new("squares", $"least squared error of a net of units z², over that of the best polynomial of degree 2",
                Bound.AtLeast(0.999999), $"a layer of polynomials is a polynomial of their degree, however wide: at "
                    + $"least 1, of which a millionth is left to rounding"),
        ],
        Falsehoods =
        [
            new(Linear, $"hidden units without a non-linearity: the net is linear"),
            new(Polynomial, $"hidden units z²: the net is a polynomial of degree 2"),
            new(Direction, $"all random waves run along one axis, and the fixed basis has only that one to hold"),
        ],
        Seeds = 32,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        var hidden = trials.Plants(Linear) ? Activation.Identity
            : trials.Plants(Polynomial) ? new Square()
            : Activation.Tanh;
        var stairs = Inputs.Select(inputs => ApproximationTrials.Constructed(trials, inputs)).ToArray();
        // [inputs][width][seed][family]
        var trained = Inputs.Select(inputs => ApproximationTrials.Widths
            .Select(width => ApproximationTrials.Trained(trials, hidden, inputs, width)).ToArray()).ToArray();
        var squares = SquareWidths.Select(width => Inputs
            .SelectMany(inputs => ApproximationTrials.Squares(trials, inputs, width)).ToArray()).ToArray();
        var errors = new ApproximationErrors(trials, trained, stairs);
        var waves = new WaveErrors(
            trials, trials.Plants(Linear) ? UnitKind.Linear : trials.Plants(Polynomial) ? UnitKind.Squares
                : UnitKind.Steps,
            trials.Plants(Direction));
        return new(
        [
            Measurement.Exact("construction", stairs.SelectMany(seeds => seeds)
                .SelectMany(seed => seed.Where((_, i) => i % (1 + ApproximationTrials.Stairs.Length) == 0)).Max()),
            Measurement.Share("reached", errors.Reached(Near), Inputs.Length * RidgeSum.Families * trials.Seeds),
            Measurement.Mean("slope", errors.Slopes(RidgeSum.SingleWave, inputs: 2)),
            Measurement.Exact("barron", waves.BarronRatio),
            Measurement.Mean("fixed_slope", waves.FixedSlopes(4)),
            Measurement.Exact("squares", squares.SelectMany(seeds => seeds).SelectMany(seed => seed).Min()),
        ])
        {
            Tables = [Needed(errors), Rates(errors), Waves(waves)],
            Figures =
            [
                new("width", $"Mean squared error, as a share of the variance, against the number of hidden units: the "
                    + $"median over {Counted.Seeds(trials.Seeds)}, of trained nets of tanh units. Below the level they "
                    + $"are within 5 %.",
                    new LinePlot([.. Inputs.Select((inputs, i) => new PlotPanel(
                        $"hidden units", $"squared error / variance",
                        [.. Families.Select((family, f) => new PlotLine(family, Units,
                            [.. Units.Select((_, w) => errors.Median(i, w, f))]) { HasMarks = true })])
                    {
                        Heading = inputs == 1 ? (Phrase)$"functions on a line" : $"functions on a square",
                        IsXLogarithmic = true, IsYLogarithmic = true, Levels = [new($"5 %", Near)],
                    })]), 760, 460),
                new("rates", $"The largest squared error on 256 random waves of C = 1 in d dimensions, against the "
                    + $"number n of functions that are summed: medians over {Counted.Seeds(trials.Seeds)}. Left: the "
                    + $"best sum of a fixed basis, all products of the harmonics of each input. Right: steps along "
                    + $"the wave, built for it; Barron's bound for d = 1 above them.",
                    new LinePlot([
                        WavePanel($"fixed basis", $"functions n", waves.Functions, waves.Fixed),
                        WavePanel($"steps along the wave", $"units n", _ => Steps, waves.Built) is var built
                            ? built with
                            {
                                Lines = [.. built.Lines,
                                    new PlotLine($"Barron's bound, d = 1", [.. Steps], [.. Steps.Select(n => 4 / n)])],
                            }
                            : built,
                    ]), 760, 440),
            ],
        };
    }

    private static Items<double> Units => [.. ApproximationTrials.Widths.Select(width => (double)width)];

    private static double[] Steps => [.. RandomWaves.Units.Select(n => (double)n)];

    private static PlotPanel WavePanel(Phrase heading, Phrase x, Func<int, double[]> xs, Func<int, double[]> ys) =>
        new(x, $"largest squared error",
            [.. WaveErrors.Dimensions.Select(d => new PlotLine($"d = {d}", [.. xs(d)], [.. ys(d)])
            {
                HasMarks = true,
            })])
        {
            Heading = heading,
            IsXLogarithmic = true,
            IsYLogarithmic = true,
        };

    private static FoundTable Needed(ApproximationErrors errors)
    {
        double[] tolerances = [0.1, 0.01];
        return new(
            "needed", $"Hidden units that bring the squared error below 10 % and 1 % of the variance: the median over "
                + $"seeds, for nets built from steep sigmoids and for trained ones.",
            [$"kind", $"inputs", $"built, 10 %", $"trained, 10 %", $"built, 1 %", $"trained, 1 %"],
            [.. from i in Enumerable.Range(0, Inputs.Length)
                from family in Enumerable.Range(0, RidgeSum.Families)
                select (Items<FoundCell>)[Families[family], (double)Inputs[i],
                    .. tolerances.SelectMany(tolerance => (FoundCell[])[
                        errors.UnitsBuilt(i, family, tolerance), errors.UnitsTrained(i, family, tolerance)])]]);
    }

    private static FoundTable Rates(ApproximationErrors errors) => new(
        "rates", $"The slope of log squared error against log units, mean over seeds with 95 % interval. Barron's "
            + $"bound has the slope −1; errors are below it, and may fall faster or more slowly.",
        [$"kind", $"line", $"square"],
        [.. Enumerable.Range(0, RidgeSum.Families).Select(family => (Items<FoundCell>)[Families[family],
            .. Inputs.Select(inputs => FoundCell.Of(Measurement.Mean("slope", errors.Slopes(family, inputs))))])]);

    private static FoundTable Waves(WaveErrors waves) => new(
        "waves", $"The slope of log squared error, at the worst of 256 random waves in d dimensions, against log n: "
            + $"mean over seeds with 95 % interval. In the long run no fixed basis has a lower slope than −2/d "
            + $"(Barron, theorem 6).",
        [$"dimensions d", $"−2/d", $"fixed basis", $"steps along the wave"],
        [.. WaveErrors.Dimensions.Select(d => (Items<FoundCell>)[(double)d, -2.0 / d,
            FoundCell.Of(Measurement.Mean("slope", waves.FixedSlopes(d))),
            FoundCell.Of(Measurement.Mean("slope", waves.UnitSlopes(d)))])]);
}
