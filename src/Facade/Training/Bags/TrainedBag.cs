using Functional.Core.Training;
using Functional.Reports;

namespace Functional;

/// <summary>A bag that was trained: one model that predicts the mean of its members, and what each does.</summary>
/// <typeparam name="TModel"><see cref="Classifier"/>, <see cref="MultiLabelClassifier"/> or
/// <see cref="Regressor"/>.</typeparam>
/// <typeparam name="TReport">How such a model is judged.</typeparam>
public sealed class TrainedBag<TModel, TReport> where TModel : Predictor where TReport : Evaluation
{
    internal TrainedBag(TModel model, BagResults results, IEnumerable<Phrase> notes) =>
        (Model, Results, Notes) = (model, results, [.. notes, .. results.Bag.Notes]);

    /// <summary>The model: to predict with, to save, as any other.</summary>
    public TModel Model { get; }

    /// <summary>The bag's results and those of each member.</summary>
    public BagResults Results { get; }

    /// <summary>What each member does alone, by its number.</summary>
    public Items<TrainingResults> Members => Results.Members;

    /// <summary>How training ended: as the first member did that did not come to its end, else as the last.</summary>
    public Outcome Outcome => Results.Bag.Outcome;

    /// <summary>What the data made of the experiment that its author may not expect.</summary>
    public Items<Phrase> Notes { get; }

    /// <summary>On the samples learned from.</summary>
    public TReport Train => (TReport)Results.Bag.Train;

    /// <summary>On the samples watched while learning.</summary>
    /// <exception cref="InvalidInputException">There are none.</exception>
    public TReport Validation => Required(Results.Bag.Validation, $"validation");

    /// <summary>On the samples kept for the end.</summary>
    /// <exception cref="InvalidInputException">There are none.</exception>
    public TReport Test => Required(Results.Bag.Test, $"test");

    /// <summary>How the bag does on each part, and beside each member and their mean.</summary>
    public override string ToString() => string.Join("\n", [.. EvaluationText.Of(Results.Bag), .. Results.Table()]);

    private static TReport Required(Evaluation? part, Phrase name) => (TReport?)part
        ?? throw new InvalidInputException(
            $"there is no {name} part: its share of the samples is 0 rows (Results has null for it)");
}
