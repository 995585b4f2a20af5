using System.Numerics;
using Functional.Core.Curvature;
using Functional.Core.Networks;
using Functional.Core.Randomness;

namespace Functional.Core.Landscapes;

/// <summary>Ways to lay a plane through parameter space.</summary>
public static class Plane
{
    /// <summary>A plane of two random directions.</summary>
    /// <param name="network">Its origin.</param>
    /// <param name="key">Where the directions are drawn from.</param>
    /// <param name="normalization">The lengths of their pieces.</param>
    /// <param name="withBiases">Whether biases and norms move, too.</param>
    public static Plane<T> Random<T>(
        Network<T> network, Key key, Normalization normalization = Normalization.Filter, bool withBiases = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return new(network, Axis(0), Axis(1));
        Axis<T> Axis(uint index) =>
            new(Name(index + 1), network.RandomDirection(key.At(index), normalization, withBiases));
        Phrase Name(uint number) => normalization switch
        {
            Normalization.Filter => $"random direction {number}, filter-normalised",
            Normalization.Layer => $"random direction {number}, layer-normalised",
            _ => $"random direction {number}, as drawn",
        };
    }

    /// <summary>The plane of two eigenvectors, of length 1 each.</summary>
    /// <param name="network">Its origin.</param>
    /// <param name="first">The pair along x.</param>
    /// <param name="second">The pair along y.</param>
    public static Plane<T> Eigen<T>(Network<T> network, Eigenpair<T> first, Eigenpair<T> second)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return new(network, Axis(first), Axis(second));
        static Axis<T> Axis(Eigenpair<T> pair) =>
            new($"eigenvector of {Forms.Numerals.Of(pair.Value, 4)}", new(pair.Vector));
    }

    /// <summary>The plane through three networks of one architecture: axes at right angles, of length 1, the first one
    /// from <paramref name="origin"/> to <paramref name="second"/>. Distances in it are those of parameter space.
    /// Running values move as the parameters do.</summary>
    /// <exception cref="ArgumentException">The networks differ in their architecture, or lie on a line.</exception>
    public static Plane<T> Through<T>(Network<T> origin, Network<T> second, Network<T> third)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(third);
        foreach (var other in (Network<T>[])[second, third])
            if (other.Architecture != origin.Architecture)
                throw new ArgumentException("the networks have different architectures; a plane should go through points "
                    + "of one parameter space");
        int count = origin.Parameters.Length;
        double[] from = All(origin), x = Off(second), y = Off(third);
        double width = Doubles.Norm(x.AsSpan(..count));
        if (width == 0) throw new ArgumentException("the first two networks are the same point; they should differ");
        Doubles.Scaled(x, 1 / width);
        double height = Doubles.Norm(y.AsSpan(..count));
        for (int pass = 0; pass < 2; pass++) Doubles.Add(-Doubles.Dot(x.AsSpan(..count), y.AsSpan(..count)), x, y);
        double rest = Doubles.Norm(y.AsSpan(..count));
        if (rest <= 1e-6 * height || rest == 0)
            throw new ArgumentException("the three networks lie on a line; a plane needs three that do not");
        Doubles.Scaled(y, 1 / rest);
        return new(origin, Axis($"from network 1 to network 2", x), Axis($"towards network 3, at right angles", y));

        double[] All(Network<T> network) => [.. Doubles.Of(network.Parameters), .. Doubles.Of(network.Running)];
        double[] Off(Network<T> network)
        {
            double[] off = All(network);
            Doubles.Add(-1, from, off);
            return off;
        }
        Axis<T> Axis(Phrase name, double[] along) =>
            new(name, new(Doubles.To<T>(along[..count])), Doubles.To<T>(along[count..]));
    }
}
