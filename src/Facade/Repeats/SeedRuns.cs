using Functional.Core.Training;

namespace Functional;

/// <summary>One experiment, trained from many seeds: each seed's model, and every figure as a mean with its 95 %
/// interval.</summary>
/// <typeparam name="TModel"><see cref="Classifier"/>, <see cref="MultiLabelClassifier"/> or
/// <see cref="Regressor"/>.</typeparam>
/// <typeparam name="TReport">How such a model is judged.</typeparam>
public sealed class SeedRuns<TModel, TReport> where TModel : Predictor where TReport : Evaluation
{
    internal SeedRuns(IReadOnlyList<Trained<TModel, TReport>> each) => Each = each;

    /// <summary>What each seed gave, to the bit what it gives alone, in the order of the seeds.</summary>
    public IReadOnlyList<Trained<TModel, TReport>> Each { get; }

    /// <summary>The seeds.</summary>
    public Items<ulong> Seeds => [.. Each.Select(Seed)];

    /// <summary>The seeds whose training diverged. They are in no mean.</summary>
    public Items<ulong> Diverged => [.. Each.Where(one => one.Outcome is Outcome.Diverged).Select(Seed)];

    /// <summary>The seeds whose training was cancelled before its end. They are in no mean.</summary>
    public Items<ulong> Cancelled => [.. Each.Where(one => one.Outcome is Outcome.Cancelled).Select(Seed)];

    /// <summary>The seed whose model has the best score on the last part that has samples: test, else validation, else
    /// train; of equal ones that of the smallest loss.</summary>
    /// <exception cref="InvalidInputException">No training came to its end.</exception>
    public Trained<TModel, TReport> Best =>
        Repetition.Best(
            Each.Select(one => Repetition.Counts(one.Outcome) ? one.Results.LastPart.Part : null)) is { } best
            ? Each[best]
            : throw None();

    /// <summary>On the samples learned from.</summary>
    /// <exception cref="InvalidInputException">No training came to its end.</exception>
    public RepeatedPart<TReport> Train => Part(one => one.Train);

    /// <summary>On the samples watched while learning.</summary>
    /// <exception cref="InvalidInputException">There are none, or no training came to its end.</exception>
    public RepeatedPart<TReport> Validation => Part(one => one.Validation);

    /// <summary>On the samples kept for the end.</summary>
    /// <exception cref="InvalidInputException">There are none, or no training came to its end.</exception>
    public RepeatedPart<TReport> Test => Part(one => one.Test);

    /// <summary>What the data made of the experiment that its author may not expect.</summary>
    public Items<Phrase> Notes => [.. Each.SelectMany(one => one.Notes).DistinctBy(note => note.ToString())];

    /// <summary>Each part that has samples, the best seed, and the seeds that are in no mean.</summary>
    public override string ToString() => string.Join("\n", Lines());

    private IEnumerable<Phrase> Lines()
    {
        var counting = Each.Where(one => Repetition.Counts(one.Outcome)).ToArray();
        if (counting.Length > 0)
        {
            var results = counting[0].Results;
            yield return $"{(Phrase)$"train",-12}{Train.Words}";
            if (results.Validation is not null) yield return $"{(Phrase)$"validation",-12}{Validation.Words}";
            if (results.Test is not null) yield return $"{(Phrase)$"test",-12}{Test.Words}";
            yield return $"{(Phrase)$"best",-12}seed {Seed(Best)}: {Best.Results.LastPart.Part}";
        }
        if (Diverged.Count > 0)
            yield return $"{(Phrase)$"diverged",-12}{string.Join(", ", Diverged)} ({Diverged.Count} of {Each.Count}); "
                + $"in no mean";
        if (Cancelled.Count > 0)
            yield return $"{(Phrase)$"cancelled",-12}{string.Join(", ", Cancelled)} "
                + $"({Cancelled.Count} of {Each.Count}); in no mean";
    }

    private RepeatedPart<TReport> Part(Func<Trained<TModel, TReport>, TReport> part)
    {
        TReport[] each = [.. Each.Where(one => Repetition.Counts(one.Outcome)).Select(part)];
        return each.Length > 0 ? new(each, RepeatedOver.Seeds) : throw None();
    }

    private static ulong Seed(Trained<TModel, TReport> one) => one.Experiment.Settings.Seed;

    private InvalidInputException None() =>
        new($"of {Each.Count} trainings, {Diverged.Count} diverged and {Cancelled.Count} were cancelled; none came to "
            + $"its end");
}
