using Functional.Core.Randomness;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>Stochastic gradient descent is gradient descent on the loss smoothed by its noise: it does not see minima
/// that are narrower than the noise.</summary>
internal static class SmoothedLoss
{
    private const int Draws = 10_000, SeedsOfNet = 10, CurvePoints = 601;
    private const double Near = 0.5;
    private const string NoNoise = "no-noise", OtherEnd = "other-end";
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
            + $"twenty nets of 32 hidden units, one for ten seeds, learn the digits by SGD (batches of 32, rate 0.1, a "
            + $"tenth of it from epoch 15 and again from 22, of 30): does the gradient of an epoch lead towards the "
            + $"end, at the iterate and at 100 points of a ball of radius 0.5 around it? As many steps with all rows "
            + $"are GD.",
        Criteria =
        [
            new("step_error", $"mean slope that SGD sees less that of the smoothed f, positive where the difference "
                + $"points the way of the spike's own slope; mean over starts", new(-0.05, 0.05),
                $"Kleinberg et al. (2018): they are equal. The valley is the same to the left and to the right, so "
                    + $"that without this sign even a false slope would be right in the mean. A spike's slope reaches "
                    + $"3; a sixtieth of it was chosen"),
            new("step_chance", $"the square of that difference over the variance of a mean of 10000 draws; mean over "
                + $"starts", new(0.5, 1.5), $"it is 1 where they are equal and all else is chance, and more where they "
                    + $"are not, whatever the sign; a half either way was chosen before it was measured"),
            new("sgd_near", $"share of starts from which SGD ends within 0.5 of the global minimum",
                Bound.AtLeast(0.9), $"Kleinberg et al. (2018): with enough noise SGD reaches it from everywhere; "
                + $"0.9 was chosen beforehand"),
            new("gd_near", $"share of starts from which GD does", Bound.AtMost(0.5),
                $"a third of the starts lie there; from elsewhere, GD stops at the next spike"),
            new("path_share", $"share of epochs at which descent leads towards the end of training, mean over "
                + $"trainings",
                Bound.AtLeast(0.95), $"Kleinberg et al. (2018): all of ResNet, all but the first of DenseNet"),
            new("ball_share", $"share of points of the balls at which it does, mean over trainings", Bound.AtLeast(0.95),
                $"Kleinberg et al. (2018): all"),
        ],
        Falsehoods =
        [
            new(NoNoise, $"in the valley, the noise of SGD is switched off"),
            new(OtherEnd, $"the end that descent of a net is to lead to is that of another training"),
        ],
        Seeds = 200,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        bool isSilent = trials.Plants(NoNoise);
        ValleyWalk[] walks = [.. trials.Each("valley", trials.Seeds, index => Walked(trials.KeyOf(index), isSilent))
            .Select(ValleyWalk.Of)];
        int nets = Math.Max(1, trials.Seeds / SeedsOfNet);
        DigitsCourse[] sgd = DigitsCourse.Of(trials, nets, isStochastic: true, trials.Plants(OtherEnd)),
            gd = DigitsCourse.Of(trials, nets, isStochastic: false, isElsewhere: false);
        return new(
        [
            Measurement.Mean("step_error", [.. walks.Select(walk => walk.AlongSpike)]),
            Measurement.Mean("step_chance", [.. walks.Select(walk => walk.OverChance)]),
            Measurement.Share("sgd_near", walks.Count(walk => IsNear(walk.Ends[^1])), walks.Length),
            Measurement.Share("gd_near", walks.Count(walk => IsNear(walk.Ends[0])), walks.Length),
            Measurement.Mean("path_share", [.. sgd.Select(course => course.PathShare)]),
            Measurement.Mean("ball_share", [.. sgd.Select(course => course.BallShare)]),
        ])
        {
            Tables = [LevelTable(walks), DigitsCourse.Table(sgd, gd)],
            Figures =
            [
                new("valley", $"Left, f and what is left of its spikes when it is smoothed by noise. Right, where "
                    + $"1000 steps end, by where they start: without noise at the next spike, with noise near 0 from "
                    + $"nearly everywhere.",
                    Valley(walks), 900, 420),
                new("towards", $"The cosine between the way down and the way to the end of training, epoch by epoch, "
                    + $"with noise (SGD) and without (GD), a line a training: at the iterate, and the least of "
                    + $"{OnePointConvexity.Points} points of a ball around it. Above 0, descent leads towards the end.",
                    DigitsCourse.Plot(sgd, gd), 900, 420),
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
            from, seen - SpikyValley.Slope(from, SpikyValley.Noise),
            .. Levels.Select((level, i) => SpikyValley.End(
                from, isSilent ? 0 : level, key.For(Purpose.Shuffle).At((uint)i))),
        ];
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

    private sealed record ValleyWalk(double From, double Error, double[] Ends)
    {
        public static ValleyWalk Of(double[] numbers) => new(numbers[0], numbers[1], numbers[2..]);

        /// <summary>The error, positive where it points the way of the spike's own slope.</summary>
        public double AlongSpike => SpikyValley.SpikeSlope(From) < 0 ? -Error : Error;

        /// <summary>Its square over what is expected of chance.</summary>
        public double OverChance => Error * Error * Draws / SpikyValley.SlopeVariance(From, SpikyValley.Noise);
    }
}
