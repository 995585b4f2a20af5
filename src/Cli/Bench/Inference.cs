using Functional.Core.Passes;

namespace Functional.Cli.Bench;

/// <summary>Forward passes alone: a trained network at work.</summary>
internal sealed record Inference(string Name, int[] Widths, Activation Activation, int Batch)
    : Workload(Name, Widths, Activation, Batch)
{
    public override Phrase Description =>
        $"forward pass of {Net}, {Activation.Kinds.NameOf(Activation)}, batch {Batch}";

    public override double Flops => 2 * Products.Sum();

    public override Timing Time(int threads, Pace pace)
    {
        var all = Inputs();
        var batches = Enumerable.Range(0, Pool)
            .Select(i => all.Select([.. Enumerable.Range(i * Batch, Batch)])).ToArray();
        return Repetitions.Of((repetition, pacer) =>
        {
            var network = Fresh(repetition);
            for (int step = 0; pacer.Next(); step++) network.Predict(batches[step % Pool], threads);
        }, pace);
    }
}
