using Functional.Core.Curvature;
using Functional.Core.Differentiation;
using Functional.Core.Networks;

namespace Functional.Core.Landscapes;

/// <summary>
/// From a start to a critical point near it, be it a minimum or a saddle: |gradient|^2 is made small by the method of
/// Levenberg (1944) and Marquardt (1963), whose Jacobian is the Hessian H. A step is -(H H + mu)^-1 H g, with mu by the
/// rule of Nielsen (1999).
/// </summary>
public static class CriticalSearch
{
    /// <summary>How long the gradient is at a critical point, at most.</summary>
    public const double Tolerance = 1e-10;

    /// <summary>The most parameters of a network whose critical points are looked for: its Hessian is written
    /// down.</summary>
    public const int MostParameters = 500;

    private const int MostSteps = 400, StepsAfter = 40;
    private const double Farthest = 1e4;
    private const double Moved = 0.5; // by a search that goes on from a point that is none
    private const double LeastLeft = 1e-4; // of parameters on the way back from infinity

    extension(Network<double> start)
    {
        /// <summary>The end of a search.</summary>
        /// <param name="loss">The loss.</param>
        /// <param name="samples">Its mean is over these.</param>
        /// <exception cref="ArgumentException">There are more than <see cref="MostParameters"/> parameters.</exception>
        public SearchEnd CriticalPoint(Loss loss, Samples<double> samples)
        {
            ArgumentNullException.ThrowIfNull(start);
            if (start.Parameters.Length > MostParameters)
                throw new ArgumentException($"the network has {start.Parameters.Length} parameters; critical points "
                    + $"are looked for with at most {MostParameters}");
            var place = Descend(Place.Of(start, loss, samples), MostSteps, Tolerance);
            if (place.IsFar) return new SearchEnd.RanOff(place.Loss, place.Norm, place.Distance);
            if (place.Norm > Tolerance) return new SearchEnd.Stalled(place.Loss, place.Norm);
            // At a critical point there is nowhere to go on to; where the gradient dies away, there is.
            var after = Descend(place, StepsAfter, Tolerance * 1e-4);
            return after.IsFar || after.DistanceFrom(place) > Moved || after.IsAtInfinity
                ? new SearchEnd.RanOff(after.Loss, after.Norm, after.Distance)
                : new SearchEnd.Found((after.Norm < place.Norm ? after : place).Classified());
        }
    }

    private static Place Descend(Place at, int steps, double tolerance)
    {
        double growth = 2, mu = double.NaN;
        for (int step = 0; step < steps && at.Norm > tolerance && !at.IsFar && double.IsFinite(at.Norm); step++)
        {
            var (values, vectors) = at.Eigen;
            double size = Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
            if (size == 0) break;
            double least = 1e-13 * size;
            if (double.IsNaN(mu)) mu = 1e-3 * size * size;
            double[] along = [.. vectors.Select(vector => Doubles.Dot(vector, at.Gradient))];
            bool isTaken = false;
            for (int attempt = 0; attempt < 40 && !isTaken; attempt++)
            {
                double damping = Math.Max(mu, least * least), expected = 0;
                var move = new double[at.Gradient.Length];
                foreach (var (value, vector, part) in values.Zip(vectors, along))
                {
                    double factor = value / (value * value + damping), left = 1 - value * factor;
                    Doubles.Add(-factor * part, vector, move);
                    expected += (1 - left * left) * part * part;
                }
                var next = at.Moved(move);
                double gain = (at.Norm * at.Norm - next.Norm * next.Norm) / expected;
                if (gain > 0 && next.Norm < at.Norm)
                {
                    double cube = 2 * gain - 1;
                    (at, growth, isTaken) = (next, 2, true);
                    mu = damping * Math.Max(1.0 / 3, 1 - cube * cube * cube);
                    if (mu <= 10 * least * least) mu = 0;
                }
                else (mu, growth) = (Math.Max(damping, least * least) * growth, growth * 2);
            }
            if (!isTaken) break; // rounding, or no way down
        }
        return at;
    }

    // A network with its gradient; Hessian and eigenvalues when they are asked for.
    private sealed class Place(
        Network<double> network, Loss loss, Samples<double> samples, double value, double[] gradient)
    {
        private (double[] Values, double[][] Vectors)? eigen;

        public double Loss => value;
        public double[] Gradient => gradient;
        public double Norm { get; } = Doubles.Norm(gradient);
        public double Distance => Doubles.Norm(network.Parameters.Span);
        public bool IsFar => Distance > Farthest;

        /// <summary>Whether units or probabilities are saturated and the gradient is nothing because of that: on the
        /// way back along the directions without curvature it is there before they are free, and farther out it is
        /// not.</summary>
        public bool IsAtInfinity
        {
            get
            {
                if (!IsSaturated) return false;
                double[] outward = WithoutCurvature();
                double outside = Moved(Scaled(outward, 0.5)).Norm, nothing = Math.Max(outside, 1e-4 * Tolerance);
                for (double left = 0.5; left > LeastLeft; left /= 2)
                {
                    var back = Moved(Scaled(outward, left - 1));
                    if (back.Norm > 10 * nothing) return true;
                    if (!back.IsSaturated) return false;
                }
                return false;
            }
        }

        private bool IsSaturated => network.IsSaturated(loss, samples.Inputs);

        // The part of the parameters along directions whose curvature is nothing, or would change the gradient by
        // nothing from here to zero.
        private double[] WithoutCurvature()
        {
            var (values, vectors) = Eigen;
            double flat = Math.Max(
                Landscapes.CriticalPoint.Relative * Math.Max(Math.Abs(values[0]), Math.Abs(values[^1])),
                Tolerance / (1 + Distance));
            var along = new double[gradient.Length];
            foreach (var (value, vector) in values.Zip(vectors))
                if (Math.Abs(value) <= flat) Doubles.Add(Doubles.Dot(vector, network.Parameters.Span), vector, along);
            return along;
        }

        private static double[] Scaled(double[] vector, double factor) => Doubles.Scaled([.. vector], factor);

        public (double[] Values, double[][] Vectors) Eigen => eigen ??= Householder.Eigen(
            network.Hessian(loss, samples, threads: 1).Symmetric());

        public static Place Of(Network<double> network, Loss loss, Samples<double> samples)
        {
            var at = new Linearization<double>(network, loss, samples, threads: 1);
            return new(network, loss, samples, at.Value, at.Gradient().Gradient.Direction.ToArray());
        }

        public Place Moved(double[] by)
        {
            double[] to = network.Parameters.ToArray();
            Doubles.Add(1, by, to);
            return Of(network.With([.. to]), loss, samples);
        }

        public double DistanceFrom(Place other)
        {
            double[] off = network.Parameters.ToArray();
            Doubles.Add(-1, other.NetworkParameters, off);
            return Doubles.Norm(off);
        }

        private double[] NetworkParameters => network.Parameters.ToArray();

        public CriticalPoint Classified() =>
            new(network, value, Norm, [.. Eigen.Values], new([.. Eigen.Vectors[0]]));
    }
}
