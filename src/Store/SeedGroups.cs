namespace Functional.Store;

/// <summary>Runs of one experiment, but for their seeds.</summary>
/// <param name="Runs">One for each seed, by their seeds.</param>
/// <param name="Means">Of each field that was asked for; none where a run has no number there.</param>
public sealed record SeedGroup(Items<FoundRun> Runs, Items<SeedMean?> Means)
{
    /// <summary>The groups of a store, in the order in which their first runs were found.</summary>
    /// <param name="store">The store.</param>
    /// <param name="wanted">The fields.</param>
    /// <param name="where">Which runs; all unless given.</param>
    public static IReadOnlyList<SeedGroup> In(RunStore store, IReadOnlyList<string> wanted, Filter? where = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(wanted);
        if (store.Fields.Count == 0) return [];
        var runs = store.Find([RunFields.Group, Seed, .. wanted], where);
        return [.. runs.GroupBy(run => run.Values[0]?.Text).Select(group => Of(group, wanted.Count))];
    }

    private const string Seed = "seed";

    // A seed that was run twice gave the same twice, and counts once.
    private static SeedGroup Of(IEnumerable<FoundRun> runs, int fields)
    {
        FoundRun[] each = [.. runs.DistinctBy(run => run.Values[1]).OrderBy(run => run.Values[1]?.Number)];
        return new(
            [.. each],
            [.. Enumerable.Range(2, fields).Select(field =>
                each.All(run => run.Values[field]?.Number is not null)
                    ? SeedMean.Of([.. each.Select(run => run.Values[field]!.Value.Number!.Value)])
                    : null)]);
    }
}
