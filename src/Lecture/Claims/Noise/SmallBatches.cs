using Functional.Core.Forms;
using Functional.Core.Inspection;
using Functional.Core.Numbers.Functions;
using Functional.Data;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>Whether large batches end at sharp minima and generalise worse than small ones.</summary>
internal static class SmallBatches
{
    private const string EqualBatches = "equal-batches";
    private static readonly double Ln10 = 2.302585092994046;

    public static Claim Claim { get; } = new(
        "small-batches", Chapter.Loss,
        $"In the training of neural networks SGD finds better solutions with small minibatches: large ones end at "
            + $"sharp minima, and generalise worse.")
    {
        Sources =
        [
            new("Keskar et "
                + "al.", "On Large-Batch Training for Deep Learning: Generalization Gap and Sharp Minima", 2017),
        ],
        Method = $"The paper's net F1 in proportion: five hidden layers of 64 units with batch norm and ReLU learn "
            + $"MNIST-1D (4000 rows, 1000 to test) by Adam, from the same first weights with batches of 16 and of 400, "
            + $"a tenth of the data, until 10 epochs have brought no lower training loss, 200 at most. Sharpness is "
            + $"the paper's metric 2.1, in percent: ten iterations of L-BFGS-B in a box around the solution.",
        FullForm = $"Fashion-MNIST in place of MNIST-1D: 10000 rows, all 10000 to test, 128 units a layer, batches of "
            + $"43 and of 1000. (The paper has 512 units, the 60000 rows of MNIST, and batches of 256 and 6000.) With "
            + $"5 seeds, as there, some ten minutes on two cores.",
        Criteria =
        [
            new("accuracy", $"test accuracy of small batches less that of large ones, paired by seed",
                Bound.AtLeast(0.001), $"Keskar et al. (2017): 0.0022 for F1; a tenth of a point was chosen "
                + $"beforehand as the least that counts"),
            new("sharpness", $"decades by which large batches are sharper (log₁₀ of the ratio), whole space, ε = "
                + $"0.001",
                Bound.AtLeast(1), $"Keskar et al. (2017): 205 against 1.23 for F1, 2.2 decades; one was chosen "
                + $"beforehand"),
            new("random_sharpness", $"the same in a random space of 100 dimensions", Bound.AtLeast(1),
                $"Keskar et al. (2017): 9.22 against 0.11 for F1, 1.9 decades; one was chosen beforehand"),
        ],
        Falsehoods = [new(EqualBatches, $"the large batches are as small as the small ones")],
        Seeds = 20,
        FullSeeds = 5,
        Missing = isFull => isFull && !ArrayData.HasFashion
            ? (Phrase)$"Fashion-MNIST is not on this machine (Debian: dataset-fashion-mnist)"
            : null,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        var pair = new BatchPair(trials.Order.IsFull);
        bool isSame = trials.Plants(EqualBatches);
        PairEnds[] all = [.. trials.Each("pairs", trials.Seeds, index => pair.Train(trials.KeyOf(index), isSame))
            .Select(PairEnds.Of)];
        return new(
        [
            Measurement.Mean("accuracy", [.. all.Select(one => one.Small.TestAccuracy - one.Large.TestAccuracy)]),
            Decades("sharpness", all, 0), Decades("random_sharpness", all, 2),
        ])
        {
            Tables = [Accuracies(pair, all), Sharpnesses(all)],
            Figures =
            [
                new("line", $"From the solution of small batches (0) to that of large ones (1) and beyond, for "
                    + $"{Counted.Seeds(all.Length)}: loss and accuracy. The steeper the loss rises beside a solution, "
                    + $"the sharper it is.", Line(all), 900, 420),
                new("sharpness", $"Keskar's sharpness φ of every solution against its test accuracy; whole space, "
                    + $"ε = 0.001.", Scatter(all)),
            ],
        };
    }

    private static Estimate Decades(string name, PairEnds[] all, int metric) => Measurement.Mean(
        name,
        [.. all.Select(one => Elementary.Of<Log>(one.Large.Sharpness[metric] / one.Small.Sharpness[metric]) / Ln10)]);

