using CsCheck;
using Functional;
using Functional.Core.Differentiation;
using Functional.Core.Differentiation.Symbolic;
using Xunit;

namespace Properties.Differentiation;

/// <summary>Formulas: their derivatives are those of the other ways to differentiate, and simplifying
/// changes no value.</summary>
public sealed class SymbolicProperties
{
    private static readonly Symbol X = Formula.Named("x"), Y = Formula.Named("y");

    /// <summary>A formula, and the same function as it was written, without a simplification.</summary>
    private sealed record Pair(Formula Formula, Func<double, double, double> AsWritten);

    private static Gen<Pair> Pairs(int depth) => depth == 0
        ? Gen.OneOf(
            Gen.Const(new Pair(X, (x, _) => x)), Gen.Const(new Pair(Y, (_, y) => y)),
            Gen.Int[-3, 3].Select(n => new Pair(n, (_, _) => n)),
            Gen.Double[-2, 2].Select(n => new Pair(n, (_, _) => n)))
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
        5 => new(
            Formula.Log(1 + Formula.Pow(of.Formula, 2)),
            (x, y) => Math.Log(1 + of.AsWritten(x, y) * of.AsWritten(x, y))),
        6 => new(
            Formula.Sqrt(1 + Formula.Pow(of.Formula, 2)),
            (x, y) => Math.Sqrt(1 + of.AsWritten(x, y) * of.AsWritten(x, y))),
        7 => new(
            Formula.Softplus(Formula.Erf(of.Formula)),
            (x, y) => Math.Log(1 + Math.Exp(MathNet.Numerics.SpecialFunctions.Erf(of.AsWritten(x, y))))),
        _ => new(-of.Formula, (x, y) => -of.AsWritten(x, y)),
    };

    private static Pair Binary(int kind, Pair left, Pair right) => kind switch
    {
        0 => new(left.Formula + right.Formula, (x, y) => left.AsWritten(x, y) + right.AsWritten(x, y)),
        1 => new(left.Formula - right.Formula, (x, y) => left.AsWritten(x, y) - right.AsWritten(x, y)),
        2 => new(
            left.Formula * Formula.Tanh(right.Formula),
            (x, y) => left.AsWritten(x, y) * Math.Tanh(right.AsWritten(x, y))),
        3 => new(
            left.Formula / (2 + Formula.Sin(right.Formula)),
            (x, y) => left.AsWritten(x, y) / (2 + Math.Sin(right.AsWritten(x, y)))),
        _ => new(
            Formula.Pow(2 + Formula.Cos(left.Formula), Formula.Tanh(right.Formula)),
            (x, y) => Math.Pow(2 + Math.Cos(left.AsWritten(x, y)), Math.Tanh(right.AsWritten(x, y)))),
    };

    private static readonly Gen<(Pair Pair, double X, double Y)> Cases = Gen.Select(
        Pairs(4), Gen.Double[-2, 2], Gen.Double[-2, 2]);

    [Fact]
    public void Simplifying_changes_no_value() => Cases.Sample((pair, x, y) =>
        Near(pair.Formula.At(("x", x), ("y", y)), pair.AsWritten(x, y), 1e-12), iter: 2000);


    // The derivative each way, and how far the last may be off.
    private static (double[] Found, double Error) EveryWay(Pair pair, double x, double y)
    {
        var (difference, error) = FiniteDifference.Richardson(at => pair.AsWritten(at, y), x, 0.02);
        return ([
            pair.Formula.Derivative(X).At(("x", x), ("y", y)),
            Forward.Derivative(z => pair.Formula.At(symbol => symbol == X ? z : Dual<Real>.Constant(y)), x),
            Reverse.Gradient(z => pair.Formula.At(symbol => symbol == X ? z[0] : z[1]), x, y)[0],
            difference], error);
    }

    private static bool Agree(double[] found, double error) =>
        Near(found[0], found[1], 1e-12) && Near(found[0], found[2], 1e-12)
        && Math.Abs(found[0] - found[3]) <= 20 * error + 1e-9 * (1 + Math.Abs(found[0]));

    [Fact]
    public void The_derivative_is_that_of_dual_numbers_of_the_tape_and_of_differences() =>
        Cases.Sample((pair, x, y) => EveryWay(pair, x, y) is var (found, error) && Agree(found, error), iter: 2000);

    [Fact]
    public void A_way_that_is_off_by_one_in_a_thousand_is_found_out() =>
        Cases.Where(c => EveryWay(c.Pair, c.X, c.Y) is var (found, error) && Math.Abs(found[0]) > 0.01 && error < 1e-7)
            .Sample((pair, x, y) =>
                Enumerable.Range(0, 4).All(way => EveryWay(pair, x, y) is var (found, error)
                    && !Agree([.. found.Select((slope, i) => i == way ? 1.001 * slope : slope)], error)),
                iter: 200);

    [Fact]
    public void Second_derivatives_do_not_depend_on_the_order() => Cases.Sample((pair, x, y) =>
        Near(
            pair.Formula.Derivative(X).Derivative(Y).At(("x", x), ("y", y)),
            pair.Formula.Derivative(Y).Derivative(X).At(("x", x), ("y", y)), 1e-10),
        iter: 500);

    [Fact]
    public void Putting_a_formula_in_place_of_a_symbol_is_composition() =>
        Gen.Select(Pairs(3), Pairs(2), Gen.Double[-2, 2], Gen.Double[-2, 2]).Sample((outer, inner, x, y) =>
            Near(
                outer.Formula.With(X, inner.Formula).At(("x", x), ("y", y)),
                outer.Formula.At(("x", inner.Formula.At(("x", x), ("y", y))), ("y", y)), 1e-11));

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

    private static readonly Gen<(Expression F, double X, double Y)> Functions = Gen.Select(
        Expression.Any(2, 3), Gen.Double[-2, 2], Gen.Double[-2, 2]);

    [Fact]
    public void The_formula_of_a_function_has_its_values_and_derivatives() => Functions.Sample((f, x, y) =>
    {
        var traced = f.At<Traced>([new(x, X), new(y, Y)]);
        double slope = Forward.Along(f.At, [x, y], [1, 0]);
        return traced.Value.Equals(f.At<Real>([x, y]).Value)
            && Near(traced.Formula.At(("x", x), ("y", y)), traced.Value, 1e-11)
            && Near(traced.Formula.Derivative(X).At(("x", x), ("y", y)), slope, 1e-9);
    }, iter: 2000);

    private static T Every<T>(T x, int function) where T : IReal<T> => function switch
    {
#pragma warning disable RS0030 // the functions of an IReal are Elementary's
        0 => T.Exp2(x),
        1 => T.Exp10(x),
        2 => T.Log(x),
        3 => T.Log(x, T.Of(3)),
        4 => T.Log2(x),
        5 => T.Log10(x),
        6 => T.Cbrt(x),
        7 => T.Cbrt(-x),
        8 => T.RootN(x, 4),
        9 => T.Hypot(x, T.Of(2)),
        10 => T.Sinh(x),
        11 => T.Cosh(x),
        12 => T.Asinh(x),
        13 => T.Acosh(T.One + x),
        14 => T.Atanh(x / T.Of(4)),
        15 => T.Pow(x, T.Of(1.5)),
        16 => T.Abs(-x),
        17 => T.Max(x, T.One),
        18 => T.Min(x, T.One),
        19 => T.Clamp(x, T.Of(0.5), T.One),
        20 => T.ExpM1(x),
        21 => T.LogP1(x),
        22 => -x,
        23 => x - T.One / x,
        24 => T.Exp2M1(x),
        25 => T.Exp10M1(x / T.Of(4)),
        26 => T.Log2P1(x),
        27 => T.Log10P1(x),
        28 => x % T.Of(0.7),
        29 => T.Asinh(-x),
        _ => x > T.One ? x * x : T.Sqrt(x),
#pragma warning restore RS0030
    };

    [Fact]
    public void Every_function_leaves_its_formula() =>
        Gen.Select(Gen.Double[0.1, 3], Gen.Int[0, 30]).Sample((x, function) =>
    {
        var formula = Traced.Of(z => Every(z, function), X, x);
        return Near(formula.At(("x", x)), Every<Real>(x, function).Value, 1e-12)
            && Near(formula.Derivative(X).At(("x", x)), Forward.Derivative(z => Every(z, function), x), 1e-11);
    }, iter: 2000);

    [Fact]
    public void A_branch_that_is_not_taken_leaves_nothing()
    {
        Assert.Equal("x", Traced.Of(z => Every(z, 17), X, 2).ToString());
        Assert.Equal("1", Traced.Of(z => Every(z, 17), X, -2).ToString());
        Assert.Equal("sigmoid(x)", new Traced(1, X) is var z ? Traced.Sigmoid(z).ToString() : "");
    }

    [Fact]
    public void A_symbol_without_a_value_is_named() =>
        Assert.Contains(
            "y has no value; there are values for x",
            Assert.Throws<ArgumentException>(() => (X + (Formula)Y).At(("x", 1))).Message, StringComparison.Ordinal);

    private static bool Near(double x, double y, double relative) =>
        Math.Abs(x - y) <= relative * (1 + Math.Abs(y)) || double.IsNaN(x) && double.IsNaN(y);
}
