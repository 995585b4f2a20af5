using Functional.Core.Curvature;
using Functional.Core.Networks;
using Functional.Core.Numbers;

namespace Functional.Core.Landscapes;

/// <summary>A network that flows down the gradient.</summary>
/// <param name="Time">t; gradient descent at a rate eta is compared with t = eta times its steps.</param>
/// <param name="Network">theta(t).</param>
/// <param name="Loss">There.</param>
public sealed record FlowPoint(double Time, Network<double> Network, double Loss);

/// <summary>
/// The flow d theta / dt = -gradient of the loss of all samples, which gradient descent follows while its rate is
/// small, by the classical Runge-Kutta method of fourth order (Kutta, 1901). Steps are at most Share / sharpness long,
/// with the sharpness the largest eigenvalue of the Hessian, as in the experiments of Cohen, Kaur, Li, Kolter and
/// Talwalkar (2021); a Share up to 2.78 is stable, and the error of a point is of order Share^4.
/// </summary>
/// <param name="MostStep">The longest step, in units of t; it is all there is where no curvature is positive.</param>
/// <param name="Share">The longest step, in units of 1 / sharpness.</param>
/// <param name="Renewal">Steps after which the sharpness is worked out anew.</param>
public sealed record GradientFlow(double MostStep = 1, double Share = 1, int Renewal = 10)
{
    private const int MostHalvings = 30;
    private const double SharpnessTolerance = 1e-3; // relative: a step length needs no more

    /// <summary>
    /// The start, at t = 0, and the point after each step. The loss never rises: a step that raises it is taken anew
    /// with half its length. The sequence is lazy and has no end of its own while the loss falls; it ends where the
    /// gradient is zero, where no step keeps the loss from rising (the flow has come to rest, up to rounding), or where
    /// the loss is not finite.
    /// </summary>
    /// <param name="start">theta(0).</param>
    /// <param name="loss">The loss.</param>
    /// <param name="samples">Its mean is over these.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The points are the same.</param>
    /// <exception cref="ArgumentException">A setting is out of its range, or there are no samples.</exception>
    public IEnumerable<FlowPoint> Course(Network<double> start, Loss loss, Samples<double> samples, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MostStep);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Share);
        ArgumentOutOfRangeException.ThrowIfLessThan(Renewal, 1);
        var objective = LossGradient.Of(start, loss, samples, threads);
        return Points();

        IEnumerable<FlowPoint> Points()
        {
            double[] theta = start.Parameters.ToArray();
            double time = 0, longest = MostStep;
            var (value, gradient) = objective(theta);
            for (long step = 0; ; step++)
            {
                var network = start.With(Vec<double>.Of(theta));
                yield return new(time, network, value);
                double norm = Doubles.Norm(gradient);
                if (!double.IsFinite(value) || !double.IsFinite(norm) || norm == 0) yield break;
                if (step % Renewal == 0) longest = Longest(network.Hessian(loss, samples, threads: threads));
                if (Next(objective, theta, value, gradient, longest) is not var (length, to, there, slope)) yield break;
                (time, theta, value, gradient) = (time + length, to, there, slope);
            }
        }
    }

    private double Longest(LinearOperator<double> hessian)
    {
        double sharpness = hessian.Spectrum(top: 1, bottom: 0, tolerance: SharpnessTolerance).Largest.Value;
        return sharpness * MostStep > Share ? Share / sharpness : MostStep;
    }

    // The next point with its value and gradient; null where every step raises the loss.
    private static (double Length, double[] To, double Value, double[] Gradient)? Next(
        Objective objective, double[] theta, double value, double[] gradient, double longest)
    {
        for (int halving = 0; halving <= MostHalvings; halving++, longest /= 2)
        {
            double[] to = Stepped(objective, theta, gradient, longest);
            var (there, slope) = objective(to);
            if (there <= value) return (longest, to, there, slope);
        }
        return null;
    }

    // theta - h/6 (g1 + 2 g2 + 2 g3 + g4)
    private static double[] Stepped(Objective objective, double[] theta, double[] g1, double h)
    {
        double[] g2 = objective(Moved(theta, -h / 2, g1)).Gradient;
        double[] g3 = objective(Moved(theta, -h / 2, g2)).Gradient;
        double[] g4 = objective(Moved(theta, -h, g3)).Gradient;
        double[] sum = Moved(Moved(Moved(g1, 2, g2), 2, g3), 1, g4);
        return Moved(theta, -h / 6, sum);
    }

    private static double[] Moved(double[] from, double factor, double[] along)
    {
        double[] to = [.. from];
        Doubles.Add(factor, along, to);
        return to;
    }
}
