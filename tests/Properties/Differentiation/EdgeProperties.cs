using Functional;
using Functional.Core.Differentiation;
using Functional.Core.Differentiation.Symbolic;
using Xunit;

namespace Properties.Differentiation;

/// <summary>Derivatives where a function ends, bends or rises without limit: the limit from inside, which forward mode,
/// reverse mode and formulas agree on.</summary>
public sealed class EdgeProperties
{
    private const double Infinity = double.PositiveInfinity, Ln2 = 0.6931471805599453;
    private static readonly Symbol X = Formula.Named("x");

    // One function of every kind of number, by its name.
    private static T At<T>(string name, T x) where T : IReal<T> => name switch
    {
        "rootn 1" => T.RootN(x, 1),
        "rootn 2" => T.RootN(x, 2),
        "rootn 3" => T.RootN(x, 3),
        "rootn -1" => T.RootN(x, -1),
        "rootn -2" => T.RootN(x, -2),
        "rootn -3" => T.RootN(x, -3),
        "cbrt" => T.Cbrt(x),
        "sqrt" => T.Sqrt(x),
        "pow 0" => T.Pow(x, T.Zero),
        "pow 0.5" => T.Pow(x, T.Of(0.5)),
        "pow 1" => T.Pow(x, T.One),
        "pow 1.5" => T.Pow(x, T.Of(1.5)),
        "pow 2" => T.Pow(x, T.Of(2)),
        "pow 3" => T.Pow(x, T.Of(3)),
        "pow -1" => T.Pow(x, -T.One),
        "2 to the power of" => T.Pow(T.Of(2), x),
        "exp2" => T.Exp2(x),
        "exp2m1" => T.Exp2M1(x),
        "exp10m1" => T.Exp10M1(x),
        "log" => T.Log(x),
        "log to 2" => T.Log(x, T.Of(2)),
        "log of 1 to" => T.Log(T.One, x),
        "log2" => T.Log2(x),
        "log10" => T.Log10(x),
        "logp1" => T.LogP1(x),
        "log2p1" => T.Log2P1(x),
        "log10p1" => T.Log10P1(x),
        "asinh" => T.Asinh(x),
        "acosh" => T.Acosh(x),
        "atanh" => T.Atanh(x),
        "hypot with 0" => T.Hypot(x, T.Zero),
        "abs" => T.Abs(x),
        "max with 1" => T.Max(x, T.One),
        "max of 1 and" => T.Max(T.One, x),
        "min of 1 and" => T.Min(T.One, x),
        "x % 0.75" => x % T.Of(0.75),
        "7 % x" => T.Of(7) % x,
        "-7 % x" => T.Of(-7) % x,
        _ => throw new ArgumentException(name),
    };

    [Theory]
    [InlineData("rootn 1", 0, 1)]
    [InlineData("rootn 1", -3, 1)]
    [InlineData("rootn 2", 0, Infinity)]
    [InlineData("rootn 3", 0, Infinity)]
    [InlineData("rootn 3", -8, 1 / 12.0)]
    [InlineData("rootn 3", 1e300, 1e-200 / 3)]
    [InlineData("rootn -1", 0, -Infinity)]
    [InlineData("rootn -2", 0, -Infinity)]
    [InlineData("rootn -3", 0, -Infinity)]
    [InlineData("rootn -2", 4, -1 / 16.0)]
    [InlineData("cbrt", 0, Infinity)]
    [InlineData("sqrt", 0, Infinity)]
    [InlineData("pow 0", 0, 0)]
    [InlineData("pow 0", 1e-310, 0)]
    [InlineData("pow 0.5", 0, Infinity)]
    [InlineData("pow 1", 0, 1)]
    [InlineData("pow 1", -2, 1)]
    [InlineData("pow 1.5", 0, 0)]
    [InlineData("pow 2", 0, 0)]
    [InlineData("pow 3", 0, 0)]
    [InlineData("pow -1", 0, -Infinity)]
    [InlineData("2 to the power of", 3, 8 * Ln2)]
    [InlineData("exp2", -1, Ln2 / 2)]
    [InlineData("exp2m1", 0, Ln2)]
    [InlineData("exp10m1", 0, 2.302585092994046)]
    [InlineData("log", 0, Infinity)]
    [InlineData("log to 2", 0, Infinity)]
    [InlineData("log to 2", 4, 0.25 / Ln2)]
    [InlineData("log of 1 to", 3, 0)]
    [InlineData("log2", 0, Infinity)]
    [InlineData("log10", 0, Infinity)]
    [InlineData("logp1", -1, Infinity)]
    [InlineData("log2p1", -1, Infinity)]
    [InlineData("log10p1", -1, Infinity)]
    [InlineData("log2p1", 0, 1 / Ln2)]
    [InlineData("asinh", 0, 1)]
    [InlineData("asinh", -1e10, 1e-10)]
    [InlineData("acosh", 1, Infinity)]
    [InlineData("atanh", 1, Infinity)]
    [InlineData("atanh", -1, Infinity)]
    [InlineData("abs", 0, 1)]
    [InlineData("max with 1", 1, 0)]
    [InlineData("max of 1 and", 1, 1)]
    [InlineData("min of 1 and", 1, 1)]
    [InlineData("x % 0.75", -2, 1)]
    [InlineData("7 % x", 2, -3)]
    [InlineData("7 % x", -2, 3)]
    [InlineData("-7 % x", 0.1, 69)] // 0.1 is a little more than a tenth
    public void The_derivative_at_an_edge_is_the_limit_from_inside(string name, double x, double slope)
    {
        Near(slope, Forward.Derivative(z => At(name, z), x));
        Near(slope, Reverse.Gradient(z => At(name, z[0]), x)[0]);
        Near(slope, Traced.Of(z => At(name, z), X, x).Derivative(X).At(("x", x)));
    }

