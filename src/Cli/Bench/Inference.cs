using Functional.Core.Networks;
using Functional.Core.Passes;

namespace Functional.Cli.Bench;

/// <summary>Forward passes alone: a trained network at work.</summary>
internal sealed record Inference(string Name, int[] Widths, Activation Activation, int Batch) : Workload(Name, Widths, Activation, Batch)
{
    public override string Description => $"forward pass of {Net}, {Activation.Kinds.NameOf(Activation)}, batch {Batch}";

    public override double Flops => 2 * Products.Sum();

    public override Timing Time(int threads, Pace pace)
    {
        var all = Inputs();
        var batches = Enumerable.Range(0, Pool).Select(i => all.Select([.. Enumerable.Range(i * Batch, Batch)])).ToArray();
        return Repetitions.Of(repetition =>
        {
            var network = Fresh(repetition);
            return steps =>
            {
                for (int step = 0; step < steps; step++) network.Predict(batches[step % Pool], threads);
            };
        }, pace);
    }
}
