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
    /// <summary>The rows that a bootstrap could have drawn to learn from, and did not; null where none were
    /// drawn.</summary>
    public Dataset<T>? NotDrawn { get; init; }

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

    /// <summary>Deals the rows into folds, class by class: of each class, and of all rows, two folds have the same
    /// number to within one. One fold is the test part. Within a part the rows keep their order.</summary>
    /// <param name="data">All samples.</param>
    /// <param name="fold">The fold to test on, from 0.</param>
    /// <param name="count">How many folds there are.</param>
    /// <param name="validation">Share of the other rows that is only watched.</param>
    /// <param name="deal">The source of the deal, the same for all its folds.</param>
    /// <param name="key">The source of what is watched.</param>
    public static Split<T> OfFold(Dataset<T> data, int fold, int count, double validation, Key deal, Key key)
    {
        ArgumentNullException.ThrowIfNull(data);
        var folds = Folds(data, count, deal);
        var (train, validated) = Cut(Where(data, row => folds[row] != fold), validation, key);
        return new(train, validated, Where(data, row => folds[row] == fold));
    }

    /// <summary>The fold of each row: the rows of a class in random order, dealt out in turn; the next class begins
    /// where the one before ended.</summary>
    internal static int[] Folds(Dataset<T> data, int count, Key deal)
    {
        var folds = new int[data.Rows];
        int dealt = 0;
        foreach (var stratum in Enumerable.Range(0, data.Rows).GroupBy(data.ClassOf).OrderBy(rows => rows.Key))
        {
            int[] rows = [.. stratum];
            foreach (int place in Draw.Permutation(deal.At((uint)stratum.Key), rows.Length).Span)
                folds[rows[place]] = dealt++ % count;
        }
        return folds;
    }

    /// <summary>The same parts, but for the rows to learn from: as many, drawn from them with repetition.</summary>
    /// <param name="key">The source of the draw.</param>
    public Split<T> Resampled(Key key)
    {
        if (Train.Rows == 0) return this;
        int[] drawn = [.. Draw.Integers(key, Train.Rows, Train.Rows).Span.ToArray().Order()];
        var isDrawn = new bool[Train.Rows];
        foreach (int row in drawn) isDrawn[row] = true;
        return this with { Train = Train.Select(drawn), NotDrawn = Where(Train, row => !isDrawn[row]) };
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
