using Functional.Core.Landscapes;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Plane = Functional.Core.Landscapes.Plane;

namespace Functional.Cli.Bench;

/// <summary>The loss on a plane of parameter space, at 51 x 51 points; a step is a whole surface.</summary>
internal sealed record LossSurface(string Name, int[] Widths, Activation Activation, int Batch)
    : Workload(Name, Widths, Activation, Batch)
{
    private const int Points = 51;

    public override Phrase Description =>
        $"loss of {Net}, {Activation.Kinds.NameOf(Activation)}, over {Batch} samples at {Points} x {Points} "
            + $"points of a plane";

    public override double Flops => 2 * Points * Points * Products.Sum();

    public override Timing Time(int threads, Pace pace)
    {
        var data = Dataset<float>.Of(
            new Problem.Classification(Widths[^1]), Inputs().Select([.. Enumerable.Range(0, Batch)]),
            new Matrix<int>(Batch, 1, Draw.Integers(Key.FromSeed(3), Batch, Widths[^1])).To<float>());
        return Repetitions.Of((repetition, pacer) =>
        {
            var plane = Plane.Random(Fresh(repetition), Key.FromSeed(4).At((uint)repetition));
            while (pacer.Next()) Surface.Of(plane, new SoftmaxCrossEntropy(), data, Points, threads);
        }, pace);
    }
}
