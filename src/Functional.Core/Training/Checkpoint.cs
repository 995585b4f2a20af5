using System.Numerics;
using Functional.Core.Networks;

namespace Functional.Core.Training;

/// <summary>A point of an experiment's course: all that its next step depends on, and all
/// that a report needs.</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
/// <param name="Epoch">The epoch that it is in, or at the end of, from 1.</param>
/// <param name="State">Network, optimizer and number of steps.</param>
/// <param name="Network">What predicts here: the state's network, or its averaged parameters with
/// statistics of their own.</param>
/// <param name="TrainLoss">The mean loss of the epoch's samples so far, each before its step.</param>
/// <param name="Validation">How the network does on the validation part, at the end of an epoch or of training;
/// none where that part has no rows.</param>
/// <param name="IsChosen">Whether the experiment's stopping would keep this network, were training to
/// end here. Within an epoch one that watches a number has none of this network, and keeps the best
/// of the whole epochs.</param>
/// <param name="Watched">The numbers that schedule and stopping looked at, of all whole epochs so far.</param>
/// <param name="Best">The network that stopping keeps of the whole epochs so far; the first one
/// before it chose any.</param>
public sealed record Checkpoint<T>(
    int Epoch, TrainState<T> State, Network<T> Network, double TrainLoss, Evaluation? Validation, bool IsChosen,
    (Items<double> BySchedule, Items<double> ByStopping) Watched, Network<T> Best)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The network to keep, were training to end here.</summary>
    public Network<T> Kept => IsChosen ? Network : Best;

    /// <summary>Whether all samples of its epoch were visited.</summary>
    public bool IsEndOfEpoch => Seen == default;

    /// <summary>The losses of the epoch under way; nothing at its end.</summary>
    internal LossSoFar Seen { get; init; }
}

/// <summary>How often a course shows where it stands, beside the ends of its epochs.</summary>
public readonly record struct Every
{
    private readonly int steps;

    private Every(int steps) => this.steps = steps;

    /// <summary>At the ends of epochs alone.</summary>
    public static Every Epoch => default;

    /// <summary>After so many steps, too, counted from the first one of training.</summary>
    /// <param name="count">At least 1.</param>
    public static Every Steps(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return new(count);
    }

    internal bool IsDue(long step) => steps > 0 && step % steps == 0;
}
