using System.Numerics;
using Functional.Core.Randomness;

namespace Functional.Core.Curvature;

/// <summary>
/// How the eigenvalues of an operator are spread, as places with weights that add up to 1: what Lanczos' method sees
/// from random starts. Moments up to twice its steps are those of the spectrum, as the starts see it. (Stochastic
/// Lanczos quadrature: Golub and Welsch, 1969; Ubaru, Chen and Saad, 2017)
/// </summary>
/// <param name="Values">Places, in increasing order.</param>
/// <param name="Weights">The share of the eigenvalues that each stands for.</param>
public sealed record SpectralDensity(Items<double> Values, Items<double> Weights)
{
    /// <summary>The mean of a function over the spectrum.</summary>
    public double Mean(Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Values.Zip(Weights, (value, weight) => weight * function(value))
            .Aggregate(0.0, (sum, term) => sum + term);
    }

    /// <summary>The share of eigenvalues up to a number.</summary>
    public double ShareUpTo(double value) =>
        Values.Zip(Weights, (place, weight) => place <= value ? weight : 0)
            .Aggregate(0.0, (sum, weight) => sum + weight);
}

/// <summary>Densities of operators.</summary>
public static class SpectralDensities
{
    extension<T>(LinearOperator<T> map) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>The density of the spectrum.</summary>
        /// <param name="key">Where the starts are drawn from.</param>
        /// <param name="probes">How many starts.</param>
        /// <param name="steps">How many steps from each.</param>
        public SpectralDensity Density(Key key, int probes = 20, int steps = 100)
        {
            ArgumentNullException.ThrowIfNull(map);
            ArgumentOutOfRangeException.ThrowIfLessThan(probes, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
            var nodes = new List<(double Value, double Weight)>();
            for (int probe = 0; probe < probes; probe++)
            {
                var space = new Krylov<T>(map, Draw.Normal<double>(key.At((uint)probe), map.Size).Span, []);
                for (int step = 0; step < steps && !space.IsWhole; step++) space.Step();
                var (values, first, _) = space.EigenEnds();
                nodes.AddRange(values.Zip(first, (value, component) => (value, component * component / probes)));
            }
            var ordered = nodes.OrderBy(node => node.Value).ToArray();
            return new([.. ordered.Select(node => node.Value)], [.. ordered.Select(node => node.Weight)]);
        }
    }
}
