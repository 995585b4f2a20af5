using Functional.Core.Numbers.Functions;
using Functional.Core.Randomness;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>The derivations of the slides, with random numbers, beside every other way to the same gradient.</summary>
internal static class Backpropagation
{
    private const double Step = 1e-3, Exact = 1e-12, Least = 1e-17;
    private const string NoSlope = "no-slope", NoTranspose = "no-transpose";

    public static Claim Claim { get; } = new(
        "backprop", Chapter.Gradients,
        $"The partial derivatives of the loss with respect to each weight and bias are computed layer by layer, beginning "
            + $"with the output layer and propagating them backward to compute those of the layer before.")
    {
        Sources =
        [
            new("Rumelhart, Hinton and Williams", "Learning representations by back-propagating errors", 1986),
            new("Baydin, Pearlmutter, Radul and Siskind", "Automatic differentiation in machine learning: a survey", 2018),
        ],
        Method = $"The nets of the slides: one hidden neuron; 3-5-4-3 with sigmoid units and linear outputs; d-M-1, "
            + $"with phi at the output, too (d up to 4, M up to 10). Weights, biases and inputs from N(0, 1), four samples, half "
            + $"the squared error. Each delta and each derivative in the order of the slides, beside the library's backward "
            + $"pass, reverse and forward mode, and central differences with steps of 0.001 and 0.0005.",
        Criteria =
        [
            Equal("one_neuron", $"one hidden neuron: largest difference from exact methods, relative"),
            Equal("five_four_three", $"3-5-4-3: largest difference from exact methods, relative"),
            Equal("m_units", $"M hidden units: largest difference from exact methods, relative"),
            new("order", $"power of the step by which central differences are off: median", new(1.9, 2.1),
                $"Taylor: h² f'''/6; a tenth is left to the next terms and to rounding"),
        ],
        Falsehoods =
        [
            new(NoSlope, $"the derivative of the sigmoid is left out of each delta"),
            new(NoTranspose, $"errors go back through weights that are not transposed"),
        ],
        Seeds = 100,
        Measure = Measure,
    };

    private static Criterion Equal(string name, Phrase says) => new(name, says, Bound.AtMost(Exact),
        $"the chain rule is exact; what is left is rounding, some thousand times 1e-16 of the largest derivative");

    private static Findings Measure(ClaimTrials trials)
    {
        var omission = trials.Plants(NoSlope) ? Omission.Slope
            : trials.Plants(NoTranspose) ? Omission.Transpose
            : Omission.None;
        SlideNet[] nets = [.. SlideNet.All(trials.KeyOf(0))];
        // Of each seed the deviations by quantity and way, then the order of central differences.
        var found = nets.Index().Select(net => trials.Each(
            net.Item.Name, trials.Seeds, i => Deviations(trials.KeyOf(i), net.Index, omission))).ToArray();
        return new(
        [
            .. nets.Index().Select(net => Measurement.Exact(
                net.Item.Name, found[net.Index].Max(seed => seed[..^1].Where((_, i) => i % 4 < 3).Max()))),
            Measurement.Median("order", [.. found.SelectMany(seeds => seeds).Select(seed => seed[^1])]),
        ])
        {
            Tables = [Factors(trials.KeyOf(0), omission), Agreement(nets, found)],
            Figures =
            [
                new("agreement", $"How far the derivations of the slides are from other ways to the same derivatives, relative to "
                    + $"the largest derivative: median and range over seeds. What agrees to the bit stands at 1e-17.",
                    Plot(nets, found), 760, 520),
            ],
        };
    }

    private static double[] Deviations(Key key, int index, Omission omission)
    {
        var net = SlideNet.All(key)[index];
        var network = net.Drawn(key.For(Purpose.Init));
        var samples = net.Samples(key.For(Purpose.Data), 4);
        double[] own = net.Gradient(network, samples, omission);
        double[][] others = SlideNet.Others(network, samples, Step);
        double size = own.Max(Math.Abs);
        double Off(double[] one, double[] other, Range cells) =>
            one[cells].Zip(other[cells], (a, b) => Math.Abs(a - b)).Max() / size;
        double order = Elementary.Of<Log>(Off(others[3], others[1], ..) / Off(others[4], others[1], ..))
            / Elementary.Of<Log>(2);
        return
        [
            .. net.Quantities().SelectMany(quantity => others[..4].Select(other => Off(own, other, quantity.Cells))), order,
        ];
    }

