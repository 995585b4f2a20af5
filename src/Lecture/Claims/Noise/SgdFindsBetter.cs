using Functional.Core.Forms;
using Functional.Core.Inspection;
using Functional.Core.Randomness;
using Functional.Data;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>Whether small batches find better solutions than all samples at once, where each has the learning rate that
/// suits it: seen as often, and step for step.</summary>
internal static class SgdFindsBetter
{
    private const int TuningSeeds = 4, Smallest = 8;
    private const string EqualBatches = "equal-batches";
    private static readonly int[] Sizes = [0, 256, 32, Smallest];

    public static Claim Claim { get; } = new(
        "sgd-finds-better", Chapter.Loss,
        $"Although SGD approximates GD in convex problems, in practice it has been observed that in the training of "
            + $"neural networks SGD finds better solutions, especially with small minibatches.")
    {
        Sources =
        [
            new("Keskar et al.", "On Large-Batch Training for Deep Learning: Generalization Gap and Sharp Minima",
                2017),
            new("Kleinberg et al.", "An Alternative View: When Does SGD Escape Local Minima?", 2018),
            new("Zhu et al.", "The Anisotropic Noise in Stochastic Gradient Descent: Its Behavior of Escaping from "
                + "Sharp Minima and Regularization Effects", 2019),
        ],
        Method = $"A net of 32 hidden ReLU units learns the digits (64 inputs, 1078 rows, 450 to test) by plain SGD: "
            + $"all rows at once, batches of 256, of 32 and of 8, from the same first weights; for 60 epochs each, "
            + $"and for 2000 steps each. Every size has its own learning rate for each budget, the best by validation "
            + $"loss of ten from 0.0125 to 6.4 over 4 seeds of its own.",
        FullForm = $"Fashion-MNIST in place of digits: 4000 rows to learn from, 1000 to tune rates, all 10000 to "
            + $"test; twelve rates from 0.003125 to 6.4.",
        Criteria =
        [
            Loss("epochs_loss", $"by how much the test loss of batches of 8 is below that of all rows at once, as a "
                + $"share of the latter, seen equally often; paired by seed"),
            Accuracy("epochs_accuracy", $"by how much their test accuracy is above it, seen equally often"),
            Loss("steps_loss", $"the same of the loss, after equally many steps"),
            Accuracy("steps_accuracy", $"the same of the accuracy, after equally many steps"),
        ],
        Falsehoods = [new(EqualBatches, $"all batches have 32 rows")],
        Seeds = 20,
        Missing = isFull => isFull && !ArrayData.HasFashion
            ? (Phrase)$"Fashion-MNIST is not on this machine (Debian: dataset-fashion-mnist)"
            : null,
        Measure = Measure,
    };

    private static Criterion Loss(string name, Phrase says) => new(name, says, Bound.AtLeast(0.01),
        $"the lecture: SGD finds better solutions; one percent was chosen beforehand as the least that counts");

    private static Criterion Accuracy(string name, Phrase says) => new(name, says, Bound.AtLeast(0.001),
        $"the lecture: SGD finds better solutions; a tenth of a point was chosen beforehand, half of what Keskar et "
            + $"al. (2017) saw on MNIST");

    private static Findings Measure(ClaimTrials trials)
    {
        var race = new BatchRace(trials.Order.IsFull);
        Racer[] racers = [.. Enum.GetValues<Budget>()
            .SelectMany(budget => Sizes.Select(rows => new Racer(rows, budget)))];
        Racer Run(Racer racer) => trials.Plants(EqualBatches) ? racer with { Rows = 32 } : racer;

        // Seeds that no training is judged by.
        var tuning = trials.Each("tuning", racers.Length * TuningSeeds, i => race.Tune(
            Run(racers[i % racers.Length]), Key.FromSeed(0).For(Purpose.Sweep).At((uint)(i / racers.Length))));
        int[] best = [.. racers.Index().Select(racer => Best([.. Enumerable.Range(0, TuningSeeds)
            .Select(seed => tuning[seed * racers.Length + racer.Index])]))];
        var runs = trials.Each("runs", racers.Length * trials.Seeds, i => race.Race(
            Run(racers[i % racers.Length]), race.Rates[best[i % racers.Length]],
            trials.KeyOf(i / racers.Length)).Numbers);
        RaceEntry[] entries = [.. racers.Index().Select(racer => new RaceEntry(
            racer.Item, racer.Item.Rows == 0 ? race.TrainRows : racer.Item.Rows, race.Rates[best[racer.Index]],
            [.. Enumerable.Range(0, trials.Seeds)
                .Select(seed => Raced.Of(runs[seed * racers.Length + racer.Index]))]))];
        return new([.. Enum.GetValues<Budget>().SelectMany(budget => Gains(entries, budget))])
        {
            Tables = [Runs(entries)],
            Figures =
            [
                new("gains", $"How many points of test accuracy each size of batches gains over all rows at once; "
                    + $"means over {Counted.Seeds(trials.Seeds)}, paired, with 95 % intervals.", GainPlot(entries)),
                new("batches", $"Test loss, and the largest eigenvalue of the Hessian of the training loss, by the "
                    + $"size of batches; the largest is all rows. Means with 95 % intervals.", BatchPlot(entries)),
            ],
            Remarks =
            [
                .. entries.Index()
                    .Where(entry => best[entry.Index] == 0 || best[entry.Index] == race.Rates.Count - 1)
                    .Select(entry => AtTheEnd(entry.Item)),
            ],
        };
    }

