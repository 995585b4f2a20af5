using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>The loss of several layers is not convex: chords below the surface, minima as many as symmetries make of
/// one, and a barrier between any two of them.</summary>
internal static class NonConvex
{
    private const int Units = 4, Shown = 41, MostUnits = 4;
    private const double Rounding = 1e-9, Visible = 0.01;
    private static readonly double[] Expected = [8, 48, 384]; // n! 2^n
    private const string OneLayer = "one-layer";

    public static Claim Claim { get; } = new(
        "non-convex", Chapter.Loss, $"For several layers of neurons the loss function is not convex.")
    {
        Sources =
        [
            new("Hecht-Nielsen", "On the algebraic structure of feedforward network weight spaces", 1990),
            new("Chen, Lu and Hecht-Nielsen", "On the geometry of feedforward neural network error surfaces", 1993),
            new("Sussmann", "Uniqueness of the weights for minimal feedforward nets with a given input-output map",
                1992),
            new("Boyd and Vandenberghe", "Convex optimization", 2004),
            new("Goodfellow, Vinyals and Saxe", "Qualitatively characterizing neural network optimization problems",
                2015),
            new("Ainsworth, Hayase and Srinivasa", "Git Re-Basin: merging models modulo permutation symmetries", 2023),
        ],
        Method = $"Nets 1-4-1 with tanh on 24 samples of a curve: the loss in the middle of two random nets, and in "
            + $"the middle of a fitted net and its twin (the same function with its units in another order and with "
            + $"other signs), beside the mean of the ends; and the same of one layer. Every twin of a strict minimum "
            + $"of nets 2-2-1, 2-3-1 and 2-4-1. Nets 2-2-1 that L-BFGS fits to a random net 2-2-1, their teacher. "
            + $"Pairs of nets 2-32-1 (ReLU, half moons, cross-entropy, Adam at rate 0.01, 500 steps) and the line "
            + $"between them, as they are and with matched units.",
        Criteria =
        [
            new("starts", $"pairs of random nets whose middle lies above the chord", Bound.AtLeast(1),
                $"a convex function has none: one is a proof"),
            new("twins", $"fitted nets above whose chord to their twin the middle lies", Bound.AtLeast(1),
                $"between two minima of one height a convex function is flat: one is a proof"),
            new("single", $"the same of one layer, over pairs of random nets", Bound.Exactly(0),
                $"the squared error of one linear layer is convex"),
            new("symmetries", $"different nets with the loss of one minimum: 2, 3 and 4 units together",
                Bound.Exactly(440),
                $"Chen, Lu and Hecht-Nielsen (1993): n! 2ⁿ of n tanh units: 8 + 48 + 384"),
            new("spread", $"largest difference of their losses, relative", Bound.AtMost(1e-12),
                $"they are one function; the order of sums leaves rounding"),
            new("related", $"share of trainings that fit a teacher 2-2-1 exactly and end at one of its twins",
                Bound.AtLeast(0.8), $"Sussmann (1992): nets without a spare unit that are one function differ by order "
                    + $"and signs alone; 0.8 leaves room for teachers that are nearly flat"),
            new("barriers", $"share of trained pairs with a barrier of 0.01 or more on the line between them",
                Bound.AtLeast(0.5), $"between minima of a loss that is not convex there may be one; that most pairs "
                    + $"have it was chosen beforehand"),
            new("matching", $"barrier after matching the units, over the barrier before: median", Bound.AtMost(0.5),
                $"Ainsworth et al. (2023): the order of the units makes up the barrier; half of it, at least, is "
                    + $"wanted"),
        ],
        Falsehoods = [new(OneLayer, $"nets without a hidden layer: their loss is convex")],
        Seeds = 48,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        bool hasHidden = !trials.Plants(OneLayer);
        int units = hasHidden ? Units : 0;
        var chords = trials.Each("chords", trials.Seeds, i => Chords(trials.KeyOf(i), units));
        var symmetries = trials.Each("symmetries", MostUnits - 1, i =>
            Symmetries(trials.KeyOf(0), hasHidden ? i + 2 : 0));
        SolutionTwins.Ending[] ends = [.. trials.Each("ends", trials.Seeds, i =>
            SolutionTwins.Taught(hasHidden, trials.KeyOf(i)).Numbers)
            .Select(SolutionTwins.Ending.Of)];
        int fitted = ends.Count(end => end.Fits);
        TrainedPair[] pairs =
            [.. trials.EachSeed("pairs", keys => TrainedPair.Train(keys, hasHidden)).Select(TrainedPair.Of)];
        double[] before = [.. pairs.Select(pair => TrainedPair.Barrier(pair.Before))],
            after = [.. pairs.Select(pair => TrainedPair.Barrier(pair.Matched))];
        var barriers = new NamedMedians(before, after);
        return new(
        [
            Measurement.Exact("starts", chords.Count(chord => chord[0] > Rounding)),
            Measurement.Exact("twins", chords.Count(chord => chord[1] > Rounding)),
            Measurement.Exact("single", chords.Count(chord => chord[2] > Rounding)),
            Measurement.Exact("symmetries", symmetries.Sum(one => one[0])),
            Measurement.Exact("spread", symmetries.Max(one => Math.Max(one[1], one[2]))),
            fitted == 0 ? Measurement.Exact("related", double.NaN)
                : Measurement.Share("related", ends.Count(end => end.IsTwin), fitted),
            Measurement.Share("barriers", before.Count(height => height >= Visible), before.Length),
            Measurement.Median("matching", [.. before.Zip(after, (high, low) => low / high)]),
        ])
        {
            Tables = [Counted(symmetries), Ends(ends), barriers.Table],
            Figures =
            [
                new("chord", $"Left: the loss on the way from a minimum of a net 2-4-1 to its twin, which is the same "
                    + $"function. Right: one layer, between two random starts. A chord of a convex loss lies above it; "
                    + $"on the left it lies below.",
                    Lines(trials, units)),
                new("barriers", $"The loss on the straight line between two trained nets, one line a pair: as they "
                    + $"are, and with the units of the second in the order that is most like the first.",
                    Barriers(pairs)),
            ],
        };
    }

