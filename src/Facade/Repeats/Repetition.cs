using Functional.Core.Training;

namespace Functional;

/// <summary>An epoch of one of many trainings.</summary>
/// <param name="Seed">The seed of the training.</param>
/// <param name="Epoch">The epoch.</param>
public sealed record SeedEpoch(ulong Seed, Epoch Epoch)
{
    /// <summary>The seed, and the epoch in a line.</summary>
    public override string ToString() => $"seed {Seed}   {Epoch}";
}

/// <summary>An epoch of one of the trainings of a cross-validation.</summary>
/// <param name="Fold">The fold that the training is tested on.</param>
/// <param name="Epoch">The epoch.</param>
public sealed record FoldEpoch(Resampling.Fold Fold, Epoch Epoch)
{
    /// <summary>The repeat and the fold, and the epoch in a line.</summary>
    public override string ToString() => $"fold {Fold.Repeat}/{Fold.Index}   {Epoch}";
}

/// <summary>What is common to the results of many trainings of one experiment.</summary>
internal static class Repetition
{
    /// <summary>Whether a training came to its end, and its numbers count.</summary>
    public static bool Counts(Outcome outcome) => outcome is Outcome.Trained;

    /// <summary>The place of the training whose model is best on the last part: by its score, then by its loss, the
    /// first of equals; none where none counts.</summary>
    /// <param name="each">The results on the last part; null for trainings that do not count.</param>
    public static int? Best(IEnumerable<Evaluation?> each)
    {
        int? best = null;
        Evaluation? of = null;
        foreach (var (place, part) in each.Index())
            if (part is not null && (of is null || IsBetter(part, of)))
                (best, of) = (place, part);
        return best;
    }

    private static bool IsBetter(Evaluation one, Evaluation other)
    {
        double gain = one.Score.Value - other.Score.Value;
        if (double.IsNaN(other.Score.Value) && !double.IsNaN(one.Score.Value)) return true;
        return gain > 0 || gain == 0 && one.Loss < other.Loss;
    }
}
