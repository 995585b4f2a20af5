using Functional.Core.Numbers;
using Functional.Core.Numbers.Threads;
using Functional.Core.Randomness;

namespace Functional.Core.Inspection;

/// <summary>Where a measure may lie.</summary>
/// <param name="Low">Where the interval begins.</param>
/// <param name="High">Where it ends.</param>
public sealed record Range95(double Low, double High);

/// <summary>How far measures of a sample may be from those of what it was drawn from: the rows are drawn again, with
/// repetition, many times over. (Efron, "Bootstrap methods: another look at the jackknife", 1979)</summary>
public static class Bootstrap
{
    /// <summary>How often rows are drawn again.</summary>
    public const int Resamples = 1000;

    private const double Tail = 0.025;

    /// <summary>The 95 % interval of each measure: from the 2.5th to the 97.5th percentile of what it is on the
    /// resamples. Resample b draws its rows from <c>key.At(b)</c>; one on which a measure is not finite is left out
    /// of that measure, and NaN stands where all are.</summary>
    /// <param name="rows">How many rows the sample has; at least 1.</param>
    /// <param name="key">The source of the draws.</param>
    /// <param name="measures">The measures where each row counts as often as it says: as many each time, and the
    /// same for the same counts.</param>
    /// <param name="resamples">How many; at least 1.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public static Items<Range95> Intervals(
        int rows, Key key, Func<Vec<double>, double[]> measures, int resamples = Resamples, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        ArgumentNullException.ThrowIfNull(measures);
        var found = new double[resamples][];
        var drawing = new Drawing(rows, key, measures, found);
        Workers.Share(ref drawing, resamples, Workers.Count(threads));
        return
        [
            .. Enumerable.Range(0, found[0].Length).Select(i =>
            {
                double[] finite = [.. found.Select(values => values[i]).Where(double.IsFinite)];
                return new Range95(Average.Quantile(finite, Tail), Average.Quantile(finite, 1 - Tail));
            }),
        ];
    }

    /// <summary>How often each row is in a resample.</summary>
    internal static Vec<double> Counts(int rows, Key key) => Vec<double>.Create(rows, key, static (into, key) =>
    {
        foreach (int row in Draw.Integers(key, into.Length, into.Length)) into[row]++;
    });

    /// <summary>A resample a part.</summary>
    private readonly struct Drawing(int rows, Key key, Func<Vec<double>, double[]> measures, double[][] found) : IParts
    {
        public void Run(int part, int parts) => found[part] = measures(Counts(rows, key.At((uint)part)));
    }
}
