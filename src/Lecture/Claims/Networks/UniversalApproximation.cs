using Functional.Core.Forms;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>One hidden layer of a finite number of units approximates random functions, by construction and by
/// training; a polynomial unit cannot.</summary>
internal static class UniversalApproximation
{
    private const string Linear = "linear", Polynomial = "polynomial";
    private const double Near = 0.05;
    private static readonly int[] Inputs = [1, 2], SquareWidths = [4, 64], Dimensions = [1, 2, 4];
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
            + $"square, tested on others. Beside them nets of units z², which are polynomials of degree 2, and a basis "
            + $"that is fixed.",
        Criteria =
        [
            new("construction", $"largest error anywhere of a net of steep sigmoids, over the bound of its "
                + $"construction",
                Bound.AtMost(1), $"a stair is nowhere further off than the function rises within it, whatever the "
                    + $"function"),
            new("reached", $"share of functions that training with at most 64 units brings within 5 % of the variance",
                Bound.AtLeast(0.9), $"Cybenko, Hornik: some number of units suffices; 64, 5 % and 0.9 were chosen "
                + $"beforehand"),
            new("slope", $"slope of log squared error against log units, trained on one wave of the square",
                Bound.AtMost(-1),
                $"Barron: the squared error is at most of the order of 1/n"),
            new("barron", $"largest squared error of a trained net on one wave, over Barron's (2 r C)²/n",
                Bound.AtMost(1),
                $"Barron (1993), theorem 1: a net of n units with at most this error exists"),
            new("fixed_slope", $"the same slope for n fixed functions of 4 inputs, at the worst wave",
                Bound.AtLeast(-0.5),
                $"Barron (1993), theorem 6: no fixed basis is better than of the order of n^(-2/d)"),
            new("squares", $"least squared error of a net of units z², over that of the best polynomial of degree 2",
                Bound.AtLeast(0.999999), $"a layer of polynomials is a polynomial of their degree, however wide"),
        ],
        Falsehoods =
        [
            new(Linear, $"hidden units without a non-linearity: the net is linear"),
            new(Polynomial, $"hidden units z²: the net is a polynomial of degree 2"),
        ],
        Seeds = 32,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        var hidden = trials.Plants(Linear) ? Activation.Identity
            : trials.Plants(Polynomial) ? new ApproximationTrials.Square()
            : Activation.Tanh;
        var stairs = Inputs.Select(inputs => ApproximationTrials.Constructed(trials, inputs)).ToArray();
        // [inputs][width][seed][family]
        var trained = Inputs.Select(inputs => ApproximationTrials.Widths
            .Select(width => ApproximationTrials.Trained(trials, hidden, inputs, width)).ToArray()).ToArray();
        var squares = SquareWidths.Select(width => Inputs
            .SelectMany(inputs => ApproximationTrials.Squares(trials, inputs, width)).ToArray()).ToArray();
        var errors = new ApproximationErrors(trials, trained, stairs);
        return new(
        [
            Measurement.Exact("construction", stairs.SelectMany(seeds => seeds)
                .SelectMany(seed => seed.Where((_, i) => i % (1 + ApproximationTrials.Stairs.Length) == 0)).Max()),
            Measurement.Share("reached", errors.Reached(Near), Inputs.Length * RidgeSum.Families * trials.Seeds),
            Measurement.Mean("slope", errors.Slopes(RidgeSum.SingleWave, inputs: 2)),
            Measurement.Exact("barron", errors.BarronRatio()),
            Measurement.Exact("fixed_slope", FixedSlope()),
            Measurement.Exact("squares", squares.SelectMany(seeds => seeds).SelectMany(seed => seed).Min()),
        ])
        {
            Tables = [Needed(errors), Rates(errors)],
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
                        Heading = inputs == 1 ? (Phrase)$"functions of a line" : $"functions of a square",
                        IsXLogarithmic = true, IsYLogarithmic = true, Levels = [new($"5 %", Near)],
                    })]), 760, 460),
                new("rates", $"The worst squared error over the waves cos(w t)/w of all frequencies, against the "
                    + $"number n of functions that are summed. Steep units turn towards each wave: their curve is the "
                    + $"same in any number d of dimensions. A fixed basis has to have all directions at once.",
                    new LinePlot(new PlotPanel($"functions n", $"squared error", [WorstUnits(),
                        .. Dimensions.Select(d => new PlotLine($"fixed basis, d = {d}",
                            [.. Harmonics(d).Select(point => point.Functions)],
                            [.. Harmonics(d).Select(point => point.Error)]) { HasMarks = true })])
                    {
                        IsXLogarithmic = true, IsYLogarithmic = true,
                    }), 620, 440),
            ],
        };
    }

    private static Items<double> Units => [.. ApproximationTrials.Widths.Select(width => (double)width)];

    private static PlotLine WorstUnits()
    {
        int[] units = [4, 8, 16, 32, 64, 128];
        return new($"steep units, any d", [.. units.Select(n => (double)n)], [.. units.Select(SteepUnits.WorstWave)])
        {
            HasMarks = true,
        };
    }

    private static (double Functions, double Error)[] Harmonics(int dimensions) =>
        [.. Enumerable.Range(0, 6).Select(power => SteepUnits.FixedBasis(1 << power, dimensions))
            .Where(point => point.Functions <= 10_000)];

    private static double FixedSlope()
    {
        var points = Harmonics(4);
        return ApproximationTrials.Slope(
            [.. points.Select(point => point.Functions)], [.. points.Select(point => point.Error)]);
    }

    private static FoundTable Needed(ApproximationErrors errors)
    {
        double[] tolerances = [0.1, 0.01];
        return new(
            "needed", $"Hidden units that bring the squared error below 10 % and 1 % of the variance: the median over "
                + $"seeds, for nets built from steep sigmoids and for trained ones. A dash is where the widest net "
                + $"does not.",
            [$"kind", $"inputs", $"built, 10 %", $"trained, 10 %", $"built, 1 %", $"trained, 1 %"],
            [.. from i in Enumerable.Range(0, Inputs.Length)
                from family in Enumerable.Range(0, RidgeSum.Families)
                select (Items<FoundCell>)[Families[family], (double)Inputs[i],
                    .. tolerances.SelectMany(tolerance => (FoundCell[])[
                        errors.UnitsBuilt(i, family, tolerance), errors.UnitsTrained(i, family, tolerance)])]]);
    }

    private static FoundTable Rates(ApproximationErrors errors) => new(
        "rates", $"The slope of log squared error against log units, mean over seeds with 95 % interval. Barron's "
            + $"theorem promises at most −1 where his constant is finite.",
        [$"kind", $"line", $"square"],
        [.. Enumerable.Range(0, RidgeSum.Families).Select(family => (Items<FoundCell>)[Families[family],
            .. Inputs.Select(inputs => FoundCell.Of(Measurement.Mean("slope", errors.Slopes(family, inputs))))])]);
}
