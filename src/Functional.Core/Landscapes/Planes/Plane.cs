using System.Numerics;
using Functional.Core.Curvature;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Landscapes;

/// <summary>A direction in parameter space, and what it is called in a figure.</summary>
/// <param name="Name">Such as "random direction 1, filter-normalised".</param>
/// <param name="Direction">One number for each parameter; any length.</param>
/// <param name="Running">How the running values move with it; they stay as they are if none are given.</param>
public sealed record Axis<T>(Phrase Name, Gradient<T> Direction, Vec<T>? Running = null)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>A plane in parameter space: origin + x first + y second.</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
/// <param name="Origin">Where x and y are 0.</param>
/// <param name="First">The axis of x.</param>
/// <param name="Second">The axis of y.</param>
public sealed record Plane<T>(Network<T> Origin, Axis<T> First, Axis<T> Second)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The network at a point of the plane; at (0, 0) the origin, to the bit.</summary>
    public Network<T> At(double x, double y) => new(
        Origin.Architecture,
        Moved(Origin.Parameters, x, First.Direction.Direction, y, Second.Direction.Direction),
        Moved(Origin.Running, x, First.Running, y, Second.Running));

    /// <summary>The point of the plane that is nearest to a network, and how far apart the two are.</summary>
    public (double X, double Y, double Distance) Nearest(Network<T> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var (first, second, off) = (Wide(First), Wide(Second), Doubles.Of(network.Parameters));
        Doubles.Add(-1, Doubles.Of(Origin.Parameters), off);
        double a = Doubles.Dot(first, first), b = Doubles.Dot(first, second),
            c = Doubles.Dot(second, second);
        double u = Doubles.Dot(first, off), v = Doubles.Dot(second, off), area = a * c - b * b;
        var (x, y) = area == 0 ? (a == 0 ? 0 : u / a, 0) : ((c * u - b * v) / area, (a * v - b * u) / area);
        Doubles.Add(-x, first, off);
        Doubles.Add(-y, second, off);
        return (x, y, Doubles.Norm(off));
    }

    /// <summary>The cosine of the angle between the axes; 0 where they are at right angles, or one has no
    /// length.</summary>
    public double Cosine
    {
        get
        {
            var (first, second) = (Wide(First), Wide(Second));
            double lengths = Doubles.Norm(first) * Doubles.Norm(second);
            return lengths == 0 ? 0 : Doubles.Dot(first, second) / lengths;
        }
    }

    private static double[] Wide(Axis<T> axis) => Doubles.Of(axis.Direction.Direction);

    private static Vec<T> Moved(Vec<T> from, double x, Vec<T>? first, double y, Vec<T>? second)
    {
        if (from.Length == 0 || first is null && second is null) return from;
        var at = from.Span.ToArray();
        if (first is not null && x != 0)
            Elementwise.Zip(new MultiplyAdd<T>(T.CreateTruncating(x)), first.Span, at, at);
        if (second is not null && y != 0)
            Elementwise.Zip(new MultiplyAdd<T>(T.CreateTruncating(y)), second.Span, at, at);
        return Vec<T>.Freeze(at);
    }
}
