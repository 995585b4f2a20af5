using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Training;

namespace Functional.Core.Ensembles;

/// <summary>What trainings have in common that go side by side: everything that decides which arithmetic a step does,
/// and none of its numbers.</summary>
/// <param name="Architecture">With one rate wherever it drops.</param>
/// <param name="Loss">What is made small.</param>
/// <param name="Shards">Into how many parts a batch is cut.</param>
/// <param name="Rules">The optimizer's rules and how many memories each has.</param>
/// <param name="Ascends">Whether the optimizer takes two gradients a step.</param>
/// <param name="Text">Layers and loss as text, in which 0 and -0 are not equal.</param>
internal sealed record LaneShape(
    Architecture Architecture, Loss Loss, int Shards, Items<(Type Rule, int Slots, int Scalars)> Rules, bool Ascends,
    string Text)
{
    public static LaneShape Of<T>(Learner learner, TrainState<T> start)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var architecture = start.Network.Architecture.WithoutRates;
        return new(
            architecture, learner.Loss, learner.Shards,
            [.. learner.Optimizer.Expanded.Parts.Select(rule => (rule.GetType(), rule.Slots, rule.Scalars))],
            learner.Optimizer.Ascends, $"{architecture.Layers} {learner.Loss}");
    }
}
