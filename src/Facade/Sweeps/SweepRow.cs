using Functional.Core.Ensembles;

namespace Functional.Sweeps;

/// <summary>An experiment of a sweep in its table.</summary>
/// <param name="Number">Its place among all, from 1.</param>
/// <param name="Values">The value of each field, as JSON in one line.</param>
/// <param name="Seeds">How it stands with each seed.</param>
/// <param name="Score">The mean over seeds of what experiments are ordered by; null before each has a number, and where
/// one diverged.</param>
/// <param name="Test">The same measure on the test part; null where it did not come to its end, or has none.</param>
internal sealed record SweepRow(
    int Number, Items<string> Values, Items<SweepStanding> Seeds, SampleMean? Score, SampleMean? Test)
{
    /// <summary>Epochs that each seed has done.</summary>
    public int Epochs => Seeds.Min(seed => seed.Epochs);

    /// <summary>With how many seeds it diverged.</summary>
    public int Diverged => Seeds.Count(seed => seed.State == SweepState.Diverged);

    /// <summary>Whether it came to its end with each seed.</summary>
    public bool IsFinished => Seeds.All(seed => seed.State is SweepState.Finished or SweepState.Diverged);

    /// <summary>The rows of a sweep, the best first: those that came furthest before others, then by their mean; of
    /// equal ones the first. One that diverged with a seed has no mean, and comes last.</summary>
    public static IReadOnlyList<SweepRow> Of(SweepTraining sweep)
    {
        var plan = sweep.Plan;
        SweepRow[] rows = [.. plan.Trials.Select((trial, i) => Of(trial, sweep.Standings[i]))];
        double[] scores = [.. rows.Select(row => row.Score?.Mean ?? double.NaN)];
        return [.. Rungs.Ordered(scores, plan.IsBetterLarger).Select(place => rows[place])
            .OrderByDescending(row => row.Diverged > 0 ? -1 : plan.Rungs.Count == 1 ? 0 : RungOf(plan, row))];
    }

    /// <summary>The mean over seeds; null before each has a number, and where one diverged.</summary>
    public static SampleMean? MeanOf(IReadOnlyCollection<SweepStanding> seeds) =>
        seeds.All(seed => double.IsFinite(seed.Score)) ? SampleMean.Of([.. seeds.Select(seed => seed.Score)]) : null;

    private static SweepRow Of(Trial trial, IReadOnlyList<SweepStanding> seeds) => new(
        trial.Number, trial.Values, [.. seeds], MeanOf(seeds),
        seeds.All(seed => seed.Test is { } test && double.IsFinite(test))
            ? SampleMean.Of([.. seeds.Select(seed => seed.Test!.Value)])
            : null);

    // An experiment that its stopping ended has come as far as one can.
    private static int RungOf(SweepPlan plan, SweepRow row) =>
        row.IsFinished ? plan.Rungs.Count : plan.Rungs.Count(rung => row.Epochs >= rung.Epochs);
}
