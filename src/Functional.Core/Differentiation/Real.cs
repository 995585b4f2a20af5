using System.Globalization;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Differentiation;

/// <summary>A plain number with this library's elementary functions: the innermost one, whose derivatives are dropped. Its functions give the same bits on every
/// machine (numeric law 1).</summary>
/// <param name="Value">The number.</param>
public readonly record struct Real(double Value) : IReal<Real>
{
    /// <inheritdoc/>
    public static Real Of(double value) => new(value);

    /// <inheritdoc/>
    public double ToDouble() => Value;

    /// <summary>A number as it is.</summary>
    public static implicit operator Real(double value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public static Real operator +(Real left, Real right) => left.Value + right.Value;

    /// <inheritdoc/>
    public static Real operator -(Real left, Real right) => left.Value - right.Value;

    /// <inheritdoc/>
    public static Real operator *(Real left, Real right) => left.Value * right.Value;

    /// <inheritdoc/>
    public static Real operator /(Real left, Real right) => left.Value / right.Value;

    /// <inheritdoc/>
    public static Real operator -(Real value) => -value.Value;

    /// <inheritdoc/>
    public static bool operator <(Real left, Real right) => left.Value < right.Value;

    /// <inheritdoc/>
    public static bool operator <=(Real left, Real right) => left.Value <= right.Value;

    /// <inheritdoc/>
    public static bool operator >(Real left, Real right) => left.Value > right.Value;

    /// <inheritdoc/>
    public static bool operator >=(Real left, Real right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public static Real Exp(Real x) => Elementary.Of<Exp>(x.Value);

    /// <inheritdoc/>
    public static Real ExpM1(Real x) => Elementary.Of<Expm1>(x.Value);

    /// <inheritdoc/>
    public static Real Exp2(Real x) => Pow(2, x);

    /// <inheritdoc/>
    public static Real Exp10(Real x) => Pow(10, x);

    /// <inheritdoc/>
    public static Real Log(Real x) => Elementary.Of<Log>(x.Value);

    /// <inheritdoc/>
    public static Real Log(Real x, Real newBase) => Log(x) / Log(newBase);

    /// <inheritdoc/>
    public static Real LogP1(Real x) => Elementary.Of<Log1p>(x.Value);

    /// <inheritdoc/>
    public static Real Log2(Real x) => Log(x) / Log(2);

    /// <inheritdoc/>
    public static Real Log10(Real x) => Log(x) / Log(10);

    /// <inheritdoc/>
    public static Real Sqrt(Real x) => double.Sqrt(x.Value);

    /// <inheritdoc/>
    public static Real Cbrt(Real x) => RootN(x, 3);

    /// <inheritdoc/>
    public static Real Hypot(Real x, Real y)
    {
        double most = double.Max(double.Abs(x.Value), double.Abs(y.Value));
        if (most == 0 || !double.IsFinite(most)) return double.IsNaN(x.Value) || double.IsNaN(y.Value) ? double.NaN : most;
        double a = x.Value / most, b = y.Value / most;
        return most * double.Sqrt(a * a + b * b);
    }

    /// <summary>The n-th root; of a negative number where n is odd.</summary>
    public static Real RootN(Real x, int n) =>
        x.Value == 0 ? (n > 0 ? x : 1 / x.Value)
        : double.IsNegative(x.Value) ? (int.IsOddInteger(n) ? -RootN(-x, n) : double.NaN)
        : Elementary.Of<Exp>(Elementary.Of<Log>(x.Value) / n);

    /// <summary>x^y: by repeated squaring where y is a whole number, else e^(y ln x), which is NaN below zero.</summary>
    public static Real Pow(Real x, Real y)
    {
        if (double.IsInteger(y.Value) && double.Abs(y.Value) < 1L << 52)
        {
            double power = Elementary.Power(x.Value, (long)double.Abs(y.Value));
            return y.Value < 0 ? 1 / power : power;
        }
        return x.Value == 0 && y.Value > 0 ? 0 : Elementary.RealPower(x.Value, y.Value);
    }

    /// <inheritdoc/>
    public static Real Tanh(Real x) => Elementary.Of<Tanh>(x.Value);

    /// <inheritdoc/>
    public static Real Sinh(Real x) => (ExpM1(x) - ExpM1(-x)) * 0.5;

    /// <inheritdoc/>
    public static Real Cosh(Real x) => (Exp(x) + Exp(-x)) * 0.5;

    /// <inheritdoc/>
    public static Real Asinh(Real x)
    {
        double size = double.Abs(x.Value);
        Real found = size > 1e150 ? Log(size) + Log(2) : LogP1(size + size * size / (1 + double.Sqrt(size * size + 1)));
        return double.CopySign(found.Value, x.Value);
    }

    /// <inheritdoc/>
    public static Real Acosh(Real x) => x.Value > 1e150 ? Log(x) + Log(2) : Log(x.Value + double.Sqrt((x.Value - 1) * (x.Value + 1)));

    /// <inheritdoc/>
    public static Real Atanh(Real x) => LogP1(2 * x.Value / (1 - x.Value)) * 0.5;

    /// <inheritdoc/>
    public static Real Sin(Real x) => Elementary.Of<Sin>(x.Value);

    /// <inheritdoc/>
    public static Real Cos(Real x) => Elementary.Of<Cos>(x.Value);

    /// <inheritdoc/>
    public static Real Erf(Real x) => Elementary.Of<Erf>(x.Value);

    /// <inheritdoc/>
    public static Real Sigmoid(Real x) => Elementary.Of<Sigmoid>(x.Value);

    /// <inheritdoc/>
    public static Real Softplus(Real x) => Elementary.Of<Softplus>(x.Value);

    /// <inheritdoc/>
    public static Real Choose(Real x, Real y, Real less, Real otherwise) => x.Value < y.Value ? less : x.Value >= y.Value ? otherwise : double.NaN;
}
