using Functional.Core.Curvature;
using Functional.Core.Numbers;

namespace Functional.Lecture;

/// <summary>How the features of some classes lie: what Papyan, Han and Donoho (2020) measure. With m_c the mean of
/// class c seen from the mean of all classes, and C classes:</summary>
/// <param name="Within">NC1: tr(S_W S_B⁺) / C, where S_W is the covariance of the features around the mean of their
/// class, S_B that of the m_c, and ⁺ the pseudoinverse.</param>
/// <param name="Lengths">NC2, equal norms: the standard deviation of |m_c| over its mean.</param>
/// <param name="Angles">NC2, equal angles: the standard deviation of the cosines between two m_c.</param>
/// <param name="Simplex">NC2, largest angles: the mean distance of those cosines from -1 / (C - 1).</param>
/// <param name="Duality">NC3: the distance of the classifier's weights from the m_c, both scaled to Frobenius norm
/// 1.</param>
/// <param name="Nearest">NC4: the share of samples that the net puts into another class than that of the nearest
/// mean.</param>
/// <param name="Directions">Over how many directions the m_c spread: (tr S_B)² / tr S_B², C - 1 on a simplex and less
/// elsewhere.</param>
internal readonly record struct ClassGeometry(
    double Within, double Lengths, double Angles, double Simplex, double Duality, double Nearest,
    double Directions)
{
    private const double Rounding = 1e-12; // an eigenvalue below this share of the largest is nothing

    /// <summary>Of features, a row a sample.</summary>
    /// <param name="features">Samples x units.</param>
    /// <param name="labels">The class of each, from 0.</param>
    /// <param name="weights">Those of the classifier: classes x units. Each class has samples.</param>
    /// <param name="decisions">The class that the net gives each.</param>
    public static ClassGeometry Of(
        Matrix<double> features, IReadOnlyList<int> labels, Matrix<double> weights, IReadOnlyList<int> decisions)
    {
        int classes = weights.Rows;
        double[][] means = Means(features, labels, classes);
        double[] center = Mean(means);
        double[][] seen = [.. means.Select(mean => Less(mean, center))];
        double[] lengths = [.. seen.Select(mean => Doubles.Norm(mean))];
        double[] cosines =
        [
            .. from c in Enumerable.Range(0, classes)
               from other in Enumerable.Range(0, c)
               select Doubles.Dot(seen[c], seen[other]) / (lengths[c] * lengths[other]),
        ];
        int elsewhere = Enumerable.Range(0, features.Rows).Count(row =>
            NearestTo(features.Row(row).ToArray(), means) != decisions[row]);
        return new(
            Scatter(features, labels, means, seen), Deviation(lengths) / Average(lengths), Deviation(cosines),
            Average([.. cosines.Select(cosine => Math.Abs(cosine + 1.0 / (classes - 1)))]),
            Doubles.Norm(Less(Unit(weights.Cells.Span.ToArray()), Unit([.. seen.SelectMany(mean => mean)]))),
            (double)elsewhere / features.Rows, Spread(seen));
    }

    private static double Spread(double[][] seen)
    {
        double[] products = [.. seen.SelectMany(mean => seen.Select(other => Doubles.Dot(mean, other)))];
        double trace = Average([.. seen.Select(mean => Doubles.Dot(mean, mean))]) * seen.Length;
        return trace * trace / Doubles.Dot(products, products);
    }

    // The eigenvectors of S_B are M v, where v are those of the small matrix M' M; of C means around their own mean at
    // most C - 1 are not nothing.
    private static double Scatter(
        Matrix<double> features, IReadOnlyList<int> labels, double[][] means, double[][] seen)
    {
        int classes = means.Length;
        var (values, vectors) = Householder.Eigen(Matrix<double>.Of(
            [.. seen.Select(mean => seen.Select(other => Doubles.Dot(mean, other) / classes).ToArray())]));
        double trace = 0;
        for (int k = 1; k < classes; k++)
        {
            if (values[k] <= Rounding * values[^1]) continue;
            var direction = new double[features.Columns];
            for (int c = 0; c < classes; c++) Doubles.Add(vectors[k][c], seen[c], direction);
            Doubles.Scaled(direction, 1 / Doubles.Norm(direction));
            double[] along =
            [
                .. Enumerable.Range(0, features.Rows).Select(row =>
                    Doubles.Dot(Less(features.Row(row).ToArray(), means[labels[row]]), direction)),
            ];
            trace += Doubles.Dot(along, along) / features.Rows / values[k];
        }
        return trace / classes;
    }

    /// <summary>The mean of each class.</summary>
    internal static double[][] Means(Matrix<double> features, IReadOnlyList<int> labels, int classes) =>
    [
        .. Enumerable.Range(0, classes).Select(c => Mean(
            [.. Enumerable.Range(0, features.Rows).Where(row => labels[row] == c)
                .Select(row => features.Row(row).ToArray())])),
    ];

    private static double[] Mean(double[][] rows)
    {
        var sum = new double[rows[0].Length];
        foreach (double[] row in rows) Doubles.Add(1, row, sum);
        return [.. sum.Select(number => number / rows.Length)];
    }

    private static int NearestTo(double[] feature, double[][] means)
    {
        double[] distances = [.. means.Select(mean => Doubles.Norm(Less(feature, mean)))];
        return Array.IndexOf(distances, distances.Min());
    }

    private static double[] Less(double[] from, double[] less) => [.. from.Select((number, i) => number - less[i])];

    private static double[] Unit(double[] vector)
    {
        double length = Doubles.Norm(vector);
        return [.. vector.Select(number => number / length)];
    }

    private static double Average(double[] numbers) => numbers.Aggregate(0.0, (sum, one) => sum + one) / numbers.Length;

    private static double Deviation(double[] numbers)
    {
        double mean = Average(numbers);
        return Math.Sqrt(Average([.. numbers.Select(one => (one - mean) * (one - mean))]));
    }
}
