using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>A net knows all its training samples by heart, and long afterwards understands the rule behind
/// them.</summary>
internal static class Grokking
{
    private const int Looks = 200;
    private const double Known = 0.99, Understood = 0.9;
    private const string RandomSums = "random-sums", NoDecay = "no-decay", Shuffled = "shuffled-circle";

    public static Claim Claim { get; } = new(
        "grokking", Chapter.Beyond,
        $"On addition modulo p the test accuracy rises long after the net has learned its training samples by heart.")
    {
        Sources =
        [
            new("Power et al.", "Grokking: generalization beyond overfitting on small algorithmic datasets", 2022),
            new("Gromov", "Grokking modular arithmetic", 2023),
            new("Pearce et al.", "Do Machine Learning Models Memorize or Generalize?", 2023),
        ],
        Method = $"A net of two one-hot inputs, 128 hidden units that square their sum, and p outputs, without "
            + $"biases, learns "
            + $"a + b mod p for p = 23 from 60 % of all pairs; the others are for the test. Mean squared error, "
            + $"full-batch "
            + $"AdamW at rate 0.005 with weight decay 1, 2000 steps. Weights that compute the sum are written down "
            + $"beside "
            + $"it. Then the same for p = 67 by five ReLU neurons that are given the points of the numbers on a "
            + $"circle, from 30 % of the pairs a ≤ b: cross-entropy, full-batch AdamW at rate 0.01 with weight "
            + $"decay 0.001, "
            + $"15000 steps.",
        FullForm = $"With p = 97, 500 hidden units and 50 % of all pairs.",
        Criteria =
        [
            new("solution", $"share of all pairs for which the weights that are written down are "
                + $"right", Bound.Exactly(1),
                $"Gromov (2023): waves whose phases cancel; no training"),
            new("gap", $"test accuracy when 99 % of the training pairs are right for the first time (median of the "
                + $"seeds)",
                Bound.AtMost(0.5), $"by then the net knows its samples and not the rule; a half was chosen "
                    + $"beforehand"),
            new("delay", $"steps until 90 % of the test pairs are right, over steps until 99 % of the training pairs "
                + $"are "
                + $"(median of the seeds)", Bound.AtLeast(2), $"long after, say Power et al. (2022); twice the "
                + $"steps was "
                    + $"chosen beforehand"),
            new("end", $"share of seeds with 90 % of the test pairs right in the end", Bound.AtLeast(0.6),
                $"Gromov (2023): it generalises; three seeds of five was chosen beforehand"),
            .. FiveNeurons.Criteria,
        ],
        Falsehoods =
        [
            new(RandomSums, $"the sums are drawn at random: there is no rule"),
            new(NoDecay, $"without weight decay: nothing makes the net give up what it knows by heart"),
            new(Shuffled, $"the numbers that the five neurons see lie on the circle in an order drawn at random"),
        ],
        Seeds = 10,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        var sum = trials.Order.IsFull ? new ModularSum(97, 500) : new ModularSum(23, 128);
        double right = trials.Once("solution", () => [Right(sum.Modulus)])[0];
        int every = Steps / Looks;
        (double Train, double Test)[][] nets = Trained(trials, "training", sum, decay: trials.Plants(NoDecay) ? 0 : 1),
            free = Trained(trials, "no-decay", sum, decay: 0);
        var (five, stars) =
            (FiveNeurons.Trained(trials, trials.Plants(Shuffled)), FiveNeurons.Constructed(trials));
        double[] learned = [.. nets.Select(net => First(net, look => look.Train >= Known, every))],
            understood = [.. nets.Select(net => First(net, look => look.Test >= Understood, every))];
        return new(
        [
            Measurement.Exact("solution", right),
            Measurement.Median("gap", [.. nets.Select(net => net.FirstOrDefault(
                look => look.Train >= Known, (0, double.PositiveInfinity)).Test)]),
            Measurement.Median("delay", [.. learned.Select((known, i) =>
                double.IsFinite(known) ? understood[i] / known : 0)]),
            Measurement.Share("end", nets.Count(net => net[^1].Test >= Understood), nets.Length),
            .. FiveNeurons.Measured(five, stars),
        ])
        {
            Tables =
            [
                new("seeds", $"Steps until the training pairs are known (99 %) and the test pairs are understood (90 "
                    + $"%), and "
                    + $"the test accuracy in the end, seed by seed; and that of the same trainings without weight "
                    + $"decay.",
                    [$"seed", $"known", $"understood", $"test accuracy", $"without decay"],
                    [.. nets.Select((net, i) => (Items<FoundCell>)
                    [
                        Phrase.Verbatim($"{trials.Order.FirstSeed + (ulong)i}"), Count(learned[i]),
                        Count(understood[i]),
                        FoundCell.Of(net[^1].Test, 3), FoundCell.Of(free[i][^1].Test, 3),
                    ])]),
                FiveNeurons.StarTable(stars), FiveNeurons.SeedTable(five, trials.Order.FirstSeed),
            ],
            Figures =
            [
                new("accuracies", $"Share of pairs that are right: those that the net learns from (bold: median), "
                    + $"and those "
                    + $"that it never sees. Pale lines are the seeds.", Accuracies(nets, every)),
                new("five", $"The same of five neurons that are given the circle.",
                    Accuracies([.. five.Select(net => net.Looks)], FiveNeurons.Every)),
                FiveNeurons.StarFigure(five),
            ],
        };
    }

