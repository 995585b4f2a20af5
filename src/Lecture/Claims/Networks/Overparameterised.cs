using Functional.Core.Forms;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>Nets with many more parameters than samples: they fit anything, move little, and do not generalise worse
/// for it; where parameters just suffice, they do.</summary>
internal static class Overparameterised
{
    private const string Narrow = "narrow", Training = "training";
    private const int Rows = 500, Epochs = 600, Most = 8;

    public static Claim Claim { get; } = new(
        "overparameterised", Chapter.Networks, $"Dense networks are frequently overparameterised.")
    {
        Sources =
        [
            new("Allen-Zhu et al.",
                "Learning and generalization in overparameterized neural networks, going beyond two layers", 2020),
            new("Zhang et al.", "Understanding deep learning requires rethinking generalization", 2017),
            new("Nakkiran et al.", "Deep double descent: where bigger models and more data hurt", 2020),
            new("Greydanus and Kobak", "Scaling down deep learning with MNIST-1D", 2024),
        ],
        Method = $"Nets 40-h-10 on 500 lines of MNIST-1D (40 numbers each, ten classes), with their labels and with "
            + $"random ones: SGD at rate 0.05 and momentum 0.9, batches of 100, 600 epochs. Nets 4-h-1 on the target "
            + $"of Allen-Zhu et al., 1000 points: Adam, 2000 steps. Nets 40-h-h-10 on 1000 lines with 15 % of their "
            + $"labels redrawn at random: SGD at rate 0.01 and momentum 0.9, batches of 100, 500 epochs. Units are "
            + $"ReLU. A ratio, difference or slope is that of each seed, and then the mean over seeds: not that of the "
            + $"means in the tables.",
        FullForm = $"The last part has 4000 lines, as published, and widths up to 300.",
        Criteria =
        [
            new("random_labels", $"share of seeds whose widest net learns 500 random labels without an error",
                Bound.AtLeast(0.7), $"Zhang et al.: a net with many more parameters than samples can; 0.7 was chosen "
                    + $"beforehand"),
            new("moved", $"slope of log relative distance from the start against log width, over all widths, with the "
                + $"true labels", Bound.AtMost(-0.25),
                $"Allen-Zhu et al.: the distance falls as one over the root of the width, slope −1/2; half of it was "
                    + $"chosen, since widths are far below those of the theorem"),
            new("wider", $"test error with 256 units minus that with 16", Bound.AtMost(0),
                $"Allen-Zhu et al.: the number of samples that is needed hardly depends on the number of parameters"),
            new("target", $"test loss on the target of Allen-Zhu et al. with 1024 units, over that with 64",
                Bound.AtMost(1),
                $"Allen-Zhu et al.: test loss does not grow with width"),
            new("rise", $"largest test loss with noisy labels, over the least of narrower nets", Bound.AtLeast(1.5),
                $"double descent: published 5.79 over 1.32. The width of the largest loss is chosen for each seed, so "
                    + $"the ratio is at least 1 by itself; 1.5, which is not, was chosen beforehand"),
            new("second_descent", $"the same largest test loss, over that of the widest net", Bound.AtLeast(1.2),
                $"double descent: published 5.79 over 2.63. At least 1 by itself, as above; 1.2, which is not, was "
                    + $"chosen beforehand"),
        ],
        Falsehoods =
        [
            new(Narrow, $"no net is wider than 8 units"),
            new(Training, $"nets are tested on what they were trained on"),
        ],
        Seeds = 10,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        bool isTraining = trials.Plants(Training);
        int[] widths = Kept(trials, [4, 16, 64, 256]), wide = Kept(trials, [16, 64, 256, 1024]);
        int[] deep = Kept(trials, trials.Order.IsFull
            ? [4, 8, 16, 25, 36, 47, 61, 80, 104, 176, 300]
            : [4, 8, 12, 16, 20, 24, 32, 48, 64, 96, 128]);
        var real = Sweep(trials, "labels", widths, isRandom: false);
        var random = Sweep(trials, "random labels", widths, isRandom: true);
        var target = trials.Each("target", trials.Seeds,
            seed => [.. WidthSweep.Target(trials.KeyOf(seed), wide, isTraining)]);
        var descent = new DoubleDescent(trials, deep, isTraining);
        return new(
        [
            Measurement.Share("random_labels", random.Count(seed => seed[^1].TrainError == 0), trials.Seeds),
            Measurement.Mean("moved", [.. real.Select(seed => PowerLaw.Exponent(
                [.. widths.Select(width => (double)width)], [.. seed.Select(net => net.Moved)]))]),
            Measurement.Mean("wider", [.. real.Select(seed => seed[^1].TestError - seed[1].TestError)]),
            Measurement.Mean("target", [.. target.Select(seed => seed[^1] / seed[^Math.Min(3, seed.Length)])]),
            Measurement.Mean("rise", descent.Rises),
            Measurement.Mean("second_descent", descent.Falls),
        ])
        {
            Tables = [Widths(widths, real, random), descent.Table],
            Figures =
            [
                new("width", $"Left: errors against width; the net of 64 units has 3274 parameters for 500 lines. "
                    + $"Right: how far training moves the parameters, over how long they were at the start, with the "
                    + $"true labels. Means over {Counted.Seeds(trials.Seeds)} with 95 % intervals.",
                    new LinePlot([
                        new PlotPanel($"hidden units", $"share wrong",
                        [
                            Line($"training part", widths, real, net => net.TrainError),
                            Line($"test part", widths, real, net => net.TestError),
                            Line($"training part, random labels", widths, random, net => net.TrainError),
                        ]) { IsXLogarithmic = true },
                        new PlotPanel($"hidden units", $"relative distance from the start",
                        [
                            Line($"training part", widths, real, net => net.Moved) with { Name = $"distance" },
                        ]) { IsXLogarithmic = true, IsYLogarithmic = true },
                    ])),
                new("target", $"Test loss on (sin 3x₁ + sin 3x₂ + sin 3x₃ − 2)² cos 7x₄, as a share of the variance, "
                    + $"against width, learned from 1000 points.",
                    new LinePlot(new PlotPanel($"hidden units", $"squared error / variance",
                        [Means($"test loss", wide, i => [.. target.Select(seed => seed[i])])])
                    {
                        IsXLogarithmic = true, IsYLogarithmic = true,
                    }), 560, 400),
                descent.Figure,
            ],
        };
    }

