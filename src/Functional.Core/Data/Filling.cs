using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Data;

/// <summary>What takes the place of a missing number (NaN): learned feature by feature on the training part alone.</summary>
internal static class Filling
{
    /// <summary>Ways to deal with missing cells: the first two leave none; the others fill them.</summary>
    public static string[] Ways { get; } = ["refuse", "drop", "mean", "median", "most_frequent"];

    /// <summary>Learns what to fill with, for a way that fills; null for one that does not. A missing category is filled with the most frequent one.</summary>
    public static Vec<double>? Learn<T>(string way, Matrix<T> inputs, Schema? schema) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (way is "refuse" or "drop") return null;
        var fill = new double[inputs.Columns];
        int at = 0;
        foreach (var feature in schema?.Features ?? [.. Enumerable.Repeat(new Feature("", []), inputs.Columns)])
        {
            double[][] columns = [.. Enumerable.Range(at, feature.Width).Select(column => Known(inputs, column))];
            if (feature.Values.Count == 0) fill[at] = columns[0].Length == 0 ? 0 : Of(way, columns[0]);
            else
            {
                int[] counts = [.. columns.Select(column => column.Count(cell => cell == 1))];
                fill[at + counts.IndexOf(counts.Max())] = 1;
            }
            at += feature.Width;
        }
        return Vec<double>.Freeze(fill);
    }

    private static double[] Known<T>(Matrix<T> inputs, int column) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Enumerable.Range(0, inputs.Rows).Select(row => double.CreateTruncating(inputs[row, column])).Where(cell => !double.IsNaN(cell))];

    // The median of an even count is the mean of the middle two; of numbers equally frequent, the smallest counts.
    private static double Of(string way, double[] numbers) => way switch
    {
        "mean" => Reduce.Sum<double>(numbers) / numbers.Length,
        "median" => numbers.Order().ToArray() is var sorted ? (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2 : 0,
        _ => numbers.GroupBy(number => number).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key,
    };
}
