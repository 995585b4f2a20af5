using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;

namespace Functional.Core.Inspection;

/// <summary>What comes out of a layer for some samples.</summary>
/// <param name="Mean">Of all its numbers.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="Least">The least.</param>
/// <param name="Largest">The largest.</param>
/// <param name="ZeroShare">Which share of them is 0.</param>
/// <param name="DeadUnits">How many units say the same for all samples.</param>
/// <param name="Counts">How many numbers lie in each of the stretches of equal width between the least and the largest
/// of both networks; zeros are left out.</param>
public sealed record ActivationSummary(
    double Mean, double Deviation, double Least, double Largest, double ZeroShare, int DeadUnits, Items<int> Counts);

/// <summary>A layer before training and after it, on the same samples.</summary>
/// <param name="Layer">Its number, from 0.</param>
/// <param name="Kind">What kind of layer.</param>
/// <param name="Units">How many numbers come out of it for a sample.</param>
/// <param name="Low">Where the first stretch of the counts begins.</param>
/// <param name="High">Where the last one ends.</param>
/// <param name="First">Before the first step.</param>
/// <param name="Last">Of the model that was kept.</param>
public sealed record LayerActivations(
    int Layer, string Kind, int Units, double Low, double High, ActivationSummary First, ActivationSummary Last)
{
    private const int Bins = 48;

    /// <summary>Every layer of two networks of one architecture, in the order of the forward pass, as in
    /// prediction.</summary>
    /// <param name="first">Before training.</param>
    /// <param name="last">After it.</param>
    /// <param name="inputs">Samples, scaled as the networks want them; at least 1.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    internal static Items<LayerActivations> Of<T>(
        Network<T> first, Network<T> last, Matrix<T> inputs, int threads = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var found = new List<LayerActivations>();
        var (before, after) = (inputs, inputs);
        foreach (var (layer, summary) in Summary.Of(first.Architecture).Layers.Index())
        {
            before = first.Before(layer + 1).From(layer).Predict(before, threads);
            after = last.Before(layer + 1).From(layer).Predict(after, threads);
            double[] was = before.To<double>().Cells.ToArray(), now = after.To<double>().Cells.ToArray();
            double[] finite = [.. was.Concat(now).Where(double.IsFinite)];
            double low = finite.DefaultIfEmpty(0).Min(), high = finite.DefaultIfEmpty(1).Max();
            found.Add(new(
                layer, summary.Kind, summary.Outputs, low, high, Summed(was, summary.Outputs, low, high),
                Summed(now, summary.Outputs, low, high)));
        }
        return [.. found];
    }

    private static ActivationSummary Summed(double[] cells, int units, double low, double high)
    {
        double mean = Average.Of(cells);
        return new(
            mean, Math.Sqrt(Average.OfSquares([.. cells.Select(cell => cell - mean)])), cells.Min(), cells.Max(),
            (double)cells.Count(cell => cell == 0) / cells.Length, Dead(cells, units), Counted(cells, low, high));
    }

    private static int Dead(double[] cells, int units)
    {
        int dead = 0;
        for (int unit = 0; unit < units; unit++)
        {
            bool isSame = true;
            for (int at = unit; at < cells.Length && isSame; at += units) isSame = cells[at] == cells[unit];
            if (isSame) dead++;
        }
        return dead;
    }

    private static Items<int> Counted(double[] cells, double low, double high)
    {
        var counts = new int[Bins];
        double width = (high - low) / Bins;
        foreach (double cell in cells)
            if (cell != 0 && double.IsFinite(cell))
                counts[width > 0 ? Math.Clamp((int)((cell - low) / width), 0, Bins - 1) : 0]++;
        return [.. counts];
    }
}
