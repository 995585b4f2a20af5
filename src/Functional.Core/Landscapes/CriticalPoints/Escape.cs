using Functional.Core.Curvature;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Numbers.Functions;

namespace Functional.Core.Landscapes;

/// <summary>How gradient descent leaves a saddle along its steepest way down: while the loss is a quadratic there, the
/// distance grows by 1 + rate |lambda| a step.</summary>
/// <param name="Rate">Of the gradient descent.</param>
/// <param name="From">How far from the saddle it begins.</param>
/// <param name="To">How far it goes.</param>
/// <param name="Theory">ln(to / from) / ln(1 + rate |lambda|), steps.</param>
/// <param name="Measured">Steps that it took; null where they were more than a hundred thousand.</param>
public sealed record Escape(double Rate, double From, double To, double Theory, long? Measured)
{
    private const double Nudge = 1e-6, Reached = 1e-3;
    private const long MostSteps = 100_000;

    /// <summary>The escape from a critical point; null where no eigenvalue is negative.</summary>
    /// <param name="point">The saddle.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="samples">Its mean is over these.</param>
    /// <param name="rate">Of the gradient descent; one over the largest size of an eigenvalue unless given.</param>
    public static Escape? Of(CriticalPoint point, Loss loss, Samples<double> samples, double? rate = null)
    {
        ArgumentNullException.ThrowIfNull(point);
        if (point.Index == 0) return null;
        double lambda = -point.Eigenvalues[0];
        double eta = rate ?? 1 / Math.Max(lambda, Math.Abs(point.Eigenvalues[^1]));
        double theory = Elementary.Of<Log>(Reached / Nudge) / Elementary.Of<Log1p>(eta * lambda);
        if (theory > MostSteps) return new(eta, Nudge, Reached, theory, null);
        double[] saddle = point.Network.Parameters.ToArray(), way = point.Steepest.Direction.ToArray();
        var at = point.Network + Nudge * point.Steepest;
        for (long step = 0; step <= MostSteps; step++)
        {
            double[] off = at.Parameters.ToArray();
            Doubles.Add(-1, saddle, off);
            if (Math.Abs(Doubles.Dot(off, way)) >= Reached) return new(eta, Nudge, Reached, theory, step);
            var (gradient, _) = new Linearization<double>(at, loss, samples, threads: 1).Gradient();
            at -= eta * gradient;
        }
        return new(eta, Nudge, Reached, theory, null);
    }
}
