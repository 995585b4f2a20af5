using Functional.Core.Numbers.Functions;

namespace Functional.Lecture;

/// <summary>What the tangent kernel of a ReLU net tends to as its layers become wider: on the unit circle it depends
/// on the angle γ between two points alone. (Jacot et al., 2018, theorem 1; the means over the normal distribution are
/// the arc-cosine kernels of Cho and Saul, 2009)</summary>
internal static class LimitKernel
{
    /// <summary>π.</summary>
    public const double Pi = 3.141592653589793;

    /// <summary>The kernel of a <see cref="TangentNet"/> at two points of the unit circle.</summary>
    /// <param name="angle">γ between them, 0 to π.</param>
    public static double At(double angle)
    {
        double biases = TangentNet.Bias * TangentNet.Bias;
        // Covariance of a layer's sums at the two points, and their variance at each; then what the kernel is so far.
        double covariance = Elementary.Of<Cos>(angle) / 2 + biases, variance = 0.5 + biases, kernel = covariance;
        for (int layer = 1; layer < TangentNet.Depth; layer++)
        {
            double between = ArcCosine(covariance / variance);
            covariance = MeanOfProducts(variance, between) + biases;
            variance = variance / 2 + biases;
            kernel = kernel * MeanOfSlopes(between) + covariance;
        }
        return kernel;
    }

    /// <summary>E[φ(u) φ(v)] of the ReLU φ, for normal u and v of one variance.</summary>
    /// <param name="variance">Of each.</param>
    /// <param name="angle">Whose cosine is their correlation.</param>
    public static double MeanOfProducts(double variance, double angle) =>
        variance * (Elementary.Of<Sin>(angle) + (Pi - angle) * Elementary.Of<Cos>(angle)) / (2 * Pi);

    /// <summary>E[φ'(u) φ'(v)].</summary>
    /// <param name="angle">Whose cosine is their correlation.</param>
    public static double MeanOfSlopes(double angle) => (Pi - angle) / (2 * Pi);

    /// <summary>The angle from 0 to π of a cosine, by bisection: no more than the cosine is needed.</summary>
    public static double ArcCosine(double cosine)
    {
        double low = 0, high = Pi;
        for (int halving = 0; halving < 60; halving++)
        {
            double middle = (low + high) / 2;
            if (Elementary.Of<Cos>(middle) > cosine) low = middle;
            else high = middle;
        }
        return low;
    }
}
