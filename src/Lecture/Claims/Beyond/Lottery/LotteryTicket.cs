using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>Within a dense net there are small ones that learn as well from the weights that they begin with, and not
/// from
/// others.</summary>
internal static class LotteryTicket
{
    private const int Rounds = 8, AsGood = 4, Alone = 7, Numbers = 3;
    private const double Share = 0.36;
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
        FullForm = $"It takes 20000 steps in place of 1500.",
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
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        int steps = trials.Order.IsFull ? 20_000 : 1500;
        Level[][] seeds = [.. trials.Each(
                "pruning", trials.Seeds, seed => Prune(trials.KeyOf(seed), steps, trials.Plants(Anew)))
            .Select(numbers => numbers.Chunk(Numbers).Select(Level.Of).ToArray())];
        double[] left = [.. seeds[0].Select(level => level.Left)];
        return new(
        [
            Measurement.Mean("as_good", [.. seeds.Select(levels => levels[AsGood].Ticket - levels[0].Ticket)]),
            Measurement.Mean("first_weights", [.. seeds.Select(levels => levels[Alone].Ticket - levels[Alone].Anew)]),
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

    // A level of pruning.
    private readonly record struct Level(double Left, double Ticket, double Anew)
    {
        public static Level Of(double[] numbers) => new(numbers[0], numbers[1], numbers[2]);
    }

    private static double[] Prune(Key key, int steps, bool isAnew)
    {
        var loss = new SoftmaxCrossEntropy();
        var train = Made(key.For(Purpose.Data).At(0), loss);
        var test = Made(key.For(Purpose.Data).At(1), loss);
        var architecture = Architecture.Of(
            40, new Dense(300, Activation.Relu), new Dense(100, Activation.Relu), new Dense(10));
        var first = Drawn(0);
        var keeps = Pruning.All(architecture);
        var numbers = new List<double>();
        for (uint round = 0; round <= Rounds; round++)
        {
            var ticket = Trained(isAnew && round > 0 ? Drawn(round) : first);
            double accuracy = Accuracy(ticket);
            double anew = round == 0 || isAnew ? accuracy : Accuracy(Trained(Drawn(round)));
            numbers.AddRange([Pruning.Left(architecture, keeps), accuracy, anew]);
            keeps = Pruning.Round(keeps, ticket, Share);
        }
        return [.. numbers];

        Network<float> Drawn(uint round) => Network<float>.Init(
            architecture, new Initializer.GlorotNormal(), key.For(Purpose.Init).At(round));

        Network<float> Trained(Network<float> from)
        {
            var learner = new Learner(loss, new Adam(0.0012).Then(new Masked([.. keeps])), key);
            return learner.Fold(
                learner.Begin(Pruning.Applied(from, keeps)),
                Batches.From(train, 60, key.For(Purpose.Shuffle)).Take(steps), threads: 1).Network;
        }

        double Accuracy(Network<float> network)
        {
            var outputs = network.Predict(test.Inputs, threads: 1);
            return Enumerable.Range(0, outputs.Rows).Count(row =>
                Best(outputs.Row(row)) == (int)test.Targets[row, 0])
                / (double)outputs.Rows;
        }
    }

    /// <summary>Which output is the largest.</summary>
    internal static int Best(ReadOnlySpan<float> outputs)
    {
        int best = 0;
        for (int i = 1; i < outputs.Length; i++)
            if (outputs[i] > outputs[best]) best = i;
        return best;
    }

    private static Samples<float> Made(Key key, Loss loss)
    {
        var made = new Mnist1D().Make(key).For(loss);
        return new(made.Inputs.To<float>(), made.Targets.To<float>());
    }
}
