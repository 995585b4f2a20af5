using System.Globalization;
using System.Numerics;
using Functional.Core.Forms;
using Functional.Core.Numbers;
using Functional.Data;

namespace Functional;

/// <summary>From a program's values to columns. Types say what is a number: nothing is guessed but which columns
/// only say which row it is.</summary>
internal static class ObjectColumns
{
    /// <summary>A table of objects, column by column.</summary>
    /// <param name="source">What it is called in messages.</param>
    /// <param name="names">The columns.</param>
    /// <param name="cells">For each column a cell a row.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="areTold">Whether every column is meant to be learned from.</param>
    public static Table Table(string source, string[] names, object?[][] cells, int rows, bool areTold = false)
    {
        var faults = new List<Invalid>();
        var columns = new List<Column>();
        for (int i = 0; i < names.Length; i++)
        {
            var found = Attempt<Column>.From(() => Of(source, names[i], cells[i]));
            faults.AddRange(found.Faults);
            if (found.Succeeded)
                columns.Add(areTold
                    ? found.Value
                    : Identifier.OrNot(DifferentTexts(found.Value), isNameless: names[i].Length == 0));
        }
        if (faults.Count > 0) throw new InvalidInputException(faults);
        string[] dates = [.. names.Where((_, i) => cells[i].Any(IsDate))];
        return Checked(source, [.. columns], rows) with
        {
            Notes =
            [
                .. dates.Select(name => new TableNote(
                    $"{source}, column {Visible.Quoted(name)}: dates are taken as days since 1970-01-01", name)),
            ],
            Format = new TableFormat { Columns = [.. dates.Select(name => new ColumnKind.Days(name))] },
        };
    }

    /// <summary>A table whose columns are known.</summary>
    public static Table Checked(string source, Column[] columns, int rows)
    {
        var faults = new List<Invalid>();
        if (rows == 0) faults.Add(new($"{source} has 0 rows; it should have at least 1"));
        if (columns.Length == 0) faults.Add(new($"{source} has 0 columns; it should have at least 1"));
        faults.AddRange(
            from name in columns.CountBy(column => column.Name)
            where name.Value > 1
            select new Invalid(
                $"{name.Value} columns of {source} are named {Visible.Quoted(name.Key)}; names should differ"));
        foreach (var column in columns.OfType<Column.Numbers>())
            if (Array.FindIndex(column.Cells.Span.ToArray(), double.IsInfinity) is >= 0 and var row)
                faults.Add(new(
                    $"{source}, row {row + 1}, column {Visible.Quoted(column.Name)} is "
                        + $"{InputFile.Text(column.Cells[row])}; "
                        + $"it should be finite, or NaN where it is missing"));
        return faults.Count > 0 ? throw new InvalidInputException(faults) : new(source, [.. columns], rows);
    }

    /// <summary>A column of numbers; NaN is missing.</summary>
    public static Column.Numbers Numbers(string name, double[] cells) => new(name, Vec<double>.Freeze(cells));

    /// <summary>A column of texts; what is null or blank is missing.</summary>
    public static Column.Categories Categories(string name, string?[] cells)
    {
        string?[] texts = [.. cells.Select(cell => string.IsNullOrWhiteSpace(cell) ? null : Composed.Of(cell.Trim()))];
        string[] values = [.. texts.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        var codes = values.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        return new(name, Vec<int>.Freeze([.. texts.Select(text => text is null ? -1 : codes[text])]), [.. values]);
    }

    private static Column Of(string source, string name, object?[] cells)
    {
        if (Array.FindIndex(cells, IsOdd) is >= 0 and var odd)
            throw new InvalidInputException(
                $"{source}, row {odd + 1}, column {Visible.Quoted(name)} is a {cells[odd]!.GetType().Name}; "
                    + $"it should be a number, a text, "
                    + $"a date, a truth value or a member of an enum");
        int date = Array.FindIndex(cells, IsDate),
            other = Array.FindIndex(cells, cell => !IsMissing(cell) && !IsDate(cell));
        if (date >= 0 && other >= 0)
            throw new InvalidInputException(
                $"{source}, column {Visible.Quoted(name)} has dates (row {date + 1}) and other cells "
                + $"(row {other + 1}: {Visible.Quoted(Text(cells[other]!))}); it should have one of them");
        if (Array.FindIndex(cells, IsInexact) is >= 0 and var large)
            throw new InvalidInputException(
                $"{source}, row {large + 1}, column {Visible.Quoted(name)} is {cells[large]}; "
                + $"a whole number should be one that double holds, as all up to 2^53 are, or a text");
        int number = Array.FindIndex(cells, cell => Number(cell) is not null),
            text = Array.FindIndex(cells, cell => !IsMissing(cell) && Number(cell) is null);
        if (number >= 0 && text >= 0)
            throw new InvalidInputException(
                $"{source}, column {Visible.Quoted(name)} has numbers (row {number + 1}: "
                    + $"{Text(cells[number]!)}) and texts "
                    + $"(row {text + 1}: {Visible.Quoted(Text(cells[text]!))}); it should have one of them");
        return text < 0
            ? Numbers(name, [.. cells.Select(cell => Number(cell) ?? double.NaN)])
            : Categories(name, [.. cells.Select(cell => IsMissing(cell) ? null : Text(cell!))]);
    }

    // As of a file: texts that all differ say which row it is.
    private static Column DifferentTexts(Column column) =>
        column is Column.Categories { Values.Count: >= ColumnVerdict.FewestDifferent and var count }
            && count == ((Column.Categories)column).Codes.Length - column.MissingCount
            ? new Column.LeftOut(column, $"all its {count} texts differ")
            : column;

    // A whole number of which a double has only a neighbour.
    private static bool IsInexact(object? cell) => cell switch
    {
        long whole => new BigInteger((double)whole) != whole,
        ulong whole => new BigInteger((double)whole) != whole,
        decimal whole => decimal.IsInteger(whole) && new BigInteger((double)whole) != new BigInteger(whole),
        _ => false,
    };

    private static bool IsOdd(object? cell) =>
        !IsMissing(cell) && Number(cell) is null && cell is not (string or char or bool or Enum);

    private static bool IsDate(object? cell) => cell is DateTime or DateTimeOffset or DateOnly;

    private static bool IsMissing(object? cell) => cell is null or DBNull;

    private static double? Number(object? cell) => cell switch
    {
        double or float or decimal or Half =>
            Convert.ToDouble(cell is Half half ? (double)half : cell, CultureInfo.InvariantCulture),
        sbyte or byte or short or ushort or int or uint or long or ulong =>
            Convert.ToDouble(cell, CultureInfo.InvariantCulture),
        DateTime date => DatePart.Days(date),
        DateTimeOffset date => DatePart.Days(date.UtcDateTime),
        DateOnly date => DatePart.Days(date.ToDateTime(TimeOnly.MinValue)),
        _ => null,
    };

    // A truth value as a row's cell has it.
    private static string Text(object cell) => cell switch
    {
        bool truth => ((Cell)truth).Text!,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };
}
