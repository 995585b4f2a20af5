namespace Functional.Core.Passes;

/// <summary>Tables that are as large as two counts multiplied.</summary>
internal static class TableSize
{
    private const long Most = 1 << 26;

    /// <summary>Refuses a table that would take more than half a gigabyte in double.</summary>
    public static void Require(string what, long rows, long columns)
    {
        if (rows * columns > Most)
            throw new ArgumentException(
                $"{what} of {rows} x {columns} numbers is too large; it should have at most {Most}");
    }
}
