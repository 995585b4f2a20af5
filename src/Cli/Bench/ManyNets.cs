using Functional.Core.Data;
using Functional.Core.Ensembles;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Cli.Bench;

/// <summary>Training steps of many networks at once, each with its own first weights and batches; a step is that of one
/// network.</summary>
internal sealed record ManyNets(
    string Name, int Nets, int[] Widths, Activation Activation, int Batch, Optimizer Optimizer)
    : Workload(Name, Widths, Activation, Batch)
{
    private const int StepsAtOnce = 200;

    private bool IsXor => Widths[^1] == 1;

    public override Phrase Description =>
        $"training step of one of {Nets} nets {Net}, {Activation.Kinds.NameOf(Activation)}, "
            + $"{Loss.Kinds.NameOf(Loss)}, batch {Batch}, {Optimizer.Kinds.NameOf(Optimizer)}";

    // Forward, the weights' gradient and, but for the first layer, the inputs' gradient.
    public override double Flops => Products.Select((products, layer) => (layer == 0 ? 4 : 6) * products).Sum();

    private Loss Loss => IsXor ? new MeanSquaredError() : new SoftmaxCrossEntropy();

    public override Timing Time(int threads, Pace pace)
    {
        var samples = IsXor ? Xor() : Classes();
        var pool = Enumerable.Range(0, samples.Inputs.Rows / Batch)
            .Select(part => new Batch<float>(samples, Batch<float>.All(samples).Order, part * Batch, Batch)).ToArray();
        var timing = Repetitions.Of((repetition, pacer) =>
        {
            var ensemble = Ensemble<float>.Begin(Enumerable.Range(0, Nets).Select(net => (
                new Learner(Loss, Optimizer, Key.FromSeed((ulong)net)), Fresh(repetition * Nets + net))));
            while (pacer.Next())
                ensemble = ensemble.Fold(
                    net => Enumerable.Range(0, StepsAtOnce).Select(step => pool[(net + step) % pool.Length]), threads);
        }, pace);
        return new([.. timing.Microseconds.Select(time => time / (StepsAtOnce * Nets))]);
    }

    private Samples<float> Classes()
    {
        int rows = Pool * Batch;
        var classes = Draw.Integers(Key.FromSeed(3), rows, Widths[^1]);
        return new(Inputs(), new Matrix<int>(rows, 1, classes).To<float>());
    }

    private static Samples<float> Xor() => new(
        new(4, 2, Vec<float>.Of([0, 0, 0, 1, 1, 0, 1, 1])), new(4, 1, Vec<float>.Of([0, 1, 1, 0])));
}
