using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>A rate above 2 / sharpness need not diverge: the loss shoots up, the net is thrown out of the sharp valley,
/// and lands where the curvature suits the rate.</summary>
internal static class Catapult
{
    private const int ModelSteps = 300, Shown = 31, Steps = 4000, Every = 20, FirstLooks = 5;
    private const double Thrown = 3, Lost = 4.4, ThrownHere = 2.81, LostHere = 3.7, GentleFactor = 1, WildFactor = 8;
    private const string Gentle = "gentle", Wild = "wild";

    public static Claim Claim { get; } = new(
        "catapult", Chapter.Beyond,
        $"A net of two linear layers whose learning rate is 2 to 4 times 1 / sharpness is thrown up, and comes down "
            + $"where the curvature is below 2 / rate; above 4 / sharpness it diverges. A small net with tanh is "
            + $"thrown as well: most of its trainings come down, to about 2 / rate.")
    {
        Sources =
        [
            new("Lewkowycz et al.", "The large learning rate phase of deep learning: the catapult mechanism", 2020),
            new("Cohen et al.", "Gradient descent on neural networks typically occurs at the edge of stability", 2021),
        ],
        Method = $"The paper's model, a linear net of one input, 512 hidden units and one output that learns 0 at x = "
            + $"1, at 3 / sharpness and at 4.4 / sharpness. Then the 1-30-20-1 net of the edge of stability at 2.81 / "
            + $"sharpness and 3.7 / sharpness of its first weights, 4000 steps.",
        Criteria =
        [
            new("model_rise", $"share of model nets at 3 / sharpness whose loss grows tenfold or more",
                Bound.AtLeast(0.8), $"Lewkowycz et al. (2020): the loss grows to the order of the width; tenfold in "
                    + $"four nets of five was chosen beforehand"),
            new("model_end", $"largest last curvature of a model net, over 2 / rate", Bound.AtMost(1),
                $"Lewkowycz et al. (2020): it falls until gradient descent is stable"),
            new("model_loss", $"largest last loss of a model net", Bound.AtMost(1e-6),
                $"Lewkowycz et al. (2020): then the loss converges"),
            new("model_lost", $"share of model nets that diverge at 4.4 / sharpness", Bound.AtLeast(0.8),
                $"Lewkowycz et al. (2020): above 4 / sharpness the curvature grows, too"),
            new("rise", $"largest loss of the 1-30-20-1 net after any of its first 100 steps at 2.81 / sharpness, over "
                + $"its first loss (median of the seeds; 0 where it diverged)", Bound.AtLeast(1),
                $"Lewkowycz et al. (2020): the loss rises at first"),
            new("lost", $"share of the 1-30-20-1 nets that diverge at 2.81 / sharpness", Bound.AtMost(0.2),
                $"most come down; four nets of five, as of the model"),
            new("end", $"sharpness of the 1-30-20-1 net over the last quarter of the steps, over 2 / rate (median of "
                + $"the seeds; infinite where it diverged)", Bound.AtMost(1.1),
                $"it begins at 1.4; Cohen et al. (2021): it stays at 1, a tenth was chosen beforehand"),
            new("fall", $"last loss of the 1-30-20-1 net over its first (median of the seeds)", Bound.AtMost(0.1),
                $"it learns all the same; a tenth was chosen beforehand"),
        ],
        Falsehoods =
        [
            new(Gentle, $"every rate is 1 / sharpness: nothing is thrown"),
            new(Wild, $"every rate is 8 / sharpness: nothing comes down"),
        ],
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        double? planted = trials.Plants(Gentle) ? GentleFactor : trials.Plants(Wild) ? WildFactor : null;
        double factor = planted ?? Thrown, factorHere = planted ?? ThrownHere, factorGone = planted ?? LostHere;
        CatapultModel[][] thrown = Models(trials, "model", factor),
            lost = Models(trials, "model-lost", planted ?? Lost);
        EdgeLook[][] here = Watched(trials, "net", factorHere), gone = Watched(trials, "net-lost", factorGone);
        return new(
        [
            Measurement.Share(
                "model_rise", thrown.Count(steps => Highest(steps) >= 10 * steps[0].Loss), thrown.Length),
            Measurement.Exact("model_end", thrown.Max(steps => steps[^1].Curvature / steps[0].Curvature * factor / 2)),
            Measurement.Exact("model_loss", thrown.Max(steps => steps[^1].Loss)),
            Measurement.Share("model_lost", lost.Count(steps => !double.IsFinite(steps[^1].Loss)), lost.Length),
            Measurement.Median("rise", [.. here.Select(Rise)]),
            Measurement.Share("lost", here.Count(looks => !IsDown(looks)), here.Length),
            Measurement.Median("end", [.. here.Select(looks => Late(looks, factorHere))]),
            Measurement.Median("fall", [.. here.Select(looks => looks[^1].Loss / looks[0].Loss)]),
        ])
        {
            Tables = [Published(factorHere, here, factorGone, gone)],
            Figures =
            [
                new("model", $"The paper's model at three times 1 / sharpness, a pale line a seed. The loss is thrown "
                    + $"up, the curvature falls meanwhile, and once it is below 2 / rate (dashed) the loss falls for "
                    + $"good.",
                    new LinePlot([Losses(thrown), Curvatures(thrown, factor)]), 900, 420),
                new("net", $"The 1-30-20-1 net, a pale line a seed. Left, the largest loss of every {Every} steps: the "
                    + $"first of them throw it up. Right, sharpness over 2 / rate: it begins above 1, where gradient "
                    + $"descent is not stable, is thrown down, and settles at 1. Seeds that diverged are left out.",
                    new LinePlot(Net([.. here.Where(IsDown)], factorHere)), 900, 420),
            ],
        };
    }