    // The rate with the least mean loss over the seeds.
    private static int Best(double[][] losses) => Enumerable.Range(0, losses[0].Length)
        .MinBy(rate => losses.Aggregate(0.0, (sum, ofSeed) => sum + ofSeed[rate]));

    private static Estimate[] Gains(RaceEntry[] entries, Budget budget)
    {
        string name = budget == Budget.Epochs ? "epochs" : "steps";
        var (all, small) = (Of(entries, budget, 0), Of(entries, budget, Smallest));
        return
        [
            Measurement.Mean($"{name}_loss", Paired(all, small, (gd, sgd) => 1 - sgd.TestLoss / gd.TestLoss)),
            Measurement.Mean($"{name}_accuracy", Paired(all, small, (gd, sgd) => sgd.Accuracy - gd.Accuracy)),
        ];
    }

    private static RaceEntry Of(RaceEntry[] entries, Budget budget, int rows) =>
        entries.Single(entry => entry.Racer == new Racer(rows, budget));

    private static double[] Paired(RaceEntry left, RaceEntry right, Func<Raced, Raced, double> difference) =>
        [.. left.Runs.Zip(right.Runs, difference)];

    private static FoundTable Runs(RaceEntry[] entries) => new(
        "runs", $"Each size of batches at its own rate: means over seeds, with 95 % intervals where trainings are "
            + $"compared. λ is the largest eigenvalue of the Hessian of the training loss; ball, how much that loss "
            + $"rises within 0.05 of the net, in first order.",
        [$"budget", $"batch", $"rate", $"training loss", $"test loss", $"test accuracy", $"distance", $"λ", $"ball"],
        [.. entries.Select(entry => (Items<FoundCell>)
        [
            entry.Racer.Budget == Budget.Epochs ? (Phrase)$"{BatchRace.Epochs} epochs" : $"{BatchRace.Steps} steps",
            entry.Racer.Rows == 0 ? (FoundCell)(Phrase)$"all (GD)" : entry.Racer.Rows, entry.Rate,
            FoundCell.Of(entry.Mean(run => run.TrainLoss).Value, 3), FoundCell.Of(entry.Mean(run => run.TestLoss)),
            FoundCell.Of(entry.Mean(run => run.Accuracy)), FoundCell.Of(entry.Mean(run => run.Distance).Value, 3),
            FoundCell.Of(entry.Mean(run => run.TopEigenvalue).Value, 3),
            FoundCell.Of(entry.Mean(run => run.BallSharpness).Value, 3),
        ])]);

    private static Phrase AtTheEnd(RaceEntry entry) =>
        $"{Named(entry.Racer.Budget)}, batches of {entry.RowsOfBatch}: the best rate, {entry.Rate}, is at the end of "
            + $"those that were tried.";

    private static Phrase Named(Budget budget) => budget == Budget.Epochs
        ? (Phrase)$"equally many epochs ({BatchRace.Epochs})"
        : $"equally many steps ({BatchRace.Steps})";

    private static IntervalPlot GainPlot(RaceEntry[] entries) => new(
        $"test accuracy, points above all rows at once",
        [.. entries.Where(entry => entry.Racer.Rows > 0).Select(entry =>
        {
            var gain = Measurement.Mean("gain", Paired(
                Of(entries, entry.Racer.Budget, 0), entry, (gd, sgd) => 100 * (sgd.Accuracy - gd.Accuracy)));
            return new IntervalRow(
                $"batches of {entry.Racer.Rows}", Named(entry.Racer.Budget), gain.Value, gain.Low, gain.High);
        })],
        [new($"all rows at once (GD)", 0)]);

    private static LinePlot BatchPlot(RaceEntry[] entries)
    {
        return new(
        [
            Panel($"test loss", run => run.TestLoss) with { IsYLogarithmic = true },
            Panel($"largest eigenvalue", run => run.TopEigenvalue) with { IsYLogarithmic = true },
        ]);

        PlotPanel Panel(Phrase quantity, Func<Raced, double> of) => new(
            $"rows of a batch", quantity,
            [.. entries.GroupBy(entry => entry.Racer.Budget).Select(line =>
            {
                Estimate[] means = [.. line.Select(entry => entry.Mean(of))];
                return new PlotLine(
                    Named(line.Key), [.. line.Select(entry => (double)entry.RowsOfBatch)],
                    [.. means.Select(mean => mean.Value)])
                {
                    Low = [.. means.Select(mean => mean.Low)],
                    High = [.. means.Select(mean => mean.High)],
                    HasMarks = true,
                };
            })])
        { IsXLogarithmic = true };
    }

    private sealed record RaceEntry(Racer Racer, int RowsOfBatch, double Rate, Raced[] Runs)
    {
        public Estimate Mean(Func<Raced, double> of) => Measurement.Mean("mean", [.. Runs.Select(of)]);
    }
}
