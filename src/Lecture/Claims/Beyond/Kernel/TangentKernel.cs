using Functional.Core.Inspection;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>As layers become wider, the tangent kernel of a net tends to a fixed one, and training moves it less and
/// less.</summary>
internal static class TangentKernel
{
    private const int OnlyWidth = 64;
    private const string MeanField = "mean-field", OneWidth = "one-width", HeavyWeights = "heavy-weights";

    public static Claim Claim { get; } = new(
        "tangent-kernel", Chapter.Beyond,
        $"The wider a net is, the less its tangent kernel depends on the random first weights, and the less it "
            + $"changes during training.")
    {
        Sources =
        [
            new("Jacot et al.", "Neural tangent kernel: convergence and generalization in neural networks", 2018),
            new("Lee et al.", "Wide neural networks of any depth evolve as linear models under gradient descent",
                2019),
            new("Huang and Yau", "Dynamics of deep neural networks and neural tangent hierarchy", 2020),
            new("Cho and Saul", "Kernel methods for deep learning", 2009),
        ],
        Method = $"ReLU nets with three hidden layers of one width in the parametrisation of the paper: each layer is "
            + $"W a / √fan-in + 0.1 b, with W and b standard normal. The kernel between points of the unit circle is "
            + $"worked out for nets of widths 64 to 1024, and compared with the limit of infinite width, which has a "
            + $"closed form. Ten nets of each width from 32 to 512 learn x₁ x₂ from 64 normal points: half the mean "
            + $"squared error, gradient descent on all points at rate 1, 200 steps.",
        FullForm = $"Nets of widths 125 to 2000 are trained, the paper's width of 500 among them.",
        Criteria =
        [
            new("spread", $"slope of the kernel's spread over seeds against width, both logarithmic (mean of groups "
                + $"of 16 seeds)", new(-0.6, -0.4), $"Jacot et al. (2018), theorem 1: the kernel tends to a fixed one; "
                    + $"a mean over units spreads as 1 / √width, slope -1/2; a tenth was chosen beforehand"),
            new("limit", $"mean kernel of the widest nets over the limit, at the angle where it is farthest from 1",
                new(0.9, 1.1), $"Jacot et al. (2018), theorem 1, with the means of Cho and Saul (2009); a tenth was "
                    + $"chosen beforehand"),
            new("drift", $"how far training moves the kernel of the widest net, over that of a net of a sixteenth "
                + $"of its width (median of the seeds)", Bound.AtMost(0.5), $"Jacot et al. (2018), figure 1: much less "
                    + $"at width 10000 than at 500; a half was chosen beforehand"),
            new("drift_slope", $"slope of that movement against width, both logarithmic (mean of the seeds)",
                Bound.AtMost(-0.5), $"Lee et al. (2019), theorem 2.1: it falls at least as fast as 1 / √width"),
            new("fall", $"last loss of the widest net over its first (median of the seeds)", Bound.AtMost(0.5),
                $"a kernel that stays where nothing is learned would say nothing; a half was chosen beforehand"),
        ],
        Falsehoods =
        [
            new(MeanField, $"mean-field: the output is divided by √(width / 32) more, the rate is width / 32 times as "
                + $"large"),
            new(OneWidth, $"every net has 64 units in a layer"),
            new(HeavyWeights, $"the first weights are √2 times as large"),
        ],
        Seeds = 256,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        Items<int> widths = KernelTrials.TrainedWidths(trials.Order.IsFull);
        var started = KernelTrials.Started(trials, width => Net(trials, width));
        var trained = KernelTrials.Trained(trials, width => Net(trials, width));
        return new(
        [
            Measurement.Mean("spread", [.. started.Select(group =>
                PowerLaw.Exponent(Numbers(KernelTrials.StartWidths), [.. group.Select(at => at.Spread)]))]),
            Farthest("limit", KernelPictures.OverLimit(started, KernelTrials.StartWidths.Count - 1)),
            Measurement.Median("drift", [.. trained[^1].Zip(trained[0], (wide, narrow) => wide.Drift / narrow.Drift)]),
            Measurement.Mean("drift_slope", [.. Enumerable.Range(0, trained[0].Length).Select(seed =>
                PowerLaw.Exponent(Numbers(widths), [.. trained.Select(seeds => seeds[seed].Drift)]))]),
            Measurement.Median("fall", [.. trained[^1].Select(net => net.Last / net.First)]),
        ])
        {
            Tables = [KernelPictures.Starts(started), KernelPictures.Drifts(widths, trained)],
            Figures = [KernelPictures.Circle(widths, trained), KernelPictures.Widths(started, widths, trained)],
        };
    }

    private static TangentNet Net(ClaimTrials trials, int width) => trials.Order.Falsehood switch
    {
        MeanField => new(width, Division: Math.Sqrt(width / 32.0)),
        OneWidth => new(OnlyWidth),
        HeavyWeights => new(width, Deviation: Math.Sqrt(2)),
        _ => new(width),
    };

    private static double[] Numbers(Items<int> widths) => [.. widths.Select(width => (double)width)];

    // The number farthest from 1, with an interval that holds those of all.
    private static Estimate Farthest(string name, IReadOnlyList<Estimate> numbers) => new(
        name, numbers.MaxBy(number => Math.Abs(number.Value - 1))!.Value,
        numbers.Min(number => number.Low), numbers.Max(number => number.High));
}
