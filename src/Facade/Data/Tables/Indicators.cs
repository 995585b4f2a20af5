using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Core.Numbers;

namespace Functional.Data;

/// <summary>Inputs that say where a column's cells are missing: 1 there, else 0.</summary>
internal static class Indicators
{
    /// <summary>One for each of the columns that has a missing cell in some rows.</summary>
    /// <exception cref="InvalidInputException">The table has a column of that name.</exception>
    public static (Feature[] Features, Column[] Columns) Of(Table table, Column[] columns, int[] rows)
    {
        Column[] some = [.. columns.Where(column => column.MissingCount > 0 && rows.Any(column.IsMissing))];
        Feature[] features =
            [.. some.Select(column => new Feature($"{column.Name} (missing)", []) { IndicatorOf = column.Name })];
        return features.FirstOrDefault(feature => table.Find(feature.Name) is not null) is { } taken
            ? throw new InvalidInputException(
                $"{table.Source} has a column {Visible.Quoted(taken.Name)}; "
                    + $"with indicators of missing cells it should have another name")
            : (features, [.. features.Zip(some, (feature, column) => Of(feature, column, table.Rows))]);
    }

    /// <summary>A column as an indicator of missing cells.</summary>
    public static Column.Numbers Of(Feature feature, Column column, int rows) =>
        new(
            feature.Name,
            Vec<double>.Freeze([.. Enumerable.Range(0, rows).Select(row => column.IsMissing(row) ? 1.0 : 0)]));
}
