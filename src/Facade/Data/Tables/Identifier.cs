
namespace Functional.Data;

/// <summary>Columns that say which row it is, and nothing about it.</summary>
internal static class Identifier
{
    private const int FewestRows = 20; // fewer numbers may all differ by chance

    /// <summary>The column, left out if it is an identifier: it counts the rows and has no name (as pandas writes
    /// its index), or its name says so and its whole numbers all differ.</summary>
    public static Column OrNot(Column column, bool isNameless)
    {
        if (column is not Column.Numbers { Cells: var cells }) return column;
        // As pandas reads what it wrote.
        bool hasName = !isNameless && !column.Name.StartsWith("Unnamed: ", StringComparison.Ordinal);
        if (hasName && (cells.Length < FewestRows || !SaysSo(column.Name))) return column;
        var numbers = cells.Span;
        bool counts = numbers.Length > 1 && numbers[0] is 0 or 1;
        for (int row = 1; row < numbers.Length && counts; row++) counts = numbers[row] == numbers[0] + row;
        if (counts) return new Column.LeftOut(column, $"it counts the rows");
        return hasName && IsWhole(numbers) && new HashSet<double>(numbers.ToArray()).Count == numbers.Length
            ? new Column.LeftOut(column, $"an identifier: its whole numbers all differ")
            : column;
    }

    /// <summary>Whether a name is that of an identifier.</summary>
    public static bool SaysSo(string name) =>
        name.Equals("id", StringComparison.OrdinalIgnoreCase)
        || name.Equals("index", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("_id", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Id", StringComparison.Ordinal)
        || name.EndsWith("ID", StringComparison.Ordinal);

    private static bool IsWhole(ReadOnlySpan<double> numbers)
    {
        foreach (double number in numbers)
            if (number != Math.Floor(number))
                return false;
        return true;
    }
}
