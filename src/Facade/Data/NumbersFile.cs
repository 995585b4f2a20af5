using Functional.Core.Numbers;

namespace Functional.Data;

/// <summary>A table of nothing but numbers, one sample a row.</summary>
internal static class NumbersFile
{
    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">How many numbers each row must have.</param>
    /// <param name="format">How it is to be read; what is left open is found.</param>
    /// <returns>The numbers, and what was guessed.</returns>
    /// <exception cref="InvalidInputException">The file is missing or bad, rows have another length, or a cell is
    /// not a finite number; the message names row and column, counted from 1.</exception>
    public static (Matrix<double> Numbers, Items<Phrase> Notes) Read(
        string path, int columns, TableFormat? format = null)
    {
        format ??= new();
        var table = TableFile.Read(
            path, format with { Columns = [.. format.Columns, new ColumnKind.Number(ColumnKind.Every)] });
        if (table.Columns.Count != columns)
            throw new InvalidInputException(
                $"{path} has rows of {table.Columns.Count} numbers; they should be of {columns}");
        Vec<double>[] cells = [.. table.Columns.Select(column => table.RequireNumbers(column).Cells)];
        var matrix = new Matrix<double>(table.Rows, columns, Vec<double>.Freeze(
            [.. Enumerable.Range(0, table.Rows).SelectMany(row => cells.Select(column => column[row]))]));
        int missing = matrix.Cells.Span.IndexOf(double.NaN);
        return missing < 0
            ? (matrix, [.. table.Notes.Select(note => note.Text)])
            : throw new InvalidInputException($"{path}, row {missing / columns + 1}, column {missing % columns + 1} is "
                + $"empty; it should be a finite number");
    }
}
