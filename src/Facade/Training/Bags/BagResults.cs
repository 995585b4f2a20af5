using Functional.Core.Forms;
using Functional.Core.Training;

namespace Functional;

/// <summary>What the training of a bag gives: what the bag does, and what each of its members does alone.</summary>
/// <param name="Bag">Of the model that predicts the mean.</param>
/// <param name="Members">Of each network, by its number.</param>
public sealed record BagResults(TrainingResults Bag, Items<TrainingResults> Members)
{
    /// <summary>A bag of trained members, evaluated.</summary>
    /// <param name="trainer">The training of member 0.</param>
    /// <param name="members">All of them, by their numbers.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="withThresholds">Whether what becomes of two classes at every threshold is worked out.</param>
    internal static BagResults Of(
        Trainer trainer, Items<TrainingResults> members, int threads, bool withThresholds = true) => new(
        trainer.Results(
            Model.Bag([.. members.Select(member => member.Model)]), Outcome(members), threads, withThresholds),
        members);

    /// <summary>The mean of the members' scores on the last part that has samples: one chain of additions.</summary>
    public double MeanScore => Mean(part => part.Score.Value);

    /// <summary>The mean of the members' losses there.</summary>
    public double MeanLoss => Mean(part => part.Loss);

    /// <summary>The last part that has samples: test, validation or train.</summary>
    internal static Evaluation Last(TrainingResults results) => results.Test ?? results.Validation ?? results.Train;

    /// <summary>The bag beside each member and their mean, on the last part that has samples.</summary>
    internal IEnumerable<Phrase> Table()
    {
        var bag = Last(Bag);
        string score = bag.Score.Name;
        Phrase part = Bag.Test is not null ? (Phrase)$"test" : Bag.Validation is not null
            ? (Phrase)$"validation" : $"train";
        yield return $"{part,-Width}{Evaluation.WordsOf(score),12}{(Phrase)$"loss",12}";
        yield return $"{(Phrase)$"bag",-Width}{Cells(bag.Score.Value, bag.Loss)}";
        foreach (var (number, member) in Members.Index())
            yield return $"{(Phrase)$"member {number}",-Width}{Cells(Last(member).Score.Value, Last(member).Loss)}";
        yield return $"{(Phrase)$"mean",-Width}{Cells(MeanScore, MeanLoss)}";
    }

    private const int Width = 12;

    private static Phrase Cells(double score, double loss) =>
        Phrase.Verbatim($"{Numerals.Fixed(score, 4),12}{Numerals.Fixed(loss, 4),12}");

    private double Mean(Func<Evaluation, double> number)
    {
        double sum = 0;
        foreach (var member in Members) sum += number(Last(member));
        return sum / Members.Count;
    }

    // The first member that did not come to its end speaks for all.
    private static Outcome Outcome(Items<TrainingResults> members) =>
        members.Select(member => member.Outcome)
            .FirstOrDefault(outcome => outcome is Core.Training.Outcome.Diverged or Core.Training.Outcome.Cancelled)
        ?? members[^1].Outcome;
}
