namespace Functional;

/// <summary>What is to be predicted from a sample.</summary>
public abstract record Problem
{
    internal abstract string Name { get; }

    /// <summary>One of several classes; a target is the number of the class, from 0.</summary>
    /// <param name="Classes">How many classes, at least 2.</param>
    public sealed record Classification(int Classes) : Problem
    {
        internal override string Name => "classification";
    }

    /// <summary>Several labels, each of which holds or does not: a target is 1 or 0 for each.</summary>
    /// <param name="Labels">How many labels, at least 1.</param>
    public sealed record MultiLabel(int Labels) : Problem
    {
        internal override string Name => "labels";
    }

    /// <summary>Numbers.</summary>
    /// <param name="Outputs">How many, at least 1.</param>
    public sealed record Regression(int Outputs) : Problem
    {
        internal override string Name => "regression";
    }
}
