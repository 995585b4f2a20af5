using Functional.Core.Forms;
using Functional.Core.Numbers;

namespace Functional;

/// <summary>A column of a table, of a kind that was found once and is kept.</summary>
/// <param name="Name">From the header, or "column_1" and so on.</param>
public abstract record Column(string Name)
{
    /// <summary>From the header, or "column_1" and so on; in Unicode's form C, so that names that look
    /// alike are equal.</summary>
    public string Name { get; init; } = Composed.Of(Name);

    /// <summary>Whether a row, from 0, has no cell here.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>How many rows have no cell here.</summary>
    public abstract int MissingCount { get; }

    /// <summary>Its kind, as people are told: "number, 31 missing".</summary>
    internal abstract Phrase Kind { get; }

    /// <summary>Its name and kind.</summary>
    public sealed override string ToString() => ((Phrase)$"{Name} ({Kind})").ToString();

    private protected Phrase AndMissing => MissingCount == 0 ? Phrase.Empty : $", {MissingCount} missing";

    /// <summary>Finite numbers.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Cells">One a row; a missing one is NaN.</param>
    public sealed record Numbers(string Name, Vec<double> Cells) : Column(Name)
    {
        /// <inheritdoc/>
        public override bool IsMissing(int row) => double.IsNaN(Cells[row]);

        /// <inheritdoc/>
        public override int MissingCount { get; } = Cells.Span.Count(double.NaN);

        internal override Phrase Kind => $"number{AndMissing}";
    }

    /// <summary>One of several texts.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Codes">One a row: an index into the values; a missing one is -1.</param>
    /// <param name="Values">Every text once, as it is written, in ordinal order.</param>
    public sealed record Categories(string Name, Vec<int> Codes, Items<string> Values) : Column(Name)
    {
        /// <inheritdoc/>
        public override bool IsMissing(int row) => Codes[row] < 0;

        /// <inheritdoc/>
        public override int MissingCount { get; } = Codes.Span.Count(-1);

        internal override Phrase Kind => Values.Count == 1
            ? (Phrase)$"1 category{AndMissing}"
            : $"{Values.Count} categories{AndMissing}";
    }

    /// <summary>Nothing to learn from, unless someone names it.</summary>
    /// <param name="Inner">The column.</param>
    /// <param name="Reason">Why: "all its 400 texts differ".</param>
    public sealed record LeftOut(Column Inner, Phrase Reason) : Column(Inner.Name)
    {
        /// <inheritdoc/>
        public override bool IsMissing(int row) => Inner.IsMissing(row);

        /// <inheritdoc/>
        public override int MissingCount => Inner.MissingCount;

        internal override Phrase Kind => $"left out: {Reason}";
    }

    /// <summary>Cells of which it is not sure what they mean: whoever uses the column has to say its kind.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Fault">What is odd, where, and how to say what it means.</param>
    /// <param name="Examples">The first odd cells, with their rows from 1.</param>
    public sealed record Unclear(string Name, Phrase Fault, Items<(int Row, string Text)> Examples) : Column(Name)
    {
        /// <inheritdoc/>
        public override bool IsMissing(int row) => false;

        /// <inheritdoc/>
        public override int MissingCount => 0;

        internal override Phrase Kind => $"unclear: {Fault}";
    }
}
