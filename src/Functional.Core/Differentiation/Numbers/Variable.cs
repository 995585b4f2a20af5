using System.Globalization;

namespace Functional.Core.Differentiation;

/// <summary>
/// A number that remembers what it was made of: the value, the numbers it came from, and its derivatives by them. A
/// pure run of a function leaves a tape of these; nothing in it ever changes. <see cref="Reverse"/> folds it back.
/// (Linnainmaa, 1970) </summary>
/// <typeparam name="T">What values and derivatives are made of.</typeparam>
public sealed class Variable<T> : ILifted<Variable<T>, T> where T : IReal<T>
{
    // Depth 0 is that of arguments; a constant lies below, and nothing is remembered of it.
    private const int OfConstant = -1;

    private Variable(T value, Variable<T>? first, T firstSlope, Variable<T>? second, T secondSlope, int depth) =>
        (Value, First, FirstSlope, Second, SecondSlope, Depth) = (value, first, firstSlope, second, secondSlope, depth);

    /// <inheritdoc/>
    public T Value { get; }

    /// <summary>What it was made of, constants left out: one number, two or none.</summary>
    internal Variable<T>? First { get; }
    internal Variable<T>? Second { get; }

    /// <summary>Its derivatives by those.</summary>
    internal T FirstSlope { get; }
    internal T SecondSlope { get; }

    /// <summary>Steps from what it was made of: everything made of this number is deeper.</summary>
    internal int Depth { get; }

    /// <inheritdoc/>
    public static Variable<T> Constant(T value) => new(value, null, T.Zero, null, T.Zero, OfConstant);

    /// <summary>A number that derivatives are taken by.</summary>
    internal static Variable<T> Argument(T value) => new(value, null, T.Zero, null, T.Zero, 0);

    /// <inheritdoc/>
    public static Variable<T> Lift(Variable<T> x, T value, T slope)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Depth == OfConstant ? Constant(value) : new(value, x, slope, null, T.Zero, x.Depth + 1);
    }

    /// <inheritdoc/>
    public static Variable<T> Lift(Variable<T> x, Variable<T> y, T value, T slopeX, T slopeY)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return x.Depth == OfConstant ? Lift(y, value, slopeY)
            : y.Depth == OfConstant ? Lift(x, value, slopeX)
            : new(value, x, slopeX, y, slopeY, Math.Max(x.Depth, y.Depth) + 1);
    }

    /// <inheritdoc/>
    public static Variable<T> Choose(Variable<T> x, Variable<T> y, Variable<T> less, Variable<T> otherwise) =>
        x < y ? less : x >= y ? otherwise : Constant(T.Of(double.NaN));

    /// <summary>A constant.</summary>
    public static implicit operator Variable<T>(double value) => Constant(T.Of(value));

    /// <inheritdoc/>
    public static Variable<T> operator +(Variable<T> x, Variable<T> y) => Lift(x, y, x.Value + y.Value, T.One, T.One);

    /// <inheritdoc/>
    public static Variable<T> operator -(Variable<T> x, Variable<T> y) => Lift(x, y, x.Value - y.Value, T.One, -T.One);

    /// <inheritdoc/>
    public static Variable<T> operator *(Variable<T> x, Variable<T> y) =>
        Lift(x, y, x.Value * y.Value, y.Value, x.Value);

    /// <inheritdoc/>
    public static Variable<T> operator /(Variable<T> x, Variable<T> y)
    {
        T quotient = x.Value / y.Value, slope = T.One / y.Value;
        return Lift(x, y, quotient, slope, -(quotient * slope));
    }

    /// <inheritdoc/>
    public static Variable<T> operator -(Variable<T> x) => Lift(x, -x.Value, -T.One);

    /// <inheritdoc/>
    public static bool operator <(Variable<T> left, Variable<T> right) => left.Value < right.Value;

    /// <inheritdoc/>
    public static bool operator <=(Variable<T> left, Variable<T> right) => left.Value <= right.Value;

    /// <inheritdoc/>
    public static bool operator >(Variable<T> left, Variable<T> right) => left.Value > right.Value;

    /// <inheritdoc/>
    public static bool operator >=(Variable<T> left, Variable<T> right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public static bool operator ==(Variable<T>? left, Variable<T>? right) =>
        left is null ? right is null : left.Equals(right);

    /// <inheritdoc/>
    public static bool operator !=(Variable<T>? left, Variable<T>? right) => !(left == right);

    /// <inheritdoc/>
    public override bool Equals(object? obj) =>
        obj is Variable<T> other && Value.ToDouble().Equals(other.Value.ToDouble());

    /// <inheritdoc/>
    public override int GetHashCode() => Value.ToDouble().GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value}");
}
