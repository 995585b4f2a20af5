using Functional.Core.Curvature;

namespace Functional.Core.Landscapes;

/// <summary>The last steps s of a quasi-Newton method, each with the difference y of the gradients at its ends: what it
/// knows of the curvature. (Nocedal, 1980; Liu and Nocedal, 1989)</summary>
/// <param name="memory">How many pairs are kept.</param>
internal sealed class CurvaturePairs(int memory)
{
    private const double Least = 1e-12; // of the cosine between s and y
    private readonly List<(double[] S, double[] Y, double Product)> pairs = [];

    public int Count => pairs.Count;

    /// <summary>From the oldest to the newest.</summary>
    public IReadOnlyList<(double[] S, double[] Y, double Product)> Pairs => pairs;

    /// <summary>y . y / s . y of the newest pair: the curvature that the first approximation has in every
    /// direction. 1 without pairs.</summary>
    public double Scale => pairs is [.., (_, var y, var product)] ? Doubles.Dot(y, y) / product : 1;

    /// <summary>Keeps a pair, if the curvature s . y along the step is positive beyond rounding; false if
    /// not.</summary>
    public bool Add(double[] s, double[] y)
    {
        double product = Doubles.Dot(s, y);
        if (!(product > Least * Doubles.Norm(s) * Doubles.Norm(y)) || !double.IsFinite(Doubles.Dot(y, y) / product))
            return false;
        if (pairs.Count == memory) pairs.RemoveAt(0);
        pairs.Add((s, y, product));
        return true;
    }

    public void Clear() => pairs.Clear();

    /// <summary>H g, with H the approximate inverse of the Hessian, by two loops over the pairs. (Nocedal and Wright,
    /// 2006, algorithm 7.4)</summary>
    public double[] InverseTimes(double[] gradient)
    {
        double[] product = [.. gradient];
        var parts = new double[pairs.Count];
        for (int i = pairs.Count - 1; i >= 0; i--)
        {
            parts[i] = Doubles.Dot(pairs[i].S, product) / pairs[i].Product;
            Doubles.Add(-parts[i], pairs[i].Y, product);
        }
        Doubles.Scaled(product, 1 / Scale);
        for (int i = 0; i < pairs.Count; i++)
            Doubles.Add(parts[i] - Doubles.Dot(pairs[i].Y, product) / pairs[i].Product, pairs[i].S, product);
        return product;
    }

    /// <summary>to - from.</summary>
    public static double[] Difference(double[] to, double[] from)
    {
        double[] difference = [.. to];
        Doubles.Add(-1, from, difference);
        return difference;
    }
}
