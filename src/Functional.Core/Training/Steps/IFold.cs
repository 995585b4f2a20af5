using System.Numerics;
using Functional.Core.Data;

namespace Functional.Core.Training;

/// <summary>One network's training under way, wherever its numbers are.</summary>
internal interface IFold<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Training is from now on as a learner has it, from a state on.</summary>
    void Begin(Learner learner, TrainState<T> state);

    /// <summary>The loss of the last batch.</summary>
    double Loss { get; }

    /// <summary>What the samples of the last batch weighed together.</summary>
    double Weight { get; }

    /// <summary>The size of the last step that was measured.</summary>
    StepMeasures? Measures { get; }

    /// <summary>Whether it has not diverged.</summary>
    bool GoesOn { get; }

    /// <summary>Where it stands.</summary>
    TrainState<T> Freeze();
}

/// <summary>What comes next in a course: a step that is to be done before it goes on, or a checkpoint.</summary>
/// <param name="Batch">Of the step.</param>
/// <param name="IsMeasured">Whether the size of the step is taken.</param>
/// <param name="Reached">The checkpoint; none where a step comes next.</param>
internal readonly record struct Due<T>(Batch<T> Batch, bool IsMeasured, Checkpoint<T>? Reached = null)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static Due<T> At(Checkpoint<T> checkpoint) => new(default, false, checkpoint);
}

/// <summary>A network that is trained by itself.</summary>
/// <param name="threads">How many may help.</param>
internal sealed class LoneFold<T>(int threads) : IFold<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private FoldState<T>? fold;

    public double Loss => fold!.Loss;
    public double Weight => fold!.Weight;
    public StepMeasures? Measures => fold!.Measures;
    public bool GoesOn { get; private set; }

    public void Begin(Learner learner, TrainState<T> state) => fold = new(learner, state, threads);

    public void Step(in Due<T> due) => GoesOn = due.IsMeasured ? fold!.MeasuredStep(due.Batch) : fold!.Step(due.Batch);

    public TrainState<T> Freeze() => fold!.Freeze();
}
