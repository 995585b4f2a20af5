using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Metrics;

public static partial class Probabilistic
{
    /// <summary>
    /// The area under the receiver operating characteristic: the share of pairs, one sample of a class and one of the
    /// rest, in which the one of the class has the larger probability of it, ties counting 1/2; from 0 to 1 (best), 1/2
    /// for guessing. Only the order matters, so that any scores will do. (Hanley and McNeil, 1982)
    /// </summary>
    /// <remarks>Where a row is the probability of class 1, the class is 1, and the area is NaN if only one
    /// class occurs. Where it is one number a class, it is the mean of the areas of each class against the
    /// rest, over the classes that have some samples but not all of them (Provost and Domingos, 2000); NaN
    /// if there is none.</remarks>
    public static double RocAuc(Matrix<double> probabilities, Vec<int> labels, Vec<double>? weights = null) =>
        RocAuc(Scores(probabilities, labels, weights), probabilities, labels, weights);

    /// <summary>The same, where it is known what each row says of its label.</summary>
    internal static double RocAuc(
        RowScore[]? scores, Matrix<double> probabilities, Vec<int> labels, Vec<double>? weights, int threads = 1)
    {
        if (scores is null) return double.NaN;
        var classes = RocClass.All(labels).Where(one => probabilities.Columns > 1 || one.Label == 1);
        var byCounting = classes.ToLookup(one => weights is null && one.Members.Length <= RocCounting.Most);
        var areas = new double[Math.Max(2, probabilities.Columns)];
        Array.Fill(areas, double.NaN);
        RocCounting.Measure([.. byCounting[true]], probabilities, scores, areas, Workers.Count(threads));
        RocSorting.Measure([.. byCounting[false]], probabilities, labels, weights, areas, Workers.Count(threads));
        double[] known = [.. areas.Where(area => !double.IsNaN(area))];
        return Reduce.Sum<double>(known) / known.Length;
    }
}

/// <summary>A class, and the rows of its samples: at least one, and not all.</summary>
internal sealed record RocClass(int Label, int[] Members)
{
    /// <summary>The classes that have some of the samples, but not all.</summary>
    public static IEnumerable<RocClass> All(Vec<int> labels) => Enumerable.Range(0, labels.Length)
        .GroupBy(row => labels[row], (label, rows) => new RocClass(label, [.. rows]))
        .Where(one => one.Members.Length < labels.Length);

    /// <summary>Where its scores are: a single column has those of class 1.</summary>
    public int Column(Matrix<double> probabilities) => probabilities.Columns == 1 ? 0 : Label;
}