    private static FoundTable Accuracies(BatchPair pair, PairEnds[] all)
    {
        return new(
            "accuracies", $"Ours, and below, F1 of the paper (other data, 512 units, batches of 256 and 6000; mean ± "
                + $"as printed there). Distance is from the first weights.",
            [$"batch", $"training accuracy, %", $"test accuracy, %", $"distance", $"epochs"],
            [
                Row(one => one.Small, pair.SmallRows), Row(one => one.Large, pair.LargeRows),
                [
                    (Phrase)$"256 (paper, MNIST)", Verbatim("99.66 ± 0.05"), Verbatim("98.03 ± 0.07"), Verbatim("–"),
                    Verbatim("–"),
                ],
                [
                    (Phrase)$"6000 (paper, MNIST)", Verbatim("99.92 ± 0.01"), Verbatim("97.81 ± 0.07"), Verbatim("–"),
                    Verbatim("–"),
                ],
                [
                    (Phrase)$"small / large", Verbatim("–"), Verbatim("–"),
                    FoundCell.Of(Measurement.Mean(
                        "ratio", [.. all.Select(one => one.Small.Distance / one.Large.Distance)])),
                    Verbatim("–"),
                ],
                [
                    (Phrase)$"small / large (paper, all nets)", Verbatim("–"), Verbatim("–"), (Phrase)$"3 to 10",
                    Verbatim("–"),
                ],
            ]);

        Items<FoundCell> Row(Func<PairEnds, Solution> of, int rows) =>
        [
            (Phrase)$"{rows} (ours)", Of(of, one => 100 * one.TrainAccuracy), Of(of, one => 100 * one.TestAccuracy),
            Of(of, one => one.Distance), FoundCell.Of(Mean(all, of, one => one.Epochs).Value, 3),
        ];

        FoundCell Of(Func<PairEnds, Solution> of, Func<Solution, double> number) =>
            FoundCell.Of(Mean(all, of, number));
    }

    private static FoundTable Sharpnesses(PairEnds[] all)
    {
        (Phrase Space, double Epsilon, string Small, string Large)[] metrics =
        [
            ($"whole", 1e-3, "1.23 ± 0.83", "205.14 ± 69.52"), ($"whole", 5e-4, "0.61 ± 0.27", "42.90 ± 17.14"),
            ($"100 dimensions", 1e-3, "0.11 ± 0.00", "9.22 ± 0.56"),
            ($"100 dimensions", 5e-4, "0.05 ± 0.00", "9.17 ± 0.14"),
        ];
        return new(
            "sharpness", $"Sharpness φ in percent, ours (means with 95 % intervals) beside F1 of the paper.",
            [$"space", $"ε", $"small", $"large", $"small (paper)", $"large (paper)"],
            [.. metrics.Index().Select(metric => (Items<FoundCell>)
            [
                metric.Item.Space, metric.Item.Epsilon,
                FoundCell.Of(Mean(all, one => one.Small, one => one.Sharpness[metric.Index])),
                FoundCell.Of(Mean(all, one => one.Large, one => one.Sharpness[metric.Index])),
                Verbatim(metric.Item.Small), Verbatim(metric.Item.Large),
            ])]);
    }

    private static FoundCell Verbatim(string text) => Phrase.Verbatim(text);

    private static Estimate Mean(PairEnds[] all, Func<PairEnds, Solution> of, Func<Solution, double> number) =>
        Measurement.Mean("mean", [.. all.Select(one => number(of(one)))]);

    private static LinePlot Line(PairEnds[] all)
    {
        Items<double> ts = [.. Enumerable.Range(0, BatchPair.LinePoints).Select(BatchPair.At)];
        return new(
        [
            Panel($"loss", 0) with { IsYLogarithmic = true },
            Panel($"accuracy", 2),
        ]);

        PlotPanel Panel(Phrase quantity, int first) => new(
            $"from small (0) to large (1)", quantity,
            [.. Lines($"training", first), .. Lines($"test", first + 1)])
        {
            Levels = [new($"solutions", 0, IsUpright: true), new($"solutions", 1, IsUpright: true)],
        };

        IEnumerable<PlotLine> Lines(Phrase name, int column) =>
            all.Select(one => new PlotLine(name, ts, [.. one.Line.Select(at => at[column])]) { IsFaint = true });
    }

    private static LinePlot Scatter(PairEnds[] all)
    {
        return new(new PlotPanel($"sharpness φ, %", $"test accuracy",
            [Dots($"small batches", one => one.Small), Dots($"large batches", one => one.Large)])
        { IsXLogarithmic = true });

        PlotLine Dots(Phrase name, Func<PairEnds, Solution> of) =>
            new(name, [.. all.Select(one => of(one).Sharpness[0])], [.. all.Select(one => of(one).TestAccuracy)])
            { IsJoined = false };
    }

    private sealed record PairEnds(Solution Small, Solution Large, double[][] Line)
    {
        public static PairEnds Of(double[] numbers) => new(
            Solution.Of(numbers), Solution.Of(numbers[Solution.Length..]),
            [.. numbers[(2 * Solution.Length)..].Chunk(4)]);
    }
}
