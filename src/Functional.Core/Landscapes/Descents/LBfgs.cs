using Functional.Core.Curvature;
using Functional.Core.Networks;
using Functional.Core.Numbers;

namespace Functional.Core.Landscapes;

/// <summary>A network on its way to a minimum of the loss of all samples.</summary>
/// <param name="Step">How many steps were taken; 0 at the start.</param>
/// <param name="Network">The point.</param>
/// <param name="Loss">There.</param>
/// <param name="GradientNorm">The Euclidean length of the gradient there.</param>
public sealed record DescentPoint(long Step, Network<double> Network, double Loss, double GradientNorm);

/// <summary>
/// Minimises the loss of all samples at once by L-BFGS: theta &lt;- theta - alpha H g, with H an approximate inverse of
/// the Hessian from the last few steps, and alpha from a search for a step that satisfies the strong Wolfe conditions
/// (c1 = 1e-4, c2 = 0.9). (Nocedal, 1980; Nocedal and Wright, 2006, algorithms 3.5, 3.6 and 7.5)
/// </summary>
/// <param name="Memory">How many steps are remembered; at least 1.</param>
/// <param name="MostSteps">How many steps are taken, at most.</param>
/// <param name="Tolerance">A gradient that is at most this long ends the course.</param>
public sealed record LBfgs(int Memory = 10, int MostSteps = 200, double Tolerance = 1e-8)
{
    /// <summary>
    /// The start and the point after each step, of which each has a lower loss than the one before. The sequence is
    /// lazy: a step is taken when its point is asked for, and who stops reading stops the descent. It ends at the
    /// tolerance, after <see cref="MostSteps"/>, where no step along the steepest way down satisfies the conditions (as
    /// a rule because of rounding), or where the loss or its gradient is not finite.
    /// </summary>
    /// <param name="start">Where the descent starts.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="samples">Its mean is over these; all of them count in each step.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The points are the same.</param>
    /// <exception cref="ArgumentException">A setting is out of its range, or there are no samples.</exception>
    public IEnumerable<DescentPoint> Course(Network<double> start, Loss loss, Samples<double> samples, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(start);
        return Course(LossGradient.Of(start, loss, samples, threads), start.Parameters.ToArray()).Select((at, step) =>
            new DescentPoint(step, start.With(Vec<double>.Of(at.Point)), at.Value, Doubles.Norm(at.Gradient)));
    }

    /// <summary>The same of any objective.</summary>
    internal IEnumerable<LinePoint> Course(Objective objective, double[] start)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Memory, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MostSteps);
        ArgumentOutOfRangeException.ThrowIfNegative(Tolerance);
        return Points();

        IEnumerable<LinePoint> Points()
        {
            var pairs = new CurvaturePairs(Memory);
            var (value, gradient) = objective(start);
            var at = new LinePoint(0, start, value, gradient, 0);
            yield return at;
            for (int step = 0; step < MostSteps; step++)
            {
                double norm = Doubles.Norm(at.Gradient);
                if (!double.IsFinite(at.Value) || !double.IsFinite(norm) || norm <= Tolerance) yield break;
                var next = Next(objective, at, norm, pairs);
                if (next is null && pairs.Count > 0)
                {
                    pairs.Clear(); // once more, along the steepest way down
                    next = Next(objective, at, norm, pairs);
                }
                if (next is null) yield break;
                pairs.Add(
                    CurvaturePairs.Difference(next.Point, at.Point),
                    CurvaturePairs.Difference(next.Gradient, at.Gradient));
                yield return at = next;
            }
        }
    }

    // Without pairs the first trial moves by 1 at most, as a gradient says nothing about how long a step should be.
    private static LinePoint? Next(Objective objective, LinePoint at, double norm, CurvaturePairs pairs) =>
        StrongWolfe.Search(
            objective, at.Point, at.Value, at.Gradient, Doubles.Scaled(pairs.InverseTimes(at.Gradient), -1),
            first: pairs.Count == 0 ? Math.Min(1, 1 / norm) : 1);
}
