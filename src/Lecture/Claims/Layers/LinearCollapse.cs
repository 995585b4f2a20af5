using Functional.Core.Curvature;
using Functional.Core.Forms;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>Layers without non-linearities are one layer; only the surface of their loss is another.</summary>
internal static class LinearCollapse
{
    private const int Points = 24, Shown = 101;
    private const string Tanh = "tanh";

    public static Claim Claim { get; } = new(
        "linear-collapse", Chapter.Layers,
        $"The activation function of hidden layers must have non-linearities; otherwise it would be equivalent to "
            + $"having a single layer.")
    {
        Sources =
        [
            new("Baldi and Hornik", "Neural networks and principal component analysis: learning from examples without "
                + "local minima", 1989),
            new("Kawaguchi", "Deep learning without poor local minima", 2016),
            new("Higham", "Accuracy and stability of numerical algorithms", 2002),
        ],
        Method = $"Nets of 2 to 6 linear layers of 1 to 16 units with random weights and biases, beside the one layer "
            + $"whose weights are the product of theirs, at 32 random inputs. Then 3-4-4-2 linear nets and single "
            + $"layers are fitted to the same 32 samples of a curved function by L-BFGS. Last, searches for critical "
            + $"points of linear nets 1-1-1, 2-2-1 and 2-2-2 start at random weights.",
        Criteria =
        [
            new("equal", $"largest difference between the outputs of the layers and of their product, as a share of "
                + $"what rounding can make of it", Bound.AtMost(1),
                $"the product of matrices is associative; Higham (2002) bounds the rounding of both sides"),
            new("below", $"how far the fitted deep net gets below the single layer: least L/L₁ - 1",
                Bound.AtLeast(-1e-9),
                $"whatever the layers compute, one layer computes; 1e-9 is left to rounding"),
            new("above", $"how far the fitted deep net stays above the single layer: largest L/L₁ - 1",
                Bound.AtMost(1e-6),
                $"Kawaguchi (2016): every local minimum is global, so a descent that ends in one has the same loss; "
                    + $"1e-6 was chosen beforehand"),
            new("levels", $"largest distance of a critical point's loss from those of theory, relative",
                Bound.AtMost(1e-6), $"Baldi and Hornik (1989): half of |Y|² less the eigenvalues that are learned"),
            new("saddles", $"kinds of saddles that were found in the three nets", Bound.Exactly(5),
                $"Baldi and Hornik (1989): 1, 1 and 3, one for each set of directions that is not complete"),
            new("minima", $"critical points above the least loss without a way down", Bound.Exactly(0),
                $"Baldi and Hornik (1989): all that is no global minimum is a saddle"),
        ],
        Falsehoods = [new(Tanh, $"hidden units with tanh: the layers are more than one")],
        Seeds = 100,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        var hidden = trials.Plants(Tanh) ? Activation.Tanh : Activation.Identity;
        double[] shares = [.. trials.Each("collapse", trials.Seeds, i => [Share(trials.KeyOf(i), hidden)])
            .Select(numbers => numbers[0])];
        var fits = trials.Each("fits", trials.Seeds, i => Fits(trials.KeyOf(i), hidden));
        double[] gaps = [.. fits.Select(fit => fit[1] / fit[0] - 1)];
        var found = LinearLevels.All.Select(net => (Net: net, Points: trials.Each(
            net.Name, trials.Seeds,
            i => FoundPoint.Of(net.Search(trials.KeyOf(i).For(Purpose.Landscape), hidden)).Numbers)
            .Select(FoundPoint.Of).Where(point => point.IsFound).ToArray())).ToArray();
        var saddles = found.SelectMany(one => one.Points.Where(point => point.Index > 0)
            .Select(point => (one.Net, one.Net.Nearest(point.Loss).Level))).Distinct();
        return new(
        [
            Measurement.Exact("equal", shares.Max()), Measurement.Exact("below", gaps.Min()),
            Measurement.Exact("above", gaps.Max()),
            Measurement.Exact("levels", found.Max(one => one.Points.Max(point => one.Net.Nearest(point.Loss).Off))),
            Measurement.Exact("saddles", saddles.Count()),
            Measurement.Exact("minima", found.Sum(one => one.Points.Count(point =>
                point.Index == 0 && !one.Net.IsLeast(point.Loss)))),
        ])
        {
            Tables = [Fitted(fits), Critical(found)],
            Figures =
            [
                new("curves", $"The same 24 samples fitted by one layer, by three layers without non-linearities, and "
                    + $"by three layers with tanh. The linear ones give the same straight line.",
                    Curves(trials, hidden)),
                new("saddles", $"Critical points of the linear net 2-2-2 by their loss and by the number of directions "
                    + $"that lead down. Its loss is that of one layer at the minimum; the saddles above are its own.",
                    Saddles(found[^1].Net, found[^1].Points)),
            ],
            Remarks = [AtZero(hidden)],
        };
    }

    private static double Share(Key key, Activation hidden)
    {
        var network = LinearNets.Random(key.For(Purpose.Init), hidden);
        int inputs = network.Architecture.Inputs;
        return LinearNets.ShareOfRounding(
            network, new(32, inputs, Draw.Normal<double>(key.For(Purpose.Data), 32 * inputs)));
    }

