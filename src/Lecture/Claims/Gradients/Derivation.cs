using Functional.Core.Numbers.Functions;
using Functional.Core.Randomness;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>Nets whose gradients are derived as on the slides, a net for each seed.</summary>
/// <param name="Part">By which the memory knows their trials.</param>
/// <param name="Of">The net of a seed.</param>
/// <param name="Name">What the whole gradient is called; null where each quantity of the slides is compared by
/// itself.</param>
internal sealed record DerivedNets(string Part, Func<Key, DerivedNet> Of, Phrase? Name = null)
{
    /// <summary>What is compared: a slice of the gradient each.</summary>
    public (Phrase Name, Range Cells)[] Quantities(Key key) => Name is { } whole
        ? [(whole, ..)]
        : [.. Of(key).Quantities().Select(quantity => (Phrase.Verbatim(quantity.Name), quantity.Cells))];
}

/// <summary>A claim that a derivation of the slides gives the gradient: with random numbers, it is compared with every
/// other way to the same derivatives.</summary>
internal static class Derivation
{
    private const double Step = 1e-3, Exact = 1e-12, Least = 1e-17;
    private const int Samples = 4, Ways = 4, ExactWays = 3;
    private const string NoSlope = "no-slope", NoTranspose = "no-transpose";

    /// <summary>The claim.</summary>
    /// <param name="name">The claim's.</param>
    /// <param name="sentence">The lecture's.</param>
    /// <param name="method">Which nets.</param>
    /// <param name="nets">The nets.</param>
    /// <param name="isTransposed">Whether an error goes back through more than one unit to more than one.</param>
    /// <param name="table">A table beside that of the agreement.</param>
    public static Claim Claim(
        string name, Phrase sentence, Phrase method, Items<DerivedNets> nets, bool isTransposed = false,
        Func<Key, Omission, FoundTable>? table = null) => new(name, Chapter.Gradients, sentence)
        {
            Sources =
            [
                new("Rumelhart, Hinton and Williams", "Learning representations by back-propagating errors", 1986),
                new("Baydin, Pearlmutter, Radul and Siskind", "Automatic differentiation in machine learning: a survey",
                    2018),
            ],
            Method = method,
            Criteria =
            [
                new("agreement", $"largest difference from the backward pass, reverse mode and forward mode, relative "
                    + $"to the largest derivative", Bound.AtMost(Exact),
                    $"the chain rule is exact; what is left is rounding, some hundred times 1e-16 of the largest "
                        + $"derivative at most, and 1e-12 leaves it room"),
                new("order", $"power of the step by which central differences are off: median", new(1.9, 2.1),
                    $"Taylor: h² f'''/6; a tenth is left to the next terms and to rounding"),
            ],
            Falsehoods =
            [
                new(NoSlope, $"the derivative of the activation is left out of each delta"),
                .. isTransposed
                    ? [new(NoTranspose, $"errors go back through the matrix with rows and columns swapped")]
                    : Array.Empty<Falsehood>(),
            ],
            Seeds = 100,
            Measure = trials => Measure(trials, nets, table),
        };

    /// <summary>How far a derivation is from the library's backward pass, reverse mode, forward mode and central
    /// differences, quantity by quantity, relative to the largest derivative; then the power of the step by which
    /// central differences are off, NaN where they are exact.</summary>
    public static double[] Deviations(DerivedNets nets, Key key, Omission omission)
    {
        var net = nets.Of(key);
        var network = net.Drawn(key.For(Purpose.Init));
        var samples = net.Samples(key.For(Purpose.Data), Samples);
        double[] own = net.Gradient(network, samples, omission);
        double[][] others = DerivedNet.Others(network, samples, Step);
        double size = own.Max(Math.Abs);
        double Off(double[] one, double[] other, Range cells) =>
            one[cells].Zip(other[cells], (a, b) => Math.Abs(a - b)).Max() / size;
        double order = net.IsLinear ? double.NaN
            : Elementary.Of<Log>(Off(others[3], others[1], ..) / Off(others[4], others[1], ..)) / Elementary.Of<Log>(2);
        return
        [
            .. nets.Quantities(key)
                .SelectMany(quantity => others[..Ways].Select(other => Off(own, other, quantity.Cells))),
            order,
        ];
    }

    private static Findings Measure(ClaimTrials trials, Items<DerivedNets> nets, Func<Key, Omission, FoundTable>? table)
    {
        var omission = trials.Plants(NoSlope) ? Omission.Slope
            : trials.Plants(NoTranspose) ? Omission.Transpose
            : Omission.None;
        var found = nets.Select(group => (Group: group, Trials: trials.Each(
            group.Part, trials.Seeds, i => Deviations(group, trials.KeyOf(i), omission)))).ToArray();
        Row[] rows = [.. found.SelectMany(one => one.Group.Quantities(trials.KeyOf(0)).Select((quantity, i) => new Row(
            quantity.Name, [.. one.Trials.Select(seed => seed[(Ways * i)..(Ways * (i + 1))])])))];
        double[] orders = [.. found.SelectMany(one => one.Trials).Select(net => net[^1])
            .Where(order => !double.IsNaN(order))];
        return new(
        [
            Measurement.Exact("agreement", rows.Max(row => row.Off.Max(seed => seed[..ExactWays].Max()))),
            Measurement.Median("order", orders),
        ])
        {
            Tables = table is null ? [Agreement(rows)] : [table(trials.KeyOf(0), omission), Agreement(rows)],
            Figures =
            [
                new("agreement", $"How far the derivation of the slides is from other ways to the same derivatives, "
                    + $"relative to the largest derivative: median and range over seeds. What agrees bit for bit is "
                    + $"drawn at 1e-17. The criterion, 1e-12, is for the three exact ways. Errors δ are summed over "
                    + $"the four samples.",
                    Plot(rows), 760, 200 + 55 * rows.Length),
            ],
        };
    }

    private static FoundTable Agreement(Row[] rows) => new(
        "agreement", $"The largest difference over seeds, relative to the largest derivative of the net.",
        [$"derivatives", $"backward pass", $"reverse mode", $"forward mode", $"central, h = 0.001"],
        [.. rows.Select(row => (Items<FoundCell>)
        [
            row.Name, .. Enumerable.Range(0, Ways).Select(way => FoundCell.Of(row.Off.Max(seed => seed[way]), 2)),
        ])]);

    private static IntervalPlot Plot(Row[] rows)
    {
        Phrase[] ways = [$"backward pass", $"reverse mode", $"forward mode", $"central differences"];
        return new($"difference, relative", [.. rows.SelectMany(row => ways.Index().Select(way =>
        {
            double[] off = [.. row.Off.Select(seed => Math.Max(Least, seed[way.Index])).Order()];
            return new IntervalRow(row.Name, way.Item, off[off.Length / 2], off[0], off[^1]);
        }))], [new($"criterion", Exact)])
        {
            IsLogarithmic = true,
        };
    }

    // Of a quantity: the differences of each seed and way.
    private sealed record Row(Phrase Name, double[][] Off);
}
