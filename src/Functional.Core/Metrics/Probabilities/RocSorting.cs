using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Metrics;

/// <summary>The area under the ROC curve of any class: its scores are sorted. The scores of some classes at once are
/// laid out column by column.</summary>
internal static class RocSorting
{
    private const int Room = 1 << 25; // scores: 256 MB

    /// <summary>Writes the area of each class to its label's place; NaN where its samples or all others weigh
    /// nothing.</summary>
    /// <param name="classes">What to measure.</param>
    /// <param name="probabilities">One row a sample. They are read once for each <paramref name="room"/>.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="weights">How much each sample counts; 1 each if none are given.</param>
    /// <param name="areas">One a class.</param>
    /// <param name="threads">How many threads may help.</param>
    /// <param name="room">How many scores are kept, but at least those of one class.</param>
    public static void Measure(
        RocClass[] classes, Matrix<double> probabilities, Vec<int> labels, Vec<double>? weights, Span<double> areas,
        int threads, int room = Room)
    {
        if (classes.Length == 0) return;
        int most = Math.Clamp(room / labels.Length, 1, classes.Length);
        var columns = new double[most * labels.Length];
        foreach (var some in classes.Chunk(most))
        {
            var turning = new Turning(probabilities, some, columns);
            Workers.Share(ref turning, turning.Parts, threads);
            var sorting = new Sorting(some, columns, labels, weights, areas);
            Workers.Share(ref sorting, some.Length, threads);
        }
    }

    /// <summary>Lays the scores of some classes out column by column, some rows a part.</summary>
    private readonly ref struct Turning(Matrix<double> probabilities, RocClass[] classes, Span<double> columns) : IParts
    {
        private const int Rows = 64, AtOnce = 8; // of a part; of a cache line of doubles
        private readonly Span<double> columns = columns;

        public int Parts => (probabilities.Rows + Rows - 1) / Rows;

        public void Run(int part, int parts)
        {
            int rows = probabilities.Rows, width = probabilities.Columns, end = Math.Min((part + 1) * Rows, rows);
            var spare = ThreadCache<double>.Take(AtOnce * width);
            for (int row = part * Rows; row < end; row += AtOnce)
            {
                var block = spare.Span[..(Math.Min(AtOnce, end - row) * width)];
                probabilities.Write(row, block);
                for (int k = 0; k < classes.Length; k++)
                {
                    var into = columns[(k * rows + row)..];
                    int column = classes[k].Column(probabilities);
                    for (int i = 0, at = column; at < block.Length; i++, at += width) into[i] = block[at];
                }
            }
            ThreadCache<double>.Return(spare);
        }
    }

    /// <summary>The area of one class a part.</summary>
    private readonly ref struct Sorting(
        RocClass[] classes, ReadOnlySpan<double> columns, Vec<int> labels, Vec<double>? weights, Span<double> areas)
        : IParts
    {
        private readonly ReadOnlySpan<double> columns = columns;
        private readonly Span<double> areas = areas;

        public void Run(int part, int parts)
        {
            int label = classes[part].Label;
            areas[label] = Area(columns.Slice(part * labels.Length, labels.Length), labels, label, weights);
        }
    }

    // Up through the scores, one group of equals at a time; half a pair counts 1, so that counts stay whole numbers.
    private static double Area(ReadOnlySpan<double> scores, Vec<int> labels, int label, Vec<double>? weights)
    {
        var spare = ThreadCache<Ranked>.Take(2 * scores.Length);
        var ranks = Ranking.Of(scores, spare.Span);
        double members = 0, others = 0, won = 0;
        for (int start = 0, end = 0; start < ranks.Length; start = end)
        {
            double equalMembers = 0, equalOthers = 0;
            for (; end < ranks.Length && ranks[end].Key == ranks[start].Key; end++)
            {
                int row = ranks[end].Index;
                if (labels[row] == label) equalMembers += weights?[row] ?? 1;
                else equalOthers += weights?[row] ?? 1;
            }
            won += equalMembers * (2 * others + equalOthers);
            members += equalMembers;
            others += equalOthers;
        }
        ThreadCache<Ranked>.Return(spare);
        return won / (2 * members * others);
    }
}
