using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Landscapes;

/// <summary>A curve in parameter space: at every t a weighted sum of some networks of one architecture, at t = 0 the
/// first and at t = 1 the last, to the bit. Running values are summed as the parameters are.</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
public abstract record ParameterCurve<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What is summed.</summary>
    public abstract Items<Network<T>> Points { get; }

    /// <summary>The weight of each point at t.</summary>
    protected abstract double[] Weights(double t);

    /// <summary>The network at t.</summary>
    /// <exception cref="ArgumentException">The networks have different architectures.</exception>
    public Network<T> At(double t)
    {
        var (points, weights) = (Points, Weights(t));
        if (points.Any(point => point.Architecture != points[0].Architecture))
            throw new ArgumentException(
                "the networks have different architectures; a curve should join points of one parameter space");
        return new(
            points[0].Architecture, Sum(points, weights, point => point.Parameters),
            Sum(points, weights, point => point.Running));
    }

    private static Vec<T> Sum(Items<Network<T>> points, double[] weights, Func<Network<T>, Vec<T>> part)
    {
        var sum = new T[part(points[0]).Length];
        if (sum.Length == 0) return Vec<T>.Empty;
        foreach (var (point, weight) in points.Zip(weights))
        {
            if (weight == 0) continue;
            Elementwise.Zip(new MultiplyAdd<T>(T.CreateTruncating(weight)), part(point).Span, sum, sum);
        }
        return Vec<T>.Freeze(sum);
    }
}

/// <summary>(1 - t) from + t to. (Goodfellow, Vinyals and Saxe, 2015)</summary>
public sealed record StraightLine<T>(Network<T> From, Network<T> To) : ParameterCurve<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override Items<Network<T>> Points => [From, To];

    /// <inheritdoc/>
    protected override double[] Weights(double t) => [1 - t, t];
}

/// <summary>cos(pi t / 2) from + sin(pi t / 2) to. (Keskar et al., 2017, figure 6)</summary>
public sealed record SineArc<T>(Network<T> From, Network<T> To) : ParameterCurve<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double HalfPi = 1.5707963267948966;

    /// <inheritdoc/>
    public override Items<Network<T>> Points => [From, To];

    /// <inheritdoc/>
    protected override double[] Weights(double t) =>
        t == 1 ? [0, 1] : [Elementary.Of<Cos>(HalfPi * t), Elementary.Of<Sin>(HalfPi * t)];
}

/// <summary>(1 - t)^2 from + 2 t (1 - t) control + t^2 to. (Garipov, Izmailov, Podoprikhin, Vetrov and Wilson,
/// 2018)</summary>
public sealed record BezierCurve<T>(Network<T> From, Network<T> Control, Network<T> To)
    : ParameterCurve<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override Items<Network<T>> Points => [From, Control, To];

    /// <inheritdoc/>
    protected override double[] Weights(double t) => [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
}
