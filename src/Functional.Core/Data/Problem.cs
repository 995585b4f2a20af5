namespace Functional;

/// <summary>What targets mean.</summary>
public enum TaskKind
{
    /// <summary>To be found, and said: classes where the target is text, or a few whole
    /// numbers without a gap.</summary>
    Auto,

    /// <summary>One class of several.</summary>
    Classes,

    /// <summary>Labels that hold (1) or not (0).</summary>
    Labels,

    /// <summary>Numbers.</summary>
    Numbers,
}

/// <summary>What is to be predicted from a sample.</summary>
public abstract record Problem : Form<Problem>, IPhrased
{
    /// <summary>Every kind, by the name it is written under.</summary>
    internal static Kinds<Problem> Kinds { get; } = new(
        "problem", ("classification", new Classification(2)), ("multi_label", new MultiLabel(1)),
        ("regression", new Regression(1)));

    internal abstract string Name { get; }

    internal abstract Phrase Words { get; }

    Phrase IPhrased.Words => Words;

    /// <summary>Such as "3 classes".</summary>
    public sealed override string ToString() => Words.ToString();

    /// <summary>One of several classes; a target is the number of the class, from 0.</summary>
    /// <param name="Classes">How many classes, at least 2.</param>
    public sealed record Classification(int Classes) : Problem
    {
        internal override string Name => "classification";

        internal override Phrase Words => Classes == 1 ? (Phrase)$"1 class" : $"{Classes} classes";

        /// <inheritdoc/>
        protected internal override Problem Each(Fields fields) =>
            new Classification(fields.Whole("classes", Classes, Interval.Between(2, MostOutputs)));
    }

    /// <summary>Several labels, each of which holds or does not: a target is 1 or 0 for each.</summary>
    /// <param name="Labels">How many labels, at least 1.</param>
    public sealed record MultiLabel(int Labels) : Problem
    {
        internal override string Name => "labels";

        internal override Phrase Words => Labels == 1 ? (Phrase)$"1 label" : $"{Labels} labels";

        /// <inheritdoc/>
        protected internal override Problem Each(Fields fields) =>
            new MultiLabel(fields.Whole("labels", Labels, Interval.Between(1, MostOutputs)));
    }

    /// <summary>Numbers.</summary>
    /// <param name="Outputs">How many, at least 1.</param>
    public sealed record Regression(int Outputs) : Problem
    {
        internal override string Name => "regression";

        internal override Phrase Words => Outputs == 1 ? (Phrase)$"1 number" : $"{Outputs} numbers";

        /// <inheritdoc/>
        protected internal override Problem Each(Fields fields) =>
            new Regression(fields.Whole("outputs", Outputs, Interval.Between(1, MostOutputs)));
    }

    private const int MostOutputs = 1 << 20;
}
