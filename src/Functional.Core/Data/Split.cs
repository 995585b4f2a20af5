using System.Numerics;
using Functional.Core.Randomness;

namespace Functional.Core.Data;

/// <summary>The parts of a data set: what is learned from, what is watched while learning, and what is
/// kept for the end.</summary>
/// <param name="Train">Learned from.</param>
/// <param name="Validation">Watched; may have no rows.</param>
/// <param name="Test">Kept for the end; may have no rows.</param>
public sealed record Split<T>(Dataset<T> Train, Dataset<T> Validation, Dataset<T> Test)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Cuts a data set by a key, class by class (stratified): a part has its share of all rows, rounded once,
    /// and of each class its
    /// share to within one row (by largest remainder; equal remainders in an order from the key). Within a part the
    /// rows keep their order.</summary>
    /// <param name="data">All samples.</param>
    /// <param name="test">Share of all rows, 0 &lt;= test &lt; 1.</param>
    /// <param name="validation">Share of the rows that are left, 0 &lt;= validation &lt; 1.</param>
    /// <param name="key">The source of the choice.</param>
    public static Split<T> Of(Dataset<T> data, double test, double validation, Key key)
    {
        ArgumentNullException.ThrowIfNull(data);
        var (rest, tested) = Cut(data, test, key.At(0));
        var (train, validated) = Cut(rest, validation, key.At(1));
        return new(train, validated, tested);
    }

    private static (Dataset<T> Kept, Dataset<T> Taken) Cut(Dataset<T> data, double share, Key key)
    {
        var taken = new bool[data.Rows];
        int[][] strata = [.. Enumerable.Range(0, data.Rows).GroupBy(data.ClassOf).Select(stratum => stratum.ToArray())];
        int[] counts = Apportioned([.. strata.Select(rows => rows.Length)], share, key.For(Purpose.Shuffle));
        foreach (var (rows, count) in strata.Zip(counts))
        {
            var order = Draw.Permutation(key.At((uint)data.ClassOf(rows[0])), rows.Length);
            foreach (int place in order.Span[..count]) taken[rows[place]] = true;
        }
        return (Where(data, row => !taken[row]), Where(data, row => taken[row]));
    }

    // How many rows of each stratum: first the whole rows of its share, then one more where the most is left over.
    private static int[] Apportioned(int[] sizes, double share, Key ties)
    {
        int[] counts = [.. sizes.Select(size => (int)(size * share))];
        int total = (int)Math.Round(sizes.Sum() * share, MidpointRounding.AwayFromZero);
        var order = Draw.Permutation(ties, sizes.Length);
        var byRemainder = order.Span.ToArray().OrderByDescending(stratum => sizes[stratum] * share - counts[stratum]);
        foreach (int stratum in byRemainder.Take(total - counts.Sum()).ToArray()) counts[stratum]++;
        return counts;
    }

    private static Dataset<T> Where(Dataset<T> data, Func<int, bool> keep) =>
        data.Select([.. Enumerable.Range(0, data.Rows).Where(keep)]);
}
