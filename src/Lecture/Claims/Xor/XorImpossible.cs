using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>No unit computes exclusive or: a proof for each of the sixteen gates, and trainings that cannot get below
/// the loss of a coin.</summary>
internal static class XorImpossible
{
    private const int Steps = 1000, Every = 20;
    private const string Product = "product";
    private static readonly double Ln2 = 0.6931471805599453;

    public static Claim Claim { get; } = new(
        "xor-impossible", Chapter.Layers,
        $"Minsky and Papert showed that the logic gate XOR cannot be approximated by a single unit with a unit step as "
            + $"activation.")
    {
        Sources =
        [
            new("Minsky and Papert", "Perceptrons: an introduction to computational geometry", 1969),
            new("Rosenblatt", "The perceptron: a probabilistic model for information storage and organization", 1958),
        ],
        Method = $"For each of the 16 gates of two inputs, weights of a step unit that computes it, or multipliers "
            + $"that show its four inequalities to contradict each other. Then a sigmoid unit is trained on XOR, and "
            + $"on AND beside it: cross-entropy, Adam at rate 0.1, 1000 steps on all four corners.",
        Criteria =
        [
            new("gates", $"gates that one unit computes, of 16", Bound.Exactly(14),
                $"all but XOR and its negation can be separated by a line"),
            new("contradiction", $"what the four inequalities of XOR, times their multipliers, add up to: largest "
                + $"number left", Bound.Exactly(0), $"Farkas' lemma: 0 > 0 follows, whatever the weights"),
            new("least_loss", $"least cross-entropy of a unit trained on XOR, over seeds", Bound.AtLeast(Ln2 - 1e-12),
                $"the loss is convex, and its gradient is zero where every output is 1/2: ln 2 = 0.6931"),
            new("and_solved", $"share of seeds whose unit gives AND at every corner", Bound.AtLeast(0.8),
                $"the same training must be able to learn a gate that can be separated; 0.8 was chosen beforehand"),
        ],
        Falsehoods = [new(Product, $"the unit sees the product x₁ x₂, too: a plane in three dimensions separates XOR")],
        Seeds = 40,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        bool hasProduct = trials.Plants(Product);
        int[][] corners = [.. Enumerable.Range(0, 4).Select(corner => Seen(corner, hasProduct))];
        var proofs = Gate.All.Select(gate => (Gate: gate, Proof: Separation.Of(corners, gate))).ToArray();
        var inputs = Matrix<double>.Of([.. corners.Select(row => row.Select(cell => (double)cell).ToArray())]);
        var (xor, and) = (Curves(trials, "xor", inputs, Gate.Xor), Curves(trials, "and", inputs, Gate.And));
        double least = xor.Min(curve => curve.Losses.Min());
        return new(
        [
            Measurement.Exact("gates", proofs.Count(gate => gate.Proof.Weights is not null)),
            Measurement.Exact("contradiction", Left(corners, proofs[Gate.Xor.Number].Proof)),
            Measurement.Exact("least_loss", least),
            Measurement.Share("and_solved", and.Count(curve => curve.Right == 4), and.Length),
        ])
        {
            Tables = [Gates(proofs)],
            Figures =
            [
                new("gates", $"The sixteen gates of two inputs. A full dot is a corner where the gate gives 1, a ring "
                    + $"one where it gives 0. The unit whose weights stand in the table gives 1 in the coloured half "
                    + $"of the plane; where no half will do, the plane is crossed out.",
                    new GatePlanes([.. proofs.Select(gate => new GatePlane(
                        gate.Gate.Name, [.. Enumerable.Range(0, 4).Select(gate.Gate.At)],
                        gate.Proof.Weights is { } weights ? Line(weights, hasProduct) : null))]), 760, 620),
                new("losses", $"Cross-entropy of a sigmoid unit, step by step, for {Counted.Seeds(trials.Seeds)}. On "
                    + $"AND it falls towards 0; on XOR no unit gets below ln 2, the loss of one that says 1/2 to "
                    + $"everything.",
                    new LinePlot(new PlotPanel($"step", $"cross-entropy",
                        [.. Lines($"trained on XOR", xor), .. Lines($"trained on AND", and)])
                    {
                        Levels = [new($"ln 2", Ln2)],
                    })),
            ],
        };
    }

    // The plane shows what a unit of the two inputs does; one that sees the product has no line in it.
    private static Items<double>? Line(Items<int> weights, bool hasProduct) =>
        hasProduct ? [] : [.. weights.Select(weight => (double)weight)];

    private static int[] Seen(int corner, bool hasProduct)
    {
        var (x1, x2) = (corner & 1, corner >> 1);
        return hasProduct ? [x1, x2, x1 * x2] : [x1, x2];
    }

    // What is left of weights and bias where the inequalities are added up; NaN where they do not contradict.
    private static double Left(int[][] corners, Separation proof) => proof.Multipliers is not { } multipliers
        ? double.NaN
        : Enumerable.Range(0, corners[0].Length + 1).Max(column => Math.Abs(corners.Select((row, corner) =>
            multipliers[corner] * (Gate.Xor.At(corner) == 1 ? 1 : -1) * (column < row.Length ? row[column] : 1))
            .Sum()));

    private static FoundTable Gates((Gate Gate, Separation Proof)[] proofs) => new(
        "gates", $"Every gate, with the weights of a step unit that computes it (w₁, w₂ and, last, the bias b) or the "
            + $"multipliers that show that none does.",
        [$"gate", $"at 00, 10, 01, 11", $"one unit", $"weights", $"multipliers"],
        [.. proofs.Select(gate => (Items<FoundCell>)
        [
            Phrase.Verbatim(gate.Gate.Name), Phrase.Verbatim(gate.Gate.Table),
            gate.Proof.Weights is null ? (Phrase)$"no" : $"yes",
            Phrase.Verbatim(string.Join(", ", gate.Proof.Weights ?? [])),
            Phrase.Verbatim(string.Join(", ", gate.Proof.Multipliers ?? [])),
        ])]);

    // All losses on the way of each seed, and how many corners are right at the end.
    private static (double[] Losses, int Right)[] Curves(
        ClaimTrials trials, string part, Matrix<double> inputs, Gate gate) =>
        [.. trials.Each(part, trials.Seeds, index => Train(trials.KeyOf(index), inputs, gate))
            .Select(numbers => (numbers[..^1], (int)numbers[^1]))];

    private static double[] Train(Key key, Matrix<double> inputs, Gate gate)
    {
        var samples = gate.Samples(inputs);
        var learner = new Learner(new BinaryCrossEntropyWithLogits(), new Adam(0.1), key);
        var start = learner.Begin(Network<double>.Init(
            Architecture.Of(inputs.Columns, new Dense(1)), new Initializer.GlorotNormal(), key.For(Purpose.Init)));
        var steps = Enumerable.Repeat(Batch<double>.All(samples), Steps);
        double[] losses = [.. learner.Scan(start, steps, every: Every)
            .Select(at => learner.Loss.Value(at.State.Network.Predict(inputs), samples.Targets))];
        var outputs = learner.Fold(start, steps, threads: 1).Network.Predict(inputs);
        return [.. losses, Enumerable.Range(0, 4).Count(corner => outputs[corner, 0] > 0 == (gate.At(corner) == 1))];
    }

    private static IEnumerable<PlotLine> Lines(Phrase name, (double[] Losses, int Right)[] curves) =>
        curves.Select(curve => new PlotLine(
            name, [.. Enumerable.Range(1, curve.Losses.Length).Select(i => (double)i * Every)], [.. curve.Losses])
        { IsFaint = true });
}