    // Excess in the middle of two random nets, of a fitted one and its twin, and of two random single layers.
    private static double[] Chords(Key key, int units)
    {
        var samples = SolutionTwins.Curve(key);
        double Random(int units) => SolutionTwins.Excess(
            LinearNets.Drawn(SolutionTwins.Shape(units), key.For(Purpose.Init).At(1)),
            LinearNets.Drawn(SolutionTwins.Shape(units), key.For(Purpose.Init).At(2)), samples);
        var fitted = SolutionTwins.Trained(units, samples, key);
        return
        [
            Random(units), SolutionTwins.Excess(
                fitted, SolutionTwins.Twin(fitted, key.For(Purpose.Landscape)), samples), Random(0),
        ];
    }

    // How many nets, what changing signs and orders changes of the loss, the loss, the least eigenvalue.
    private static double[] Symmetries(Key key, int units)
    {
        if (SolutionTwins.Minimum(units, key.For(Purpose.Landscape).At((uint)units)) is not var (point, samples))
            return [0, double.NaN, double.NaN, double.NaN, double.NaN];
        var twins = SolutionTwins.All(point.Network).ToArray();
        double loss = SolutionTwins.At(point.Network, samples);
        double[] off = [.. twins.Select(twin => Math.Abs(SolutionTwins.At(twin, samples) / loss - 1))];
        return [twins.Distinct().Count(), off[..(1 << units)].Max(), off.Max(), loss, point.Eigenvalues[0]];
    }

