using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Metrics;

/// <summary>What one row of probabilities says of its label.</summary>
/// <param name="Score">The label's probability; that of class 1 where it is the only one.</param>
/// <param name="LogLoss">-ln of the label's probability, which counts 2^-52 where it is less.</param>
/// <param name="Brier">The squared distance of the row from the truth. NaN where any number of the row is.</param>
/// <param name="Before">How many classes are more probable than the label; of equals the first is.</param>
/// <param name="Confidence">The probability of the predicted class.</param>
/// <param name="IsRight">Whether the label is predicted.</param>
internal readonly record struct RowScore(
    double Score, double LogLoss, double Brier, int Before, double Confidence, bool IsRight)
{
    private const double Least = 1.0 / (1L << 52);

    /// <summary>The scores of all rows.</summary>
    public static RowScore[] All(Matrix<double> probabilities, Vec<int> labels, int threads)
    {
        var scores = new RowScore[labels.Length];
        var some = new Some(probabilities, labels, scores);
        int parts = RowParts.Count(labels.Length, probabilities.Columns);
        Workers.Share(ref some, parts, Workers.Count(threads));
        return scores;
    }

    private static RowScore Of(ReadOnlySpan<double> row, int label, Span<double> room)
    {
        bool isOne = row.Length == 1; // the probability of class 1
        int predicted = isOne ? row[0] >= 0.5 ? 1 : 0 : Largest.IndexOf(row);
        double score = isOne ? row[0] : row[label], likely = isOne && label == 0 ? 1 - score : score;
        row.CopyTo(room);
        if (isOne) room[0] -= label; else room[label] -= 1;
        return new(
            score, -Elementary.Of<Log>(Math.Max(Least, likely)), Reduce.Dot<double>(room, room),
            isOne ? predicted == label ? 0 : 1 : MoreProbable(row, label),
            isOne ? Math.Max(row[0], 1 - row[0]) : row[predicted], predicted == label);
    }

    private static int MoreProbable(ReadOnlySpan<double> row, int label)
    {
        double own = row[label];
        int before = 0;
        for (int k = 0; k < label; k++) before += row[k] >= own ? 1 : 0;
        for (int k = label + 1; k < row.Length; k++) before += row[k] > own ? 1 : 0;
        return before;
    }

    /// <summary>Rows, a stretch a part.</summary>
    private readonly struct Some(Matrix<double> probabilities, Vec<int> labels, RowScore[] scores) : IParts
    {
        public void Run(int part, int parts)
        {
            int columns = probabilities.Columns;
            var spare = ThreadCache<double>.Take(2 * columns);
            Span<double> own = spare.Span[..columns], room = spare.Span.Slice(columns, columns);
            var (first, count) = RowParts.Of(labels.Length, part, parts);
            for (int row = first; row < first + count; row++)
                scores[row] = Of(probabilities.Row(row, own), labels[row], room);
            ThreadCache<double>.Return(spare);
        }
    }
}
