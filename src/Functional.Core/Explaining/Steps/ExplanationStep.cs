using Functional.Core.Differentiation.Symbolic;
using Functional.Core.Numbers;

namespace Functional.Core.Explaining;

/// <summary>A step of an explanation.</summary>
public abstract record ExplanationStep
{
    private protected ExplanationStep() { }

    /// <summary>The name of what follows.</summary>
    /// <param name="Text">In words.</param>
    /// <param name="Level">1 for a part, 2 for a part of a part.</param>
    /// <param name="Symbol">What the words end with, where that is a symbol.</param>
    public sealed record Heading(string Text, int Level, Notation? Symbol = null) : ExplanationStep;

    /// <summary>A sentence or two.</summary>
    /// <param name="Text">In words.</param>
    public sealed record Prose(string Text) : ExplanationStep;

    /// <summary>Formulas that are equal, without numbers.</summary>
    /// <param name="Sides">Two or more.</param>
    public sealed record Relation(Items<Notation> Sides) : ExplanationStep;

    /// <summary>A vector or matrix: what it is made of, and its numbers.</summary>
    /// <param name="Sides">Its name, and formulas that are equal to it.</param>
    /// <param name="Numbers">A matrix; a vector is a column.</param>
    public sealed record Table(Items<Notation> Sides, Matrix<double> Numbers) : ExplanationStep;

    /// <summary>A number without a formula.</summary>
    /// <param name="Sides">Its name, and what else is equal to it.</param>
    /// <param name="Value">The number.</param>
    public sealed record Scalar(Items<Notation> Sides, double Value) : ExplanationStep;

    /// <summary>A number: its formula, the same with the numbers in it, and its value.</summary>
    /// <param name="Sides">Its name, and formulas that are equal to it.</param>
    /// <param name="Formula">What it is made of; its symbols are among the explanation's
    /// <see cref="Explanation.Numbers"/>.</param>
    /// <param name="Value">What it was in the network's own pass.</param>
    public sealed record Worked(Items<Notation> Sides, Formula Formula, double Value) : ExplanationStep;

    /// <summary>A parameter's new number: what it is made of, the same with the numbers in it, and its value.</summary>
    /// <param name="Parameter">Its name.</param>
    /// <param name="Formula">Of the old numbers.</param>
    /// <param name="Value">What it becomes.</param>
    public sealed record Assigned(Symbol Parameter, Formula Formula, double Value) : ExplanationStep;

    /// <summary>A table of samples, one a row.</summary>
    /// <param name="Columns">What stands in each column.</param>
    /// <param name="Rows">The numbers, samples x columns.</param>
    public sealed record Samples(Items<Notation> Columns, Matrix<double> Rows) : ExplanationStep;
}
