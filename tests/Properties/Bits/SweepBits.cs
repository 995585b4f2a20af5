using Functional;
using Functional.Core.Networks;
using Functional.Core.Optimizers;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Bits;

/// <summary>How an optimizer's sweep is cut, by matrices and among threads, cannot be seen in what it does.</summary>
public sealed class SweepBits
{
    [Fact]
    public void Every_parameter_moves_once_however_the_sweep_is_cut()
    {
        // None a whole number of cache lines.
        (int, int)[] shapes = [(1, 1), (7, 1001), (300, 61), (129, 77), (3, 5), (1, 20000), (211, 10)];
        Slice[] layout = [.. shapes.SelectMany((shape, i) =>
            new Slice[] { new($"{i}.weight", [shape.Item1, shape.Item2]), new($"{i}.bias", [shape.Item2]) })];
        int n = layout.Sum(slice => slice.Length);
        foreach (var optimizer in (Optimizer[])[new Adam(), new Sgd(0.1),
            new ClipNorm(1).Then(new Momentum(0.9)).Then(new Rate(0.1)), new RmsProp(), new Lion()])
        {
            var (wanted, remembered) = Steps(null, 1);
            foreach (var cut in (Slice[]?[])[null, layout])
                foreach (int threads in (int[])[1, 2, 3, 7])
                {
                    var (parameters, memory) = Steps(cut, threads);
                    Naive.Same(wanted, parameters, $"{optimizer} on {threads} threads");
                    Naive.Same(remembered, memory, $"the memory of {optimizer} on {threads} threads");
                }

            (float[] Parameters, float[] Memory) Steps(Slice[]? cut, int threads)
            {
                var sweep = new UpdateSweep(optimizer, n, cut);
                float[] parameters = Normal(0), memory = new float[optimizer.Memory(n)];
                for (int step = 1; step <= 3; step++)
                    Assert.True(sweep.Step<float>(
                        Normal((uint)step), parameters, memory, new StepInfo(step, step - 1, null), threads));
                return (parameters, memory);
            }
        }

        float[] Normal(uint step) => Draw.Normal<float>(Key.FromSeed(3).At(step), n).Span.ToArray();
    }
}
