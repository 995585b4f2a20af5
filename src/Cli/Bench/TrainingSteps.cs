using Functional.Core.Data;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Cli.Bench;

/// <summary>Steps of training under softmax cross-entropy: the fold that every training is.</summary>
internal sealed record TrainingSteps(string Name, int[] Widths, Activation Activation, int Batch, Optimizer Optimizer)
    : Workload(Name, Widths, Activation, Batch)
{
    public override Phrase Description =>
        $"training step of {Net}, {Activation.Kinds.NameOf(Activation)}, softmax cross-entropy, batch {Batch}, "
        + $"{Optimizer.Kinds.NameOf(Optimizer)}";

    // Forward, the weights' gradient and, but for the first layer, the inputs' gradient.
    public override double Flops => Products.Select((products, layer) => (layer == 0 ? 4 : 6) * products).Sum();

    public override Timing Time(int threads, Pace pace)
    {
        var learner = new Learner(new SoftmaxCrossEntropy(), Optimizer);
        int rows = Pool * Batch;
        var classes = Draw.Integers(Key.FromSeed(3), rows, Widths[^1]);
        var samples = new Samples<float>(
            Inputs(), new(rows, 1, Vec<float>.Of([.. classes.Span.ToArray().Select(label => (float)label)])));
        var order = Batch<float>.All(samples).Order;
        return Repetitions.Of(
            (repetition, pacer) =>
                learner.Fold(learner.Begin(Fresh(repetition)), Batches(samples, order, pacer), threads),
            pace);
    }

    private IEnumerable<Batch<float>> Batches(Samples<float> samples, Vec<int> order, Pacer pacer)
    {
        for (int step = 0; pacer.Next(); step++) yield return new(samples, order, step % Pool * Batch, Batch);
    }
}
