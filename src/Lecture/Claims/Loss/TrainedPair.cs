using Functional.Core.Data;
using Functional.Core.Ensembles;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Lecture;

/// <summary>Two nets of one data set, trained from two starts, and the loss on the straight line between them: as they
/// are, and with the second one's units in the order in which they are most like the first one's.</summary>
/// <param name="Before">The loss at 25 points of the line.</param>
/// <param name="Matched">The same after matching.</param>
internal sealed record TrainedPair(double[] Before, double[] Matched)
{
    /// <summary>Points of the line, as many as Ainsworth et al. (2023) have.</summary>
    public const int Points = 25;

    private const int Units = 32, Steps = 500;

    public double[] Numbers => [.. Before, .. Matched];

    public static TrainedPair Of(double[] numbers) => new(numbers[..Points], numbers[Points..]);

    /// <summary>How far the loss rises above the line between its ends, at most.</summary>
    public static double Barrier(double[] losses) => losses.Select((loss, i) =>
        loss - (losses[0] + (losses[^1] - losses[0]) * i / (losses.Length - 1))).Aggregate(0.0, Math.Max);

    /// <summary>Trains two nets for each key: half moons, 2-32-1 with ReLU, cross-entropy, Adam.</summary>
    public static IEnumerable<double[]> Train(IReadOnlyList<Key> keys, bool hasHidden)
    {
        var loss = new BinaryCrossEntropyWithLogits();
        Layer[] hidden = hasHidden ? [new Dense(Units, Activation.Relu)] : [];
        var architecture = Architecture.Of(2, [.. hidden, new Dense(1)]);
        Samples<double>[] samples =
            [.. keys.Select(key => new Moons(Samples: 200).Make(key.For(Purpose.Data)).For(loss))];
        var members = keys.SelectMany(key => new[] { key.At(0), key.At(1) }).Select(key => (
            new Learner(loss, new Adam(0.01), key),
            Network<double>.Init(architecture, new Initializer.HeNormal(), key.For(Purpose.Init))));
        var ends = Ensemble<double>.Begin(members)
            .Fold(member => Enumerable.Repeat(Batch<double>.All(samples[member / 2]), Steps), threads: 1).States;
        return keys.Select((key, i) =>
        {
            Network<double> one = ends[2 * i].Network, other = ends[2 * i + 1].Network,
                matched = hasHidden ? other.MatchedTo(one, key.For(Purpose.Landscape)) : other;
            return new TrainedPair(Line(one, other), Line(one, matched)).Numbers;

            double[] Line(Network<double> from, Network<double> to) => [.. Enumerable.Range(0, Points).Select(point =>
                loss.Value(
                    new StraightLine<double>(from, to).At(point / (Points - 1.0)).Predict(samples[i].Inputs),
                    samples[i].Targets))];
        });
    }
}
