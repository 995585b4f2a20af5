using CsCheck;
using Functional.Core.Differentiation;
using Functional.Core.Differentiation.Symbolic;
using Xunit;

namespace Properties.Differentiation;

/// <summary>Formulas: their derivatives are those of the other ways to differentiate, and simplifying changes no value.</summary>
public sealed class SymbolicProperties
{
    private static readonly Symbol X = Formula.Named("x"), Y = Formula.Named("y");

    /// <summary>A formula, and the same function as it was written, without a simplification.</summary>
    private sealed record Pair(Formula Formula, Func<double, double, double> AsWritten);

    private static Gen<Pair> Pairs(int depth) => depth == 0
        ? Gen.OneOf(Gen.Const(new Pair(X, (x, _) => x)), Gen.Const(new Pair(Y, (_, y) => y)), Gen.Int[-3, 3].Select(n => new Pair(n, (_, _) => n)), Gen.Double[-2, 2].Select(n => new Pair(n, (_, _) => n)))
        : Gen.Frequency(
            (1, Pairs(0)),
            (3, Gen.Select(Gen.Int[0, 8], Pairs(depth - 1), Unary)),
            (4, Gen.Select(Gen.Int[0, 4], Pairs(depth - 1), Pairs(depth - 1), Binary)));

    private static Pair Unary(int kind, Pair of) => kind switch
    {
        0 => new(Formula.Exp(Formula.Tanh(of.Formula)), (x, y) => Math.Exp(Math.Tanh(of.AsWritten(x, y)))),
        1 => new(Formula.Tanh(of.Formula), (x, y) => Math.Tanh(of.AsWritten(x, y))),
        2 => new(Formula.Sin(of.Formula), (x, y) => Math.Sin(of.AsWritten(x, y))),
        3 => new(Formula.Cos(of.Formula), (x, y) => Math.Cos(of.AsWritten(x, y))),
        4 => new(Formula.Sigmoid(of.Formula), (x, y) => 1 / (1 + Math.Exp(-of.AsWritten(x, y)))),
        5 => new(Formula.Log(1 + Formula.Pow(of.Formula, 2)), (x, y) => Math.Log(1 + of.AsWritten(x, y) * of.AsWritten(x, y))),
        6 => new(Formula.Sqrt(1 + Formula.Pow(of.Formula, 2)), (x, y) => Math.Sqrt(1 + of.AsWritten(x, y) * of.AsWritten(x, y))),
        7 => new(Formula.Softplus(Formula.Erf(of.Formula)), (x, y) => Math.Log(1 + Math.Exp(MathNet.Numerics.SpecialFunctions.Erf(of.AsWritten(x, y))))),
        _ => new(-of.Formula, (x, y) => -of.AsWritten(x, y)),
    };

    private static Pair Binary(int kind, Pair left, Pair right) => kind switch
    {
        0 => new(left.Formula + right.Formula, (x, y) => left.AsWritten(x, y) + right.AsWritten(x, y)),
        1 => new(left.Formula - right.Formula, (x, y) => left.AsWritten(x, y) - right.AsWritten(x, y)),
        2 => new(left.Formula * Formula.Tanh(right.Formula), (x, y) => left.AsWritten(x, y) * Math.Tanh(right.AsWritten(x, y))),
        3 => new(left.Formula / (2 + Formula.Sin(right.Formula)), (x, y) => left.AsWritten(x, y) / (2 + Math.Sin(right.AsWritten(x, y)))),
        _ => new(Formula.Pow(2 + Formula.Cos(left.Formula), Formula.Tanh(right.Formula)), (x, y) => Math.Pow(2 + Math.Cos(left.AsWritten(x, y)), Math.Tanh(right.AsWritten(x, y)))),
    };

    private static readonly Gen<(Pair Pair, double X, double Y)> Cases = Gen.Select(Pairs(4), Gen.Double[-2, 2], Gen.Double[-2, 2]);

