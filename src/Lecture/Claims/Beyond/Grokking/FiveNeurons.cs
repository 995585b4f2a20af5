using Functional.Core.Data;
using Functional.Core.Inspection;
using Functional.Core.Networks;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>The second part of <see cref="Grokking"/>: five neurons that are given the circle, as published by Pearce
/// et al. (2023), and the star that they are to find.</summary>
/// <param name="Looks">Share of pairs that are right, of those that it learns from and of the others, along the
/// way.</param>
/// <param name="Learned">The learned weights in the end.</param>
internal sealed record FiveNeurons((double Train, double Test)[] Looks, double[] Learned)
{
    private const int Modulus = 67, Neurons = 5, Steps = 15_000, Count = 150;
    private const double Share = 0.3;
    private static readonly CircleSum Sum = new(Modulus, Neurons);
    private static readonly int[] Stars = [3, 4, 5, 6, 7], Moduli = [23, 67, 117, 199];

    /// <summary>Steps from one look to the next.</summary>
    public const int Every = Steps / Count;

    /// <summary>Whether it has all pairs right that it never saw.</summary>
    public bool IsPerfect => Looks[^1].Test == 1;

    /// <summary>What is to be seen.</summary>
    public static Items<Criterion> Criteria { get; } =
    [
        new("star", $"share of all pairs for which five neurons in a star are right, p = 67", Bound.Exactly(1),
            $"a theorem: they double an angle to within 0.027, and answers are 2π/67 apart; no training"),
        new("five", $"share of seeds for which five trained neurons have all test pairs right", Bound.AtLeast(0.1),
            $"Pearce et al. (2023): with five neurons the net finds a solution with perfect accuracy, shown for one "
                + $"seed; one seed in ten was chosen beforehand"),
        new("doubling", $"mean cosine between a neuron's direction out and twice its direction in, over nets "
            + $"that are right everywhere (mean of the seeds)", Bound.AtLeast(0.95),
            $"Pearce et al. (2023): the weights out turn twice as fast as those in; 0.95 was chosen beforehand"),
    ];

    /// <summary>The nets of all seeds.</summary>
    /// <param name="trials">Of the claim.</param>
    /// <param name="isShuffled">Whether the numbers lie on the circle in an order that is drawn.</param>
    public static FiveNeurons[] Trained(ClaimTrials trials, bool isShuffled) =>
    [
        .. trials.Each("five neurons", trials.Seeds, seed => Train(trials.KeyOf(seed), isShuffled))
            .Select(numbers => new FiveNeurons(
                [.. numbers[..^Sum.Learned].Chunk(2).Select(look => (look[0], look[1]))], numbers[^Sum.Learned..])),
    ];

    /// <summary>The shares of pairs that polygons and their stars have right, with nothing learned: a row for each
    /// number of neurons.</summary>
    public static double[][] Constructed(ClaimTrials trials) =>
    [
        .. trials.Once("stars", () => [.. Stars.SelectMany(neurons => Moduli.Select(p => Right(new(p, neurons))))])
            .Chunk(Moduli.Length),
    ];

    /// <summary>An estimate for each of <see cref="Criteria"/>.</summary>
    public static Estimate[] Measured(FiveNeurons[] nets, double[][] constructed) =>
    [
        Measurement.Exact("star", constructed[Array.IndexOf(Stars, Neurons)][Array.IndexOf(Moduli, Modulus)]),
        Measurement.Share("five", nets.Count(net => net.IsPerfect), nets.Length),
        Measurement.Mean("doubling", [.. nets.Where(net => net.IsPerfect).Select(net => Sum.Doubling(net.Learned))]),
    ];

    /// <summary>How many neurons it takes.</summary>
    public static FoundTable StarTable(double[][] constructed) => new(
        "stars", $"Share of all pairs that are right, with nothing learned: a regular polygon into the neurons, "
            + $"and out of them the same with doubled angles.",
        [$"neurons", .. Moduli.Select(p => Phrase.Verbatim($"p = {p}"))],
        [.. constructed.Select((shares, i) => (Items<FoundCell>)
            [(double)Stars[i], .. shares.Select(share => FoundCell.Of(share, 3))])]);

    /// <summary>What became of each seed.</summary>
    public static FoundTable SeedTable(FiveNeurons[] nets, ulong firstSeed) => new(
        "five", $"Five trained neurons in the end, seed by seed. The cosine is that between a neuron's "
            + $"direction out and twice its direction in (mean over neurons).",
        [$"seed", $"training accuracy", $"test accuracy", $"cosine"],
        [.. nets.Select((net, i) => (Items<FoundCell>)
        [
            Phrase.Verbatim($"{firstSeed + (ulong)i}"), FoundCell.Of(net.Looks[^1].Train, 3),
            FoundCell.Of(net.Looks[^1].Test, 3), FoundCell.Of(Sum.Doubling(net.Learned), 3),
        ])]);