    private const int Steps = 2000;

    private static (double Train, double Test)[][] Trained(
        ClaimTrials trials, string part, ModularSum sum, double decay) =>
    [
        .. trials.Each(part, trials.Seeds, seed => Train(
                sum, trials.KeyOf(seed), trials.Order.IsFull ? 0.5 : 0.6, decay, trials.Plants(RandomSums)))
            .Select(numbers => numbers.Chunk(2).Select(look => (look[0], look[1])).ToArray()),
    ];

    private static double Right(int modulus)
    {
        var all = new ModularSum(modulus, 1).All();
        return ModularSum.Accuracy(
            ModularSum.Solution(modulus).To<float>().Predict(all.Inputs, threads: 1), all.Targets);
    }

    private static double[] Train(ModularSum sum, Key key, double share, double decay, bool isRandom)
    {
        var all = isRandom ? sum.Random(key.For(Purpose.Inspection)) : sum.All();
        var order = Draw.Permutation(key.For(Purpose.Data), all.Inputs.Rows);
        int count = (int)(share * order.Length);
        Samples<float> train = all.Select(order.Span[..count]), test = all.Select(order.Span[count..]);
        var learner = new Learner(new MeanSquaredError(), new AdamW(0.005, Beta2: 0.98, WeightDecay: decay), key);
        var start = learner.Begin(
            Network<float>.Init(sum.Architecture, new Initializer.LecunNormal(), key.For(Purpose.Init)));
        return
        [
            .. learner.Scan(start, Enumerable.Repeat(Batch<float>.All(train), Steps), Steps / Looks, threads: 1)
                .SelectMany(at => (double[])[Accuracy(at.State.Network, train), Accuracy(at.State.Network, test)]),
        ];
    }

    private static double Accuracy(Network<float> network, Samples<float> samples) =>
        ModularSum.Accuracy(network.Predict(samples.Inputs, threads: 1), samples.Targets);

    // The step of the first look that is so; infinite where none is.
    private static double First<T>(T[] looks, Predicate<T> isSo, int every) =>
        Array.FindIndex(looks, isSo) is >= 0 and var found ? (found + 1.0) * every : double.PositiveInfinity;

    private static FoundCell Count(double steps) =>
        double.IsFinite(steps) ? FoundCell.Of(steps, 6) : new(Phrase.Verbatim("–"), steps);

    private static LinePlot Accuracies((double Train, double Test)[][] nets, int every) => new(
        new PlotPanel($"step", $"share of pairs that are right",
            [.. Lines($"training pairs", nets, look => look.Train, every),
                .. Lines($"test pairs", nets, look => look.Test, every)])
        {
            IsXLogarithmic = true,
        });

    private static IEnumerable<PlotLine> Lines(
        Phrase name, (double Train, double Test)[][] nets, Func<(double Train, double Test), double> number, int every)
    {
        Items<double> steps = [.. Enumerable.Range(1, nets[0].Length).Select(i => (double)i * every)];
        return
        [
            new(name, steps, [.. Enumerable.Range(0, steps.Count)
                .Select(i => Measurement.Median("", [.. nets.Select(net => number(net[i]))]).Value)]),
            .. nets.Select(net => new PlotLine(name, steps, [.. net.Select(number)]) { IsFaint = true }),
        ];
    }
}