    [Fact]
    public void Simplifying_changes_no_value() => Cases.Sample((pair, x, y) =>
        Near(pair.Formula.At(("x", x), ("y", y)), pair.AsWritten(x, y), 1e-12), iter: 2000);

    [Fact]
    public void The_derivative_is_that_of_dual_numbers_of_the_tape_and_of_differences() => Cases.Sample((pair, x, y) =>
    {
        double symbolic = pair.Formula.Derivative(X).At(("x", x), ("y", y));
        double dual = Forward.Derivative(z => pair.Formula.At(symbol => symbol == X ? z : Dual<Real>.Constant(y)), x);
        double reverse = Reverse.Gradient(z => pair.Formula.At(symbol => symbol == X ? z[0] : z[1]), x, y)[0];
        var (difference, error) = FiniteDifference.Richardson(at => pair.AsWritten(at, y), x, 0.02);
        return Near(symbolic, dual, 1e-12) && Near(symbolic, reverse, 1e-12) && Math.Abs(symbolic - difference) <= 20 * error + 1e-9 * (1 + Math.Abs(symbolic));
    }, iter: 2000);

    [Fact]
    public void Second_derivatives_do_not_depend_on_the_order() => Cases.Sample((pair, x, y) =>
        Near(pair.Formula.Derivative(X).Derivative(Y).At(("x", x), ("y", y)), pair.Formula.Derivative(Y).Derivative(X).At(("x", x), ("y", y)), 1e-10), iter: 500);

    [Fact]
    public void Putting_a_formula_in_place_of_a_symbol_is_composition() => Gen.Select(Pairs(3), Pairs(2), Gen.Double[-2, 2], Gen.Double[-2, 2]).Sample((outer, inner, x, y) =>
        Near(outer.Formula.With(X, inner.Formula).At(("x", x), ("y", y)), outer.Formula.At(("x", inner.Formula.At(("x", x), ("y", y))), ("y", y)), 1e-11));

    [Fact]
    public void Formulas_are_as_short_as_a_textbook_has_them()
    {
        Formula x = X, y = Y;
        Assert.Equal("0", (x - x).ToString());
        Assert.Equal("2 x", (x + x).ToString());
        Assert.Equal("x^2", (x * x).ToString());
        Assert.Equal("1", (x / x).ToString());
        Assert.Equal("x - 2 y + 3", (x + 1 - 2 * y + 2).ToString());
        Assert.Equal("-x", (-x).ToString());
        Assert.Equal("2 x", Formula.Pow(x, 2).Derivative(X).ToString());
        Assert.Equal("1 - tanh(x)^2", Formula.Tanh(x).Derivative(X).ToString());
        Assert.Equal("sigmoid(x) (1 - sigmoid(x))", Formula.Sigmoid(x).Derivative(X).ToString());
        Assert.Equal("0.5 x / y", (x / (2 * y)).ToString());
        Assert.Equal("(x + y)^2 / (x y)", (Formula.Pow(x + y, 2) / (x * y)).ToString());
        Assert.Equal("x^(-y)", Formula.Pow(x, -y).ToString());
        Assert.Equal(@"\frac{\left(x + y\right)^{2}}{y}", (Formula.Pow(x + y, 2) / y).Latex);
        Assert.Equal(@"e^{-x^{2}}", Formula.Exp(-Formula.Pow(x, 2)).Latex);
        Assert.Equal(@"\sqrt{x} \, w_{1}", (Formula.Sqrt(x) * Formula.Named("w1", "w_{1}")).Latex);
    }

    [Fact]
    public void A_symbol_without_a_value_is_named() =>
        Assert.Contains("y has no value; there are values for x", Assert.Throws<ArgumentException>(() => (X + (Formula)Y).At(("x", 1))).Message, StringComparison.Ordinal);

    private static bool Near(double x, double y, double relative) => Math.Abs(x - y) <= relative * (1 + Math.Abs(y)) || double.IsNaN(x) && double.IsNaN(y);
}
