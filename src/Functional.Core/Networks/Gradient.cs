using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Networks;

/// <summary>A direction in parameter space: a gradient, an update, a tangent. Directions form a vector space, and a
/// network plus a direction is a network.</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
/// <param name="Direction">One number for each parameter, in their order.</param>
public sealed record Gradient<T>(Vec<T> Direction) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>The algebra of directions and networks.</summary>
public static class ParameterSpace
{
    extension<T>(Gradient<T> gradient) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>The sum of two directions.</summary>
        public static Gradient<T> operator +(Gradient<T> left, Gradient<T> right) =>
            new(Zip(default(Add<T>), left.Direction, right.Direction));

        /// <summary>The difference of two directions.</summary>
        public static Gradient<T> operator -(Gradient<T> left, Gradient<T> right) =>
            new(Zip(default(Subtract<T>), left.Direction, right.Direction));

        /// <summary>A direction made longer or shorter.</summary>
        public static Gradient<T> operator *(T scalar, Gradient<T> direction) =>
            new(Zip(new ScaleFirst<T>(scalar), direction.Direction, direction.Direction));

        /// <summary>The inner product, in the one order of numeric law 2.</summary>
        public T Dot(Gradient<T> other) => Reduce.Dot(gradient.Direction.Span, other.Direction.Span);

        /// <summary>The Euclidean length.</summary>
        public T Norm() => T.Sqrt(gradient.Dot(gradient));
    }

    extension<T>(Network<T>) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>The network moved along a direction.</summary>
        public static Network<T> operator +(Network<T> network, Gradient<T> direction) =>
            network.With(Zip(default(Add<T>), network.Parameters, direction.Direction));

        /// <summary>The network moved against a direction.</summary>
        public static Network<T> operator -(Network<T> network, Gradient<T> direction) =>
            network.With(Zip(default(Subtract<T>), network.Parameters, direction.Direction));
    }

    private static Vec<T> Zip<F, T>(F f, Vec<T> left, Vec<T> right)
        where F : struct, IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var cells = new T[left.Length];
        Elementwise.Zip<F, T>(f, left.Span, right.Span, cells);
        return Vec<T>.Freeze(cells);
    }

    private readonly struct ScaleFirst<T>(T scalar) : IZip<T> where T : unmanaged
    {
        public V At<L, V>(V x, V y) where L : struct, ILanes<V, T> where V : struct => L.Multiply(L.All(scalar), x);
    }
}
