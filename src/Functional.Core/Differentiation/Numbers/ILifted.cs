using System.Numerics;
using System.Runtime.CompilerServices;

#pragma warning disable RS0030 // the functions of T are Elementary's: Real, innermost, has no others

namespace Functional.Core.Differentiation;

/// <summary>
/// A number made of another one and of what its derivatives need. It says how a function's value and slopes become
/// such a number (the chain rule is <c>Lift</c>), and how to add, subtract, multiply and divide; every elementary
/// function follows, its derivative written once, here. </summary>
/// <typeparam name="TSelf">The number.</typeparam>
/// <typeparam name="T">What its value and its derivatives are made of: <see cref="Real"/>, or lifted numbers
/// themselves for derivatives of derivatives.</typeparam>
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

    private const double Ln2 = 0.6931471805599453, Ln10 = 2.302585092994046;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IReal<TSelf>.Of(double value) => TSelf.Constant(T.Of(value));
    double IReal<TSelf>.ToDouble() => Value.ToDouble();

    // x % y is x - n y for a whole n, by which it moves with y.
    static TSelf IModulusOperators<TSelf, TSelf, TSelf>.operator %(TSelf left, TSelf right)
    {
        T rest = left.Value % right.Value;
        double times = double.Round(((left.Value - rest) / right.Value).ToDouble());
        return TSelf.Lift(left, right, rest, T.One, T.Of(-times));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IExponentialFunctions<TSelf>.Exp(TSelf x)
    {
        T value = T.Exp(x.Value);
        return TSelf.Lift(x, value, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IExponentialFunctions<TSelf>.ExpM1(TSelf x) => TSelf.Lift(x, T.ExpM1(x.Value), T.Exp(x.Value));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IExponentialFunctions<TSelf>.Exp2(TSelf x)
    {
        T value = T.Exp2(x.Value);
        return TSelf.Lift(x, value, value * T.Of(Ln2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IExponentialFunctions<TSelf>.Exp10(TSelf x)
    {
        T value = T.Exp10(x.Value);
        return TSelf.Lift(x, value, value * T.Of(Ln10));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IExponentialFunctions<TSelf>.Exp2M1(TSelf x) =>
        TSelf.Lift(x, T.Exp2M1(x.Value), T.Exp2(x.Value) * T.Of(Ln2));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IExponentialFunctions<TSelf>.Exp10M1(TSelf x) =>
        TSelf.Lift(x, T.Exp10M1(x.Value), T.Exp10(x.Value) * T.Of(Ln10));

    // Adding zero makes 0 of -0: a slope at zero is that from the right, where these functions are.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf ILogarithmicFunctions<TSelf>.Log(TSelf x) => TSelf.Lift(x, T.Log(x.Value), T.One / (x.Value + T.Zero));

    // Of a number that is not positive nothing is known of how its logarithm moves with the base: taken as zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf ILogarithmicFunctions<TSelf>.Log(TSelf x, TSelf newBase)
    {
        T value = T.Log(x.Value, newBase.Value), log = T.Log(newBase.Value);
        T slopeOfBase = T.Choose(T.Zero, x.Value, -(value / (newBase.Value * log)), T.Zero);
        return TSelf.Lift(x, newBase, value, T.One / ((x.Value + T.Zero) * log), slopeOfBase);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf ILogarithmicFunctions<TSelf>.LogP1(TSelf x) =>
        TSelf.Lift(x, T.LogP1(x.Value), T.One / (T.One + x.Value));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf ILogarithmicFunctions<TSelf>.Log2(TSelf x) =>
        TSelf.Lift(x, T.Log2(x.Value), T.One / ((x.Value + T.Zero) * T.Of(Ln2)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf ILogarithmicFunctions<TSelf>.Log10(TSelf x) =>
        TSelf.Lift(x, T.Log10(x.Value), T.One / ((x.Value + T.Zero) * T.Of(Ln10)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf ILogarithmicFunctions<TSelf>.Log2P1(TSelf x) =>
        TSelf.Lift(x, T.Log2P1(x.Value), T.One / ((T.One + x.Value) * T.Of(Ln2)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf ILogarithmicFunctions<TSelf>.Log10P1(TSelf x) =>
        TSelf.Lift(x, T.Log10P1(x.Value), T.One / ((T.One + x.Value) * T.Of(Ln10)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IRootFunctions<TSelf>.Sqrt(TSelf x)
    {
        T value = T.Sqrt(x.Value);
        return TSelf.Lift(x, value, T.Of(0.5) / (value + T.Zero));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IRootFunctions<TSelf>.Cbrt(TSelf x) => TSelf.RootN(x, 3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IRootFunctions<TSelf>.RootN(TSelf x, int n)
    {
        if (n == 1) return x;
        T value = T.RootN(x.Value, n), atZero = T.Of(n > 0 ? double.PositiveInfinity : double.NegativeInfinity);
        return TSelf.Lift(x, value, T.Choose(T.Zero, T.Abs(x.Value), value / x.Value / T.Of(n), atZero));
    }

    // At the origin it has a kink, where of all its slopes the least is taken: zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IRootFunctions<TSelf>.Hypot(TSelf x, TSelf y)
    {
        T value = T.Hypot(x.Value, y.Value);
        T slopeX = T.Choose(T.Zero, value, x.Value / value, T.Zero);
        T slopeY = T.Choose(T.Zero, value, y.Value / value, T.Zero);
        return TSelf.Lift(x, y, value, slopeX, slopeY);
    }

    // x^0 is 1 at zero, too. Of a base that is not positive only whole powers exist, and then nothing is known of how
    // they move with the exponent: taken as zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IPowerFunctions<TSelf>.Pow(TSelf x, TSelf y)
    {
        T value = T.Pow(x.Value, y.Value), below = T.Pow(x.Value, y.Value - T.One);
        T atInfinity = T.Choose(T.Zero, T.Abs(y.Value), below, T.Zero);
        T known = T.Choose(T.Abs(below), T.Of(double.PositiveInfinity), below, atInfinity);
        return TSelf.Lift(x, y, value, y.Value * known, T.Choose(T.Zero, x.Value, value * T.Log(x.Value), T.Zero));
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
    static TSelf IHyperbolicFunctions<TSelf>.Asinh(TSelf x) =>
        TSelf.Lift(x, T.Asinh(x.Value), T.One / T.Hypot(x.Value, T.One));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IHyperbolicFunctions<TSelf>.Acosh(TSelf x) =>
        TSelf.Lift(x, T.Acosh(x.Value), T.One / (T.Sqrt(x.Value - T.One) * T.Sqrt(x.Value + T.One)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IHyperbolicFunctions<TSelf>.Atanh(TSelf x) =>
        TSelf.Lift(x, T.Atanh(x.Value), T.One / ((T.One - x.Value) * (T.One + x.Value)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IReal<TSelf>.Sin(TSelf x) => TSelf.Lift(x, T.Sin(x.Value), T.Cos(x.Value));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IReal<TSelf>.Cos(TSelf x) => TSelf.Lift(x, T.Cos(x.Value), -T.Sin(x.Value));
    // 2 / sqrt(pi)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IReal<TSelf>.Erf(TSelf x) =>
        TSelf.Lift(x, T.Erf(x.Value), T.Of(1.1283791670955126) * T.Exp(-(x.Value * x.Value)));
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IReal<TSelf>.Softplus(TSelf x) => TSelf.Lift(x, T.Softplus(x.Value), T.Sigmoid(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IReal<TSelf>.Sigmoid(TSelf x)
    {
        T value = T.Sigmoid(x.Value);
        return TSelf.Lift(x, value, value * (T.One - value));
    }
}
