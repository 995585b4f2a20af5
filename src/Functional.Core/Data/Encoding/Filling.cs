using Functional.Core.Numbers;

namespace Functional.Core.Data;

/// <summary>What takes the place of a missing number (NaN): learned feature by feature on the
/// training part alone.</summary>
internal static class Filling
{
    /// <summary>Learns what to fill with; null where nothing is filled.</summary>
    public static Vec<double>? Learn(
        MissingCells way, Matrix<double> inputs, Schema? schema, Vec<double>? weights = null)
    {
        if (way is not MissingCells.Filled) return null;
        var fill = new double[inputs.Columns];
        int at = 0;
        foreach (var feature in schema?.Features is { Count: > 0 } named
            ? named
            : [.. Enumerable.Repeat(new Feature("", []), inputs.Columns)])
        {
            var own = fill.AsSpan(at, feature.Width);
            (double Cell, double Weight)[][] columns =
                [.. Enumerable.Range(at, feature.Width).Select(column => Known(inputs, column, weights))];
            if (feature.Values.Count == 0)
                own[0] = columns[0].Length == 0 && way is not MissingCells.Constant
                    ? 0
                    : Of(way, columns[0], weights is not null);
            else if (way is not MissingCells.Constant)
            {
                double[] counts =
                    [.. columns.Select(column => column.Where(known => known.Cell == 1).Sum(known => known.Weight))];
                own[counts.IndexOf(counts.Max())] = 1;
            }
            at += feature.Width;
        }
        return Vec<double>.Freeze(fill);
    }

    // The cells that are there, and what their rows weigh.
    private static (double Cell, double Weight)[] Known(Matrix<double> inputs, int column, Vec<double>? weights) =>
        [.. Enumerable.Range(0, inputs.Rows).Select(row => (inputs[row, column], weights?[row] ?? 1))
            .Where(known => !double.IsNaN(known.Item1))];

    // Of numbers equally frequent, the smallest counts.
    private static double Of(MissingCells way, (double Cell, double Weight)[] known, bool isWeighted)
    {
        double[] cells = [.. known.Select(each => each.Cell)];
        double[]? weights = isWeighted ? [.. known.Select(each => each.Weight)] : null;
        return way switch
        {
            MissingCells.Mean => Average.Of(cells, weights),
            MissingCells.Median => Average.Median(cells, weights),
            MissingCells.Constant(var value, _) => value,
            _ => known.GroupBy(each => each.Cell).OrderByDescending(group => group.Sum(each => each.Weight))
                .ThenBy(group => group.Key).First().Key,
        };
    }
}
