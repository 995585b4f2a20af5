using System.Globalization;
using System.Runtime.CompilerServices;

namespace Functional.Core.Differentiation;

/// <summary>
/// A number and its derivative along one direction: a + b e with e^2 = 0. Any function written over .NET's
/// generic arithmetic, run on dual numbers, gives its derivative with its value: forward mode. (Clifford,
/// 1873; Wengert, 1964) </summary>
/// <remarks>A dual number of dual numbers gives second derivatives. The levels are types, so one level's direction
/// cannot be taken for the other's ("perturbation confusion"): a number of the outer level enters the inner one
/// only by <see cref="Constant"/>.</remarks>
/// <param name="Value">a</param>
/// <param name="Tangent">b</param>
public readonly record struct Dual<T>(T Value, T Tangent) : ILifted<Dual<T>, T> where T : IReal<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Constant(T value) => new(value, T.Zero);

    /// <summary>A number that moves at speed 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Moving(T value) => new(value, T.One);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Lift(Dual<T> x, T value, T slope) => new(value, slope * x.Tangent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Lift(Dual<T> x, Dual<T> y, T value, T slopeX, T slopeY) =>
        new(value, slopeX * x.Tangent + slopeY * y.Tangent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Choose(Dual<T> x, Dual<T> y, Dual<T> less, Dual<T> otherwise) =>
        new(
            T.Choose(x.Value, y.Value, less.Value, otherwise.Value),
            T.Choose(x.Value, y.Value, less.Tangent, otherwise.Tangent));

    /// <summary>A constant.</summary>
    public static implicit operator Dual<T>(double value) => Constant(T.Of(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> operator +(Dual<T> x, Dual<T> y) => new(x.Value + y.Value, x.Tangent + y.Tangent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> operator -(Dual<T> x, Dual<T> y) => new(x.Value - y.Value, x.Tangent - y.Tangent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> operator *(Dual<T> x, Dual<T> y) =>
        new(x.Value * y.Value, x.Tangent * y.Value + x.Value * y.Tangent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> operator /(Dual<T> x, Dual<T> y)
    {
        T quotient = x.Value / y.Value;
        return new(quotient, (x.Tangent - quotient * y.Tangent) / y.Value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> operator -(Dual<T> x) => new(-x.Value, -x.Tangent);

    /// <inheritdoc/>
    public static bool operator <(Dual<T> left, Dual<T> right) => left.Value < right.Value;

    /// <inheritdoc/>
    public static bool operator <=(Dual<T> left, Dual<T> right) => left.Value <= right.Value;

    /// <inheritdoc/>
    public static bool operator >(Dual<T> left, Dual<T> right) => left.Value > right.Value;

    /// <inheritdoc/>
    public static bool operator >=(Dual<T> left, Dual<T> right) => left.Value >= right.Value;

    /// <summary>Equal to another with the same value, as <c>&lt;=</c> both ways; derivatives do not count.</summary>
    public bool Equals(Dual<T> other) => Value.ToDouble().Equals(other.Value.ToDouble());

    /// <inheritdoc/>
    public override int GetHashCode() => Value.ToDouble().GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value} + {Tangent} e");
}
