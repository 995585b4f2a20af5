using Functional.Core.Forms;
using Functional.Core.Inspection;
using Functional.Core.Landscapes;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>The noise of mini-batches points where the loss is curved, and noise that does leaves a narrow basin sooner
/// than noise of the same size that points nowhere.</summary>
internal static class AnisotropicNoise
{
    private const int MostNets = 10, GridPoints = 121;
    private const string Isotropic = "isotropic";
    private static readonly StepNoise[] Noises = Enum.GetValues<StepNoise>();

    public static Claim Claim { get; } = new(
        "anisotropic-noise", Chapter.Loss,
        $"In the training of neural networks SGD finds better solutions than GD: its noise is not alike in all "
            + $"directions, and helps it to escape from sharp minima.")
    {
        Sources =
        [
            new("Zhu et "
                + "al.", "The Anisotropic Noise in Stochastic Gradient Descent: Its Behavior of Escaping from Sharp "
                    + "Minima and Regularization Effects", 2019),
        ],
        Method = $"The paper's two experiments, with its settings. A loss of two weights has a narrow basin, where "
            + $"descent starts, and a wide one: 500 steps at rate 0.005, without noise and with five kinds of one size "
            + $"(trace 0.01). And a net of 300 parameters (1000 points, 100 ReLU units, output weights fixed at 1 and "
            + $"-1) is trained on all samples for 310 steps of Adam; H is the Hessian, Σ the covariance of the "
            + $"gradients of 100 batches of 10.",
        Criteria =
        [
            new("gd_escapes", $"trials in which gradient descent without noise leaves the narrow basin",
                Bound.Exactly(0), $"the start lies in the basin, and descent never rises"),
            new("covariance_gain", $"share of trials that escape with noise of covariance Σ, less the share with "
                + $"isotropic noise, paired by "
                + $"trial", Bound.AtLeast(0.1), $"Zhu et al. (2019), figure 2: noise along Σ escapes more often; one "
                    + $"trial in ten was chosen beforehand"),
            new("hessian_gain", $"the same with noise of covariance H", Bound.AtLeast(0.1),
                $"Zhu et al. (2019), figure 2: noise along H escapes more often; one trial in ten, as above"),
            new("alignment", $"Tr(HΣ) over Tr(H) Tr(Σ) / D: the least of a net's 31 epochs, mean over nets",
                Bound.AtLeast(10), $"Zhu et al. (2019), figure 4: much larger than 1, what isotropic noise has; ten "
                    + $"was chosen beforehand for much"),
        ],
        Falsehoods = [new(Isotropic, $"every noise is made alike in all directions, with the same trace")],
        Seeds = 100,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        bool isIsotropic = trials.Plants(Isotropic);
        bool[][] escaped = [.. trials.Each("basins", trials.Seeds, index => Ends(trials.KeyOf(index), isIsotropic))
            .Select(ends => ends.Chunk(2).Select(end => NoisyBasins.HasEscaped(new(end[0], end[1]))).ToArray())];
        var nets = trials.Each("traces", Math.Min(trials.Seeds, MostNets),
            index => NoiseAlignment.Traces(trials.KeyOf(index), isIsotropic));
        (double Along, double Isotropic)[][] traces =
            [.. nets.Select(net => net.Chunk(2).Select(pair => (pair[0], pair[1])).ToArray())];
        return new(
        [
            Measurement.Exact("gd_escapes", escaped.Count(trial => trial[(int)StepNoise.None])),
            Gain("covariance_gain", escaped, StepNoise.Covariance),
            Gain("hessian_gain", escaped, StepNoise.Hessian),
            Measurement.Mean("alignment", [.. traces.Select(net => net.Min(at => at.Along / at.Isotropic))]),
        ])
        {
            Tables = [Escapes(escaped), Traces(traces)],
            Figures =
            [
                new("paths", $"The loss of two weights, the lower the darker, and 500 steps from (1, 1) with noise of "
                    + $"three kinds but one size. The mark is where a path ends. Without direction, noise seldom "
                    + $"climbs out of the narrow basin.", Paths(trials, escaped, isIsotropic), 620, 540),
                new("traces", $"How far the noise points where the loss is curved, epoch by epoch for "
                    + $"{Counted.Seeds(traces.Length)}: above, Tr(HΣ); below, what the same curvature and as much "
                    + $"noise would give if the noise were alike in all directions.", TracePlot(traces)),
            ],
        };
    }

    private static double[] Ends(Key key, bool isIsotropic)
    {
        var basins = new NoisyBasins(key.For(Purpose.Data));
        return [.. Noises.SelectMany(noise =>
        {
            var end = Path(basins, key, noise, isIsotropic)[^1];
            return new[] { end.X, end.Y };
        })];
    }

    private static PlanePoint[] Path(NoisyBasins basins, Key key, StepNoise noise, bool isIsotropic) => basins.Path(
        isIsotropic && noise != StepNoise.None ? StepNoise.Isotropic : noise,
        key.For(Purpose.Inspection).At((uint)noise));

