namespace Functional;

/// <summary>What is done about missing cells.</summary>
public abstract record MissingCells : Form<MissingCells>
{
    /// <summary>Data that have any are refused, with the first ones.</summary>
    public sealed record Refuse : MissingCells;

    /// <summary>Their rows are left out.</summary>
    public sealed record Drop : MissingCells;

    /// <summary>They are filled with what the training part says; a missing category with the most frequent one,
    /// unless it is filled with a constant.</summary>
    /// <param name="Indicators">Whether each column that has some gets an input beside it: 1 where its cell
    /// is missing, else 0.</param>
    public abstract record Filled(bool Indicators) : MissingCells
    {
        internal override bool HasIndicators => Indicators;
    }

    /// <summary>With the mean of the column.</summary>
    /// <inheritdoc cref="Filled"/>
    public sealed record Mean(bool Indicators = false) : Filled(Indicators)
    {
        /// <inheritdoc/>
        protected internal override MissingCells Each(Fields fields) => new Mean(fields.Flag("indicators", Indicators));
    }

    /// <summary>With the median of the column.</summary>
    /// <inheritdoc cref="Filled"/>
    public sealed record Median(bool Indicators = false) : Filled(Indicators)
    {
        /// <inheritdoc/>
        protected internal override MissingCells Each(Fields fields) =>
            new Median(fields.Flag("indicators", Indicators));
    }

    /// <summary>With the most frequent value of the column; of several, the smallest.</summary>
    /// <inheritdoc cref="Filled"/>
    public sealed record MostFrequent(bool Indicators = false) : Filled(Indicators)
    {
        /// <inheritdoc/>
        protected internal override MissingCells Each(Fields fields) =>
            new MostFrequent(fields.Flag("indicators", Indicators));
    }

    /// <summary>With one number; a missing category is none of the column's values.</summary>
    /// <param name="Value">Finite.</param>
    /// <param name="Indicators">Whether each column that has some gets an input beside it: 1 where its cell
    /// is missing, else 0.</param>
    public sealed record Constant(double Value = 0, bool Indicators = false) : Filled(Indicators)
    {
        /// <inheritdoc/>
        protected internal override MissingCells Each(Fields fields) =>
            new Constant(fields.Real("value", Value, Interval.Any), fields.Flag("indicators", Indicators));
    }

    /// <summary>Every way, by the name it is written under.</summary>
    public static Kinds<MissingCells> Kinds { get; } = new(
        "way with missing cells",
        ("refuse", new Refuse()), ("drop", new Drop()), ("mean", new Mean()), ("median", new Median()),
        ("most_frequent", new MostFrequent()), ("constant", new Constant()));

    internal virtual bool HasIndicators => false;
}