    private static FoundTable Counted(IReadOnlyList<double[]> symmetries) => new(
        "symmetries", $"Every order and every choice of signs of the units of a strict minimum. Signs leave every bit "
            + $"of the loss as it is; another order of the units is another order of a sum.",
        [$"hidden units n", $"n! 2ⁿ", $"different nets", $"signs change the loss by", $"orders change it by", $"loss",
            $"least eigenvalue"],
        [.. symmetries.Index().Select(one => (Items<FoundCell>)
        [
            (double)(one.Index + 2), Expected[one.Index], one.Item[0], FoundCell.Of(one.Item[1], 2),
            FoundCell.Of(one.Item[2], 2), one.Item[3], one.Item[4],
        ])]);

    private static FoundTable Ends(SolutionTwins.Ending[] ends) => new(
        "ends", $"Where L-BFGS ends from random weights that learns 64 samples of a random teacher 2-2-1. It fits "
            + $"where half the sum of squares is 1e-16 at most.",
        [$"trainings", $"that fit", $"at a twin of the teacher", $"different twins of 8"],
        [
            [
                (double)ends.Length, (double)ends.Count(end => end.Fits), (double)ends.Count(end => end.IsTwin),
                (double)ends.Where(end => end.IsTwin).Select(end => end.Twin).Distinct().Count(),
            ],
        ]);

    /// <summary>Barriers before and after matching.</summary>
    private readonly record struct NamedMedians(double[] Before, double[] After)
    {
        public FoundTable Table => new(
            "barriers", $"How far the loss rises above the line between its ends: median over pairs, and the largest.",
            [$"units", $"median", $"largest"],
            [
                [(Phrase)$"as they were trained", FoundCell.Of(Measurement.Median("", Before)), Before.Max()],
                [(Phrase)$"matched", FoundCell.Of(Measurement.Median("", After)), After.Max()],
            ]);
    }

    private static LinePlot Lines(ClaimTrials trials, int units)
    {
        double[] ts = [.. Enumerable.Range(0, Shown).Select(i => i / (Shown - 1.0))];
        double[] losses = trials.Once("lines", () =>
        {
            var key = trials.KeyOf(0);
            var (point, samples) = SolutionTwins.Minimum(units, key.For(Purpose.Landscape).At((uint)units))!.Value;
            var minimum = point.Network;
            double[] Line(Network<double> from, Network<double> to) =>
                [.. ts.Select(t => SolutionTwins.At(new StraightLine<double>(from, to).At(t), samples))];
            return
            [
                .. Line(minimum, SolutionTwins.Twin(minimum, key.For(Purpose.Landscape))),
                .. Line(
                    LinearNets.Drawn(Architecture.Of(2, new Dense(1)), key.For(Purpose.Init).At(1)),
                    LinearNets.Drawn(Architecture.Of(2, new Dense(1)), key.For(Purpose.Init).At(2))),
            ];
        });
        PlotPanel Panel(Phrase heading, double[] line) => new($"way from one net to the other",
            $"half the squared error",
            [
                new($"loss", [.. ts], [.. line]),
                new($"chord", [0, 1], [line[0], line[^1]]) { HasMarks = true },
            ])
        { Heading = heading };
        return new([Panel($"hidden layer: from a net to its twin", losses[..Shown]),
            Panel($"one layer: from net to net", losses[Shown..])]);
    }

    private static LinePlot Barriers(TrainedPair[] pairs)
    {
        double[] ts = [.. Enumerable.Range(0, TrainedPair.Points).Select(i => i / (TrainedPair.Points - 1.0))];
        IEnumerable<PlotLine> Faint(Phrase name, Func<TrainedPair, double[]> line) =>
            pairs.Select(pair => new PlotLine(name, [.. ts], [.. line(pair)]) { IsFaint = true });
        return new(new PlotPanel($"way from the first net to the second, 0 to 1", $"cross-entropy",
            [.. Faint($"as they were trained", pair => pair.Before), .. Faint($"matched", pair => pair.Matched)]));
    }
}
