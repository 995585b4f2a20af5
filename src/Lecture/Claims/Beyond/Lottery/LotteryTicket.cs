using Functional.Data;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>Within a dense net there are small ones that learn as well from the weights that they begin with, and not
/// from
/// others.</summary>
internal static class LotteryTicket
{
    private const double AsGood = 0.17, Alone = 0.05;
    private const string Anew = "drawn-anew";

    public static Claim Claim { get; } = new(
        "lottery-ticket", Chapter.Beyond,
        $"A dense net holds a small one that, trained alone from the weights it began with, learns as well; from "
            + $"other first "
            + $"weights it does not.")
    {
        Sources =
        [
            new("Frankle and Carbin", "The lottery ticket hypothesis: finding sparse, trainable neural "
                + $"networks", 2019),
            new("Greydanus and Kobak", "Scaling down deep learning with MNIST-1D", 2024),
        ],
        Method = $"A 40-300-100-10 ReLU net, LeNet but for its inputs, learns 4000 samples of MNIST-1D: Adam at rate "
            + $"0.0012, "
            + $"1500 batches of 60. Then the smallest 36 % of each layer's weights go (18 % of the last one's), the "
            + $"others "
            + $"are set back to where they began, and the net is trained again; eight times. Beside it each pruned "
            + $"net is "
            + $"trained from weights that are drawn anew. Accuracy is that on 4000 other samples.",
        FullForm = $"LeNet 300-100 learns the 60000 images of Fashion-MNIST, 2000 batches of 60 in each "
            + $"training; accuracy is that on its 10000 test images. 20 % of each layer's weights go in a "
            + $"round, 10 % of the last one's, "
            + $"fifteen times: down to 3.6 %. (The paper has MNIST, 50000 batches, five seeds, and accuracy where the "
            + $"validation loss is least.)",
        Criteria =
        [
            new("as_good", $"test accuracy of the net with 17 % of its weights, less that of the dense one (mean of "
                + $"the "
                + $"seeds)", Bound.AtLeast(-0.01), $"Frankle and Carbin (2019): it matches the dense net; a point "
                + $"less was "
                    + $"allowed beforehand"),
            new("first_weights", $"test accuracy of the net with 5 % of its weights, less that of the same net from "
                + $"other "
                + $"first weights (mean of the seeds)", Bound.AtLeast(0.01),
                $"Frankle and Carbin (2019): drawn anew it learns worse; a point was chosen beforehand"),
        ],
        Falsehoods = [new(Anew, $"the small net begins from weights that are drawn anew, not from its own")],
        Seeds = 8,
        FullSeeds = 4,
        Missing = isFull => isFull && !ArrayData.HasFashion
            ? (Phrase)$"Fashion-MNIST is not on this machine (Debian: dataset-fashion-mnist)"
            : null,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        var search = trials.Order.IsFull ? TicketSearch.Fashion : TicketSearch.Mnist1D;
        Level[][] seeds = [.. trials.Each(
                "pruning", trials.Seeds, seed => search.Prune(trials.KeyOf(seed), trials.Plants(Anew)))
            .Select(Level.All)];
        double[] left = [.. seeds[0].Select(level => level.Left)];
        int asGood = Nearest(left, AsGood), alone = Nearest(left, Alone);
        return new(
        [
            Measurement.Mean("as_good", [.. seeds.Select(levels => levels[asGood].Ticket - levels[0].Ticket)]),
            Measurement.Mean("first_weights", [.. seeds.Select(levels => levels[alone].Ticket - levels[alone].Anew)]),
        ])
        {
            Tables =
            [
                new("levels", $"Test accuracy by the share of weights that are left (means of the seeds with their "
                    + $"95 % "
                    + $"intervals).",
                    [$"weights left", $"from its first weights", $"from weights drawn anew"],
                    [.. left.Select((share, i) => (Items<FoundCell>)
                    [
                        FoundCell.Of(share, 3),
                        FoundCell.Of(Measurement.Mean("", [.. seeds.Select(levels => levels[i].Ticket)])),
                        FoundCell.Of(Measurement.Mean("", [.. seeds.Select(levels => levels[i].Anew)])),
                    ])]),
            ],
            Figures =
            [
                new("accuracies", $"Test accuracy of ever smaller nets (means of the seeds with their 95 % "
                    + $"intervals): from the "
                    + $"weights that they began with in the dense net, and from weights that are drawn anew.",
                    new LinePlot(new PlotPanel($"share of the weights that are left", $"test accuracy",
                        [Line($"from its first weights", left, seeds, level => level.Ticket),
                            Line($"from weights drawn anew", left, seeds, level => level.Anew)])
                    {
                        IsXLogarithmic = true,
                    })),
            ],
        };
    }

    // The level of pruning at which about such a share of the weights is left.
    private static int Nearest(double[] left, double share) =>
        Array.IndexOf(left, left.MinBy(one => Math.Abs(one - share)));

    private static PlotLine Line(Phrase name, double[] left, Level[][] seeds, Func<Level, double> accuracy)
    {
        var means = left.Select((_, i) =>
            Measurement.Mean("", [.. seeds.Select(levels => accuracy(levels[i]))])).ToArray();
        return new(name, [.. left], [.. means.Select(mean => mean.Value)])
        {
            HasMarks = true,
            Low = [.. means.Select(mean => mean.Low)],
            High = [.. means.Select(mean => mean.High)],
        };
    }
}