    // The slide of one hidden neuron, in numbers.
    private static FoundTable Factors(Key key, Omission omission)
    {
        var net = SlideNet.All(key)[0];
        var network = net.Drawn(key.For(Purpose.Init));
        var samples = net.Samples(key.For(Purpose.Data), 1);
        var (w, x, y) = (network.Parameters, samples.Inputs[0, 0], samples.Targets[0, 0]);
        double z1 = w[0] * x + w[1], a1 = Elementary.Of<Logistic>(z1), output = w[2] * a1 + w[3], error = output - y;
        double[] own = net.Gradient(network, samples, omission),
            automatic = SlideNet.Others(network, samples, Step)[1];
        Items<FoundCell> Row(string name, string formula, double value, double? other = null) =>
        [
            Phrase.Verbatim(name), Phrase.Verbatim(formula), value,
            other is { } number ? FoundCell.Of(number) : Phrase.Verbatim("–"),
        ];
        return new("factors", $"The slide of one hidden neuron, factor by factor, with the numbers of the first seed.",
            [$"factor", $"formula", $"value", $"reverse mode"],
            [
                Row("z(1)", "w(1) x + b(1)", z1), Row("a(1)", "σ(z(1))", a1), Row("ŷ", "w(2) a(1) + b(2)", output),
                Row("δ(3)", "ŷ - y", error, automatic[3]), Row("∂/∂w(2)", "δ(3) a(1)", own[2], automatic[2]),
                Row("∂/∂b(2)", "δ(3)", own[3], automatic[3]),
                Row("∂a(1)/∂z(1)", "σ(z(1)) (1 - σ(z(1)))", a1 * (1 - a1)),
                Row("δ(2)", "(ŷ - y) w(2) σ(z(1)) (1 - σ(z(1)))", own[1], automatic[1]),
                Row("∂/∂w(1)", "δ(2) x", own[0], automatic[0]),
            ]);
    }

    private static FoundTable Agreement(SlideNet[] nets, IReadOnlyList<double[]>[] found) => new(
        "agreement", $"The largest difference over seeds for each quantity of the slides, relative to the largest derivative "
            + $"of its net.",
        [$"net", $"quantity", $"backward pass", $"reverse mode", $"forward mode", $"central, h = 0.001"],
        [.. nets.Index().SelectMany(net => net.Item.Quantities().Index().Select(quantity => (Items<FoundCell>)
        [
            Phrase.Verbatim(Shown(net.Item)), Phrase.Verbatim(quantity.Item.Name),
            .. Enumerable.Range(0, 4).Select(way =>
                FoundCell.Of(found[net.Index].Max(seed => seed[4 * quantity.Index + way]), 2)),
        ]))]);

    private static string Shown(SlideNet net) => net.HasSigmoidOutput ? "d-M-1" : string.Join('-', net.Widths);

    private static IntervalPlot Plot(SlideNet[] nets, IReadOnlyList<double[]>[] found)
    {
        Phrase[] ways = [$"backward pass", $"reverse mode", $"forward mode", $"central differences"];
        return new($"difference, relative",
            [.. nets.Index().SelectMany(net => net.Item.Quantities().Index().SelectMany(quantity => ways.Index().Select(way =>
            {
                double[] off = [.. found[net.Index].Select(seed =>
                    Math.Max(Least, seed[4 * quantity.Index + way.Index])).Order()];
                return new IntervalRow(
                    Phrase.Verbatim($"{Shown(net.Item)}  {quantity.Item.Name}"), way.Item,
                    off[off.Length / 2], off[0], off[^1]);
            })))],
            [new($"criterion", Exact)])
        { IsLogarithmic = true };
    }
}
