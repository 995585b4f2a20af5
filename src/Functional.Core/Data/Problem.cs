namespace Functional.Core.Data;

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

    /// <summary>Numbers.</summary>
    /// <param name="Outputs">How many, at least 1.</param>
    public sealed record Regression(int Outputs) : Problem
    {
        internal override string Name => "regression";
    }
}
