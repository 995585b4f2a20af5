using System.Globalization;
using Functional.Core.Numbers.Functions;

namespace Functional.Core.Differentiation;

/// <summary>A plain number with this library's elementary functions: the innermost one, whose derivatives are
/// dropped. Its functions give the same bits on every machine (numeric law 1).</summary>
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

    /// <summary>x less y times a whole number, with the sign of x and smaller than y: exact, as C's fmod.</summary>
    public static Real operator %(Real left, Real right) => left.Value % right.Value;

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
    public static Real Exp2(Real x) => Powers.Exp2(x.Value);

    /// <inheritdoc/>
    public static Real Exp10(Real x) => Powers.Exp10(x.Value);

    /// <inheritdoc/>
    public static Real Exp2M1(Real x) => Powers.Exp2M1(x.Value);

    /// <inheritdoc/>
    public static Real Exp10M1(Real x) => Powers.Exp10M1(x.Value);

    /// <inheritdoc/>
    public static Real Log(Real x) => Elementary.Of<Log>(x.Value);

    /// <inheritdoc/>
    public static Real Log(Real x, Real newBase) => Logarithms.Log(x.Value, newBase.Value);

    /// <inheritdoc/>
    public static Real LogP1(Real x) => Elementary.Of<Log1p>(x.Value);

    /// <inheritdoc/>
    public static Real Log2(Real x) => Logarithms.Log2(x.Value);

    /// <inheritdoc/>
    public static Real Log10(Real x) => Logarithms.Log10(x.Value);

    /// <inheritdoc/>
    public static Real Log2P1(Real x) => Logarithms.Log2P1(x.Value);

    /// <inheritdoc/>
    public static Real Log10P1(Real x) => Logarithms.Log10P1(x.Value);

    /// <inheritdoc/>
    public static Real Sqrt(Real x) => double.Sqrt(x.Value);

    /// <inheritdoc/>
    public static Real Cbrt(Real x) => Powers.Root(x.Value, 3);

    /// <inheritdoc/>
    public static Real Hypot(Real x, Real y) => Powers.Hypot(x.Value, y.Value);

    /// <summary>The n-th root; of a negative number where n is odd.</summary>
    public static Real RootN(Real x, int n) => Powers.Root(x.Value, n);

    /// <summary>x^y; NaN where x is negative and y is not whole.</summary>
    public static Real Pow(Real x, Real y) => Powers.Pow(x.Value, y.Value);

    /// <inheritdoc/>
    public static Real Tanh(Real x) => Elementary.Of<HyperbolicTangent>(x.Value);

    /// <inheritdoc/>
    public static Real Sinh(Real x) => Hyperbolic.Sinh(x.Value);

    /// <inheritdoc/>
    public static Real Cosh(Real x) => Hyperbolic.Cosh(x.Value);

    /// <inheritdoc/>
    public static Real Asinh(Real x) => Hyperbolic.Asinh(x.Value);

    /// <inheritdoc/>
    public static Real Acosh(Real x) => Hyperbolic.Acosh(x.Value);

    /// <inheritdoc/>
    public static Real Atanh(Real x) => Hyperbolic.Atanh(x.Value);

    /// <inheritdoc/>
    public static Real Sin(Real x) => Elementary.Of<Sin>(x.Value);

    /// <inheritdoc/>
    public static Real Cos(Real x) => Elementary.Of<Cos>(x.Value);

    /// <inheritdoc/>
    public static Real Erf(Real x) => Elementary.Of<Erf>(x.Value);

    /// <inheritdoc/>
    public static Real Sigmoid(Real x) => Elementary.Of<Logistic>(x.Value);

    /// <inheritdoc/>
    public static Real Softplus(Real x) => Elementary.Of<Log1pExp>(x.Value);

    /// <inheritdoc/>
    public static Real Choose(Real x, Real y, Real less, Real otherwise) =>
        x.Value < y.Value ? less : x.Value >= y.Value ? otherwise : double.NaN;
}
