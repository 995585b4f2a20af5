using Functional.Core.Forms;
using Functional.Core.Randomness;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>Stochastic gradient descent is gradient descent on the loss smoothed by its noise: it does not see minima
/// that are narrower than the noise.</summary>
internal static class SmoothedLoss
{
    private const int Draws = 10_000, MostNets = 5, CurvePoints = 601;
    private const double Near = 0.5;
    private const string NoNoise = "no-noise";
    private static readonly double[] Levels = [0, 0.01, 0.02, SpikyValley.Noise];

    public static Claim Claim { get; } = new(
        "smoothed-loss", Chapter.Loss,
        $"In the training of neural networks SGD finds better solutions than GD: it works on the loss smoothed by its "
            + $"noise, in which narrow local minima are gone.")
    {
        Sources = [new("Kleinberg et al.", "An Alternative View: When Does SGD Escape Local Minima?", 2018)],
        Method = $"f(x) = x² + 0.05 (1 - cos 60x), a parabola with spikes, rate 0.01, starts from -1.5 to 1.5. From "
            + $"random points, the mean of 10000 steps with normal noise is compared with the step of gradient "
            + $"descent on f smoothed by that noise. From the same starts, 1000 steps with noise and without. And "
            + $"five nets of 32 hidden units learn the digits by SGD (batches of 32, rate 0.1, a tenth of it from "
            + $"epoch 15 and again from 22, of 30): does the gradient of an epoch lead towards the end, at the "
            + $"iterate and at 100 points of a ball of radius 0.5 around it?",
        Criteria =
        [
            new("step_error", $"how far the mean slope that SGD sees is from that of the smoothed f, mean over points",
                Bound.AtMost(0.05), $"Kleinberg et al. (2018): they are equal; the mean of 10000 draws is off by about "
                + $"0.02, and slopes reach 6"),
            new("sgd_near", $"share of starts from which SGD ends within 0.5 of the global minimum",
                Bound.AtLeast(0.9), $"Kleinberg et al. (2018): with enough noise SGD reaches it from everywhere; "
                + $"0.9 was chosen beforehand"),
            new("gd_near", $"share of starts from which GD does", Bound.AtMost(0.5),
                $"a third of the starts lie there; from elsewhere, GD stops at the next spike"),
            new("path_share", $"share of epochs at which descent leads towards the end of training",
                Bound.AtLeast(0.95), $"Kleinberg et al. (2018): all of ResNet, all but the first of DenseNet"),
            new("ball_share", $"share of points of the balls at which it does", Bound.AtLeast(0.95),
                $"Kleinberg et al. (2018): all"),
        ],
        Falsehoods = [new(NoNoise, $"the noise of SGD is switched off")],
        Seeds = 200,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        bool isSilent = trials.Plants(NoNoise);
        ValleyWalk[] walks = [.. trials.Each("valley", trials.Seeds, index => Walked(trials.KeyOf(index), isSilent))
            .Select(numbers => new ValleyWalk(numbers[0], numbers[1], numbers[2..]))];
        var digits = new Lazy<Samples<double>>(Digits);
        DigitsCourse[] courses = [.. trials.Each("nets", Math.Min(trials.Seeds, MostNets),
            index => OnePointConvexity.Cosines(digits.Value, trials.KeyOf(index))).Select(DigitsCourse.Of)];
        int epochs = courses.Length * OnePointConvexity.Epochs;
        return new(
        [
            Measurement.Mean("step_error", [.. walks.Select(walk => walk.StepError)]),
            Measurement.Share("sgd_near", walks.Count(walk => IsNear(walk.Ends[^1])), walks.Length),
            Measurement.Share("gd_near", walks.Count(walk => IsNear(walk.Ends[0])), walks.Length),
            Measurement.Share("path_share", courses.Sum(course => course.Path.Count(cosine => cosine > 0)), epochs),
            Measurement.Share(
                "ball_share", courses.Sum(course => course.Positive.Sum()), epochs * OnePointConvexity.Points),
        ])
        {
            Tables = [LevelTable(walks), NetTable(courses)],
            Figures =
            [
                new("valley", $"Left, f and what is left of its spikes when it is smoothed by noise. Right, where "
                    + $"1000 steps end, by where they start: without noise at the next spike, with noise near 0 from "
                    + $"everywhere.",
                    Valley(walks), 900, 420),
                new("towards", $"The cosine between the way down and the way to the end of training, epoch by epoch "
                    + $"for {Counted.Seeds(courses.Length)}: at the iterate, and the least of 100 points of a ball "
                    + $"around it. Above 0, descent leads towards the end.", Towards(courses)),
            ],
        };
    }

    private static bool IsNear(double end) => Math.Abs(end) < Near;

