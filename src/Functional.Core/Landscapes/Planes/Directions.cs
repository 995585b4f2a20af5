using System.Numerics;
using Functional.Core.Curvature;
using Functional.Core.Networks;
using Functional.Core.Randomness;

namespace Functional.Core.Landscapes;

/// <summary>What lengths the pieces of a random direction are given. Without one, the picture of a net depends on the
/// scale of its weights, of which a net with ReLU does not. (Li, Xu, Taylor, Studer and Goldstein, 2018)</summary>
public enum Normalization
{
    /// <summary>The weights into each unit of a dense layer are as long as the network's.</summary>
    Filter,

    /// <summary>The weights of each layer are as long as the network's.</summary>
    Layer,

    /// <summary>As they were drawn, from the bell curve with deviation 1.</summary>
    Raw,
}

/// <summary>Random directions in parameter space.</summary>
public static class Directions
{
    extension<T>(Network<T> network) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>A direction from the bell curve, with the lengths that a normalization gives it.</summary>
        /// <param name="key">Where it is drawn from.</param>
        /// <param name="normalization">The lengths of its pieces.</param>
        /// <param name="withBiases">Whether biases, and the scales and shifts of norms, move, too; each vector of
        /// them is then as long as the network's. They stand still otherwise.</param>
        public Gradient<T> RandomDirection(
            Key key, Normalization normalization = Normalization.Filter, bool withBiases = false)
        {
            ArgumentNullException.ThrowIfNull(network);
            return network.Normalized(
                new(Draw.Normal<T>(key, network.Parameters.Length)), normalization, withBiases);
        }

        /// <summary>A direction with the lengths that a normalization gives it. Pieces of the network without length
        /// have none in the direction.</summary>
        /// <param name="direction">One number for each parameter.</param>
        /// <param name="normalization">The lengths of its pieces.</param>
        /// <param name="withBiases">Whether biases and norms move, too.</param>
        public Gradient<T> Normalized(Gradient<T> direction, Normalization normalization, bool withBiases = false)
        {
            ArgumentNullException.ThrowIfNull(network);
            ArgumentNullException.ThrowIfNull(direction);
            var (drawn, like) = (Doubles.Of(direction.Direction), Doubles.Of(network.Parameters));
            int first = 0;
            foreach (var slice in network.Architecture.Layout)
            {
                Span<double> piece = drawn.AsSpan(first, slice.Length), model = like.AsSpan(first, slice.Length);
                if (slice.Shape.Count < 2 && !withBiases) piece.Clear();
                else if (normalization == Normalization.Filter && slice.Shape.Count == 2)
                    for (int unit = 0; unit < slice.Shape[1]; unit++) Lengthen(piece, model, unit, slice.Shape[1]);
                else if (normalization != Normalization.Raw) Lengthen(piece, model, 0, 1);
                first += slice.Length;
            }
            return new(Doubles.To<T>(drawn));
        }
    }

    // Every so many numbers from one on are made as long as those of the model.
    private static void Lengthen(Span<double> piece, ReadOnlySpan<double> model, int first, int step)
    {
        var (own, wanted) = (new double[piece.Length / step], new double[piece.Length / step]);
        for (int i = 0; i < own.Length; i++) (own[i], wanted[i]) = (piece[first + i * step], model[first + i * step]);
        double length = Doubles.Norm(own), factor = length == 0 ? 0 : Doubles.Norm(wanted) / length;
        for (int i = 0; i < own.Length; i++) piece[first + i * step] = own[i] * factor;
    }
}
