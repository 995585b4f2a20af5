using System.Numerics;
using System.Runtime.CompilerServices;

#pragma warning disable RS0030 // the functions of T are Elementary's: Real, innermost, has no others

namespace Functional.Core.Differentiation;

/// <summary>
/// A number made of another one and of what its derivatives need. It says how a function's value and slopes become such a number (the chain rule is
/// <c>Lift</c>), and how to add, subtract, multiply and divide; every elementary function follows, its derivative written once, here.
/// </summary>
/// <typeparam name="TSelf">The number.</typeparam>
/// <typeparam name="T">What its value and its derivatives are made of: <see cref="Real"/>, or lifted numbers themselves for derivatives of derivatives.</typeparam>
public interface ILifted<TSelf, T> : IReal<TSelf> where TSelf : ILifted<TSelf, T> where T : IReal<T>
{
    /// <summary>The value.</summary>
    T Value { get; }

    /// <summary>A number that stands still.</summary>
    static abstract TSelf Constant(T value);

    /// <summary>f(x), from its value and its derivative by x.</summary>
    static abstract TSelf Lift(TSelf x, T value, T slope);

    /// <summary>f(x, y), from its value and its derivatives by x and by y.</summary>
    static abstract TSelf Lift(TSelf x, TSelf y, T value, T slopeX, T slopeY);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IReal<TSelf>.Of(double value) => TSelf.Constant(T.Of(value));
    double IReal<TSelf>.ToDouble() => Value.ToDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IExponentialFunctions<TSelf>.Exp(TSelf x)
    {
        T value = T.Exp(x.Value);
        return TSelf.Lift(x, value, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IExponentialFunctions<TSelf>.ExpM1(TSelf x) => TSelf.Lift(x, T.ExpM1(x.Value), T.Exp(x.Value));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IExponentialFunctions<TSelf>.Exp2(TSelf x) => TSelf.Pow(TSelf.Of(2), x);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IExponentialFunctions<TSelf>.Exp10(TSelf x) => TSelf.Pow(TSelf.Of(10), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf ILogarithmicFunctions<TSelf>.Log(TSelf x) => TSelf.Lift(x, T.Log(x.Value), T.One / x.Value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf ILogarithmicFunctions<TSelf>.Log(TSelf x, TSelf newBase) => TSelf.Log(x) / TSelf.Log(newBase);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf ILogarithmicFunctions<TSelf>.LogP1(TSelf x) => TSelf.Lift(x, T.LogP1(x.Value), T.One / (T.One + x.Value));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf ILogarithmicFunctions<TSelf>.Log2(TSelf x) => TSelf.Lift(x, T.Log2(x.Value), T.One / (x.Value * T.Log(T.Of(2))));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf ILogarithmicFunctions<TSelf>.Log10(TSelf x) => TSelf.Lift(x, T.Log10(x.Value), T.One / (x.Value * T.Log(T.Of(10))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IRootFunctions<TSelf>.Sqrt(TSelf x)
    {
        T value = T.Sqrt(x.Value);
        return TSelf.Lift(x, value, T.Of(0.5) / value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IRootFunctions<TSelf>.Cbrt(TSelf x) => TSelf.RootN(x, 3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IRootFunctions<TSelf>.RootN(TSelf x, int n)
    {
        T value = T.RootN(x.Value, n);
        return TSelf.Lift(x, value, value / (T.Of(n) * x.Value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IRootFunctions<TSelf>.Hypot(TSelf x, TSelf y)
    {
        T value = T.Hypot(x.Value, y.Value);
        return TSelf.Lift(x, y, value, x.Value / value, y.Value / value);
    }

    // Of a base that is not positive only whole powers exist, and then nothing is known of how they move with the exponent: taken as zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IPowerFunctions<TSelf>.Pow(TSelf x, TSelf y)
    {
        T value = T.Pow(x.Value, y.Value), slope = T.IsZero(x.Value) && T.IsZero(y.Value) ? T.Zero : y.Value * T.Pow(x.Value, y.Value - T.One);
        return TSelf.Lift(x, y, value, slope, x.Value.ToDouble() > 0 ? value * T.Log(x.Value) : T.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IHyperbolicFunctions<TSelf>.Tanh(TSelf x)
    {
        T value = T.Tanh(x.Value);
        return TSelf.Lift(x, value, (T.One - value) * (T.One + value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IHyperbolicFunctions<TSelf>.Sinh(TSelf x) => TSelf.Lift(x, T.Sinh(x.Value), T.Cosh(x.Value));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IHyperbolicFunctions<TSelf>.Cosh(TSelf x) => TSelf.Lift(x, T.Cosh(x.Value), T.Sinh(x.Value));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IHyperbolicFunctions<TSelf>.Asinh(TSelf x) => TSelf.Lift(x, T.Asinh(x.Value), T.One / T.Hypot(x.Value, T.One));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IHyperbolicFunctions<TSelf>.Acosh(TSelf x) => TSelf.Lift(x, T.Acosh(x.Value), T.One / T.Sqrt((x.Value - T.One) * (x.Value + T.One)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IHyperbolicFunctions<TSelf>.Atanh(TSelf x) => TSelf.Lift(x, T.Atanh(x.Value), T.One / ((T.One - x.Value) * (T.One + x.Value)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IReal<TSelf>.Sin(TSelf x) => TSelf.Lift(x, T.Sin(x.Value), T.Cos(x.Value));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IReal<TSelf>.Cos(TSelf x) => TSelf.Lift(x, T.Cos(x.Value), -T.Sin(x.Value));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IReal<TSelf>.Erf(TSelf x) => TSelf.Lift(x, T.Erf(x.Value), T.Of(1.1283791670955126) * T.Exp(-(x.Value * x.Value))); // 2 / sqrt(pi)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IReal<TSelf>.Softplus(TSelf x) => TSelf.Lift(x, T.Softplus(x.Value), T.Sigmoid(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IReal<TSelf>.Sigmoid(TSelf x)
    {
        T value = T.Sigmoid(x.Value);
        return TSelf.Lift(x, value, value * (T.One - value));
    }
}
