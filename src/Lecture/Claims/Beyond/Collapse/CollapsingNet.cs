using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Lecture;

/// <summary>A ReLU net that learns some classes of MNIST-1D, 50 samples each, and goes on long after it makes no error
/// any more. The optimizer is that of Papyan, Han and Donoho (2020).</summary>
/// <param name="Classes">How many of the ten classes.</param>
/// <param name="Epochs">How long it is trained; the rate falls to a tenth after a third of them, and again after
/// two.</param>
/// <param name="Decay">The weight decay, on all parameters.</param>
internal sealed record CollapsingNet(int Classes, int Epochs, double Decay)
{
    private const int Hidden = 3, Width = 128, OfClass = 50, AllClasses = 10, BatchSize = 100;
    private const double Rate = 0.0679;

    /// <summary>Whether there is batch norm between the sums and the activations of hidden layers.</summary>
    public bool IsNormalized { get; init; } = true;

    /// <summary>Whether the last layer alone is trained, on what the first weights of the others make of the
    /// samples.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Epochs after which the net is looked at: every one at first, then each a sixteenth later.</summary>
    public IEnumerable<int> Looks
    {
        get
        {
            for (int epoch = 1; epoch < Epochs; epoch += Math.Max(1, epoch / 16)) yield return epoch;
            yield return Epochs;
        }
    }

    /// <summary>What the last hidden layer makes of the samples, at each look.</summary>
    public IEnumerable<ClassFeatures> Train(Key key)
    {
        var loss = new SoftmaxCrossEntropy();
        var samples = Samples(key.For(Purpose.Data), loss);
        int[] labels = [.. samples.Targets.Cells.ToArray().Select(label => (int)label)];
        var net = Network<float>.Init(Architecture, new Initializer.HeNormal(), key.For(Purpose.Init));
        if (IsFrozen)
        {
            samples = samples with { Inputs = net.Before(LastLayer).Predict(samples.Inputs, threads: 1) };
            net = net.From(LastLayer);
        }
        int last = IsFrozen ? 0 : LastLayer, perEpoch = Batches.PerEpoch(labels.Length, BatchSize);
        var looks = Looks.ToHashSet();
        var learner = new Learner(
            loss, new Sgd(Rate, Momentum: 0.9, WeightDecay: Decay), key,
            Schedule: new Multistep([Epochs * perEpoch / 3, Epochs * perEpoch * 2 / 3]));
        return learner.Scan(
                learner.Begin(net),
                Batches.From(samples, BatchSize, key.For(Purpose.Shuffle)).Take(Epochs * perEpoch), perEpoch,
                threads: 1)
            .Where((_, i) => looks.Contains(i + 1))
            .Select(at => Seen(at.State.Network, last, samples.Inputs, labels));
    }

    private int LastLayer => Hidden * Block.Length;

    private Layer[] Block => IsNormalized
        ? [new Dense(Width), new BatchNorm(), new Activate(Activation.Relu)]
        : [new Dense(Width, Activation.Relu)];

    private Architecture Architecture => Architecture.Of(
        40, [.. Enumerable.Repeat(Block, Hidden).SelectMany(layer => layer), new Dense(Classes)]);

    // Of all ten classes there are 50 samples; those of the first few are kept.
    private Samples<float> Samples(Key key, Loss loss)
    {
        var made = new Mnist1D(OfClass * AllClasses).Make(key).For(loss);
        int[] kept = [.. Enumerable.Range(0, made.Inputs.Rows).Where(row => made.Targets[row, 0] < Classes)];
        return new Samples<float>(made.Inputs.To<float>(), made.Targets.To<float>()).Select(kept);
    }

    private ClassFeatures Seen(Network<float> net, int last, Matrix<float> inputs, int[] labels)
    {
        var features = last == 0 ? inputs : net.Before(last).Predict(inputs, threads: 1);
        var head = net.From(last);
        var outputs = head.Predict(features, threads: 1);
        return new(
            features.To<double>(), labels,
            new(Classes, Width, [.. from c in Enumerable.Range(0, Classes)
                                    from unit in Enumerable.Range(0, Width)
                                    select (double)head.Parameters[unit * Classes + c]]),
            [.. Enumerable.Range(0, outputs.Rows).Select(row => Answers.Of(outputs.Row(row)))]);
    }
}

/// <summary>The features of some samples, and what the classifier makes of them.</summary>
/// <param name="Features">Samples x units.</param>
/// <param name="Labels">The class of each sample.</param>
/// <param name="Weights">Of the classifier: classes x units.</param>
/// <param name="Decisions">The class that the net gives each sample.</param>
internal sealed record ClassFeatures(
    Matrix<double> Features, int[] Labels, Matrix<double> Weights, int[] Decisions)
{
    /// <summary>The share of samples in a wrong class.</summary>
    public double Error =>
        Labels.Zip(Decisions, (label, decision) => label == decision ? 0 : 1).Sum() / (double)Labels.Length;

    /// <summary>How the classes lie.</summary>
    public ClassGeometry Geometry => ClassGeometry.Of(Features, Labels, Weights, Decisions);
}