    // There a formula, which knows no kinks, has 0 / 0, and so have -0 and what a processor has no digits for.
    [Theory]
    [InlineData("hypot with 0", 0, 0)]
    [InlineData("hypot with 0", -2, -1)]
    [InlineData("cbrt", -0.0, Infinity)]
    [InlineData("sqrt", -0.0, Infinity)]
    [InlineData("rootn -2", -0.0, -Infinity)]
    [InlineData("log", -0.0, Infinity)]
    [InlineData("log2", -0.0, Infinity)]
    [InlineData("log10", -0.0, Infinity)]
    [InlineData("log to 2", -0.0, Infinity)]
    [InlineData("acosh", 1e200, 1e-200)]
    [InlineData("asinh", -1e200, 1e-200)]
    [InlineData("rootn 3", 5e-324, 1.1490942214795806E+215)]
    public void The_derivative_of_numbers_is_the_limit_from_inside(string name, double x, double slope)
    {
        Near(slope, Forward.Derivative(z => At(name, z), x));
        Near(slope, Reverse.Gradient(z => At(name, z[0]), x)[0]);
    }

    [Theory]
    [InlineData("rootn 1", 0, 0)]
    [InlineData("pow 0", 0, 0)]
    [InlineData("pow 1", 0, 0)]
    [InlineData("pow 2", 0, 2)]
    [InlineData("pow 3", 0, 0)]
    [InlineData("asinh", 0, 0)]
    [InlineData("hypot with 0", 0, 0)] // as at every kink
    [InlineData("rootn 3", 8, -1 / 144.0)]
    [InlineData("acosh", 2, -0.38490017945975052)]
    [InlineData("exp2m1", 0, Ln2 * Ln2)]
    [InlineData("log2p1", 0, -1 / Ln2)]
    [InlineData("x % 0.75", -2, 0)]
    [InlineData("sqrt", 0, double.NaN)] // where the first derivative is infinite, there is no second one
    [InlineData("cbrt", 0, double.NaN)]
    public void Second_derivatives_there_are_sensible(string name, double x, double bend)
    {
        Near(bend, Forward.SecondDerivative(z => At(name, z), x));
        Near(bend, Reverse.HessianProduct(z => At(name, z[0]), [x], [1])[0]);
    }

    [Fact]
    public void A_power_moves_with_its_exponent_where_it_is_known_to()
    {
        Assert.Equal([0, 0], Reverse.Gradient(z => Variable(z[0], z[1]), 0, 2));
        Assert.Equal([double.NegativeInfinity, 0], Reverse.Gradient(z => Variable(z[0], z[1]), 0, -1));
        Near(0.25 * (1 - Ln2), Forward.Along(z => Variable(z[0], z[1]), [0.5, 2], [1 / 4.0, 1]));
        // d/dx d/dy x^y at y = 0 is 1 / x
        Near(1 / 3.0, Reverse.HessianProduct(z => Variable(z[0], z[1]), [3, 0], [0, 1])[0]);

        static T Variable<T>(T x, T y) where T : IReal<T> => T.Pow(x, y);
    }

    // To some digits; where it is 0 or infinite exactly.
    private static void Near(double want, double got) => Assert.True(
        want.Equals(got) || double.IsFinite(want) && Math.Abs(want - got) <= 1e-12 * Math.Abs(want),
        $"{got:R} should be {want:R}");
}
