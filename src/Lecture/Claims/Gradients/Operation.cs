using System.Globalization;
using Functional.Core.Differentiation;

namespace Functional.Lecture;

/// <summary>A number whose operations are counted: each sum, difference, product, quotient, change of sign and
/// elementary function is one. What runs on it does what it does on plain numbers.</summary>
/// <param name="Value">The number.</param>
internal readonly record struct Operation(Real Value) : ILifted<Operation, Real>
{
    [ThreadStatic]
    private static long count;

    /// <summary>How many operations some work takes.</summary>
    public static long Count(Action work)
    {
        count = 0;
        work();
        return count;
    }

    /// <inheritdoc/>
    public static Operation Constant(Real value) => new(value);

    /// <inheritdoc/>
    public static Operation Lift(Operation x, Real value, Real slope) => Done(value);

    /// <inheritdoc/>
    public static Operation Lift(Operation x, Operation y, Real value, Real slopeX, Real slopeY) => Done(value);

    /// <inheritdoc/>
    public static Operation Choose(Operation x, Operation y, Operation less, Operation otherwise) =>
        x.Value < y.Value ? less : otherwise;

    /// <inheritdoc/>
    public static Operation operator +(Operation left, Operation right) => Done(left.Value + right.Value);

    /// <inheritdoc/>
    public static Operation operator -(Operation left, Operation right) => Done(left.Value - right.Value);

    /// <inheritdoc/>
    public static Operation operator *(Operation left, Operation right) => Done(left.Value * right.Value);

    /// <inheritdoc/>
    public static Operation operator /(Operation left, Operation right) => Done(left.Value / right.Value);

    /// <inheritdoc/>
    public static Operation operator -(Operation value) => Done(-value.Value);

    /// <inheritdoc/>
    public static bool operator <(Operation left, Operation right) => left.Value < right.Value;

    /// <inheritdoc/>
    public static bool operator <=(Operation left, Operation right) => left.Value <= right.Value;

    /// <inheritdoc/>
    public static bool operator >(Operation left, Operation right) => left.Value > right.Value;

    /// <inheritdoc/>
    public static bool operator >=(Operation left, Operation right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public override string ToString() => Value.Value.ToString(CultureInfo.InvariantCulture);

    private static Operation Done(Real value)
    {
        count++;
        return new(value);
    }
}
