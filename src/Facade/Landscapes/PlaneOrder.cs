using System.Numerics;
using Functional.Core.Curvature;
using Functional.Core.Forms;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Plane = Functional.Core.Landscapes.Plane;

namespace Functional.Landscapes;

/// <summary>How a plane is laid through a model.</summary>
internal enum PlaneKind
{
    /// <summary>Two random directions.</summary>
    Random,

    /// <summary>The principal axes of the training's path.</summary>
    Path,

    /// <summary>Two eigenvectors of the Hessian.</summary>
    Eigen,

    /// <summary>The model and two others.</summary>
    Through,
}

/// <summary>A surface that is wanted of a model.</summary>
/// <param name="Kind">How its plane is laid.</param>
/// <param name="Others">The two other models that a plane goes through.</param>
/// <param name="Points">Of the grid, along each axis.</param>
/// <param name="Range">From where to where on both axes; as the plane suggests unless given.</param>
/// <param name="Normalization">Of random directions.</param>
/// <param name="WithBiases">Whether random directions move biases and norms, too.</param>
/// <param name="Part">The samples.</param>
/// <param name="Seed">What random directions are drawn from; the experiment's own seed unless given.</param>
/// <param name="Threads">How many threads may help; 0 for all processors.</param>
internal sealed record PlaneOrder(
    PlaneKind Kind, Items<Model> Others, int Points, (double Low, double High)? Range, Normalization Normalization,
    bool WithBiases, DataPart Part, ulong? Seed, int Threads) : ILook<SurfaceLook>
{
    /// <summary>How far training went, as a share of all steps; heard while a path is walked.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>The plane, and the rows of its surface, which are measured as they are read.</summary>
    public SurfaceLook At<T>(Experiment experiment, Prepared<T> data, Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var samples = Part.Of(data);
        var keys = LandscapeKeys.Of(experiment, Seed);
        var look = Kind switch
        {
            PlaneKind.Path => AlongPath(experiment, data, network, samples),
            PlaneKind.Eigen => AlongEigenvectors(experiment, network, samples, keys.Curvature.Starts),
            PlaneKind.Through => ThroughOthers(experiment, network, samples),
            _ => Of(
                Plane.Random(network, keys.Axes, Normalization, WithBiases), experiment, samples, Square(-1, 1),
                    [Model(0, 0)]) with
            {
                Notes = [WithBiases ? $"biases and norms move, too" : (Phrase)$"biases and norms stand still"],
            },
        };
        return look with { Notes = [.. look.Notes, .. experiment.LossNotes] };
    }

    private SurfaceLook AlongEigenvectors<T>(
        Experiment experiment, Network<T> network, Dataset<T> samples, Key key)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var spectrum = network.To<double>().Hessian(
            experiment.Loss, samples.To<double>().For(experiment.Loss), threads: Threads)
                .Spectrum(top: 1, bottom: 1, key);
        var (top, bottom) = (spectrum.Largest, spectrum.Smallest);
        return Of(
            Plane.Eigen(network, Narrow(top), Narrow(bottom)), experiment, samples, Square(-1, 1), [Model(0, 0)]) with
        {
            Notes =
            [
                $"the largest eigenvalue of the Hessian is {top}, the smallest {bottom}",
                $"x and y are lengths in parameter space",
            ],
        };
        static Eigenpair<T> Narrow(Eigenpair<double> pair) =>
            new(pair.Value, Doubles.To<T>([.. pair.Vector]), pair.Residual);
    }

    private SurfaceLook ThroughOthers<T>(Experiment experiment, Network<T> network, Dataset<T> samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network<T> second = ((Model<T>)Others[0]).Network, third = ((Model<T>)Others[1]).Network;
        var plane = Attempt<Plane<T>>.Of(Plane.CheckThrough(network, second, third)).OrThrow();
        var (x2, y2, _) = plane.Nearest(second);
        var (x3, y3, _) = plane.Nearest(third);
        return Of(
            plane, experiment, samples, Around([0, x2, x3], [0, y2, y3]),
            [(0, 0, $"network 1"), (x2, y2, $"network 2"), (x3, y3, $"network 3")]) with
        {
            Notes = [$"x and y are lengths in parameter space"],
        };
    }

    private SurfaceLook AlongPath<T>(
        Experiment experiment, Prepared<T> data, Network<T> network, Dataset<T> samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var path = PathOfTraining.Of(experiment, data, network, Threads, Progress);
        var principal = Attempt<PrincipalPlane<T>>.Of(
            TrainingPath.CheckPrincipal([.. path.Select(point => point.Network)])).OrThrow();
        var points = TrainingPath.On(path, principal.Plane, experiment.Loss, samples, Threads);
        var (x, y, _) = principal.Plane.Nearest(network);
        var look = Of(
            principal.Plane, experiment, samples,
            Around([.. points.Select(point => point.X)], [.. points.Select(point => point.Y)]), [Model(x, y)]);
        return look with
        {
            Path = points,
            Share = principal.Share,
            Notes =
            [
                $"the plane holds {Numerals.Fixed(100 * principal.Share, 1)} % of the variance of the path's "
                    + $"{points.Count} points",
                $"a point of the path is up to {Numerals.Of(points.Max(point => point.Distance), 3)} away from the "
                    + $"plane",
            ],
        };
    }

    private static (double, double, Phrase) Model(double x, double y) => (x, y, $"the model");

    private SurfaceLook Of<T>(
        Plane<T> plane, Experiment experiment, Dataset<T> samples, Grid grid, Items<(double, double, Phrase)> marks)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(
            grid, Surface.Rows(plane, experiment.Loss, samples, grid, Threads), rows => Surface.Of(plane, grid, rows),
            plane.Cosine, samples.Rows, marks);

    private Grid Square(double low, double high) => Grid.Square(Points, Range?.Low ?? low, Range?.High ?? high);

    // A fifth more than some points take, on every side.
    private Grid Around(double[] xs, double[] ys)
    {
        if (Range is { } given) return Grid.Square(Points, given.Low, given.High);
        double margin = 0.2 * Math.Max(xs.Max() - xs.Min(), ys.Max() - ys.Min());
        return new(Points, Points, xs.Min() - margin, xs.Max() + margin, ys.Min() - margin, ys.Max() + margin);
    }
}

/// <summary>A surface as it is about to be measured, and what is to be shown with it.</summary>
/// <param name="Grid">Where.</param>
/// <param name="Rows">Its rows, measured as they are read.</param>
/// <param name="Join">The surface of all rows.</param>
/// <param name="Cosine">Of the angle between the axes.</param>
/// <param name="Samples">How many samples it is over.</param>
/// <param name="Marks">Points of the plane that have names.</param>
internal sealed record SurfaceLook(
    Grid Grid, IEnumerable<SurfaceRow> Rows, Func<IReadOnlyList<SurfaceRow>, Surface> Join, double Cosine, int Samples,
    Items<(double X, double Y, Phrase Name)> Marks)
{
    /// <summary>The path of the training on the plane; empty where the plane is not laid along it.</summary>
    public Items<PathPoint> Path { get; init; } = [];

    /// <summary>The share of the path's variance that the plane holds; null where there is no path.</summary>
    public double? Share { get; init; }

    /// <summary>What a person should know of the plane.</summary>
    public Items<Phrase> Notes { get; init; } = [];
}
