using Functional.Core.Curvature;
using Functional.Core.Numbers;
using Functional.Core.Randomness;

namespace Functional.Cli.Bench;

/// <summary>Products with the Hessian of a whole data set, one after the other, as Lanczos' method takes
/// them.</summary>
internal sealed record OperatorProduct(string Name, int[] Widths, Activation Activation, int Batch)
    : Workload(Name, Widths, Activation, Batch)
{
    public override Phrase Description =>
        $"product of the Hessian operator of {Net}, {Activation.Kinds.NameOf(Activation)}, over {Batch} samples";

    // As of a Hessian product, without the forward pass that is kept.
    public override double Flops => Products.Select((products, layer) => products * (layer == 0 ? 4 : 14)).Sum();

    public override Timing Time(int threads, Pace pace)
    {
        var samples = new Samples<float>(
            Inputs().Select([.. Enumerable.Range(0, Batch)]),
            new Matrix<int>(Batch, 1, Draw.Integers(Key.FromSeed(3), Batch, Widths[^1])).To<float>());
        return Repetitions.Of((repetition, pacer) =>
        {
            var network = Fresh(repetition);
            var hessian = network.Hessian(new SoftmaxCrossEntropy(), samples, threads: threads);
            var along = Draw.Normal<float>(Key.FromSeed(4).At((uint)repetition), network.Parameters.Length);
            while (pacer.Next()) hessian.Apply(along);
        }, pace);
    }
}
