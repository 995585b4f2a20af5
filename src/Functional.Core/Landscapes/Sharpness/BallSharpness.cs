using Functional.Core.Curvature;
using Functional.Core.Networks;

namespace Functional.Core.Landscapes;

/// <summary>How much the loss rises within a ball, or an ellipsoid, around a network.</summary>
/// <param name="Value">The largest loss - the loss. The middle counts, too, so it is never negative.</param>
/// <param name="Loss">Of the network itself.</param>
/// <param name="LargestLoss">The largest that was found.</param>
/// <param name="Radius">rho.</param>
/// <param name="Steps">How many steps of the ascent were taken; fewer than allowed where the gradient is zero.</param>
public sealed record BallSharpness(double Value, double Loss, double LargestLoss, double Radius, int Steps);

/// <summary>The sharpness that sharpness-aware minimisation makes small.</summary>
public static class SharpnessAware
{
    extension(Network<double> network)
    {
        /// <summary>
        /// The maximum over |e| &lt;= rho of f(x + e) - f(x), in first order: e = rho g / |g|, with g the gradient at
        /// x. (Foret, Kleiner, Mobahi and Neyshabur, 2021) Further steps go on from there by projected ascent: e &lt;-
        /// the point of the ball nearest to e + rho g / |g|, with g the gradient at x + e; the best counts. It is a
        /// lower bound of the maximum, and zero where the gradient is.
        /// </summary>
        /// <param name="loss">f.</param>
        /// <param name="samples">The mean is over these.</param>
        /// <param name="rho">The radius, above 0, in the units of the parameters; 0.05 is the paper's usual
        /// one.</param>
        /// <param name="steps">1 for the first-order solution, or more.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        /// <exception cref="ArgumentException">An argument is out of its range, or there are no samples.</exception>
        public BallSharpness BallSharpness(
            Loss loss, Samples<double> samples, double rho = 0.05, int steps = 1, int threads = 0)
        {
            ArgumentNullException.ThrowIfNull(network);
            var one = new double[network.Parameters.Length];
            Array.Fill(one, 1);
            return Ascent(network, LossGradient.Of(network, loss, samples, threads), one, rho, steps);
        }

        /// <summary>
        /// Adaptive sharpness: the maximum over |T^-1 e| &lt;= rho of f(x + e) - f(x), with T = |x| + eta for each
        /// parameter, in first order: e = rho T^2 g / |T g|. (Kwon, Kim, Park and Choi, 2021) With eta = 0 it does not
        /// change when the weights of ReLU layers without biases are multiplied by a factor and those of the next
        /// divided by it, as their function does not. Further steps are those of <c>BallSharpness</c> for T^-1 e.
        /// </summary>
        /// <param name="loss">f.</param>
        /// <param name="samples">The mean is over these.</param>
        /// <param name="rho">The radius, above 0, relative to the parameters; 0.5 is the paper's usual one.</param>
        /// <param name="eta">What is added to each size, at least 0. The paper trains with 0.01.</param>
        /// <param name="steps">1 for the first-order solution, or more.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        /// <exception cref="ArgumentException">An argument is out of its range, or there are no samples.</exception>
        public BallSharpness AdaptiveSharpness(
            Loss loss, Samples<double> samples, double rho = 0.5, double eta = 0, int steps = 1, int threads = 0)
        {
            ArgumentNullException.ThrowIfNull(network);
            ArgumentOutOfRangeException.ThrowIfNegative(eta);
            double[] sizes = [.. network.Parameters.ToArray().Select(parameter => Math.Abs(parameter) + eta)];
            return Ascent(network, LossGradient.Of(network, loss, samples, threads), sizes, rho, steps);
        }
    }

    // In u = T^-1 e the ellipsoid is a ball, and the gradient is T g.
    private static BallSharpness Ascent(
        Network<double> network, Objective objective, double[] sizes, double rho, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rho);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        double[] x = network.Parameters.ToArray(), u = new double[x.Length];
        var (value, gradient) = objective(x);
        double largest = value;
        int taken = 0;
        for (; taken < steps; taken++)
        {
            double[] up = Times(sizes, gradient);
            double norm = Doubles.Norm(up);
            if (norm == 0 || !double.IsFinite(norm)) break;
            Doubles.Add(rho / norm, up, u);
            double length = Doubles.Norm(u);
            if (length > rho) Doubles.Scaled(u, rho / length);
            double[] there = Times(sizes, u);
            Doubles.Add(1, x, there);
            (double found, gradient) = objective(there);
            if (found > largest) largest = found;
        }
        return new(largest - value, value, largest, rho, taken);
    }

    private static double[] Times(double[] left, double[] right)
    {
        var product = new double[left.Length];
        for (int i = 0; i < product.Length; i++) product[i] = left[i] * right[i];
        return product;
    }
}
