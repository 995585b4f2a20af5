using Functional.Core.Randomness;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>Whether descent led towards the end of a training on the digits, epoch by epoch.</summary>
/// <param name="Path">The cosine at the iterate of each epoch.</param>
/// <param name="Least">The least cosine of each ball.</param>
/// <param name="Positive">How many points of each ball have a positive one.</param>
internal sealed record DigitsCourse(double[] Path, double[] Least, int[] Positive)
{
    private static readonly Lazy<Samples<float>> Digits = new(() =>
    {
        var digits = Datasets.Digits();
        return digits.With(digits.Inputs.Map(pixel => pixel / 16)).To<float>().For(new SoftmaxCrossEntropy());
    });

    /// <summary>The share of epochs at which it did.</summary>
    public double PathShare => Path.Count(cosine => cosine > 0) / (double)Path.Length;

    /// <summary>The share of points of the balls at which it did.</summary>
    public double BallShare => Positive.Sum() / (double)(Positive.Length * OnePointConvexity.Points);

    /// <summary>One training a seed.</summary>
    /// <param name="trials">Of a claim.</param>
    /// <param name="count">How many seeds.</param>
    /// <param name="isStochastic">Whether by SGD; else by gradient descent.</param>
    /// <param name="isElsewhere">Whether the end is that of another training.</param>
    public static DigitsCourse[] Of(ClaimTrials trials, int count, bool isStochastic, bool isElsewhere) =>
    [
        .. trials.Each(isStochastic ? "sgd" : "gd", count, index =>
        {
            var key = trials.KeyOf(index);
            return OnePointConvexity.Cosines(
                Digits.Value, isStochastic, key, isElsewhere ? key.For(Purpose.Data) : key);
        }).Select(Read),
    ];

    /// <summary>Ours beside the paper's.</summary>
    public static FoundTable Table(DigitsCourse[] sgd, DigitsCourse[] gd) => new(
        "nets", $"Where descent leads towards the end of training: share of the epochs and of the points of the balls "
            + $"(mean over {sgd.Length} trainings, 95 % interval of Student; without an interval where all are equal), "
            + $"and share of the trainings in which it does so at every epoch and point (95 % interval of Wilson). "
            + $"Below, the paper's: other nets, other data, and 300 epochs.",
        [$"net", $"data", $"parameters", $"epochs", $"points of balls", $"trainings"],
        [
            Row($"dense, 32 hidden units, SGD (ours)", sgd), Row($"the same, GD (ours)", gd),
            [
                Phrase.Verbatim("ResNet-34"), Phrase.Verbatim("CIFAR"), (Phrase)$"about 1.2 million", (Phrase)$"all",
                (Phrase)$"all", None,
            ],
            [
                Phrase.Verbatim("DenseNet-100"), Phrase.Verbatim("CIFAR"), (Phrase)$"about 0.8 million",
                (Phrase)$"all but the start on CIFAR-10", (Phrase)$"all", None,
            ],
            [
                Phrase.Verbatim("VGG"), Phrase.Verbatim("CIFAR"), (Phrase)$"about 1 million", (Phrase)$"not seen",
                None, None,
            ],
        ]);

    /// <summary>The cosines of each training, epoch by epoch.</summary>
    public static LinePlot Plot(DigitsCourse[] sgd, DigitsCourse[] gd)
    {
        Items<double> epochs = [.. Enumerable.Range(0, OnePointConvexity.Epochs).Select(epoch => (double)epoch)];
        return new([Panel($"cosine, SGD", sgd), Panel($"cosine, GD", gd)]);

        PlotPanel Panel(Phrase what, DigitsCourse[] courses) => new($"epoch", what,
            [
                .. courses.Select(course =>
                    new PlotLine($"at the iterate", epochs, [.. course.Path]) { IsFaint = true }),
                .. courses.Select(course =>
                    new PlotLine($"least of a ball", epochs, [.. course.Least]) { IsFaint = true }),
            ])
        { Levels = [new($"at right angles", 0)] };
    }

    private static FoundCell None => Phrase.Verbatim("–");

    private static DigitsCourse Read(double[] numbers)
    {
        double[][] balls = [.. numbers[OnePointConvexity.Epochs..].Chunk(2)];
        return new(
            numbers[..OnePointConvexity.Epochs], [.. balls.Select(ball => ball[0])],
            [.. balls.Select(ball => (int)ball[1])]);
    }

    private static Items<FoundCell> Row(Phrase net, DigitsCourse[] courses) =>
    [
        net, (Phrase)$"digits", 2410.0,
        FoundCell.Of(Measurement.Mean("share", [.. courses.Select(course => course.PathShare)])),
        FoundCell.Of(Measurement.Mean("share", [.. courses.Select(course => course.BallShare)])),
        FoundCell.Of(Measurement.Share(
            "share", courses.Count(course => course.PathShare == 1 && course.BallShare == 1), courses.Length)),
    ];
}
