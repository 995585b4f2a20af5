using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Data;

/// <summary>Whether numbers are finite, and stay so on their way into a network.</summary>
internal static class Finite
{
    /// <summary>Whether every cell is.</summary>
    public static bool All<T>(Matrix<T> cells) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        cells.IsOfBytes || Reduce.AllFinite(cells.Cells.Span);

    /// <summary>The first cell that is not finite, named with its row and column from 1; null where all are.</summary>
    public static Invalid? Fault<T>(Phrase what, Matrix<T> cells) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        First(cells) is { } i ? new($"{Place(what, cells, i)}; every number should be finite") : null;

    /// <summary>The first cell that is infinite; NaN, a missing one, is none.</summary>
    public static Invalid? Infinite<T>(Phrase what, Matrix<T> cells) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (All(cells)) return null;
        for (int i = 0; i < cells.Cells.Length; i++)
            if (T.IsInfinity(cells.Cells[i]))
                return new($"{Place(what, cells, i)}; every number should be finite, or NaN where it is missing");
        return null;
    }

    /// <summary>The first column where a row's cell is missing (NaN); -1 where none is.</summary>
    public static int MissingIn<T>(Matrix<T> cells, int row) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int column = 0; column < cells.Columns; column++)
            if (T.IsNaN(cells[row, column]))
                return column;
        return -1;
    }

    /// <summary>A given number whose <paramref name="held"/> form, rounded to the precision and perhaps scaled,
    /// is not finite: of the first such column the largest, which is the one to blame where a whole column is
    /// beyond its scale.</summary>
    /// <param name="what">What they are called.</param>
    /// <param name="given">As they were given.</param>
    /// <param name="held">As they are held.</param>
    /// <param name="rowInSource">The number of a row, from 1, where its source has it; its place in
    /// <paramref name="given"/> unless given.</param>
    public static Invalid? Fault<T>(
        Phrase what, Matrix<double> given, Matrix<T> held, Func<int, int>? rowInSource = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        First(held) is { } first && Largest(given, held, first) is var i
        ? new($"{Place(what, given, i, rowInSource)}; it should stay finite in {Precisions.NameOf<T>()}, scaled")
        : null;

    private static int Largest<T>(Matrix<double> given, Matrix<T> held, int first)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int largest = first;
        for (int i = first; i < held.Cells.Length; i += held.Columns)
            if (!T.IsFinite(held.Cells[i]) && Math.Abs(given.Cells[i]) > Math.Abs(given.Cells[largest])) largest = i;
        return largest;
    }

    private static int? First<T>(Matrix<T> cells) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (All(cells)) return null;
        int i = 0;
        while (T.IsFinite(cells.Cells[i])) i++;
        return i;
    }

    private static Phrase Place<T>(Phrase what, Matrix<T> cells, int i, Func<int, int>? rowInSource = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        $"the {what} have {cells.Cells[i]:R} in row {rowInSource?.Invoke(i / cells.Columns) ?? i / cells.Columns + 1}, "
        + $"column {i % cells.Columns + 1}";
}
