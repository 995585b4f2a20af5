using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Threads;
using Functional.Core.Passes;

namespace Functional.Core.Landscapes;

/// <summary>A loss over a plane of parameter space, and where there are classes or labels, the accuracy.</summary>
/// <param name="Grid">Where it was measured.</param>
/// <param name="Losses">A row for each y, from the least; a column for each x.</param>
/// <param name="Accuracies">The same of the accuracy; null where there are neither classes nor labels.</param>
/// <param name="XName">What x is.</param>
/// <param name="YName">What y is.</param>
public sealed record Surface(
    Grid Grid, Matrix<double> Losses, Matrix<double>? Accuracies, Phrase XName, Phrase YName)
{
    /// <summary>The grid's point with the least loss, the first one of several; its first point where no loss
    /// is a number.</summary>
    public (double X, double Y, double Loss) Minimum
    {
        get
        {
            int at = 0;
            for (int i = 1; i < Losses.Cells.Length; i++)
                if (Losses.Cells[i] < Losses.Cells[at] || double.IsNaN(Losses.Cells[at])) at = i;
            return (Grid.Xs[at % Grid.Columns], Grid.Ys[at / Grid.Columns], Losses.Cells[at]);
        }
    }

    /// <summary>The loss and the accuracy on a grid of points. Each has the bits that the network at that point has
    /// alone.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="data">Its mean is over these samples.</param>
    /// <param name="grid">Where: a number of points for a square from -1 to 1.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public static Surface Of<T>(Plane<T> plane, Loss loss, Dataset<T> data, Grid? grid = null, int threads = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        grid ??= 51;
        return Of(plane, grid, [.. Rows(plane, loss, data, grid, threads)]);
    }

    /// <summary>The surface of rows that were measured.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="grid">The grid.</param>
    /// <param name="rows">All of its rows, from the least y.</param>
    public static Surface Of<T>(Plane<T> plane, Grid grid, IReadOnlyList<SurfaceRow> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plane);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(rows);
        return new(
            grid, Matrix<double>.Of([.. rows.Select(row => row.Losses.ToArray())]),
            rows.All(row => row.Accuracies is not null)
                ? Matrix<double>.Of([.. rows.Select(row => row.Accuracies!.ToArray())])
                : null,
            plane.First.Name, plane.Second.Name);
    }

    /// <summary>The rows of a surface one by one, as they are measured; lazy, so whoever reads may stop.</summary>
    public static IEnumerable<SurfaceRow> Rows<T>(
        Plane<T> plane, Loss loss, Dataset<T> data, Grid grid, int threads = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plane);
        ArgumentNullException.ThrowIfNull(grid);
        grid.Require();
        TableSize.Require("a grid", grid.Rows, grid.Columns);
        return Measured(plane, new Measure<T>(loss, data), grid, Workers.Count(threads));
    }

    private static IEnumerable<SurfaceRow> Measured<T>(Plane<T> plane, Measure<T> measure, Grid grid, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] xs = [.. grid.Xs];
        foreach (double y in grid.Ys)
        {
            var (losses, accuracies) = (new double[xs.Length], new double[xs.Length]);
            var points = new MeasuredPoints<T>(measure, i => plane.At(xs[i], y), losses, accuracies);
            Workers.Share(ref points, xs.Length, threads);
            yield return new(y, Vec<double>.Freeze(losses),
                measure.HasAccuracy ? Vec<double>.Freeze(accuracies) : null);
        }
    }
}

/// <summary>One row of a surface.</summary>
/// <param name="Y">Where it lies.</param>
/// <param name="Losses">At each x, from the least.</param>
/// <param name="Accuracies">The same of the accuracy; null where there are neither classes nor labels.</param>
public sealed record SurfaceRow(double Y, Vec<double> Losses, Vec<double>? Accuracies);

/// <summary>Points measured by several threads, each point by one.</summary>
internal readonly struct MeasuredPoints<T>(
    Measure<T> measure, Func<int, Network<T>> at, double[] losses, double[] accuracies) : IParts
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int part, int parts) => (losses[part], accuracies[part]) = measure.Of(at(part));
}
