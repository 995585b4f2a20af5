using System.Numerics;
using Functional.Core.Curvature;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Threads;
using LanguageExt;

namespace Functional.Core.Landscapes;

/// <summary>A point of a training's path, seen from a plane.</summary>
/// <param name="Step">How many steps were done there.</param>
/// <param name="X">Where its nearest point of the plane is, along the first axis.</param>
/// <param name="Y">The same along the second.</param>
/// <param name="Distance">From the plane.</param>
/// <param name="Loss">The loss of the network itself, not of the plane below it.</param>
/// <param name="LossOnPlane">The loss at the nearest point of the plane.</param>
public sealed record PathPoint(long Step, double X, double Y, double Distance, double Loss, double LossOnPlane);

/// <summary>The plane of a training's path along its two principal axes. (Lorch, 2016; Li et al., 2018)</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
/// <param name="Plane">Its origin is the end of the path; axes of length 1.</param>
/// <param name="Shares">The share of the path's variance along each axis, from the largest; as many as there are
/// dimensions.</param>
public sealed record PrincipalPlane<T>(Plane<T> Plane, Items<double> Shares)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The share of the variance that the plane holds.</summary>
    public double Share => Shares[0] + (Shares.Count > 1 ? Shares[1] : 0);
}

/// <summary>Paths of trainings.</summary>
public static class TrainingPath
{
    /// <summary>The plane of the two directions along which the points of a path vary most, by the eigenvectors of
    /// their Gram matrix.</summary>
    /// <param name="path">The networks of a path, the end last; at least three.</param>
    /// <exception cref="ArgumentException">There are fewer than three, or they lie on a line.</exception>
    public static PrincipalPlane<T> Principal<T>(IReadOnlyList<Network<T>> path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        CheckPrincipal(path).Match(
            Succ: plane => plane, Fail: faults => throw new ArgumentException(string.Join(" | ", faults)));

    /// <summary>The same plane, or why there is none.</summary>
    public static Validation<Invalid, PrincipalPlane<T>> CheckPrincipal<T>(IReadOnlyList<Network<T>> path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Count < 3)
            return Invalid.Unless<PrincipalPlane<T>>(
                [new($"the path has {path.Count} points; there should be at least 3")], () => null!);
        double[][] points = [.. path.Select(network => Doubles.Of(network.Parameters))];
        var mean = new double[points[0].Length];
        foreach (double[] point in points) Doubles.Add(1.0 / points.Length, point, mean);
        foreach (double[] point in points) Doubles.Add(-1, mean, point);
        var (values, vectors) = Householder.Eigen(Gram(points));
        double whole = values.Sum(value => Math.Max(0, value));
        if (!(values[^2] > 1e-12 * whole))
            return Invalid.Unless<PrincipalPlane<T>>(
                [new($"the points of the path lie on a line, which lies in many planes")], () => null!);
        Items<double> shares = [.. values.Reverse().Select(value => Math.Max(0, value) / whole)];
        return new PrincipalPlane<T>(new(path[^1], Axis(1), Axis(2)), shares);

        Axis<T> Axis(int number)
        {
            var along = new double[mean.Length];
            foreach (var (point, share) in points.Zip(vectors[^number])) Doubles.Add(share, point, along);
            Doubles.Scaled(along, 1 / Doubles.Norm(along));
            // Eigenvectors have no sign of their own: the path begins on the positive side of its end.
            if (Doubles.Dot(along, points[0]) < Doubles.Dot(along, points[^1])) Doubles.Scaled(along, -1);
            return new(
                $"principal axis {number} of the path ({Forms.Numerals.Fixed(100 * shares[number - 1], 1)} % of its "
                    + $"variance)",
                new(Doubles.To<T>(along)));
        }
    }

    /// <summary>The points of a path as a plane shows them, with the loss on the path beside that on the
    /// plane.</summary>
    /// <param name="path">Numbers of steps, and networks.</param>
    /// <param name="plane">The plane.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="data">Its mean is over these samples.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public static Items<PathPoint> On<T>(
        IReadOnlyList<(long Step, Network<T> Network)> path, Plane<T> plane, Loss loss, Dataset<T> data,
        int threads = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(plane);
        var measure = new Measure<T>(loss, data);
        var points = new PathPoint[path.Count];
        var each = new Each<T>(path, plane, measure, points);
        Workers.Share(ref each, points.Length, Workers.Count(threads));
        return [.. points];
    }

    private static Matrix<double> Gram(double[][] points)
    {
        var cells = new double[points.Length * points.Length];
        for (int row = 0; row < points.Length; row++)
            for (int column = 0; column <= row; column++)
                cells[row * points.Length + column] = cells[column * points.Length + row] =
                    Doubles.Dot(points[row], points[column]);
        return new(points.Length, points.Length, Vec<double>.Freeze(cells));
    }

    private readonly struct Each<T>(
        IReadOnlyList<(long Step, Network<T> Network)> path, Plane<T> plane, Measure<T> measure, PathPoint[] points)
        : IParts
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int part, int parts)
        {
            var (step, network) = path[part];
            var (x, y, distance) = plane.Nearest(network);
            points[part] = new(
                step, x, y, distance, measure.Of(network).Loss, measure.Of(plane.At(x, y)).Loss);
        }
    }
}
