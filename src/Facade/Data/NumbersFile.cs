using Functional.Core.Numbers;

namespace Functional.Data;

/// <summary>A CSV file of nothing but numbers, one sample a row.</summary>
public static class NumbersFile
{
    /// <summary>Reads it.</summary>
    /// <param name="path">The file; numbers with a point, separated by commas.</param>
    /// <param name="columns">How many numbers each row must have.</param>
    /// <param name="header">Whether the first line holds names.</param>
    /// <exception cref="InvalidInputException">The file is missing or bad, rows have another length, or a cell is not a finite number; the message names
    /// row and column, counted from 1.</exception>
    public static Matrix<double> Read(string path, int columns, bool header = false)
    {
        var table = CsvTable.Read(path, new(Header: header));
        if (table.Columns.Count != columns) throw new InvalidInputException($"{path} has rows of {table.Columns.Count} numbers; they should be of {columns}");
        double[][] cells = [.. table.Columns.Select(column => table.RequireNumbers(column).Cells)];
        var matrix = new Matrix<double>(table.Rows, columns, Vec<double>.Of([.. Enumerable.Range(0, table.Rows).SelectMany(row => cells.Select(column => column[row]))]));
        int missing = matrix.Cells.Span.IndexOf(double.NaN);
        return missing < 0 ? matrix : throw new InvalidInputException($"{path}, row {missing / columns + 1}, column {missing % columns + 1} is empty; it should be a finite number");
    }
}
