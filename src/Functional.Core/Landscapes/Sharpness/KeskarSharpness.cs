using Functional.Core.Curvature;
using Functional.Core.Networks;
using Functional.Core.Randomness;

namespace Functional.Core.Landscapes;

/// <summary>How much the loss rises within a small box around a network. (Keskar, Mudigere, Nocedal, Smelyanskiy and
/// Tang, 2017, metric 2.1)</summary>
/// <param name="Value">phi = 100 (largest loss - loss) / (1 + loss), percent; never negative for losses that are
/// not.</param>
/// <param name="Loss">f(x), of the network itself.</param>
/// <param name="LargestLoss">The largest loss that was found in the box: a local maximum, or on the way to one.</param>
/// <param name="Epsilon">The size of the box.</param>
/// <param name="Dimensions">Of the box: the parameters, or p of a random subspace.</param>
/// <param name="Iterations">How many iterations of the maximisation were taken, over all its starts.</param>
public sealed record KeskarSharpness(
    double Value, double Loss, double LargestLoss, double Epsilon, int Dimensions, int Iterations);

/// <summary>Sharpness within a box.</summary>
public static class KeskarMetric
{
    extension(Network<double> network)
    {
        /// <summary>
        /// phi = 100 (max over y in C of f(x + A y) - f(x)) / (1 + f(x)), where C is the box of all z with |z_i| &lt;=
        /// epsilon (|(A+ x)_i| + 1), and A the identity, or a random n x p matrix with entries from the bell curve and
        /// A+ its pseudo-inverse. (Keskar et al., 2017, metric 2.1)
        /// </summary>
        /// <remarks>The maximum is looked for by L-BFGS-B, as in the paper, which takes ten iterations from the middle
        /// of the box; our first step and those after upward curvature lead to corners (Frank and Wolfe, 1956). What is
        /// found is a lower bound: maximising a loss over a box is hard, and a convex one may have a local maximum at
        /// every corner. More starts come closer. The value of one function depends on the scale of its weights (Dinh,
        /// Pascanu, Bengio and Bengio, 2017).</remarks>
        /// <param name="loss">f.</param>
        /// <param name="samples">The mean is over these.</param>
        /// <param name="epsilon">The size of the box, above 0; the paper has 1e-3 and 5e-4.</param>
        /// <param name="subspace">p, from 1 to the number of parameters; the paper has 100. The whole space if nothing
        /// is given.</param>
        /// <param name="key">Where the matrix and starts are drawn from; seed 0 if nothing is given.</param>
        /// <param name="iterations">Of each start, at most.</param>
        /// <param name="starts">How often the maximum is looked for: from the middle of the box, or from a random
        /// point where the gradient is zero there; then from random points of the box. The best counts.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        /// <exception cref="ArgumentException">An argument is out of its range, or there are no samples.</exception>
        public KeskarSharpness KeskarSharpness(
            Loss loss, Samples<double> samples, double epsilon = 1e-3, int? subspace = null, Key? key = null,
            int iterations = 10, int starts = 1, int threads = 0)
        {
            ArgumentNullException.ThrowIfNull(network);
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);
            ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(starts, 1);
            var drawn = key ?? Key.FromSeed(0).For(Purpose.Landscape);
            double[] x = network.Parameters.ToArray();
            var (inSubspace, middle) = Within(
                LossGradient.Of(network, loss, samples, threads), x,
                subspace is { } p ? new RandomSubspace(x.Length, p, drawn.At(0)) : null);
            var box = Box.Around([.. middle.Select(z => epsilon * (Math.Abs(z) + 1))]);
            var (value, gradient) = inSubspace(new double[box.Dimensions]);
            double largest = value;
            int taken = 0;
            for (int start = 0; start < starts; start++)
            {
                double[] from = start == 0 && gradient.Any(cell => cell != 0)
                    ? new double[box.Dimensions]
                    : PointOf(box, drawn.At(1).At((uint)start));
                var end = BoxedAscent.From(inSubspace, from, box, iterations);
                (largest, taken) = (end.Value > largest ? end.Value : largest, taken + end.Iterations);
            }
            return new(100 * (largest - value) / (1 + value), value, largest, epsilon, box.Dimensions, taken);
        }
    }

    // y -> f(x + A y), and A+ x.
    private static (Objective Objective, double[] Middle) Within(Objective loss, double[] x, RandomSubspace? a)
    {
        return (At, a?.LeastSquares(x) ?? x);

        (double Value, double[] Gradient) At(double[] y)
        {
            double[] point = [.. x];
            Doubles.Add(1, a?.Times(y) ?? y, point);
            var (value, gradient) = loss(point);
            return (value, a?.TransposedTimes(gradient) ?? gradient);
        }
    }

    private static double[] PointOf(Box box, Key key)
    {
        var shares = Draw.Uniform<double>(key, box.Dimensions, -1, 1);
        return [.. box.High.Select((side, i) => shares[i] * side)];
    }
}
