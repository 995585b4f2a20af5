using Functional.Core.Curvature;

namespace Functional.Core.Landscapes;

/// <summary>Where an ascent ended.</summary>
/// <param name="Point">The point with the largest value of all that were looked at.</param>
/// <param name="Value">There.</param>
/// <param name="Iterations">How many iterations were taken; fewer than allowed where no way leads up.</param>
internal sealed record AscentEnd(double[] Point, double Value, int Iterations);

/// <summary>
/// Maximises an objective over a box by L-BFGS-B: an iteration makes a quadratic model of the negative objective small
/// within the box and searches the line to that point. (Byrd, Lu, Nocedal and Zhu, 1995)
/// </summary>
/// <remarks>
/// One thing is different. Where no curvature is known, or the last step found the objective to bend upwards, there is
/// no model with a maximum; the paper goes on with old pairs, or with the identity for a Hessian, whose steps have a
/// length that says nothing about the box. Here the pairs are dropped and the step leads to the corner where the linear
/// model is largest (Frank and Wolfe, 1956), which raises a convex objective always. Losses around a minimum are mostly
/// of this kind. The maximum that is found is a local one: a convex function over a box may have one at each corner.
/// </remarks>
internal static class BoxedAscent
{
    private const int Memory = 10;

    /// <summary>The end of an ascent.</summary>
    /// <param name="objective">What is maximised. Points where it is not finite are passed over.</param>
    /// <param name="start">A point of the box.</param>
    /// <param name="box">Where to stay.</param>
    /// <param name="iterations">How many, at most.</param>
    public static AscentEnd From(Objective objective, double[] start, Box box, int iterations)
    {
        var highest = new AscentEnd(start, double.NegativeInfinity, 0);
        var pairs = new CurvaturePairs(Memory);
        double[] at = box.Snap(start);
        var (value, gradient) = Descent(at);
        int iteration = 0;
        for (; iteration < iterations && double.IsFinite(value); iteration++)
        {
            var next = AlongModel();
            if (next is null)
            {
                pairs.Clear();
                next = Along(CurvaturePairs.Difference(box.LeastCorner(at, gradient), at), farthest: 1);
            }
            if (next is null) break;
            double[] to = box.Snap(next.Point);
            bool bendsDown = pairs.Add(
                CurvaturePairs.Difference(to, at), CurvaturePairs.Difference(next.Gradient, gradient));
            if (!bendsDown) pairs.Clear();
            (at, value, gradient) = (to, next.Value, next.Gradient);
        }
        return highest with { Iterations = iteration };

        // The negative objective, made small.
        (double Value, double[] Gradient) Descent(double[] point)
        {
            double[] inside = box.Snap(point);
            var (there, slope) = objective(inside);
            if (double.IsFinite(there) && there > highest.Value) highest = new(inside, there, 0);
            return (-there, Doubles.Scaled(slope, -1));
        }

        LinePoint? AlongModel()
        {
            if (BoxModel.Of(pairs)?.Minimum(at, gradient, box) is not { } target) return null;
            double[] direction = CurvaturePairs.Difference(target, at);
            return Along(direction, Math.Max(1, box.Reach(at, direction, double.PositiveInfinity)));
        }

        LinePoint? Along(double[] direction, double farthest) =>
            StrongWolfe.Search(Descent, at, value, gradient, direction, first: 1, farthest);
    }
}