    private static Estimate Gain(
        string name, bool[][] escaped, StepNoise noise, StepNoise over = StepNoise.Isotropic) => Measurement.Mean(
        name, [.. escaped.Select(trial => One(trial[(int)noise]) - One(trial[(int)over]))]);

    private static double One(bool isSo) => isSo ? 1 : 0;

    private static FoundTable Escapes(bool[][] escaped) => new(
        "escapes", $"How many of {escaped.Length} trials end in the wide basin, with both weights below -0.5; 95 % "
            + $"interval of Wilson. Beside it the share less that of Σ, paired by trial, with the interval of Student. "
            + $"The paper repeats its trials 100 times, too; its counts are not in the copies that were read.",
        [$"noise", $"covariance", $"escaped", $"share", $"less that of Σ"],
        [.. Noises.Select(noise => (Items<FoundCell>)
        [
            Named(noise), Covariance(noise), (double)escaped.Count(trial => trial[(int)noise]),
            FoundCell.Of(Measurement.Share("share", escaped.Count(trial => trial[(int)noise]), escaped.Length)),
            noise == StepNoise.Covariance
                ? Phrase.Verbatim("–")
                : FoundCell.Of(Gain("gain", escaped, noise, over: StepNoise.Covariance)),
        ])]);

    private static Phrase Named(StepNoise noise) => noise switch
    {
        StepNoise.None => $"none (GD)",
        StepNoise.Isotropic => $"isotropic",
        StepNoise.Diagonal => $"diagonal of Σ",
        StepNoise.Covariance => $"Σ",
        StepNoise.Hessian => $"H",
        _ => $"first eigenvector of H",
    };

    private static Phrase Covariance(StepNoise noise) => noise switch
    {
        StepNoise.None => Phrase.Verbatim("0"),
        StepNoise.Isotropic => $"c I",
        StepNoise.Diagonal => $"c diag(Σ)",
        StepNoise.Covariance => $"c Σ",
        StepNoise.Hessian => $"c H",
        _ => $"c v vᵀ",
    };

    private static FoundTable Traces((double Along, double Isotropic)[][] traces) => new(
        "traces", $"Tr(HΣ), what isotropic noise of the same size would give, and how many times larger the first is; "
            + $"means over {Counted.Seeds(traces.Length)}.",
        [$"epoch", $"Tr(HΣ)", $"Tr(H) Tr(Σ) / D", $"ratio"],
        [.. new[] { 1, 6, 11, 16, 21, 26, NoiseAlignment.Epochs }.Select(epoch => (Items<FoundCell>)
        [
            (double)epoch, Mean(traces, net => net[epoch - 1].Along), Mean(traces, net => net[epoch - 1].Isotropic),
            FoundCell.Of(Measurement.Mean(
                "ratio", [.. traces.Select(net => net[epoch - 1].Along / net[epoch - 1].Isotropic)])),
        ])]);

    private static double Mean<A>(A[] all, Func<A, double> of) => Measurement.Mean("mean", [.. all.Select(of)]).Value;

    private static SurfaceMap Paths(ClaimTrials trials, bool[][] escaped, bool isIsotropic)
    {
        // The first trial in which the kinds differ; the first of all where there is none.
        int shown = Math.Max(0, Array.FindIndex(
            escaped, trial => trial[(int)StepNoise.Covariance] && !trial[(int)StepNoise.Isotropic]));
        var key = trials.KeyOf(shown);
        var basins = new NoisyBasins(key.For(Purpose.Data));
        var grid = Grid.Square(GridPoints, -2.1, 1.9);
        var losses = Matrix<double>.Of(
            [.. grid.Ys.Select(y => grid.Xs.Select(x => basins.Loss(new(x, y))).ToArray())]);
        return new(new Surface(grid, losses, null, $"weight w₁", $"weight w₂"))
        {
            HasStar = false,
            Paths = [.. new[] { StepNoise.Covariance, StepNoise.Isotropic, StepNoise.None }.Select(noise =>
                new SurfacePath(Labelled(noise), [.. Path(basins, key, noise, isIsotropic)
                    .Select(at => (at.X, at.Y))]))],
        };
    }

    private static Phrase Labelled(StepNoise noise) => noise switch
    {
        StepNoise.None => $"no noise (GD)",
        StepNoise.Isotropic => $"isotropic noise",
        _ => $"noise along Σ",
    };

    private static LinePlot TracePlot((double Along, double Isotropic)[][] traces)
    {
        Items<double> epochs = [.. Enumerable.Range(1, NoiseAlignment.Epochs).Select(epoch => (double)epoch)];
        return new(new PlotPanel($"epoch", $"trace",
            [
                .. traces.Select(net => new PlotLine($"Tr(HΣ)", epochs, [.. net.Select(at => at.Along)])
                    { IsFaint = true }),
                .. traces.Select(net => new PlotLine(
                    $"Tr(H) Tr(Σ) / D: isotropic noise", epochs, [.. net.Select(at => at.Isotropic)])
                    { IsFaint = true }),
            ])
        { IsYLogarithmic = true });
    }
}
