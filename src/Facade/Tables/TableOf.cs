using System.Collections.Immutable;

namespace Functional;

/// <summary>A table of a program's own values while its columns are named. It is a value: each column
/// gives a new one.</summary>
/// <typeparam name="A">What a row is.</typeparam>
public sealed class TableOf<A>
{
    private readonly ImmutableArray<A> rows;
    private readonly ImmutableArray<Func<ImmutableArray<A>, Column>> columns;

    internal TableOf(ImmutableArray<A> rows, ImmutableArray<Func<ImmutableArray<A>, Column>> columns) =>
        (this.rows, this.columns) = (rows, columns);

    /// <summary>With a column of numbers; null or NaN is missing.</summary>
    public TableOf<A> Number(string name, Func<A, double?> cell) =>
        With(name, cell, all => ObjectColumns.Numbers(name, [.. all.Select(row => cell(row) ?? double.NaN)]));

    /// <summary>With a column of categories; null or blank is missing.</summary>
    public TableOf<A> Category(string name, Func<A, string?> cell) =>
        With(name, cell, all => ObjectColumns.Categories(name, [.. all.Select(cell)]));

    /// <summary>The table.</summary>
    /// <exception cref="InvalidInputException">It has no rows or no columns, names are not different, or a
    /// number is infinite.</exception>
    public Table ToTable() =>
        ObjectColumns.Checked("the table", [.. columns.Select(column => column(rows))], rows.Length);

    /// <summary>The table.</summary>
    /// <exception cref="InvalidInputException">It has no rows or no columns, names are not different, or a
    /// number is infinite.</exception>
    public static implicit operator Table(TableOf<A> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return columns.ToTable();
    }

    /// <summary>The number of rows, and each column with its kind.</summary>
    public override string ToString() => ToTable().ToString();

    private TableOf<A> With(string name, Delegate cell, Func<ImmutableArray<A>, Column> column)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(cell);
        return new(rows, columns.Add(column));
    }
}
