using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Randomness;

namespace Functional.Core.Training;

/// <summary>How a network learns: everything about a step but the data.</summary>
/// <param name="Loss">What is made small.</param>
/// <param name="Optimizer">How.</param>
/// <param name="Key">The source of what layers draw: step t of the learner draws from
/// <c>Key.For(Dropout).AtStep(t)</c>.</param>
/// <param name="Shards">Into how many parts a batch is cut, a power of two. Their gradients are added along one
/// binary tree, so this is part of the answer (numeric law 5); threads are not.</param>
/// <param name="Schedule">What becomes of the learning rate; none leaves it as it is.</param>
/// <param name="Penalty">What the size of the weights adds to the loss; none adds nothing.</param>
public sealed record Learner(
    Loss Loss, Optimizer Optimizer, Key Key = default, int Shards = 1, Schedule? Schedule = null,
    Penalty? Penalty = null);

/// <summary>Where training stands: the whole of what a next step depends on, beside the
/// learner and the batch.</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
/// <param name="Network">The network, running values included.</param>
/// <param name="Optimizer">The optimizer's memories, and the number of steps done.</param>
/// <param name="Outcome">How the last step went.</param>
public sealed record TrainState<T>(Network<T> Network, OptimizerState<T> Optimizer, Outcome Outcome)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The network to use under an optimizer: with averaged parameters, where it averages them. Running values
    /// are still those of the
    /// parameters that were not averaged: <c>WithStatistics</c> takes them anew.</summary>
    public Network<T> Averaged(Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return optimizer.Averaged(Optimizer, Network);
    }

    /// <summary>Steps done.</summary>
    public long Step => Optimizer.Step;
}

/// <summary>A look at training under way.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Loss">The mean loss of the samples seen since the snapshot before.</param>
public sealed record Snapshot<T>(TrainState<T> State, double Loss) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>The losses of some samples, each times its weight, added up; and their weights.</summary>
internal readonly record struct LossSoFar(double Sum, double Weight)
{
    public double Mean => Sum / Weight;
    public LossSoFar And(double loss, double weight) => new(Sum + loss * weight, Weight + weight);
}
