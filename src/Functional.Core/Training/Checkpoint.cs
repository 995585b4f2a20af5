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

    /// <summary>How its last step went; none where there was no step, or where the step was read back from a
    /// file.</summary>
    public StepMeasures? LastStep { get; init; }

    /// <summary>Whether all samples of its epoch were visited.</summary>
    public bool IsEndOfEpoch => Seen == default;

    /// <summary>The losses of the epoch under way; nothing at its end.</summary>
    internal LossSoFar Seen { get; init; }
}

/// <summary>The size of a step, which is measured at the end of an epoch.</summary>
/// <param name="Rate">The learning rate; none where the optimizer has none.</param>
/// <param name="Gradient">The Euclidean norm of the gradient of the batch, penalty included, as the optimizer was given
/// it.</param>
/// <param name="Update">The Euclidean distance that the parameters moved.</param>
public sealed record StepMeasures(double? Rate, double Gradient, double Update);

/// <summary>How often a course shows where it stands, beside the ends of its epochs. What it shows depends on it; the
/// training does not.</summary>
public readonly record struct Every
{
    private readonly Func<long, bool>? isDue;

    private Every(Func<long, bool> isDue) => this.isDue = isDue;

    /// <summary>At the ends of epochs alone.</summary>
    public static Every Epoch => default;

    /// <summary>After so many steps, too, counted from the first one of training.</summary>
    /// <param name="count">At least 1.</param>
    public static Every Steps(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return new(step => step % count == 0);
    }

    /// <summary>Whenever a program wants it, too: by its clock, say.</summary>
    /// <param name="isDue">Is asked after each step, with the number of steps done.</param>
    public static Every When(Func<long, bool> isDue)
    {
        ArgumentNullException.ThrowIfNull(isDue);
        return new(isDue);
    }

    /// <summary>Whenever one or the other is due.</summary>
    public Every Or(Every other) =>
        isDue is not { } one ? other : other.isDue is not { } two ? this : new(step => one(step) || two(step));

    internal bool IsDue(long step) => isDue?.Invoke(step) == true;
}