    private static double[] Walked(Key key, bool isSilent)
    {
        double from = Draw.Uniform<double>(key.For(Purpose.Data), 1, -SpikyValley.Reach, SpikyValley.Reach)[0];
        double noise = isSilent ? 0 : SpikyValley.Noise;
        double seen = SpikyValley.MeanSlope(from, noise, key.For(Purpose.Inspection), Draws);
        return
        [
            from, Math.Abs(seen - SpikyValley.Slope(from, SpikyValley.Noise)),
            .. Levels.Select((level, i) => SpikyValley.End(
                from, isSilent ? 0 : level, key.For(Purpose.Shuffle).At((uint)i))),
        ];
    }

    private static Samples<double> Digits()
    {
        var digits = Datasets.Digits();
        return new(digits.Inputs.Map(pixel => pixel / 16), digits.Targets);
    }

    private static FoundTable LevelTable(ValleyWalk[] walks) => new(
        "levels", $"Where {walks.Length} starts end, by the deviation of the noise that a step adds: within 0.5 of "
            + $"the global minimum (95 % interval of Wilson), and how far from it in the mean.",
        [$"noise", $"ends near 0", $"mean distance"],
        [.. Levels.Select((level, i) => (Items<FoundCell>)
        [
            level == 0 ? (FoundCell)(Phrase)$"none (GD)" : level,
            FoundCell.Of(Measurement.Share("share", walks.Count(walk => IsNear(walk.Ends[i])), walks.Length)),
            FoundCell.Of(Measurement.Mean("distance", [.. walks.Select(walk => Math.Abs(walk.Ends[i]))])),
        ])]);

    private static FoundTable NetTable(DigitsCourse[] courses)
    {
        int epochs = courses.Length * OnePointConvexity.Epochs;
        return new(
            "nets", $"Where descent leads towards the end of training, ours beside the paper's: other nets, other "
                + $"data, and 300 epochs there.",
            [$"net", $"data", $"parameters", $"epochs", $"points of balls"],
            [
                [
                    (Phrase)$"dense, 32 hidden units (ours)", (Phrase)$"digits", 2410.0,
                    FoundCell.Of(Measurement.Share(
                        "share", courses.Sum(course => course.Path.Count(cosine => cosine > 0)), epochs)),
                    FoundCell.Of(Measurement.Share(
                        "share", courses.Sum(course => course.Positive.Sum()), epochs * OnePointConvexity.Points)),
                ],
                [
                    Phrase.Verbatim("ResNet-34"), Phrase.Verbatim("CIFAR"), (Phrase)$"about 1.2 million",
                    (Phrase)$"all",
                    (Phrase)$"all",
                ],
                [
                    Phrase.Verbatim("DenseNet-100"), Phrase.Verbatim("CIFAR"), (Phrase)$"about 0.8 million",
                    (Phrase)$"all but the start on CIFAR-10", (Phrase)$"all",
                ],
                [
                    Phrase.Verbatim("VGG"), Phrase.Verbatim("CIFAR"), (Phrase)$"about 1 million", (Phrase)$"not seen",
                    Phrase.Verbatim("–"),
                ],
            ]);
    }

    private static LinePlot Valley(ValleyWalk[] walks)
    {
        double[] xs = [.. Enumerable.Range(0, CurvePoints).Select(i => -0.8 + 1.6 * i / (CurvePoints - 1))];
        double deviation = SpikyValley.Noise;
        return new(
        [
            new($"x", $"loss",
            [
                new($"without noise (GD)", [.. xs], [.. xs.Select(x => SpikyValley.Loss(x))]),
                new($"noise {deviation}", [.. xs], [.. xs.Select(x => SpikyValley.Loss(x, deviation))]),
            ]),
            new($"start", $"end", [Ends($"without noise (GD)", 0), Ends($"noise {deviation}", Levels.Length - 1)]),
        ]);

        PlotLine Ends(Phrase name, int level) =>
            new(name, [.. walks.Select(walk => walk.From)], [.. walks.Select(walk => walk.Ends[level])])
            {
                IsJoined = false,
                IsFaint = true,
            };
    }

    private static LinePlot Towards(DigitsCourse[] courses)
    {
        Items<double> epochs = [.. Enumerable.Range(0, OnePointConvexity.Epochs).Select(epoch => (double)epoch)];
        return new(new PlotPanel($"epoch", $"cosine",
            [
                .. courses.Select(course => new PlotLine($"at the iterate", epochs, [.. course.Path])),
                .. courses.Select(course => new PlotLine($"least of a ball", epochs, [.. course.Least])),
            ])
        { Levels = [new($"at right angles", 0)] });
    }

    private sealed record ValleyWalk(double From, double StepError, double[] Ends);

    private sealed record DigitsCourse(double[] Path, double[] Least, int[] Positive)
    {
        public static DigitsCourse Of(double[] numbers)
        {
            double[][] balls = [.. numbers[OnePointConvexity.Epochs..].Chunk(2)];
            return new(
                numbers[..OnePointConvexity.Epochs], [.. balls.Select(ball => ball[0])],
                [.. balls.Select(ball => (int)ball[1])]);
        }
    }
}