    private static CatapultModel[][] Models(ClaimTrials trials, string part, double factor) =>
    [
        .. trials.EachSeed(part, keys => CatapultModel.Train(keys, factor, ModelSteps).Select(CatapultModel.Numbers))
            .Select(CatapultModel.Read),
    ];

    private static EdgeLook[][] Watched(ClaimTrials trials, string part, double factor) =>
    [
        .. trials.EachSeed(part, keys =>
        {
            var starts = keys.Select(ChebyshevNet.Start).ToArray();
            double[] rates = [.. starts.Select(net => factor / ChebyshevNet.Sharpness(net))];
            return ChebyshevNet.Watch(starts, rates, Steps, Every).Select(EdgeLook.Numbers);
        }).Select(EdgeLook.Read),
    ];

    private static double Highest(CatapultModel[] steps) => steps.Max(step => step.Loss);

    private static bool IsDown(EdgeLook[] looks) => double.IsFinite(looks[^1].Loss);

    // The largest loss after any of the first steps, over the loss before them.
    private static double Rise(EdgeLook[] looks) => IsDown(looks)
        ? looks[1..(FirstLooks + 1)].Max(look => look.Highest) / looks[0].Loss
        : 0;

    // The mean sharpness over the last quarter, over 2 / rate, where rate = factor / first sharpness; infinite where
    // the net diverged.
    private static double Late(EdgeLook[] looks, double factor) => IsDown(looks)
        ? looks[^(looks.Length / 4)..].Average(look => look.Sharpness) / looks[0].Sharpness * factor / 2
        : double.PositiveInfinity;

    private static PlotPanel Losses(CatapultModel[][] nets) => new($"step", $"half the squared error",
        [.. nets.Select(steps => Line($"a seed", Shown, i => i, i => steps[i].Loss))])
    {
        IsYLogarithmic = true,
    };

    private static PlotPanel Curvatures(CatapultModel[][] nets, double factor) => new($"step", $"curvature over 2 / "
        + $"rate",
        [.. nets.Select(steps => Line(
            $"a seed", Shown, i => i, i => steps[i].Curvature / steps[0].Curvature * factor / 2))])
    {
        Levels = [new($"2 / rate", 1)],
    };

    private static Items<PlotPanel> Net(EdgeLook[][] nets, double factor) =>
    [
        new($"step", $"largest loss over the first one",
            [.. nets.Select(looks => Line(
                $"a seed", looks.Length, i => i * Every, i => looks[i].Highest / looks[0].Loss))])
        {
            Levels = [new($"first loss", 1)],
            IsYLogarithmic = true,
        },
        new($"step", $"sharpness over 2 / rate",
            [.. nets.Select(looks => Line(
                $"a seed", looks.Length, i => i * Every, i => looks[i].Sharpness / looks[0].Sharpness * factor / 2))])
        {
            Levels = [new($"2 / rate", 1)],
            IsYLogarithmic = true,
        },
    ];

    private static PlotLine Line(Phrase name, int count, Func<int, double> x, Func<int, double> y) => new(
        name, [.. Enumerable.Range(0, count).Select(x)], [.. Enumerable.Range(0, count).Select(y)])
    { IsFaint = true };

    private static FoundTable Published(
        double factor, EdgeLook[][] here, double factorGone, EdgeLook[][] gone) => new(
        "published", $"The 1-30-20-1 net: ours (median of the seeds, each at the multiple of 1 / sharpness that the "
            + $"published rate is of the published first sharpness) beside one published training. Sharpness over 2 / "
            + $"rate at the first step, at most and late: ours is the mean of the last quarter of the steps, the "
            + $"published one that of its last step; last loss; share of the seeds that diverged.",
        [$"training", $"first", $"most", $"late", $"last loss", $"diverged"],
        [
            Row($"ours, {factor} / sharpness", here, factor),
            [(Phrase)$"published, rate 0.4169", FoundCell.Of(6.74 * 0.4169 / 2, 3), FoundCell.Of(7.62 * 0.4169 / 2, 3),
                FoundCell.Of(4.94 * 0.4169 / 2, 3), 0.0052, 0],
            Row($"ours, {factorGone} / sharpness", gone, factorGone),
            [(Phrase)$"published, rate 0.5495", FoundCell.Of(6.74 * 0.5495 / 2, 3), Phrase.Verbatim("–"),
                Phrase.Verbatim("–"), Phrase.Verbatim("–"), 1],
        ]);

    private static Items<FoundCell> Row(Phrase name, EdgeLook[][] nets, double factor)
    {
        var finite = nets.Where(IsDown).ToArray();
        return
        [
            name, FoundCell.Of(factor / 2, 3),
            Middle(finite.Select(looks => looks.Max(look => look.Sharpness) / looks[0].Sharpness * factor / 2)),
            Middle(finite.Select(looks => Late(looks, factor))), Middle(finite.Select(looks => looks[^1].Loss)),
            FoundCell.Of((nets.Length - finite.Length) / (double)nets.Length, 3),
        ];
    }

    private static FoundCell Middle(IEnumerable<double> numbers) =>
        FoundCell.Of(Measurement.Median("", [.. numbers]).Value, 3);
}
