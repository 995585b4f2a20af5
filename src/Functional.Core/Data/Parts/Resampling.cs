using Functional.Core.Data;
using Functional.Core.Randomness;

namespace Functional;

/// <summary>Which rows an experiment learns from and which it is tested on. A fold or a resample is an experiment like
/// any other: it has its own digest and its own run.</summary>
public abstract record Resampling : Form<Resampling>
{
    private const int Most = 1_000_000;

    /// <summary>Every way, by the name it is written under.</summary>
    internal static Kinds<Resampling> Kinds { get; } = new(
        "resampling", ("share", new Share()), ("fold", new Fold()), ("bootstrap", new Bootstrap()));

    /// <summary>Whether the test part is a share of the rows, or given; else it follows from this.</summary>
    internal virtual bool HasTestShare => true;

    /// <summary>Cuts samples.</summary>
    /// <param name="data">All samples, each with a weight above 0.</param>
    /// <param name="test">Share of all rows to be tested on, where this does not say it.</param>
    /// <param name="validation">Share of the rows that are left.</param>
    /// <param name="key">That of the experiment's data.</param>
    internal abstract Split<double> Cut(Dataset<double> data, double test, double validation, Key key);

    /// <summary>What is wrong with it by itself.</summary>
    internal virtual Invalid? Fault => null;

    /// <summary>What is wrong with it for so many rows.</summary>
    internal virtual Invalid? FaultFor(int rows) => null;

    /// <summary>A share of the rows is tested on, another one watched, and the others are learned from.</summary>
    public sealed record Share : Resampling
    {
        internal override Split<double> Cut(Dataset<double> data, double test, double validation, Key key) =>
            Split<double>.Of(data, test, validation, key.At(1));
    }

    /// <summary>One fold of a cross-validation: the rows are dealt into folds, class by class, from the seed; this fold
    /// is tested on and the others are learned from. The setting test does not apply, and is 0. (Stone, 1974)</summary>
    /// <param name="Index">Which fold is tested on, from 1.</param>
    /// <param name="Count">How many folds there are, at least 2.</param>
    /// <param name="Repeat">Which deal of the rows, from 1; each is another one.</param>
    public sealed record Fold(int Index = 1, int Count = 5, int Repeat = 1) : Resampling
    {
        internal override bool HasTestShare => false;

        internal override Split<double> Cut(Dataset<double> data, double test, double validation, Key key)
        {
            var deal = key.At(2).At((uint)Repeat);
            return Split<double>.OfFold(data, Index - 1, Count, validation, deal.At(0), deal.At((uint)Index));
        }

        internal override Invalid? Fault => Index <= Count
            ? null
            : new($"resampling.index is {Index}; it should be between 1 and resampling.count, which is {Count}");

        internal override Invalid? FaultFor(int rows) => Count <= rows
            ? null
            : new($"resampling.count is {Count}; the data have {Counted(rows)}, and there should be at least one for "
                + $"each fold");

        /// <inheritdoc/>
        protected internal override Resampling Each(Fields fields) => new Fold(
            fields.Whole("index", Index, Interval.Between(1, Most)),
            fields.Whole("count", Count, Interval.Between(2, Most)),
            fields.Whole("repeat", Repeat, Interval.Between(1, Most)));

        private static Phrase Counted(int rows) => Core.Forms.Counted.Rows(rows);
    }

    /// <summary>As many rows as the training part has are drawn from it, with repetition, and learned from. It is
    /// tested on the test part, which is the same for every resample, and on the rows that were not drawn.
    /// (Efron, 1979)</summary>
    /// <param name="Index">Which resample, from 1; each is another draw.</param>
    public sealed record Bootstrap(int Index = 1) : Resampling
    {
        internal override Split<double> Cut(Dataset<double> data, double test, double validation, Key key) =>
            Split<double>.Of(data, test, validation, key.At(1)).Resampled(key.At(3).At((uint)Index));

        /// <inheritdoc/>
        protected internal override Resampling Each(Fields fields) =>
            new Bootstrap(fields.Whole("index", Index, Interval.Between(1, Most)));
    }
}
