using Functional.Core.Numbers;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Metrics;

public static partial class Probabilistic
{
    /// <summary>
    /// The area under the receiver operating characteristic: the share of pairs, one sample of a class and one of the rest, in
    /// which the one of the class has the larger probability of it, ties counting 1/2; from 0 to 1 (best), 1/2 for guessing.
    /// Only the order matters, so that any scores will do. (Hanley and McNeil, 1982)
    /// </summary>
    /// <remarks>Where a row is the probability of class 1, the class is 1, and the area is NaN if only one class occurs. Where it
    /// is one number a class, it is the mean of the areas of each class against the rest, over the classes that have some
    /// samples but not all of them (Provost and Domingos, 2000); NaN if there is none.</remarks>
    public static double RocAuc(Matrix<double> probabilities, Vec<int> labels, Vec<double>? weights = null)
    {
        if (!Measurable(probabilities, labels, weights)) return double.NaN;
        if (probabilities.Columns == 1) return Area(probabilities, 0, labels, 1, weights);
        double[] areas = [.. Enumerable.Range(0, probabilities.Columns).Select(k => Area(probabilities, k, labels, k, weights)).Where(area => !double.IsNaN(area))];
        return Reduce.Sum<double>(areas) / areas.Length;
    }

    // Up through the scores, one group of equals at a time; half a pair counts 1, so that counts stay whole numbers.
    private static double Area(Matrix<double> probabilities, int column, Vec<int> labels, int label, Vec<double>? weights)
    {
        int[] rows = [.. Enumerable.Range(0, labels.Length).OrderBy(row => probabilities[row, column])]; // equals in the order of rows
        double[] scores = [.. rows.Select(row => probabilities[row, column])];

        double members = 0, others = 0, won = 0;
        for (int start = 0, end = 0; start < scores.Length; start = end)
        {
            double equalMembers = 0, equalOthers = 0;
            for (; end < scores.Length && scores[end] == scores[start]; end++)
                if (labels[rows[end]] == label) equalMembers += weights?[rows[end]] ?? 1;
                else equalOthers += weights?[rows[end]] ?? 1;
            won += equalMembers * (2 * others + equalOthers);
            members += equalMembers;
            others += equalOthers;
        }
        return won / (2 * members * others);
    }
}