    private static int[] Kept(ClaimTrials trials, int[] widths) =>
        trials.Plants(Narrow) ? [4, Most] : widths;

    private static WidthResult[][] Sweep(ClaimTrials trials, string part, int[] widths, bool isRandom) =>
        [.. trials.Each(part, trials.Seeds, seed =>
        {
            var key = trials.KeyOf(seed);
            var (train, test) = WidthSweep.Lines(key, Rows, isRandom ? 1 : 0);
            if (trials.Plants(Training)) test = train;
            return [.. widths.SelectMany(width => WidthSweep.Train(
                key.At((uint)width), train, test, [new Dense(width, Activation.Relu)], 0.05, Epochs).Numbers)];
        }).Select(WidthResult.Of)];

    /// <summary>The mean over seeds of each width, with its interval.</summary>
    internal static PlotLine Means(Phrase name, int[] widths, Func<int, double[]> of)
    {
        var means = widths.Select((_, i) => Measurement.Mean("mean", of(i))).ToArray();
        return new(name, [.. widths.Select(width => (double)width)], [.. means.Select(mean => mean.Value)])
        {
            HasMarks = true,
            Low = [.. means.Select(mean => mean.Low)],
            High = [.. means.Select(mean => mean.High)],
        };
    }

    private static PlotLine Line(Phrase name, int[] widths, WidthResult[][] seeds, Func<WidthResult, double> of) =>
        Means(name, widths, i => [.. seeds.Select(seed => of(seed[i]))]);

    private static FoundTable Widths(int[] widths, WidthResult[][] real, WidthResult[][] random) => new(
        "widths", $"Nets 40-h-10 on 500 lines of MNIST-1D: share wrong, and relative distance of the parameters from "
            + $"their start with the true labels; means over seeds with 95 % intervals.",
        [$"hidden units h", $"parameters", $"training error", $"test error", $"training error, random labels",
            $"distance"],
        [.. widths.Select((width, i) => (Items<FoundCell>)
        [
            (double)width, (double)(51 * width + 10), Mean(real, i, net => net.TrainError),
            Mean(real, i, net => net.TestError), Mean(random, i, net => net.TrainError),
            Mean(real, i, net => net.Moved),
        ])]);

    private static FoundCell Mean(WidthResult[][] seeds, int width, Func<WidthResult, double> of) =>
        FoundCell.Of(Measurement.Mean("mean", [.. seeds.Select(seed => of(seed[width]))]));
}
