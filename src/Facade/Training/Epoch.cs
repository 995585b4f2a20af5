using System.Numerics;
using Functional.Core.Forms;
using Functional.Core.Training;
using Functional.Landscapes;

namespace Functional;

/// <summary>One epoch of training, as people watch it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Step">Steps done so far.</param>
/// <param name="TrainLoss">The mean loss of the epoch's samples, each before its step.</param>
/// <param name="Validation">How the model does on the validation part; none where that has no rows.</param>
/// <param name="Outcome">How training stands.</param>
/// <param name="Model">The model after the epoch: keep the one you like.</param>
/// <param name="Kept">The model that the experiment's stopping keeps, were this the last epoch: this one, or an
/// earlier one that was better.</param>
public record Epoch(
    int Number, long Step, double TrainLoss, Evaluation? Validation, Outcome Outcome, Model Model, Model Kept)
{
    /// <summary>The curvature of the training loss within the epoch, where it is watched; the first epoch has that
    /// of the first weights, too.</summary>
    public Items<CurvaturePoint> Curvature { get; init; } = [];

    /// <summary>How its last step went; none where it is under way or was cut short.</summary>
    public virtual StepMeasures? LastStep => null;

    /// <summary>Whether all its samples were visited; else it is under way, or was cut short.</summary>
    public virtual bool IsWhole => true;

    /// <summary>Whether training is over after it: the last one, stopped or diverged.</summary>
    public virtual bool IsEnd => false;

    /// <summary>Its number and losses, and the score on the validation part.</summary>
    public sealed override string ToString() =>
        $"epoch {Number}   train loss {Numerals.Of(TrainLoss, 5)}" + (Validation is null
            ? ""
            : $"   validation loss {Numerals.Of(Validation.Loss, 5)}   {Validation.Score.Name} "
                + $"{Numerals.Fixed(Validation.Score.Value, 4)}");
}

/// <summary>An epoch with the checkpoint at its end, from which training goes on.</summary>
internal sealed record Epoch<T>(Checkpoint<T> Checkpoint, Model Model, Model Kept, bool IsOver)
    : Epoch(
        Checkpoint.Epoch, Checkpoint.State.Step, Checkpoint.TrainLoss, Checkpoint.Validation, Checkpoint.State.Outcome,
        Model, Kept)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override StepMeasures? LastStep => Checkpoint.LastStep;
    public override bool IsWhole => Checkpoint.IsEndOfEpoch;
    public override bool IsEnd => IsOver;
}
