using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>Dense nets learn slow waves before fast ones, even where the fast ones are larger.</summary>
internal static class SpectralBias
{
    private const int Looks = 100;
    private const string Features = "fourier-features";

    public static Claim Claim { get; } = new(
        "spectral-bias", Chapter.Beyond, $"Dense nets learn low frequencies first.")
    {
        Sources =
        [
            new("Rahaman et al.", "On the spectral bias of neural networks", 2019),
            new("Tancik et al.",
                "Fourier features let networks learn high frequency functions in low dimensional domains", 2020),
        ],
        Method = $"A ReLU net of one input learns a sum of ten sines, of frequencies 5, 10, ..., 50 and random phases, "
            + $"from 200 points: full-batch Adam on the mean squared error, five hidden layers of 128 units, rate "
            + $"0.001, 12000 steps. A hundred times on the way the part of each frequency that is still missing is "
            + $"worked out. All amplitudes are 1, and then they rise from 0.1 to 1.",
        FullForm = $"As in the paper: layers of 256 units, rate 0.0003, 60000 steps.",
        Criteria =
        [
            new("equal", $"rank correlation between frequency and what is missing of it, on average over the training, "
                + $"at equal amplitudes (mean of the seeds)", Bound.AtLeast(0.8),
                $"Rahaman et al. (2019), figure 1a; 1 is a perfect order, and 0.8 was chosen beforehand"),
            new("rising", $"the same where amplitudes rise with the frequency", Bound.AtLeast(0.8),
                $"Rahaman et al. (2019), figure 1b: the fast waves come last although they are larger; 0.8 was chosen "
                    + $"beforehand"),
            new("low", $"what is missing of the lowest frequency in the end, at equal amplitudes (median of the "
                + $"seeds)", Bound.AtMost(0.1),
                $"something must be learned for there to be an order; a tenth was chosen beforehand"),
        ],
        Falsehoods = [new(Features, $"the net sees the cosine and sine of every frequency in place of x")],
        Seeds = 10,
        FullSeeds = 6,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        double[][][] equal = Trained(trials, "equal", [.. Waves.Frequencies.Select(_ => 1.0)]),
            rising = Trained(trials, "rising", [.. Waves.Frequencies.Select((_, i) => (i + 1) / 10.0)]);
        int every = Steps(trials) / Looks;
        return new(
        [
            Measurement.Mean("equal", [.. equal.Select(Order)]),
            Measurement.Mean("rising", [.. rising.Select(Order)]),
            Measurement.Median("low", [.. equal.Select(looks => looks[^1][0])]),
        ])
        {
            Tables =
            [
                new("missing", $"What is missing of each frequency k: on average over the training, and in the end "
                    + $"(means of the seeds). 1 is all of it.",
                    [$"k", $"equal, on average", $"equal, in the end", $"rising, on average", $"rising, in the end"],
                    [.. Waves.Frequencies.Select((frequency, k) => (Items<FoundCell>)
                    [
                        Phrase.Verbatim($"{frequency}"), Mean(equal, k, Whole), Mean(equal, k, Last),
                        Mean(rising, k, Whole), Mean(rising, k, Last),
                    ])]),
            ],
            Figures =
            [
                new("frequencies", $"What is missing of five of the ten frequencies, step by step (mean of the seeds). "
                    + $"On the left all amplitudes are 1, on the right that of k = 50 is ten times that of k = 5.",
                    new LinePlot([
                        Panel($"equal amplitudes", equal, every), Panel($"rising amplitudes", rising, every)]),
                    900, 420),
            ],
        };
    }

    private static int Steps(ClaimTrials trials) => trials.Order.IsFull ? 60_000 : 12_000;

    // Of each seed, look by look, what is missing of each frequency.
    private static double[][][] Trained(ClaimTrials trials, string part, Items<double> amplitudes) =>
    [
        .. trials.Each(part, trials.Seeds, seed => Train(
                trials.KeyOf(seed), amplitudes, Steps(trials), trials.Order.IsFull, trials.Plants(Features)))
            .Select(numbers => numbers.Chunk(Waves.Frequencies.Count).ToArray()),
    ];

    private static double[] Train(Key key, Items<double> amplitudes, int steps, bool isFull, bool hasFeatures)
    {
        var waves = Waves.Of(key.For(Purpose.Data), amplitudes);
        var samples = waves.Samples(hasFeatures);
        var hidden = Enumerable.Repeat<Layer>(new Dense(isFull ? 256 : 128, Activation.Relu), 5);
        var learner = new Learner(new MeanSquaredError(), new Adam(isFull ? 0.0003 : 0.001), key);
        var start = learner.Begin(Waves.Start(
            Architecture.Of(samples.Inputs.Columns, [.. hidden, new Dense(1)]), key.For(Purpose.Init)));
        var batches = Enumerable.Repeat(Batch<float>.All(samples), steps);
        return
        [
            .. learner.Scan(start, batches, every: steps / Looks, threads: 1).SelectMany(at =>
                waves.Missing(at.State.Network.Predict(samples.Inputs, threads: 1).Cells)),
        ];
    }

    private static double Order(double[][] looks) => RankCorrelation.Of(
        [.. Waves.Frequencies.Select(k => (double)k)],
        [.. Enumerable.Range(0, Waves.Frequencies.Count).Select(k => Whole(looks, k))]);

    private static double Whole(double[][] looks, int k) => looks.Average(look => look[k]);

    private static double Last(double[][] looks, int k) => looks[^1][k];

    private static FoundCell Mean(double[][][] seeds, int k, Func<double[][], int, double> number) =>
        FoundCell.Of(seeds.Average(looks => number(looks, k)), 2);

    private static PlotPanel Panel(Phrase heading, double[][][] seeds, int every) => new($"step", $"missing share",
    [
        .. Waves.Frequencies.Index().Where(k => k.Index % 2 == 0).Select(k => new PlotLine(
            Phrase.Verbatim($"k = {k.Item}"), [.. Enumerable.Range(1, Looks).Select(i => (double)i * every)],
            [.. Enumerable.Range(0, Looks).Select(i => seeds.Average(looks => looks[i][k.Index]))])),
    ])
    {
        Heading = heading,
    };
}
