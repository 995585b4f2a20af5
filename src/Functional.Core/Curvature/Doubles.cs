using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Curvature;

/// <summary>Vectors in double, whatever the precision of the network: what is worked out about a net is worked out in
/// double.</summary>
internal static class Doubles
{
    /// <summary>A vector in double.</summary>
    public static double[] Of<T>(Vec<T> vector) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. vector.Span.ToArray().Select(double.CreateTruncating)];

    /// <summary>A vector in a network's precision.</summary>
    public static Vec<T> To<T>(double[] vector) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec<T>.Freeze([.. vector.Select(T.CreateTruncating)]);

    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Reduce.Dot(x, y);

    public static double Norm(ReadOnlySpan<double> x) => Math.Sqrt(Reduce.Dot(x, x));

    /// <summary>to + factor x, into <paramref name="to"/>.</summary>
    public static void Add(double factor, ReadOnlySpan<double> x, Span<double> to) =>
        Elementwise.Zip(new MultiplyAdd<double>(factor), x, to, to);

    /// <summary>factor x, in place.</summary>
    public static double[] Scaled(double[] x, double factor)
    {
        Elementwise.Map(new Scale<double>(factor), x, x);
        return x;
    }
}
