using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;

namespace Functional.Lecture;

/// <summary>The shapes that a function of one number has along its direction.</summary>
internal enum RidgeShape { Wave, Ramp, Power }

/// <summary>height shape(direction . x + offset): the cosine, max(t, 0), or t^degree of t.</summary>
internal readonly record struct Ridge(RidgeShape Shape, double Height, double[] Direction, double Offset,
    int Degree = 1)
{
    /// <summary>How far t is from the offset at most, on the cube from -1 to 1.</summary>
    public double Reach => Direction.Sum(Math.Abs);

    /// <summary>How steep the term is at most along t.</summary>
    public double Lipschitz => Math.Abs(Height) * (Shape is RidgeShape.Power
        ? Degree * Elementary.Power(Math.Abs(Offset) + Reach, Degree - 1)
        : 1);

    /// <summary>The term at t.</summary>
    public double Of(double t) => Height * Shape switch
    {
        RidgeShape.Wave => Elementary.Of<Cos>(t),
        RidgeShape.Ramp => Math.Max(t, 0),
        _ => Elementary.Power(t, Degree),
    };
}

/// <summary>A random function on the cube from -1 to 1: a sum of ridges and a constant, of mean 0 and variance 1. Every
/// continuous function is a limit of such sums, and one hidden layer approximates each ridge by itself.</summary>
internal sealed record RidgeSum(Ridge[] Ridges, double Constant)
{
    private const double TwoPi = 6.283185307179586;

    /// <summary>What kinds there are.</summary>
    public const int Families = 5;

    /// <summary>The kind that is a single wave.</summary>
    public const int SingleWave = 3;

    /// <summary>A function of a kind, drawn from a key.</summary>
    public static RidgeSum Of(int family, int inputs, Key key)
    {
        var ridges = family switch
        {
            0 => Waves(4, inputs, 3, key),
            1 => Waves(32, inputs, 2, key),
            2 => Ramps(8, inputs, key),
            SingleWave => [new(RidgeShape.Wave, 1,
                Direction(inputs, Draw.Uniform<double>(key.At(3), 1, 4, 8)[0], key.At(0)),
                Draw.Uniform<double>(key.At(1), 1, 0, TwoPi)[0])],
            _ => Powers(5, inputs, key),
        };
        return new RidgeSum(ridges, 0).Standardized(Grid(inputs));
    }

    /// <summary>The function at a point.</summary>
    public double At(ReadOnlySpan<double> x)
    {
        double sum = Constant;
        foreach (var ridge in Ridges) sum += ridge.Of(Reduce.Dot(ridge.Direction, x) + ridge.Offset);
        return sum;
    }

    /// <summary>The function at points, a column.</summary>
    public Matrix<double> At(Matrix<double> points) =>
        new(points.Rows, 1, Vec<double>.Of([.. Enumerable.Range(0, points.Rows).Select(row => At(points.Row(row)))]));

    /// <summary>Points in rows and columns at equal distances, from -1 to 1: 501 of a line, 31 x 31 of a
    /// square.</summary>
    public static Matrix<double> Grid(int inputs)
    {
        int side = inputs == 1 ? 501 : 31;
        double At(int i) => -1 + 2.0 * i / (side - 1);
        return Matrix<double>.Of([.. inputs == 1
            ? Enumerable.Range(0, side).Select(i => new[] { At(i) })
            : Enumerable.Range(0, side * side).Select(i => new[] { At(i % side), At(i / side) })]);
    }

    private static Ridge[] Waves(int count, int inputs, double deviation, Key key)
    {
        var (directions, phases) = (Draw.Normal<double>(key.At(0), count * inputs, 0, deviation),
            Draw.Uniform<double>(key.At(1), count, 0, TwoPi));
        var heights = Draw.Normal<double>(key.At(2), count);
        return [.. Enumerable.Range(0, count).Select(k => new Ridge(
            RidgeShape.Wave, heights[k], directions.Span.Slice(k * inputs, inputs).ToArray(), phases[k]))];
    }

    private static Ridge[] Ramps(int count, int inputs, Key key)
    {
        var (heights, offsets) = (Draw.Normal<double>(key.At(2), count), Draw.Uniform<double>(key.At(1), count, -1, 1));
        return [.. Enumerable.Range(0, count).Select(k => new Ridge(
            RidgeShape.Ramp, heights[k], Direction(inputs, 1, key.At(0).At((uint)k)), offsets[k]))];
    }

    // Powers of t in a direction each, as high as those of a Legendre polynomial: of degree 5 whatever the draw.
    private static Ridge[] Powers(int degree, int inputs, Key key)
    {
        var heights = Draw.Normal<double>(key.At(2), 2 * degree);
        return [.. Enumerable.Range(0, 2 * degree).Select(k => new Ridge(
            RidgeShape.Power, heights[k] * Math.Sqrt(2 * (k % degree) + 3), Direction(inputs, 1, key.At(0).At((uint)k)),
            0,
            k % degree + 1))];
    }

    private static double[] Direction(int inputs, double length, Key key)
    {
        double[] direction = Draw.Normal<double>(key, inputs).ToArray();
        double norm = Math.Sqrt(Reduce.Dot<double>(direction, direction));
        return [.. direction.Select(cell => cell * length / norm)];
    }

    private RidgeSum Standardized(Matrix<double> points)
    {
        double[] values = At(points).Cells.ToArray();
        double mean = Reduce.Sum<double>(values) / values.Length;
        for (int i = 0; i < values.Length; i++) values[i] -= mean;
        double scale = 1 / Math.Sqrt(Reduce.Dot<double>(values, values) / values.Length);
        return new([.. Ridges.Select(ridge => ridge with { Height = ridge.Height * scale })], -mean * scale);
    }
}
