using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;

namespace Functional.Cli.Bench;

/// <summary>What a derivative of a network costs, beside what it is a derivative of: J v beside the forward pass, H
/// v beside the gradient.</summary>
internal sealed record Derivative(string Name, int[] Widths, Activation Activation, int Batch, Derivative.Kind Of)
    : Workload(Name, Widths, Activation, Batch)
{
    internal enum Kind { Forward, Tangent, Gradient, HessianProduct }

    private Phrase What => Of switch
    {
        Kind.Forward => $"forward pass",
        Kind.Tangent => $"forward pass with its derivative along a direction (jvp)",
        Kind.Gradient => $"gradient of softmax cross-entropy",
        _ => $"product of the Hessian of softmax cross-entropy with a direction (hvp)",
    };

    public override Phrase Description => $"{What} of {Net}, {Activation.Kinds.NameOf(Activation)}, batch {Batch}";

    // Each product of the forward pass again for every factor that moves (the inputs stand still), and of
    // the backward pass likewise.
    public override double Flops => Products.Select((products, layer) => products * (Of, layer) switch
    {
        (Kind.Forward, _) => 2,
        (Kind.Tangent, 0) or (Kind.Gradient, 0) => 4,
        (Kind.Tangent, _) or (Kind.Gradient, _) => 6,
        (_, 0) => 6,
        _ => 16,
    }).Sum();

    public override Timing Time(int threads, Pace pace)
    {
        int rows = Pool * Batch;
        var samples = new Samples<float>(
            Inputs(), new Matrix<int>(rows, 1, Draw.Integers(Key.FromSeed(3), rows, Widths[^1])).To<float>());
        var batches = Enumerable.Range(0, Pool)
            .Select(i => samples.Select([.. Enumerable.Range(i * Batch, Batch)])).ToArray();
        var loss = new SoftmaxCrossEntropy();
        return Repetitions.Of((repetition, pacer) =>
        {
            var network = Fresh(repetition);
            var along = new Gradient<float>(
                Draw.Normal<float>(Key.FromSeed(4).At((uint)repetition), network.Parameters.Length));
            for (int step = 0; pacer.Next(); step++) Once(network, loss, batches[step % Pool], along, threads);
        }, pace);
    }

    private void Once(Network<float> network, Loss loss, Samples<float> batch, Gradient<float> along, int threads)
    {
        switch (Of)
        {
            case Kind.Forward: network.Forward(batch.Inputs, threads: threads); break;
            case Kind.Tangent: network.Jvp(batch.Inputs, along, threads: threads); break;
            case Kind.Gradient: network.LossGradient(loss, batch, threads: threads); break;
            default: network.HessianProduct(loss, batch, along, threads: threads); break;
        }
    }
}
