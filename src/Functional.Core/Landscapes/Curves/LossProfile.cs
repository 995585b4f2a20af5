using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Landscapes;

/// <summary>A loss along a curve of parameter space, and where there are classes or labels, the accuracy.</summary>
/// <param name="Ts">Where it was measured.</param>
/// <param name="Losses">There.</param>
/// <param name="Accuracies">There; null where there are neither classes nor labels.</param>
/// <param name="From">The loss at t = 0.</param>
/// <param name="To">The loss at t = 1.</param>
public sealed record LossProfile(
    Items<double> Ts, Items<double> Losses, Items<double>? Accuracies, double From, double To)
{
    /// <summary>How far the loss rises above the straight line between its two ends, at most, over the points with
    /// 0 &lt;= t &lt;= 1; 0 where it does not, NaN where a loss there is not a number or they do not reach from 0 to
    /// 1. (Frankle et al., 2020)</summary>
    public double Barrier
    {
        get
        {
            if (Ts[0] > 0 || Ts[^1] < 1) return double.NaN;
            double most = 0;
            foreach (var (t, loss) in Ts.Zip(Losses))
                if (t is >= 0 and <= 1) most = Math.Max(most, loss - ((1 - t) * From + t * To));
            return most;
        }
    }

    /// <summary>The loss and the accuracy at points of a curve. Each has the bits that the network there has
    /// alone.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="data">Its mean is over these samples.</param>
    /// <param name="points">How many points; at least 2.</param>
    /// <param name="low">The least t.</param>
    /// <param name="high">The largest t.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public static LossProfile Of<T>(
        ParameterCurve<T> curve, Loss loss, Dataset<T> data, int points = 101, double low = 0, double high = 1,
        int threads = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(curve);
        return Of(curve.At, loss, data, points, low, high, threads);
    }

    /// <summary>How many networks are measured for so many points: those at both ends, too.</summary>
    internal static int Measured(int points) => points + 2;

    /// <summary>The same along any way through parameter space.</summary>
    internal static LossProfile Of<T>(
        Func<double, Network<T>> way, Loss loss, Dataset<T> data, int points, double low, double high, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        if (!(low < high) || !double.IsFinite(high - low))
            throw new ArgumentException($"t goes from {low} to {high}; it should go up, between finite numbers");
        var measure = new Measure<T>(loss, data);
        var ts = Grid.Spread(points, low, high);
        double[] all = [.. ts, 0, 1];
        var (losses, accuracies) = (new double[all.Length], new double[all.Length]);
        var measured = new MeasuredPoints<T>(measure, i => way(all[i]), losses, accuracies);
        Workers.Share(ref measured, all.Length, Workers.Count(threads));
        return new(
            ts, [.. losses[..points]], measure.HasAccuracy ? [.. accuracies[..points]] : null, losses[points],
            losses[points + 1]);
    }
}
