using Functional.Core.Training;

namespace Functional;

/// <summary>One experiment, trained several times: each model, and every figure as a mean with its 95 %
/// interval.</summary>
/// <typeparam name="TModel"><see cref="Classifier"/>, <see cref="MultiLabelClassifier"/> or
/// <see cref="Regressor"/>.</typeparam>
/// <typeparam name="TReport">How such a model is judged.</typeparam>
public abstract class RepeatedRuns<TModel, TReport> where TModel : Predictor where TReport : Evaluation
{
    private protected RepeatedRuns(IReadOnlyList<Trained<TModel, TReport>> each, RepeatedOver over) =>
        (Each, Over) = (each, over);

    /// <summary>What each training gave, to the bit what it gives alone, in their order.</summary>
    public IReadOnlyList<Trained<TModel, TReport>> Each { get; }

    /// <summary>What the experiment was repeated over.</summary>
    public RepeatedOver Over { get; }

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

    /// <summary>Each part that has samples, the best seed, and the trainings that are in no mean.</summary>
    public sealed override string ToString() => string.Join("\n", Lines());

    private protected abstract string Label(Trained<TModel, TReport> one);

    private protected virtual IEnumerable<Phrase> More() => [];

    private protected Trained<TModel, TReport>[] Ended<TOutcome>() where TOutcome : Outcome =>
        [.. Each.Where(one => one.Outcome is TOutcome)];

    private protected InvalidInputException None() =>
        new($"of {Each.Count} trainings, {Ended<Outcome.Diverged>().Length} diverged and "
            + $"{Ended<Outcome.Cancelled>().Length} were cancelled; none came to its end");

    private IEnumerable<Phrase> Lines()
    {
        if (Each.FirstOrDefault(one => Repetition.Counts(one.Outcome)) is { Results: var results })
        {
            yield return $"{(Phrase)$"train",-12}{Train.Words}";
            if (results.Validation is not null) yield return $"{(Phrase)$"validation",-12}{Validation.Words}";
            if (results.Test is not null) yield return $"{(Phrase)$"test",-12}{Test.Words}";
            foreach (var line in More()) yield return line;
        }
        (Phrase, Trained<TModel, TReport>[])[] none =
            [($"diverged", Ended<Outcome.Diverged>()), ($"cancelled", Ended<Outcome.Cancelled>())];
        foreach (var (words, lost) in none)
            if (lost.Length > 0)
                yield return $"{words,-12}{string.Join(", ", lost.Select(Label))} ({lost.Length} of {Each.Count}); "
                    + $"in no mean";
    }

    private RepeatedPart<TReport> Part(Func<Trained<TModel, TReport>, TReport> part)
    {
        TReport[] each = [.. Each.Where(one => Repetition.Counts(one.Outcome)).Select(part)];
        return each.Length > 0 ? new(each, Over) : throw None();
    }
}

/// <summary>One experiment, trained from many seeds.</summary>
/// <inheritdoc cref="RepeatedRuns{TModel, TReport}"/>
public sealed class SeedRuns<TModel, TReport> : RepeatedRuns<TModel, TReport>
    where TModel : Predictor where TReport : Evaluation
{
    internal SeedRuns(IReadOnlyList<Trained<TModel, TReport>> each) : base(each, RepeatedOver.Seeds) { }

    /// <summary>The seeds.</summary>
    public Items<ulong> Seeds => [.. Each.Select(Seed)];

    /// <summary>The seeds whose training diverged. They are in no mean.</summary>
    public Items<ulong> Diverged => [.. Ended<Outcome.Diverged>().Select(Seed)];

    /// <summary>The seeds whose training was cancelled before its end. They are in no mean.</summary>
    public Items<ulong> Cancelled => [.. Ended<Outcome.Cancelled>().Select(Seed)];

    /// <summary>The seed whose model has the best score on the last part that has samples: test, else validation, else
    /// train; of equal ones that of the smallest loss.</summary>
    /// <exception cref="InvalidInputException">No training came to its end.</exception>
    public Trained<TModel, TReport> Best =>
        Repetition.Best(
            Each.Select(one => Repetition.Counts(one.Outcome) ? one.Results.LastPart.Part : null)) is { } best
            ? Each[best]
            : throw None();

    private protected override string Label(Trained<TModel, TReport> one) => $"{Seed(one)}";

    private protected override IEnumerable<Phrase> More() =>
        [$"{(Phrase)$"best",-12}seed {Seed(Best)}: {Best.Results.LastPart.Part}"];

    private static ulong Seed(Trained<TModel, TReport> one) => one.Experiment.Settings.Seed;
}

/// <summary>One experiment, trained once for each fold of a cross-validation, and tested on that fold.</summary>
/// <inheritdoc cref="RepeatedRuns{TModel, TReport}"/>
public sealed class FoldRuns<TModel, TReport> : RepeatedRuns<TModel, TReport>
    where TModel : Predictor where TReport : Evaluation
{
    internal FoldRuns(IReadOnlyList<Trained<TModel, TReport>> each) : base(each, RepeatedOver.Folds) { }

    /// <summary>Which fold each training was tested on.</summary>
    public Items<Resampling.Fold> Folds => [.. Each.Select(Fold)];

    /// <summary>The folds whose training diverged. They are in no mean.</summary>
    public Items<Resampling.Fold> Diverged => [.. Ended<Outcome.Diverged>().Select(Fold)];

    /// <summary>The folds whose training was cancelled before its end. They are in no mean.</summary>
    public Items<Resampling.Fold> Cancelled => [.. Ended<Outcome.Cancelled>().Select(Fold)];

    private protected override string Label(Trained<TModel, TReport> one) =>
        Fold(one) is var fold && Each.All(other => Fold(other).Repeat == 1)
            ? $"{fold.Index}"
            : $"{fold.Repeat}/{fold.Index}";

    private static Resampling.Fold Fold(Trained<TModel, TReport> one) =>
        (Resampling.Fold)one.Experiment.Settings.Resampling;
}
