using System.Numerics;
using Functional.Core.Data;

namespace Functional.Core.Training;

/// <summary>One network's training under way, wherever its numbers are.</summary>
internal interface IFold<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Training is from now on as a learner has it, from a state on.</summary>
    void Begin(Learner learner, TrainState<T> state);

    /// <summary>Asks for a step, which whoever reads the course does before it goes on.</summary>
    /// <param name="batch">Its batch.</param>
    /// <param name="isMeasured">Whether its size is taken.</param>
    void Ask(in Batch<T> batch, bool isMeasured);

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

/// <summary>A network that is trained by itself.</summary>
/// <param name="threads">How many may help.</param>
internal sealed class LoneFold<T>(int threads) : IFold<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private FoldState<T>? fold;
    private Batch<T> asked;
    private bool isMeasured;

    public double Loss => fold!.Loss;
    public double Weight => fold!.Weight;
    public StepMeasures? Measures => fold!.Measures;
    public bool GoesOn { get; private set; }

    public void Begin(Learner learner, TrainState<T> state) => fold = new(learner, state, threads);

    public void Ask(in Batch<T> batch, bool isMeasured) => (asked, this.isMeasured) = (batch, isMeasured);

    /// <summary>The step that was asked for.</summary>
    public void Step() => GoesOn = isMeasured ? fold!.MeasuredStep(asked) : fold!.Step(asked);

    public TrainState<T> Freeze() => fold!.Freeze();
}
