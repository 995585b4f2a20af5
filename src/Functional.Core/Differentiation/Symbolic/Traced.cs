#pragma warning disable RS0030 // the functions of a Formula and of Real are Elementary's

namespace Functional.Core.Differentiation.Symbolic;

/// <summary>
/// A number that remembers its formula: a function over generic arithmetic, run on it, gives its value and what it
/// computed to get there. Where a function decides by its argument, the formula is that of the branch taken.
/// </summary>
/// <param name="Value">The number.</param>
/// <param name="Formula">How it was made.</param>
public readonly record struct Traced(double Value, Formula Formula) : IReal<Traced>
{
    /// <summary>The formula of a function, on the branch that it takes at a point.</summary>
    /// <param name="function">A function over generic arithmetic.</param>
    /// <param name="x">What its argument is called.</param>
    /// <param name="at">Where.</param>
    public static Formula Of(Func<Traced, Traced> function, Symbol x, double at)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function(new(at, x)).Formula;
    }

    /// <inheritdoc/>
    public static Traced Of(double value) => new(value, value);

    /// <inheritdoc/>
    public double ToDouble() => Value;

    /// <inheritdoc/>
    public static Traced operator +(Traced left, Traced right) =>
        new(left.Value + right.Value, left.Formula + right.Formula);

    /// <inheritdoc/>
    public static Traced operator -(Traced left, Traced right) =>
        new(left.Value - right.Value, left.Formula - right.Formula);

    /// <inheritdoc/>
    public static Traced operator *(Traced left, Traced right) =>
        new(left.Value * right.Value, left.Formula * right.Formula);

    /// <inheritdoc/>
    public static Traced operator /(Traced left, Traced right) =>
        new(left.Value / right.Value, left.Formula / right.Formula);

    /// <inheritdoc/>
    public static Traced operator %(Traced left, Traced right)
    {
        double rest = left.Value % right.Value, times = double.Round((left.Value - rest) / right.Value);
        return new(rest, left.Formula - times * right.Formula);
    }

    /// <inheritdoc/>
    public static Traced operator -(Traced value) => new(-value.Value, -value.Formula);

    /// <inheritdoc/>
    public static bool operator <(Traced left, Traced right) => left.Value < right.Value;

    /// <inheritdoc/>
    public static bool operator <=(Traced left, Traced right) => left.Value <= right.Value;

    /// <inheritdoc/>
    public static bool operator >(Traced left, Traced right) => left.Value > right.Value;

    /// <inheritdoc/>
    public static bool operator >=(Traced left, Traced right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public static Traced Choose(Traced x, Traced y, Traced less, Traced otherwise) =>
        x.Value < y.Value ? less : x.Value >= y.Value ? otherwise : Of(double.NaN);

    /// <inheritdoc/>
    public static Traced Exp(Traced x) => new(Real.Exp(x.Value).Value, Formula.Exp(x.Formula));

    /// <inheritdoc/>
    public static Traced ExpM1(Traced x) => new(Real.ExpM1(x.Value).Value, Formula.Exp(x.Formula) - 1);

    /// <inheritdoc/>
    public static Traced Exp2(Traced x) => new(Real.Exp2(x.Value).Value, Formula.Pow(2, x.Formula));

    /// <inheritdoc/>
    public static Traced Exp2M1(Traced x) => new(Real.Exp2M1(x.Value).Value, Formula.Pow(2, x.Formula) - 1);

    /// <inheritdoc/>
    public static Traced Exp10(Traced x) => new(Real.Exp10(x.Value).Value, Formula.Pow(10, x.Formula));

    /// <inheritdoc/>
    public static Traced Exp10M1(Traced x) => new(Real.Exp10M1(x.Value).Value, Formula.Pow(10, x.Formula) - 1);

    /// <inheritdoc/>
    public static Traced Log(Traced x) => new(Real.Log(x.Value).Value, Formula.Log(x.Formula));

    /// <inheritdoc/>
    public static Traced Log(Traced x, Traced newBase) =>
        new(Real.Log(x.Value, newBase.Value).Value, Formula.Log(x.Formula) / Formula.Log(newBase.Formula));

    /// <inheritdoc/>
    public static Traced LogP1(Traced x) => new(Real.LogP1(x.Value).Value, Formula.Log(1 + x.Formula));

    /// <inheritdoc/>
    public static Traced Log2(Traced x) => new(Real.Log2(x.Value).Value, Formula.Log(x.Formula) / Formula.Log(2));

    /// <inheritdoc/>
    public static Traced Log2P1(Traced x) =>
        new(Real.Log2P1(x.Value).Value, Formula.Log(1 + x.Formula) / Formula.Log(2));

    /// <inheritdoc/>
    public static Traced Log10(Traced x) => new(Real.Log10(x.Value).Value, Formula.Log(x.Formula) / Formula.Log(10));

    /// <inheritdoc/>
    public static Traced Log10P1(Traced x) =>
        new(Real.Log10P1(x.Value).Value, Formula.Log(1 + x.Formula) / Formula.Log(10));

    /// <inheritdoc/>
    public static Traced Sqrt(Traced x) => new(Real.Sqrt(x.Value).Value, Formula.Sqrt(x.Formula));

    /// <inheritdoc/>
    public static Traced Cbrt(Traced x) => RootN(x, 3);

    /// <inheritdoc/>
    public static Traced RootN(Traced x, int n) => new(
        Real.RootN(x.Value, n).Value,
        x.Value < 0 ? -Formula.Pow(-x.Formula, 1.0 / n) : Formula.Pow(x.Formula, 1.0 / n));

    /// <inheritdoc/>
    public static Traced Hypot(Traced x, Traced y) =>
        new(Real.Hypot(x.Value, y.Value).Value, Formula.Sqrt(Formula.Pow(x.Formula, 2) + Formula.Pow(y.Formula, 2)));

    /// <inheritdoc/>
    public static Traced Pow(Traced x, Traced y) =>
        new(Real.Pow(x.Value, y.Value).Value, Formula.Pow(x.Formula, y.Formula));

    /// <inheritdoc/>
    public static Traced Tanh(Traced x) => new(Real.Tanh(x.Value).Value, Formula.Tanh(x.Formula));

    /// <inheritdoc/>
    public static Traced Sinh(Traced x) =>
        new(Real.Sinh(x.Value).Value, (Formula.Exp(x.Formula) - Formula.Exp(-x.Formula)) / 2);

    /// <inheritdoc/>
    public static Traced Cosh(Traced x) =>
        new(Real.Cosh(x.Value).Value, (Formula.Exp(x.Formula) + Formula.Exp(-x.Formula)) / 2);

    /// <inheritdoc/>
    public static Traced Asinh(Traced x) =>
        new(Real.Asinh(x.Value).Value, x.Value < 0 ? -AsinhFormula(-x.Formula) : AsinhFormula(x.Formula));

    /// <inheritdoc/>
    public static Traced Acosh(Traced x) =>
        new(Real.Acosh(x.Value).Value, Formula.Log(x.Formula + Formula.Sqrt(Formula.Pow(x.Formula, 2) - 1)));

    /// <inheritdoc/>
    public static Traced Atanh(Traced x) =>
        new(Real.Atanh(x.Value).Value, (Formula.Log(1 + x.Formula) - Formula.Log(1 - x.Formula)) / 2);

    /// <inheritdoc/>
    public static Traced Sin(Traced x) => new(Real.Sin(x.Value).Value, Formula.Sin(x.Formula));

    /// <inheritdoc/>
    public static Traced Cos(Traced x) => new(Real.Cos(x.Value).Value, Formula.Cos(x.Formula));

    /// <inheritdoc/>
    public static Traced Erf(Traced x) => new(Real.Erf(x.Value).Value, Formula.Erf(x.Formula));

    /// <inheritdoc/>
    public static Traced Sigmoid(Traced x) => new(Real.Sigmoid(x.Value).Value, Formula.Sigmoid(x.Formula));

    /// <inheritdoc/>
    public static Traced Softplus(Traced x) => new(Real.Softplus(x.Value).Value, Formula.Softplus(x.Formula));

    /// <summary>Equal to another with the same value, as <c>&lt;=</c> both ways; how it was
    /// made does not count.</summary>
    public bool Equals(Traced other) => Value.Equals(other.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Formula.ToString();

    // Of a number that is not negative: else it would be the logarithm of a difference that leaves no digit.
    private static Formula AsinhFormula(Formula x) => Formula.Log(x + Formula.Sqrt(Formula.Pow(x, 2) + 1));
}
