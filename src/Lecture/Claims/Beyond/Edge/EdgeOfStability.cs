using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>Gradient descent sharpens the valley that it walks in until 2 / rate is reached, and stays
/// there.</summary>
internal static class EdgeOfStability
{
    private const int Steps = 4000, SlowSteps = 13_200, Every = 20;
    private const double Rate = 0.2, SlowRate = 0.049, TinyRate = 0.01;
    private const string Tiny = "tiny-rate";

    public static Claim Claim { get; } = new(
        "edge-of-stability", Chapter.Beyond,
        $"Gradient descent sharpens the loss around itself until the largest eigenvalue of the Hessian reaches 2 / "
            + $"learning rate, and stays at that edge while the loss goes on falling.")
    {
        Sources =
        [
            new("Cohen et al.", "Gradient descent on neural networks typically occurs at the edge of stability", 2021),
            new("Damian et al.", "Self-stabilization: the implicit bias of gradient descent at the edge of stability",
                2023),
        ],
        Method = $"A 1-30-20-1 net with tanh learns Chebyshev's polynomial T₆ at 20 points: half the mean squared "
            + $"error, gradient descent on all points at rate 0.2, 4000 steps. Every 20 steps the largest eigenvalue "
            + $"of the Hessian is worked out by Lanczos' method; the loss is compared after every step.",
        Criteria =
        [
            new("rise", $"sharpness over the last quarter of the steps, over that of the first weights (median of the "
                + $"seeds)", Bound.AtLeast(1), $"Cohen et al. (2021): progressive sharpening"),
            new("edge", $"sharpness over the last quarter of the steps, over 2 / rate (median of the seeds)",
                new(0.9, 1.1), $"Cohen et al. (2021): it hovers at 2 / rate; a tenth was chosen beforehand"),
            new("bumps", $"share of steps in the last quarter after which the loss is higher (median of the seeds)",
                Bound.AtLeast(0.1), $"Cohen et al. (2021): from step to step the loss is not monotone; one step in ten "
                    + $"was chosen beforehand"),
            new("fall", $"last loss over first loss (median of the seeds)", Bound.AtMost(0.1),
                $"Cohen et al. (2021): over many steps the loss falls all the same; a tenth was chosen beforehand"),
        ],
        Falsehoods = [new(Tiny, $"rate 0.01: 2 / rate is so high that the valley never becomes so sharp")],
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        double rate = trials.Plants(Tiny) ? TinyRate : Rate;
        EdgeLook[][] fast = Watched(trials, "edge", rate, Steps), slow = Watched(trials, "slow", SlowRate, SlowSteps);
        return new(
        [
            Measurement.Median("rise", [.. fast.Select(looks => Late(looks) / looks[0].Sharpness)]),
            Measurement.Median("edge", [.. fast.Select(looks => Late(looks) * rate / 2)]),
            Measurement.Median("bumps", [.. fast.Select(looks => Quarter(looks).Average(look => look.Rises / Every))]),
            Measurement.Median("fall", [.. fast.Select(looks => looks[^1].Loss / looks[0].Loss)]),
        ])
        {
            Tables = [Published(rate, fast, slow)],
            Figures =
            [
                new("sharpness", $"The largest eigenvalue of the Hessian, step by step: pale lines are the seeds, the "
                    + $"dark line is their median. It rises to 2 / rate (dashed) and stays there.",
                    new LinePlot(Panel($"sharpness", rate, fast, look => look.Sharpness) with
                    {
                        Levels = [new($"2 / rate", 2 / rate)],
                    })),
                new("losses", $"The loss of the same trainings. At the edge it goes up and down from step to step, and "
                    + $"falls all the same.",
                    new LinePlot(Panel($"half the mean squared error", rate, fast, look => look.Loss) with
                    {
                        IsYLogarithmic = true,
                    })),
            ],
        };
    }

    private static EdgeLook[][] Watched(ClaimTrials trials, string part, double rate, int steps) =>
    [
        .. trials.EachSeed(part, keys => ChebyshevNet.Watch(
                [.. keys.Select(ChebyshevNet.Start)], [.. keys.Select(_ => rate)], steps, Every)
            .Select(EdgeLook.Numbers)).Select(EdgeLook.Read),
    ];

    private static EdgeLook[] Quarter(EdgeLook[] looks) => looks[^(looks.Length / 4)..];

    // The mean over the last quarter.
    private static double Late(EdgeLook[] looks) => Quarter(looks).Average(look => look.Sharpness);

    private static PlotPanel Panel(Phrase what, double rate, EdgeLook[][] seeds, Func<EdgeLook, double> number)
    {
        Items<double> steps = [.. Enumerable.Range(0, seeds[0].Length).Select(i => (double)i * Every)];
        return new($"step", what,
        [
            new($"median", steps, [.. Enumerable.Range(0, steps.Count)
                .Select(i => Measurement.Median("", [.. seeds.Select(looks => number(looks[i]))]).Value)]),
            .. seeds.Select(looks => new PlotLine($"a seed, rate {rate}", steps, [.. looks.Select(number)])
            {
                IsFaint = true,
            }),
        ]);
    }

    // The published numbers are of one training each.
    private static FoundTable Published(double rate, EdgeLook[][] fast, EdgeLook[][] slow) => new(
        "published", $"Ours (median of the seeds) beside one published training of the same net, whose first weights "
            + $"were others. Sharpness at the first step, at most and late: ours is the mean of the last quarter of "
            + $"the steps, the published one that of its last step; last loss.",
        [$"training", $"2 / rate", $"first", $"most", $"late", $"last loss"],
        [
            Row($"ours, rate {rate}", rate, fast),
            [(Phrase)$"published, rate {Rate}", 10, 6.77, 12.4, 10.09, 0.00237],
            Row($"ours, rate {SlowRate}", SlowRate, slow),
            [(Phrase)$"published, rate {SlowRate}", FoundCell.Of(2 / SlowRate, 3), Phrase.Verbatim("–"), 29.3,
                29.3, 0.00089],
        ]);

    private static Items<FoundCell> Row(Phrase name, double rate, EdgeLook[][] seeds) =>
    [
        name, FoundCell.Of(2 / rate, 3), Middle(seeds.Select(looks => looks[0].Sharpness)),
        Middle(seeds.Select(looks => looks.Max(look => look.Sharpness))), Middle(seeds.Select(Late)),
        Middle(seeds.Select(looks => looks[^1].Loss)),
    ];

    private static FoundCell Middle(IEnumerable<double> numbers) =>
        FoundCell.Of(Measurement.Median("", [.. numbers]).Value, 3);
}
