using Functional.Core.Data;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>Two minima are joined by a curve of low loss, though the straight line between them climbs a
/// barrier.</summary>
internal static class ModeConnectivity
{
    private const int TrainingSteps = 1000, CurveSteps = 1000, Points = 51;
    private const string Untrained = "untrained";

    public static Claim Claim { get; } = new(
        "mode-connectivity", Chapter.Beyond,
        $"Two trained nets are joined by a curve along which the loss stays low, though it rises on the straight line "
            + $"between them.")
    {
        Sources =
        [
            new("Garipov et al.", "Loss surfaces, mode connectivity, and fast ensembling of DNNs", 2018),
            new("Draxler et al.", "Essentially no barriers in neural network energy landscape", 2018),
            new("Ainsworth et al.", "Git re-basin: merging models modulo permutation symmetries", 2023),
        ],
        Method = $"Pairs of 64-64-64-10 ReLU nets learn the 1797 handwritten digits from different first weights and "
            + $"orders: Adam at rate 0.001, 1000 batches of 64. Between the two: the straight line, a quadratic Bezier "
            + $"curve whose control point is trained for 1000 steps, and the straight line after the units of one net "
            + $"were put into the order that is most like the other's. The barrier is how far the loss rises above the "
            + $"line between the losses at both ends.",
        Criteria =
        [
            new("line", $"barrier of the straight line (median of the pairs)", Bound.AtLeast(0.1),
                $"there must be a barrier for a curve to go around; 0.1 was chosen beforehand"),
            new("curve", $"barrier of the curve, over that of the line (median of the pairs)", Bound.AtMost(0.05),
                $"Garipov et al. (2018), Draxler et al. (2018): next to none; a twentieth was chosen beforehand"),
            new("matched", $"barrier of the line between matched nets, over that of the line (median of the pairs)",
                Bound.AtMost(0.5), $"Ainsworth et al. (2023): none in wide nets; a half was chosen beforehand for our "
                    + $"narrow ones"),
        ],
        Falsehoods = [new(Untrained, $"the control point stays in the middle of the line")],
        Seeds = 10,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        double[][][] pairs = [.. trials.Each(
                "pairs", trials.Seeds, seed => Joined(trials.KeyOf(seed), trials.Plants(Untrained) ? 0 : CurveSteps))
            .Select(numbers => numbers.Chunk(1 + Points).ToArray())];
        return new(
        [
            Measurement.Median("line", [.. pairs.Select(ways => ways[0][0])]),
            Measurement.Median("curve", [.. pairs.Select(ways => ways[1][0] / ways[0][0])]),
            Measurement.Median("matched", [.. pairs.Select(ways => ways[2][0] / ways[0][0])]),
        ])
        {
            Tables =
            [
                new("barriers", $"The barrier of each way, pair by pair.",
                    [$"seed", $"line", $"curve", $"line, matched units"],
                    [.. pairs.Select((ways, i) => (Items<FoundCell>)
                    [
                        Phrase.Verbatim($"{trials.Order.FirstSeed + (ulong)i}"),
                        .. ways.Select(way => FoundCell.Of(way[0], 3)),
                    ])]),
            ],
            Figures =
            [
                new("ways", $"The loss on three ways from one trained net (0) to another (1): bold the median of the "
                    + $"pairs, pale each pair.",
                    new LinePlot(new PlotPanel($"place on the way", $"cross-entropy",
                    [
                        .. Lines($"straight line", pairs, 0), .. Lines($"trained curve", pairs, 1),
                        .. Lines($"line, matched units", pairs, 2),
                    ]))),
            ],
        };
    }

    // Of each way the barrier, and the loss at each point.
    private static double[] Joined(Key key, int curveSteps)
    {
        var loss = new SoftmaxCrossEntropy();
        var digits = Digits();
        var samples = digits.For(loss);
        var nets = Enumerable.Range(0, 2)
            .Select(i => Trained(key.For(Purpose.Member).At((uint)i), loss, samples)).ToArray();
        var curve = LowCurve.Trained(
            nets[0], nets[1], loss, samples, key.For(Purpose.Landscape), curveSteps, threads: 1);
        var matched = nets[1].MatchedTo(nets[0], key.For(Purpose.Inspection));
        ParameterCurve<float>[] ways =
            [new StraightLine<float>(nets[0], nets[1]), curve, new StraightLine<float>(nets[0], matched)];
        return
        [
            .. ways.SelectMany(way =>
            {
                var profile = LossProfile.Of(way, loss, digits, Points, threads: 1);
                return (double[])[profile.Barrier, .. profile.Losses];
            }),
        ];
    }

    private static Network<float> Trained(Key key, Loss loss, Samples<float> samples)
    {
        var architecture = Architecture.Of(
            64, new Dense(64, Activation.Relu), new Dense(64, Activation.Relu), new Dense(10));
        var learner = new Learner(loss, new Adam(0.001), key);
        return learner.Fold(
            learner.Begin(Network<float>.Init(architecture, new Initializer.HeNormal(), key.For(Purpose.Init))),
            Batches.From(samples, 64, key.For(Purpose.Shuffle)).Take(TrainingSteps), threads: 1).Network;
    }

    /// <summary>The digits, pixels from 0 to 1.</summary>
    internal static Dataset<float> Digits()
    {
        var digits = Datasets.Digits();
        return Dataset<float>.Of(
            digits.Problem,
            new(digits.Rows, 64, [.. digits.Inputs.Cells.ToArray().Select(pixel => (float)(pixel / 16))]),
            digits.Targets.To<float>());
    }

    private static IEnumerable<PlotLine> Lines(Phrase name, double[][][] pairs, int way)
    {
        Items<double> ts = [.. Enumerable.Range(0, Points).Select(i => (double)i / (Points - 1))];
        return
        [
            new(name, ts, [.. Enumerable.Range(1, Points)
                .Select(i => Measurement.Median("", [.. pairs.Select(ways => ways[way][i])]).Value)]),
            .. pairs.Select(ways => new PlotLine(name, ts, [.. ways[way][1..]]) { IsFaint = true }),
        ];
    }
}
