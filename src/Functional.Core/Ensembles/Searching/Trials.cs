using Functional.Core.Randomness;
using LanguageExt;

namespace Functional.Core.Ensembles;

/// <summary>One experiment of a sweep: a value for each field.</summary>
/// <param name="Number">Its place among all, from 1.</param>
/// <param name="Values">The value of each field, as JSON in one line.</param>
internal sealed record Trial(int Number, Items<string> Values);

/// <summary>The experiments of a search.</summary>
internal static class Trials
{
    private const int TriesForEach = 100, TriesAtLeast = 10_000;

    /// <summary>Those of a search over some fields, or every fault.</summary>
    /// <param name="search">The search.</param>
    /// <param name="fields">At least one.</param>
    /// <param name="key">What a random search draws from: that of the base experiment's seed. A longer search begins
    /// with the shorter one.</param>
    public static Validation<Invalid, Items<Trial>> Of(Search search, IReadOnlyList<VariedField> fields, Key key)
    {
        var faults = search.Faults.ToList();
        if (search.Count is null)
            faults.AddRange(fields.Where(field => field.Range is not null).Select(field => new Invalid(
                $"{field.Name} has a range without a count of values; the search should be random:N or halving:N, or "
                    + $"the range say how many")));
        double all = fields.Aggregate(1.0, (product, field) =>
            product * (field.Range is null ? field.Values.Count : double.PositiveInfinity));
        if (search.Count is null && faults.Count == 0 && all > Search.Most)
            faults.Add(new($"the fields have {all:F0} combinations; there should be at most {Search.Most}"));
        if (search.Count > all)
            faults.Add(new($"the search is for {search.Count} experiments; the fields have {all:F0} combinations"));
        if (faults.Count > 0) return Invalid.Unless<Items<Trial>>(faults, () => []);
        Trial[] found = search.Count is { } count ? Drawn(count, fields, key.For(Purpose.Sweep)) : Grid(fields);
        if (found.Length < search.Count)
            faults.Add(new($"the search is for {search.Count} experiments; {found.Length} different ones were found in "
                + $"the ranges of the fields"));
        return Invalid.Unless<Items<Trial>>(faults, () => [.. found]);
    }

    private static Trial[] Grid(IReadOnlyList<VariedField> fields)
    {
        IEnumerable<Items<string>> combinations = [[]];
        foreach (var field in fields)
            combinations = combinations.SelectMany(
                before => field.Values, (before, value) => (Items<string>)[.. before, value]);
        return [.. combinations.Select((values, i) => new Trial(i + 1, values))];
    }

    // One that is alike an earlier one is left out, and the next is drawn.
    private static Trial[] Drawn(int count, IReadOnlyList<VariedField> fields, Key key)
    {
        var (found, seen) = (new List<Trial>(), new System.Collections.Generic.HashSet<Items<string>>());
        long tries = Math.Max((long)TriesForEach * count, TriesAtLeast);
        for (uint i = 0; found.Count < count && i < tries; i++)
        {
            var here = key.At(i);
            Items<string> values = [.. fields.Select((field, at) => field.Drawn(here.At((uint)at)))];
            if (seen.Add(values)) found.Add(new(found.Count + 1, values));
        }
        return [.. found];
    }
}
