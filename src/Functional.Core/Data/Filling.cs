using Functional.Core.Numbers;

namespace Functional.Core.Data;

/// <summary>What takes the place of a missing number (NaN): learned feature by feature on the training part alone.</summary>
internal static class Filling
{
    /// <summary>Ways to deal with missing cells: the first two leave none; the others fill them.</summary>
    public static string[] Ways { get; } = ["refuse", "drop", "mean", "median", "most_frequent"];

    /// <summary>Learns what to fill with, for a way that fills; null for one that does not. A missing category is filled with the most frequent one.</summary>
    public static Vec<double>? Learn(string way, Matrix<double> inputs, Schema? schema, Vec<double>? weights = null)
    {
        if (way is "refuse" or "drop") return null;
        var fill = new double[inputs.Columns];
        int at = 0;
        foreach (var feature in schema?.Features ?? [.. Enumerable.Repeat(new Feature("", []), inputs.Columns)])
        {
            (double Cell, double Weight)[][] columns = [.. Enumerable.Range(at, feature.Width).Select(column => Known(inputs, column, weights))];
            if (feature.Values.Count == 0) fill[at] = columns[0].Length == 0 ? 0 : Of(way, columns[0], weights is not null);
            else
            {
                double[] counts = [.. columns.Select(column => column.Where(known => known.Cell == 1).Sum(known => known.Weight))];
                fill[at + counts.IndexOf(counts.Max())] = 1;
            }
            at += feature.Width;
        }
        return Vec<double>.Freeze(fill);
    }

    // The cells that are there, and what their rows weigh.
    private static (double Cell, double Weight)[] Known(Matrix<double> inputs, int column, Vec<double>? weights) =>
        [.. Enumerable.Range(0, inputs.Rows).Select(row => (inputs[row, column], weights?[row] ?? 1)).Where(known => !double.IsNaN(known.Item1))];

    // Of numbers equally frequent, the smallest counts.
    private static double Of(string way, (double Cell, double Weight)[] known, bool isWeighted)
    {
        double[] cells = [.. known.Select(each => each.Cell)];
        double[]? weights = isWeighted ? [.. known.Select(each => each.Weight)] : null;
        return way switch
        {
            "mean" => Average.Of(cells, weights),
            "median" => Average.Median(cells, weights),
            _ => known.GroupBy(each => each.Cell).OrderByDescending(group => group.Sum(each => each.Weight)).ThenBy(group => group.Key).First().Key,
        };
    }
}
