using System.Runtime.CompilerServices;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Metrics;

/// <summary>The area under the ROC curve of classes with few samples: every row is compared with each of them. The rows
/// are read once, for all classes. Half a pair counts 1: counts are whole numbers, and their
/// sums have no order.</summary>
internal static class RocCounting
{
    /// <summary>With more samples of a class, sorting is faster.</summary>
    public const int Most = 16;

    private const int Rows = 512, AtOnce = 8; // of a part; compared together

    /// <summary>Writes the area of each class to its label's place.</summary>
    /// <param name="classes">What to measure.</param>
    /// <param name="probabilities">One row a sample.</param>
    /// <param name="scores">What each row says of its label.</param>
    /// <param name="areas">One a class.</param>
    /// <param name="threads">How many threads may help.</param>
    public static void Measure(
        RocClass[] classes, Matrix<double> probabilities, RowScore[] scores, Span<double> areas, int threads)
    {
        if (classes.Length == 0) return;
        Member[] members = [.. classes.SelectMany(
            one => one.Members, (one, row) => new Member(one.Column(probabilities), scores[row].Score))];
        int parts = (scores.Length + Rows - 1) / Rows;
        var counts = new int[parts * members.Length];
        var comparing = new Comparing(probabilities, members, counts);
        Workers.Share(ref comparing, parts, threads);

        int first = 0;
        foreach (var (label, rows) in classes)
        {
            long own = rows.Length, won = -own * own; // pairs of two members count own^2, whoever wins
            for (int at = first; at < first + own; at++)
                for (int part = 0; part < parts; part++) won += counts[part * members.Length + at];
            areas[label] = won / (2.0 * own * (scores.Length - own));
            first += rows.Length;
        }
    }

    /// <summary>A sample of a class: the column of the class, and its score there.</summary>
    private readonly record struct Member(int Column, double Score);

    /// <summary>Counts for each member the rows with a lower score in its column, twice, and those with an equal one. A
    /// part has counts of its own.</summary>
    private readonly ref struct Comparing(Matrix<double> probabilities, Member[] members, Span<int> counts) : IParts
    {
        private readonly Span<int> counts = counts;

        public void Run(int part, int parts)
        {
            int width = probabilities.Columns, end = Math.Min((part + 1) * Rows, probabilities.Rows);
            var spare = ThreadCache<double>.Take(AtOnce * width);
            for (int row = part * Rows; row < end; row += AtOnce)
            {
                var block = spare.Span[..(Math.Min(AtOnce, end - row) * width)];
                probabilities.Write(row, block);
                Compare(block, width, counts.Slice(part * members.Length, members.Length));
            }
            ThreadCache<double>.Return(spare);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Compare(ReadOnlySpan<double> block, int width, Span<int> into)
        {
            for (int i = 0; i < into.Length; i++)
            {
                var (column, own) = members[i];
                int count = 0;
                for (int at = column; at < block.Length; at += width)
                    count += (block[at] < own ? 1 : 0) + (block[at] <= own ? 1 : 0);
                into[i] += count;
            }
        }
    }
}
