using Functional.Core.Inspection;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>Trained on past zero training error, a net draws each class together to a point, and the points as far
/// apart as can be.</summary>
internal static class NeuralCollapse
{
    private const int Classes = 10, Epochs = 3280, FullEpochs = 32_800;
    private const double Decay = 0.005, FullDecay = 0.0005;
    private const string Stopped = "stopped", Frozen = "frozen", NoDecay = "no-decay", NoNorm = "no-norm";

    public static Claim Claim { get; } = new(
        "neural-collapse", Chapter.Beyond,
        $"Trained on after the last training error is gone, the features of each class draw together to a point, and "
            + $"the points of the classes move as far apart as can be.")
    {
        Sources =
        [
            new("Papyan, Han and Donoho", "Prevalence of neural collapse during the terminal phase of deep learning "
                + "training", 2020),
            new("Pan and Cao", "Towards understanding neural collapse: the effects of batch normalization and weight "
                + "decay", 2023),
            new("Súkeník, Lampert and Mondelli", "Neural collapse vs. low-rank bias: is deep neural collapse really "
                + "optimal?", 2024),
        ],
        Method = $"A ReLU net of three hidden layers of 128 units with batch norm learns 500 samples of MNIST-1D in "
            + $"ten classes: cross-entropy, 3280 epochs of five batches of 100, gradient descent at rate 0.0679 with "
            + $"momentum 0.9 and weight decay 0.005, the rate a tenth of that after each third. The features are the "
            + $"outputs of the last hidden layer on the training samples; they are compared at the first look without "
            + $"a training error and in the end. Beside it the same net is trained without batch norm, and without "
            + $"weight decay.",
        FullForm = $"It takes 32800 epochs with weight decay 0.0005, that of Papyan et al. (2020).",
        Criteria =
        [
            new("error", $"largest training error in the end", Bound.Exactly(0),
                $"Papyan et al. (2020): the terminal phase is training on past zero error"),
            new("within", $"NC1 in the end over NC1 at the first look without an error (median of the seeds)",
                Bound.AtMost(0.1), $"Papyan et al. (2020), figure 6: it falls by orders of magnitude; one was chosen "
                    + $"beforehand"),
            new("lengths", $"NC2, relative deviation of the norms of the class means, over that at the first look "
                + $"without an error (median of the seeds)", Bound.AtMost(0.5),
                $"Papyan et al. (2020), figure 2: it falls; to a half was chosen beforehand"),
            new("angles", $"NC2, deviation of the cosines between class means, over that at the first look without an "
                + $"error (median of the seeds)", Bound.AtMost(0.5),
                $"Papyan et al. (2020), figure 3: it falls; to a half was chosen beforehand"),
            new("simplex", $"NC2, mean distance of the cosines from -1/9 in the end (median of the seeds)",
                Bound.AtMost(0.1), $"Papyan et al. (2020), figure 4: it goes to zero; 0.1 was chosen beforehand"),
            new("duality", $"NC3, distance of the classifier from the class means, over that at the first look without "
                + $"an error (median of the seeds)", Bound.AtMost(0.5),
                $"Papyan et al. (2020), figure 5: it falls; to a half was chosen beforehand"),
            new("nearest", $"NC4, share of samples whose nearest class mean is not the net's answer, in the end "
                + $"(median of the seeds)", Bound.AtMost(0.001),
                $"Papyan et al. (2020), figure 7: it goes to zero; a thousandth was chosen beforehand"),
        ],
        Falsehoods =
        [
            new(Stopped, $"training ends at the first look without an error: there is no terminal phase"),
            new(Frozen, $"only the last layer is trained: the features stay what the first weights make of the "
                + $"samples"),
            new(NoDecay, $"without weight decay: nothing but the loss, which is almost nothing, draws the features on"),
            new(NoNorm, $"without batch norm"),
        ],
        Seeds = 10,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        var net = new CollapsingNet(
            Classes, trials.Order.IsFull ? FullEpochs : Epochs, trials.Order.IsFull ? FullDecay : Decay);
        CollapseLook[][] nets = Trained(trials, "training", net with
        {
            Decay = trials.Plants(NoDecay) ? 0 : net.Decay,
            IsNormalized = !trials.Plants(NoNorm),
            IsFrozen = trials.Plants(Frozen),
        });
        CollapseLook[][] plain = Trained(trials, "no-norm", net with { IsNormalized = false }),
            free = Trained(trials, "no-decay", net with { Decay = 0 });
        CollapseLook[] first = [.. nets.Select(looks => looks[CollapseLook.Terminal(looks)])],
            last = trials.Plants(Stopped) ? first : [.. nets.Select(looks => looks[^1])];
        return new(
        [
            Measurement.Exact("error", last.Max(look => look.Error)),
            Fall("within", at => at.Within), Fall("lengths", at => at.Lengths), Fall("angles", at => at.Angles),
            End("simplex", at => at.Simplex), Fall("duality", at => at.Duality), End("nearest", at => at.Nearest),
        ])
        {
            Tables = [CollapseView.Table(first, last, [.. plain.Select(looks => looks[^1])],
                [.. free.Select(looks => looks[^1])])],
            Figures =
            [
                new("collapse", $"What Papyan, Han and Donoho measure, against the epoch: medians of the seeds, pale "
                    + $"lines the seeds. The upright line is the median epoch from which on there is no training "
                    + $"error. Without weight decay everything all but stands still; without batch norm NC1 rises.",
                    CollapseView.Plot([.. net.Looks], nets, plain, free), 900, 700),
                new("triangle", $"Three classes in the plane of their means (one seed): when the last training error "
                    + $"is gone, and in the end. The three means become a triangle of equal sides, and each class "
                    + $"a point.",
                    CollapseTriangle.Plot(trials, net), 900, 640),
            ],
        };

        Estimate Fall(string name, Func<ClassGeometry, double> number) => Measurement.Median(
            name, [.. last.Select((look, i) => number(look.At) / number(first[i].At))]);

        Estimate End(string name, Func<ClassGeometry, double> number) =>
            Measurement.Median(name, [.. last.Select(look => number(look.At))]);
    }

    private static CollapseLook[][] Trained(ClaimTrials trials, string part, CollapsingNet net) =>
    [
        .. trials.Each(part, trials.Seeds, seed =>
                CollapseLook.Numbers(net.Train(trials.KeyOf(seed)).Select(CollapseLook.Of)))
            .Select(CollapseLook.Read),
    ];
}
