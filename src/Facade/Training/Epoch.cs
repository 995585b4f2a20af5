using System.Globalization;
using Functional.Core.Training;

namespace Functional;

/// <summary>One epoch of training, as people watch it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Step">Steps done so far.</param>
/// <param name="TrainLoss">The mean loss of the epoch's samples, each before its step.</param>
/// <param name="Validation">How the model does on the validation part; none where that has no rows.</param>
/// <param name="Outcome">How training stands.</param>
/// <param name="Model">The model after the epoch: keep the one you like.</param>
/// <param name="IsChosen">Whether the experiment's stopping would keep this model, were this the last epoch; else an earlier one was better.</param>
public sealed record Epoch(int Number, long Step, double TrainLoss, Evaluation? Validation, Outcome Outcome, Model Model, bool IsChosen)
{
    /// <summary>Where training stands, to go on from.</summary>
    internal object? Place { get; init; }

    /// <summary>Whether the epoch was not cut short.</summary>
    internal bool IsWhole { get; init; }

    /// <summary>Its number and losses, and the score on the validation part.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"epoch {Number}   train loss {TrainLoss:G5}") + (Validation is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"   validation loss {Validation.Loss:G5}   {Validation.Score.Name} {Validation.Score.Value:F4}"));
}