    // The losses of the single layer and of the deep net.
    private static double[] Fits(Key key, Activation hidden)
    {
        var x = Draw.Normal<double>(key.For(Purpose.Data).At(0), 96);
        var noise = Draw.Normal<double>(key.For(Purpose.Data).At(1), 64, deviation: 0.1);
        var samples = new Samples<double>(new(32, 3, x), Matrix<double>.Of([.. Enumerable.Range(0, 32).Select(row =>
            (double[])[x[3 * row] * x[3 * row + 1] + x[3 * row + 2] + noise[2 * row],
                Elementary.Of<Sin>(2 * x[3 * row]) - x[3 * row + 1] + noise[2 * row + 1]])]));
        return
        [
            LinearNets.Fitted(Architecture.Of(3, new Dense(2)), samples, key.For(Purpose.Init)).Loss,
            LinearNets.Fitted(
                Architecture.Of(3, new Dense(4, hidden), new Dense(4, hidden), new Dense(2)), samples,
                key.For(Purpose.Init)).Loss,
        ];
    }

    private static LinePlot Curves(ClaimTrials trials, Activation hidden)
    {
        double[] xs = [.. Enumerable.Range(0, Shown).Select(i => -1 + 2.0 * i / (Shown - 1))];
        double[] numbers = trials.Once("curves", () =>
        {
            var key = trials.KeyOf(0);
            double[] x = [.. Enumerable.Range(0, Points).Select(i => -1 + 2.0 * i / (Points - 1))];
            var noise = Draw.Normal<double>(key.For(Purpose.Data), Points, deviation: 0.1);
            double[] y = [.. x.Select((at, i) => Elementary.Of<Sin>(3 * at) + 0.5 * at + noise[i])];
            var samples = new Samples<double>(new(Points, 1, Vec<double>.Of(x)), new(Points, 1, Vec<double>.Of(y)));
            var grid = new Matrix<double>(Shown, 1, Vec<double>.Of(xs));
            double[] Line(params Layer[] layers) =>
                [.. LinearNets.Fitted(Architecture.Of(1, layers), samples, key.For(Purpose.Init)).Network
                    .Predict(grid).Cells];
            return
            [
                .. x, .. y, .. Line(new Dense(1)), .. Line(new Dense(8, hidden), new Dense(8, hidden), new Dense(1)),
                .. Line(new Dense(8, Activation.Tanh), new Dense(8, Activation.Tanh), new Dense(1)),
            ];
        });
        double[][] lines = [.. numbers[(2 * Points)..].Chunk(Shown)];
        int[] marked = [.. Enumerable.Range(0, Shown).Where(i => i % 5 == 0)];
        return new(new PlotPanel($"input x", $"output",
        [
            new($"samples", [.. numbers[..Points]], [.. numbers[Points..(2 * Points)]]) { IsJoined = false },
            new($"one layer", [.. xs], [.. lines[0]]),
            new($"three layers, linear", [.. marked.Select(i => xs[i])], [.. marked.Select(i => lines[1][i])])
            {
                IsJoined = false,
            },
            new($"three layers, tanh", [.. xs], [.. lines[2]]),
        ]));
    }

    private static FoundTable Fitted(IReadOnlyList<double[]> fits) => new(
        "fits", $"Half the squared error after fitting, for the first seeds.",
        [$"seed", $"one layer", $"3-4-4-2", $"L/L₁ - 1"],
        [.. fits.Take(5).Index().Select(fit => (Items<FoundCell>)
        [
            Phrase.Verbatim($"{fit.Index + 1}"), FoundCell.Of(fit.Item[0], 10), FoundCell.Of(fit.Item[1], 10),
            FoundCell.Of(fit.Item[1] / fit.Item[0] - 1, 2),
        ])]);

    private static FoundTable Critical((LinearLevels Net, FoundPoint[] Points)[] found) => new(
        "critical", $"The critical points that were found, beside the losses that theory gives.",
        [$"net", $"loss of theory", $"loss found", $"index", $"zero directions", $"searches"],
        [.. found.SelectMany(one => one.Points
            .GroupBy(point => (one.Net.Nearest(point.Loss).Level, point.Index, point.Zeros)).OrderBy(kind => kind.Key)
            .Select(kind => (Items<FoundCell>)
            [
                Phrase.Verbatim(one.Net.Name), one.Net.Levels[kind.Key.Level],
                kind.Select(point => point.Loss).MaxBy(loss => one.Net.Nearest(loss).Off),
                (double)kind.Key.Index, (double)kind.Key.Zeros, (double)kind.Count(),
            ]))]);

    private static IndexPlot Saddles(LinearLevels net, FoundPoint[] points) => new([
        .. points.GroupBy(point => (net.Nearest(point.Loss).Level, point.Index, point.Zeros)).OrderBy(kind => kind.Key)
            .Select(kind => new IndexedPoint(
                kind.First().Loss, kind.Key.Index, kind.Key.Zeros, kind.Count(),
                kind.Key.Index == 0 ? $"minimum: both directions learned"
                    : kind.Key.Level == net.Levels.Count - 1 ? (Phrase)$"saddle: nothing learned"
                    : $"saddle: one direction learned"))]);

    // With three layers there are saddles that the Hessian does not tell from minima.
    private static Phrase AtZero(Activation hidden)
    {
        var zero = new Network<double>(
            Architecture.Of(1, new Dense(1, hidden, Bias: false), new Dense(1, hidden, Bias: false),
                new Dense(1, Activation.Identity, Bias: false)),
            Vec<double>.Of(0, 0, 0));
        var values = zero.Hessian(new HalfSumSquaredError(), new LinearLevels(1, 1, 1).Samples, threads: 1)
            .WholeSpectrum(threads: 1).Values;
        return $"With three layers, 1-1-1-1, the point at zero is a saddle without a negative eigenvalue: the largest "
            + $"size of an eigenvalue there is {Numerals.Of(values.Max(Math.Abs))}. Kawaguchi (2016) has such saddles "
            + $"from three layers on.";
    }
}
