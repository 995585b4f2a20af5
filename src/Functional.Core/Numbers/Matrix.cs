using System.Collections;
using System.Numerics;

namespace Functional.Core.Numbers;

/// <summary>A table of numbers that never change, row-major, one sample a row.</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
public sealed record Matrix<T> : IEnumerable<Vec<T>> where T : unmanaged, INumberBase<T>
{
    /// <summary>A table of <paramref name="rows"/> by <paramref name="columns"/> over
    /// <paramref name="cells"/>, row by row.</summary>
    /// <exception cref="ArgumentException">The shape and the number of cells disagree.</exception>
    public Matrix(int rows, int columns, Vec<T> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (rows < 0 || columns < 0 || (long)rows * columns != cells.Length)
            throw new ArgumentException($"a matrix of {rows} x {columns} got {cells.Length} cells");
        (Rows, Columns, this.cells) = (rows, columns, new(cells));
    }

    /// <summary>A table of whole numbers from 0 to 255, as images have them, or of some of its rows: it takes a
    /// byte a number until someone asks for <see cref="Cells"/>.</summary>
    internal Matrix(int rows, int columns, Vec<byte> bytes, Vec<int>? picked = null)
    {
        (Rows, Columns, compact) = (rows, columns, new(bytes, picked));
        cells = new(WrittenOut);
    }

    /// <summary>A table that is not kept: <paramref name="write"/> writes a row whenever someone looks at it, and
    /// all of them when someone asks for <see cref="Cells"/>.</summary>
    internal Matrix(int rows, int columns, Action<int, Span<T>> write)
    {
        (Rows, Columns, this.write) = (rows, columns, write);
        cells = new(WrittenOut);
    }

    private readonly Lazy<Vec<T>> cells;
    private readonly Compact? compact;
    private readonly Action<int, Span<T>>? write;

    /// <summary>How many samples.</summary>
    public int Rows { get; }

    /// <summary>How many numbers a sample has.</summary>
    public int Columns { get; }

    /// <summary>All numbers, row by row.</summary>
    public Vec<T> Cells => cells.Value;

    /// <summary>The number in a row and a column, counted from 0.</summary>
    public T this[int row, int column] =>
        compact is null ? Row(row)[column] : T.CreateTruncating(compact.Row(row, Columns)[column]);

    /// <summary>One sample.</summary>
    public ReadOnlySpan<T> Row(int row) => Cells.Span.Slice(row * Columns, Columns);

    /// <summary>A copy of the numbers; the first index is the row.</summary>
    public T[,] ToArray()
    {
        var copy = new T[Rows, Columns];
        for (int row = 0; row < Rows; row++)
        {
            var numbers = Row(row);
            for (int column = 0; column < Columns; column++) copy[row, column] = numbers[column];
        }
        return copy;
    }

    /// <summary>The samples one by one.</summary>
    public IEnumerator<Vec<T>> GetEnumerator()
    {
        for (int row = 0; row < Rows; row++) yield return Vec<T>.Of(Row(row));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether a byte a number is all that it takes.</summary>
    internal bool IsOfBytes => compact is not null;

    /// <summary>One sample, if need be written out in <paramref name="room"/>.</summary>
    internal ReadOnlySpan<T> Row(int row, Span<T> room)
    {
        if (write is null && compact is null) return Row(row);
        room = room[..Columns];
        write?.Invoke(row, room);
        var bytes = compact is null ? [] : compact.Row(row, Columns);
        for (int i = 0; i < bytes.Length; i++) room[i] = T.CreateTruncating(bytes[i]);
        return room;
    }

    /// <summary>Writes out samples one after the other, from <paramref name="first"/> on, as many as
    /// there is room for.</summary>
    internal void Write(int first, Span<T> into)
    {
        for (int at = 0; at < into.Length; at += Columns)
        {
            var room = into.Slice(at, Columns);
            Row(first + at / Columns, room).CopyTo(room);
        }
    }

    /// <summary>Equal shapes with equal numbers, to the bit.</summary>
    public bool Equals(Matrix<T>? other) =>
        other is not null && Rows == other.Rows && Columns == other.Columns
        && (compact is not null && compact == other.compact || Cells == other.Cells);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rows, Columns, Cells);

    /// <summary>A table of the given rows, which must be of equal length.</summary>
    public static Matrix<T> Of(params T[][] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int columns = rows.Length == 0 ? 0 : rows[0].Length;
        if (rows.FirstOrDefault(row => row.Length != columns) is { } odd)
            throw new ArgumentException($"a matrix got rows of {columns} and of {odd.Length} numbers");
        return new(rows.Length, columns, Vec<T>.Freeze([.. rows.SelectMany(row => row)]));
    }

    /// <summary>The rows at <paramref name="indices"/>, in that order.</summary>
    public Matrix<T> Select(ReadOnlySpan<int> indices)
    {
        if (compact is not null) return new(indices.Length, Columns, compact.Bytes, compact.Pick(indices));
        var cells = new T[indices.Length * Columns];
        for (int i = 0; i < indices.Length; i++) Row(indices[i]).CopyTo(cells.AsSpan(i * Columns));
        return new(indices.Length, Columns, Vec<T>.Freeze(cells));
    }

    /// <summary>The table of f of each number.</summary>
    internal Matrix<T> Map(Func<T, T> f) =>
        new(Rows, Columns, Vec<T>.Create(Cells.Length, (Cells, f), static (into, from) =>
    {
        for (int i = 0; i < into.Length; i++) into[i] = from.f(from.Cells[i]);
    }));

    /// <summary>The table of f of each row.</summary>
    internal Matrix<T> MapRows(Action<ReadOnlySpan<T>, Span<T>> f) =>
        new(Rows, Columns, Vec<T>.Create(Cells.Length, (this, f), static (into, from) =>
    {
        var (table, f) = from;
        for (int row = 0; row < table.Rows; row++) f(table.Row(row), into.Slice(row * table.Columns, table.Columns));
    }));

    /// <summary>The same table in another precision, each number rounded once.</summary>
    public Matrix<TOther> To<TOther>() where TOther : unmanaged, INumberBase<TOther> =>
        this is Matrix<TOther> same ? same
        : compact is not null ? new(Rows, Columns, compact.Bytes, compact.Picked)
        : new(Rows, Columns, Vec<TOther>.Create(Cells.Length, Cells, static (into, cells) =>
        {
            for (int i = 0; i < into.Length; i++) into[i] = TOther.CreateTruncating(cells[i]);
        }));

    private Vec<T> WrittenOut() => Vec<T>.Create(checked(Rows * Columns), this, static (into, table) =>
    {
        for (int row = 0; row < table.Rows; row++) table.Row(row, into.Slice(row * table.Columns, table.Columns));
    });

    /// <summary>Rows of bytes, all or those picked.</summary>
    private sealed record Compact(Vec<byte> Bytes, Vec<int>? Picked)
    {
        public ReadOnlySpan<byte> Row(int row, int columns) =>
            Bytes.Span.Slice((Picked?[row] ?? row) * columns, columns);

        public Vec<int> Pick(ReadOnlySpan<int> rows) => Picked?.Select(rows) ?? Vec<int>.Of(rows);
    }
}
