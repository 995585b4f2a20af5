using Functional.Core.Curvature;

namespace Functional.Core.Landscapes;

/// <summary>A point of a line: how far along it lies, and what the objective is there.</summary>
/// <param name="Step">alpha.</param>
/// <param name="Point">x + alpha d.</param>
/// <param name="Value">f(x + alpha d); NaN where value or slope are not finite.</param>
/// <param name="Gradient">There.</param>
/// <param name="Slope">The derivative by alpha: gradient . d</param>
internal sealed record LinePoint(double Step, double[] Point, double Value, double[] Gradient, double Slope);

/// <summary>
/// A search along a line for a step that satisfies the strong Wolfe conditions, f(x + alpha d) &lt;= f(x) + c1 alpha
/// f'(x) d and |f'(x + alpha d) d| &lt;= c2 |f'(x) d|: the step is neither too long for what it gains nor too short.
/// (Nocedal and Wright, 2006, algorithms 3.5 and 3.6)
/// </summary>
/// <remarks>Trial steps are the minima of cubics through values and slopes (their equation 3.59), kept away from the
/// ends of the bracket, which is halved where a cubic has no minimum there or shrinks it too slowly. Values that are
/// not finite count as too high. Beside the first condition the value must be lower than at the start, which rounding
/// would otherwise not ensure.</remarks>
internal static class StrongWolfe
{
    /// <summary>c1, the share of the first slope that a step must gain on average.</summary>
    public const double Decrease = 1e-4;

    /// <summary>c2, the share of the first slope that may be left at the end.</summary>
    public const double Flatness = 0.9;

    private const int MostTrials = 40;
    private const double Margin = 0.1; // of a bracket, that trials keep from its ends
    private const double Least = 1.1, Most = 10; // growth of steps before there is a bracket

    /// <summary>The step that was found; null where there is none, because of rounding or because the objective has no
    /// minimum along the line.</summary>
    /// <param name="objective">f.</param>
    /// <param name="from">x.</param>
    /// <param name="value">f(x).</param>
    /// <param name="gradient">At x.</param>
    /// <param name="direction">d, which should lead down.</param>
    /// <param name="first">The first step that is tried.</param>
    /// <param name="farthest">The longest step. Where it satisfies the first condition and leads down still, it is
    /// taken though the second condition does not hold.</param>
    public static LinePoint? Search(
        Objective objective, double[] from, double value, double[] gradient, double[] direction, double first = 1,
        double farthest = double.PositiveInfinity)
    {
        var line = new Line(
            objective, direction, new(0, from, value, gradient, Doubles.Dot(gradient, direction)));
        return line.Start.Slope < 0 ? line.Found(Math.Min(first, farthest), farthest) : null;
    }

    /// <summary>The minimum of the cubic that has the values and slopes of two points; NaN where there is
    /// none.</summary>
    private static double CubicMinimum(LinePoint a, LinePoint b)
    {
        double chord = a.Slope + b.Slope - 3 * (a.Value - b.Value) / (a.Step - b.Step);
        double root = Math.Sqrt(chord * chord - a.Slope * b.Slope) * (b.Step > a.Step ? 1 : -1);
        return b.Step - (b.Step - a.Step) * ((b.Slope + root - chord) / (b.Slope - a.Slope + 2 * root));
    }

    private sealed class Line(Objective objective, double[] direction, LinePoint start)
    {
        public LinePoint Start => start;

        // Algorithm 3.5: longer and longer steps, until one is good or a good one lies between two.
        public LinePoint? Found(double first, double farthest)
        {
            var (before, at) = (start, At(first));
            for (int trial = 0; trial < MostTrials; trial++)
            {
                if (!IsLow(at) || at.Value >= before.Value) return Between(before, at);
                if (IsFlat(at)) return at;
                if (at.Slope >= 0) return Between(at, before);
                if (at.Step >= farthest) return at;
                double ahead = at.Step - before.Step, next = CubicMinimum(before, at);
                double shortest = before.Step + Least * ahead, longest = at.Step + (Most - 1) * ahead;
                if (!(next > at.Step)) next = longest;
                (before, at) = (at, At(Math.Min(Math.Clamp(next, shortest, longest), farthest)));
            }
            return null;
        }

        // Algorithm 3.6: low satisfies the first condition, has the least value so far and leads down towards high.
        private LinePoint? Between(LinePoint low, LinePoint high)
        {
            double width = double.PositiveInfinity; // two trials ago
            double last = Math.Abs(high.Step - low.Step);
            for (int trial = 0; trial < MostTrials; trial++)
            {
                double now = Math.Abs(high.Step - low.Step), left = Math.Min(low.Step, high.Step);
                double next = CubicMinimum(low, high);
                next = double.IsNaN(next) || now > 0.66 * width
                    ? left + now / 2
                    : Math.Clamp(next, left + Margin * now, left + (1 - Margin) * now);
                if (next == low.Step || next == high.Step) return null;
                (width, last) = (last, now);
                var at = At(next);
                if (!IsLow(at) || at.Value >= low.Value) high = at;
                else if (IsFlat(at)) return at;
                else (low, high) = (at, at.Slope * (high.Step - low.Step) >= 0 ? low : high);
            }
            return null;
        }

        private bool IsLow(LinePoint at) =>
            at.Value <= start.Value + Decrease * at.Step * start.Slope && at.Value < start.Value;

        private bool IsFlat(LinePoint at) => Math.Abs(at.Slope) <= -Flatness * start.Slope;

        private LinePoint At(double step)
        {
            double[] point = [.. start.Point];
            Doubles.Add(step, direction, point);
            var (value, gradient) = objective(point);
            double slope = Doubles.Dot(gradient, direction);
            bool isFinite = double.IsFinite(slope) && double.IsFinite(value);
            return new(step, point, isFinite ? value : double.NaN, gradient, slope);
        }
    }
}
