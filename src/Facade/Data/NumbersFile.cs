using System.Globalization;
using Functional.Core.Numbers;
using Sylvan.Data.Csv;

namespace Functional.Data;

/// <summary>A CSV file of nothing but numbers, one sample a row.</summary>
public static class NumbersFile
{
    /// <summary>Reads it.</summary>
    /// <param name="path">The file; numbers with a point, separated by commas.</param>
    /// <param name="columns">How many numbers each row must have.</param>
    /// <param name="header">Whether the first line holds names.</param>
    /// <exception cref="InvalidInputException">The file is missing, or a row has another length or something that is not a
    /// finite number; the message names row and column, counted from 1.</exception>
    public static Matrix<double> Read(string path, int columns, bool header = false)
    {
        var cells = new List<double>();
        int rows = 0;
        try
        {
            using var text = new StreamReader(path);
            using var csv = CsvDataReader.Create(text, new CsvDataReaderOptions { HasHeaders = header, Delimiter = ',', Comment = '\0', Culture = CultureInfo.InvariantCulture });
            while (csv.Read())
            {
                rows++;
                if (csv.RowFieldCount != columns)
                    throw new InvalidInputException($"{path}, row {rows} has {csv.RowFieldCount} numbers; it should have {columns}");
                for (int column = 0; column < columns; column++)
                    cells.Add(Number(csv.GetString(column), path, rows, column + 1));
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException or CsvFormatException or CsvRecordTooLargeException)
        {
            throw new InvalidInputException($"{path} cannot be read: {fault.Message}", fault);
        }
        if (rows == 0) throw new InvalidInputException($"{path} has 0 rows; it should have at least 1");
        return new(rows, columns, Vec<double>.Of([.. cells]));
    }

    private static double Number(string text, string path, int row, int column) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw new InvalidInputException($"{path}, row {row}, column {column} is \"{(text.Length <= 40 ? text : text[..40] + "...")}\"; it should be a finite number");
}