    /// <summary>The first net that has all pairs right, beside the star.</summary>
    public static FoundFigure StarFigure(FiveNeurons[] nets)
    {
        double[] net = (nets.FirstOrDefault(net => net.IsPerfect) ?? nets[0]).Learned;
        var (x, y) = Point(net, Ordered(net).First(), isOut: false);
        double length = Math.Sqrt(x * x + y * y);
        double[] star = [.. Sum.Star(x / length, y / length).Parameters.ToArray()[..Sum.Learned]];
        return new(
            "star", $"Five neurons, each a point: left its weights from the two coordinates of the input, right "
                + $"those to the two of the output, joined in the order of the left. Pale: with nothing learned, a "
                + $"regular pentagon and its star.",
            new LinePlot(
            [
                Plane($"into the neurons", isOut: false),
                Plane($"out of the neurons", isOut: true),
            ]), 760, 430);

        PlotPanel Plane(Phrase heading, bool isOut) => new(
            $"first coordinate", $"second coordinate", [Ring(net, isOut, false), Ring(star, isOut, true)])
        { Heading = heading };

        // The star is as large as the net: the lengths of its weights in and out have the same mean.
        PlotLine Ring(double[] learned, bool isOut, bool isStar)
        {
            double scale = isStar ? Size(net, isOut) / Size(star, isOut) : 1;
            var ring = Ordered(learned).Select(unit => Point(learned, unit, isOut)).ToArray();
            return new(
                isStar ? (Phrase)$"nothing learned" : $"trained",
                [.. ring.Append(ring[0]).Select(point => scale * point.X)],
                [.. ring.Append(ring[0]).Select(point => scale * point.Y)])
            { IsFaint = isStar, HasMarks = !isStar };
        }
    }

    // Counter-clockwise by the input weights: by half plane, then by the sign of the cross product.
    private static IEnumerable<int> Ordered(double[] learned) => Enumerable.Range(0, Neurons)
        .OrderBy(unit => unit, Comparer<int>.Create((one, other) =>
        {
            var (a, b) = (Point(learned, one, isOut: false), Point(learned, other, isOut: false));
            bool isLowerA = a.Y < 0, isLowerB = b.Y < 0;
            return isLowerA != isLowerB ? isLowerA.CompareTo(isLowerB) : (b.X * a.Y).CompareTo(a.X * b.Y);
        }));

    private static (double X, double Y) Point(double[] learned, int unit, bool isOut) => isOut
        ? (learned[2 * Neurons + 2 * unit], learned[2 * Neurons + 2 * unit + 1])
        : (learned[unit], learned[Neurons + unit]);

    private static double Size(double[] learned, bool isOut)
    {
        double sum = 0;
        for (int unit = 0; unit < Neurons; unit++)
        {
            var (x, y) = Point(learned, unit, isOut);
            sum += Math.Sqrt(x * x + y * y);
        }
        return sum / Neurons;
    }

    private static double Right(CircleSum sum)
    {
        var pairs = sum.Pairs(sum.InOrder);
        return Answers.Right(sum.Star().To<float>().Predict(pairs.Inputs, threads: 1), pairs.Targets);
    }

    // The published loss is divided by the number of answers, which AdamW undoes.
    private static double[] Train(Key key, bool isShuffled)
    {
        var places = isShuffled ? [.. Draw.Permutation(key.For(Purpose.Inspection), Modulus)] : Sum.InOrder;
        var all = Sum.Pairs(places);
        var order = Draw.Permutation(key.For(Purpose.Data), all.Inputs.Rows);
        int count = (int)(Share * order.Length);
        Samples<float> train = all.Select(order.Span[..count]), test = all.Select(order.Span[count..]);
        var learner = new Learner(
            new SoftmaxCrossEntropy(),
            new AdamW(0.01, Beta2: 0.98, WeightDecay: 0.001).Then(new Masked(Sum.Moves)), key);
        var start = learner.Begin(Sum.Drawn(key.For(Purpose.Init), places));
        var looks = learner.Scan(start, Enumerable.Repeat(Batch<float>.All(train), Steps), Every, threads: 1).ToArray();
        return
        [
            .. looks.SelectMany(at => (double[])[Of(at.State.Network, train), Of(at.State.Network, test)]),
            .. looks[^1].State.Network.To<double>().Parameters.ToArray()[..Sum.Learned],
        ];
    }

    private static double Of(Network<float> network, Samples<float> samples) =>
        Answers.Right(network.Predict(samples.Inputs, threads: 1), samples.Targets);
}
