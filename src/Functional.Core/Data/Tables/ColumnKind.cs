namespace Functional;

/// <summary>What a person says about a column, so that nothing is guessed.</summary>
/// <param name="Column">Its name, or its number from 1; "*" for every column of which nothing else is said.</param>
public abstract record ColumnKind(string Column) : Form<ColumnKind>
{
    /// <summary>Every column of which nothing else is said.</summary>
    public const string Every = "*";

    internal static Kinds<ColumnKind> Kinds { get; } = new(
        "column's kind",
        ("number", new Number("")), ("category", new Category("")), ("days", new Days("")),
        ("date_parts", new DateParts("")), ("left_out", new LeftOut("")));

    /// <summary>Numbers; codes such as 007, too.</summary>
    /// <param name="Column">Its name.</param>
    /// <param name="Sign">What stands beside each: "%", a sign of money, "" for nothing, or "any" for one of these
    /// in all of the column.</param>
    public sealed record Number(string Column, string Sign = Number.AnySign) : ColumnKind(Column)
    {
        /// <summary>Whatever stands beside all numbers.</summary>
        public const string AnySign = "any";

        /// <inheritdoc/>
        protected internal override ColumnKind Each(Fields fields) =>
            new Number(Named(fields), fields.Text("sign", Sign));
    }

    /// <summary>Texts as they are written, numbers, too.</summary>
    public sealed record Category(string Column) : ColumnKind(Column)
    {
        /// <inheritdoc/>
        protected internal override ColumnKind Each(Fields fields) => new Category(Named(fields));
    }

    /// <summary>Dates, with or without a time of day, as days since the first of January 1970.</summary>
    public sealed record Days(string Column) : ColumnKind(Column)
    {
        /// <inheritdoc/>
        protected internal override ColumnKind Each(Fields fields) => new Days(Named(fields));
    }

    /// <summary>Dates as four columns of numbers: the year, the month (1 to 12), the day of the month, the day of
    /// the week (Monday is 1).</summary>
    public sealed record DateParts(string Column) : ColumnKind(Column)
    {
        /// <inheritdoc/>
        protected internal override ColumnKind Each(Fields fields) => new DateParts(Named(fields));
    }

    /// <summary>Not learned from.</summary>
    public sealed record LeftOut(string Column) : ColumnKind(Column)
    {
        /// <inheritdoc/>
        protected internal override ColumnKind Each(Fields fields) => new LeftOut(Named(fields));
    }

    private protected string Named(Fields fields) => fields.Text("column", Column);
}
