using System.Globalization;

namespace Functional.Core.Differentiation;

/// <summary>
/// A number that remembers what it was made of: the value, the numbers it came from, and its derivatives by them. A pure run of a function leaves a tape of these;
/// nothing in it ever changes. <see cref="Reverse"/> folds it back. (Linnainmaa, 1970)
/// </summary>
/// <typeparam name="T">What values and derivatives are made of.</typeparam>
public sealed class Variable<T> : ILifted<Variable<T>, T> where T : IReal<T>
{
    private Variable(T value, (Variable<T> From, T Slope)? first = null, (Variable<T> From, T Slope)? second = null)
    {
        (Value, First, Second) = (value, first, second);
        Depth = 1 + Math.Max(first?.From.Depth ?? -1, second?.From.Depth ?? -1);
    }

    /// <inheritdoc/>
    public T Value { get; }

    /// <summary>What it was made of, and its derivative by that.</summary>
    internal (Variable<T> From, T Slope)? First { get; }
    internal (Variable<T> From, T Slope)? Second { get; }

    /// <summary>Steps from what it was made of: everything made of this number is deeper.</summary>
    internal int Depth { get; }

    /// <inheritdoc/>
    public static Variable<T> Constant(T value) => new(value);

    /// <inheritdoc/>
    public static Variable<T> Lift(Variable<T> x, T value, T slope)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new(value, (x, slope));
    }

    /// <inheritdoc/>
    public static Variable<T> Lift(Variable<T> x, Variable<T> y, T value, T slopeX, T slopeY)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return new(value, (x, slopeX), (y, slopeY));
    }

    /// <inheritdoc/>
    public static Variable<T> Choose(Variable<T> x, Variable<T> y, Variable<T> less, Variable<T> otherwise) => x < y ? less : x >= y ? otherwise : Constant(T.Of(double.NaN));

    /// <summary>A constant.</summary>
    public static implicit operator Variable<T>(double value) => Constant(T.Of(value));

    /// <inheritdoc/>
    public static Variable<T> operator +(Variable<T> x, Variable<T> y) => Lift(x, y, x.Value + y.Value, T.One, T.One);

    /// <inheritdoc/>
    public static Variable<T> operator -(Variable<T> x, Variable<T> y) => Lift(x, y, x.Value - y.Value, T.One, -T.One);

    /// <inheritdoc/>
    public static Variable<T> operator *(Variable<T> x, Variable<T> y) => Lift(x, y, x.Value * y.Value, y.Value, x.Value);

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
    public static bool operator ==(Variable<T>? left, Variable<T>? right) => left is null ? right is null : left.Equals(right);

    /// <inheritdoc/>
    public static bool operator !=(Variable<T>? left, Variable<T>? right) => !(left == right);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Variable<T> other && Value.ToDouble().Equals(other.Value.ToDouble());

    /// <inheritdoc/>
    public override int GetHashCode() => Value.ToDouble().GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value}");
}
