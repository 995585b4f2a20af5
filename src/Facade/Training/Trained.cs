using Functional.Core.Forms;
using Functional.Core.Networks;
using Functional.Core.Training;
using Functional.Reports;

namespace Functional;

/// <summary>What an experiment gives: the model, and how it does on each part.</summary>
/// <param name="Model">The model that was kept.</param>
/// <param name="Experiment">What was done.</param>
/// <param name="Outcome">How training ended.</param>
/// <param name="Train">On the samples learned from.</param>
/// <param name="Validation">On the samples watched while learning; null where there are none.</param>
/// <param name="Test">On the samples kept for the end; null where there are none.</param>
public sealed record TrainingResults(
    Model Model, Experiment Experiment, Outcome Outcome, Evaluation Train, Evaluation? Validation, Evaluation? Test)
{
    /// <summary>On the samples that a bootstrap could have drawn to learn from, and did not; null where none were
    /// drawn, or none are left.</summary>
    public Evaluation? NotDrawn { get; init; }

    /// <summary>The part that comes last in an experiment, and the model on it: the result.</summary>
    internal (Phrase Name, Evaluation Part) LastPart =>
        Test is not null ? ((Phrase)$"test", Test)
        : NotDrawn is not null ? ((Phrase)$"not drawn", NotDrawn)
        : Validation is not null ? ((Phrase)$"validation", Validation)
        : ((Phrase)$"train", Train);

    /// <summary>What stands above the scores of that part, such as "test accuracy".</summary>
    internal Phrase LastScore
    {
        get
        {
            var score = Evaluation.WordsOf(LastPart.Part.Score.Name);
            return Test is not null ? (Phrase)$"test {score}"
                : NotDrawn is not null ? (Phrase)$"{score}, not drawn"
                : Validation is not null ? (Phrase)$"validation {score}"
                : $"train {score}";
        }
    }

    /// <summary>What the data made of the experiment that its author may not expect: an empty part, a class that a part
    /// lacks.</summary>
    public Items<Phrase> Notes { get; init; } = [];

    /// <summary>The last epoch, to go on from; none where there was none.</summary>
    internal Epoch? Last { get; init; }
}

/// <summary>A model that was trained, and beside it what its training gave.</summary>
/// <typeparam name="TModel"><see cref="Classifier"/>, <see cref="MultiLabelClassifier"/> or
/// <see cref="Regressor"/>.</typeparam>
/// <typeparam name="TReport">How such a model is judged.</typeparam>
public sealed class Trained<TModel, TReport> where TModel : Predictor where TReport : Evaluation
{
    internal Trained(TModel model, TrainingResults results, GivenSamples samples) =>
        (Model, Results, Samples) = (model, results, samples);

    /// <summary>The samples of the training, to go on with no others.</summary>
    internal GivenSamples Samples { get; }

    /// <summary>The model: to predict with, to save, to look into.</summary>
    public TModel Model { get; }

    /// <summary>The same results whatever the kind of model.</summary>
    public TrainingResults Results { get; }

    /// <summary>What was done, to do it again.</summary>
    public Experiment Experiment => Results.Experiment;

    /// <summary>The network in figures: layers, shapes, parameters, memory, arithmetic.</summary>
    public Summary Summary => Summary.Of(Results.Model.Architecture);

    /// <summary>How training ended; divergence is a value.</summary>
    public Outcome Outcome => Results.Outcome;

    /// <summary>What the data made of the experiment that its author may not expect: an empty part, a class that a part
    /// lacks.</summary>
    public Items<Phrase> Notes => Results.Notes;

    /// <summary>On the samples learned from.</summary>
    public TReport Train => (TReport)Results.Train;

    /// <summary>On the samples watched while learning.</summary>
    /// <exception cref="InvalidInputException">There are none.</exception>
    public TReport Validation => Required(Results.Validation, $"validation");

    /// <summary>On the samples kept for the end.</summary>
    /// <exception cref="InvalidInputException">There are none.</exception>
    public TReport Test => Required(Results.Test, $"test");

    /// <summary>How it does on each part that has samples, and on the last of them in full: beside what would be
    /// had without learning.</summary>
    public override string ToString() => string.Join("\n", [.. Ended(), .. EvaluationText.Of(Results)]);

    private IEnumerable<Phrase> Ended() => Results.Outcome switch
    {
        Outcome.Diverged(var step, var loss) =>
            [$"training diverged at step {step} (loss {loss}); a smaller rate may help"],
        Outcome.Cancelled(var step) => [$"training was cancelled after {Counted.Steps(step)}"],
        _ => [],
    };

    private static TReport Required(Evaluation? part, Phrase name) => (TReport?)part
        ?? throw new InvalidInputException(
            $"there is no {name} part: its share of the samples is 0 rows (Results has null for it)");
}
