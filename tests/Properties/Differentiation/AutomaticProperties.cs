using System.Globalization;
using System.Numerics;
using CsCheck;
using Functional;
using Functional.Core.Differentiation;
using Xunit;

namespace Properties.Differentiation;

/// <summary>Automatic differentiation of C# functions: forward mode, reverse mode and differences agree,
/// whatever the function.</summary>
public sealed class AutomaticProperties
{
    private static readonly double[] Steps = [1e-3, 1e-4, 1e-5]; // where a function bends sharply, a shorter one

    private sealed record Case(Expression F, double[] X, double[] V);

    private static readonly Gen<Case> Cases =
        from count in Gen.Int[1, 4]
        from f in Expression.Any(count, 5)
        from x in Gen.Double[-2, 2].Array[count]
        from v in Gen.Double[-1, 1].Array[count]
        select new Case(f, x, v);

    [Fact]
    public void Forward_and_reverse_mode_agree() => Cases.Sample(c =>
        Same(Forward.Gradient(c.F.At, c.X), Reverse.Gradient(c.F.At, c.X), 1e-12), iter: 2000);

    [Fact]
    public void Forward_mode_along_a_direction_is_the_gradient_times_the_direction() => Cases.Sample(c =>
        Same(
            [Forward.Along(c.F.At, c.X, c.V)], [c.V.Zip(Reverse.Gradient(c.F.At, c.X), (v, g) => v * g).Sum()], 1e-12));

    [Fact]
    public void Derivatives_are_those_of_a_library_of_differences() => Cases.Sample(c =>
    {
        var gradient = Forward.Gradient(c.F.At, c.X);
        var differences = new MathNet.Numerics.Differentiation.NumericalDerivative(5, 2);
        return Enumerable.Range(0, c.X.Length).All(i =>
            Math.Abs(differences.EvaluatePartialDerivative(x => c.F.At(Reals(x)).Value, c.X, i, 1) - gradient[i])
            <= 1e-6 * (1 + Math.Abs(gradient[i])));
    });

    [Fact]
    public void Reverse_mode_in_forward_mode_is_forward_mode_in_forward_mode() => Cases.Sample(c =>
    {
        double[] product = Reverse.HessianProduct(c.F.At, c.X, c.V);
        // v' H v
        double twice =
            c.F.At([.. c.X.Zip(c.V, (x, v) => new Dual<Dual<Real>>(new(x, v), new(v, 0)))]).Tangent.Tangent.Value;
        return Same([c.V.Zip(product, (v, h) => v * h).Sum()], [twice], 1e-11);
    }, iter: 1000);

    [Fact]
    public void The_product_with_the_Hessian_is_the_difference_of_gradients() => Cases.Sample(c =>
    {
        double[] product = Reverse.HessianProduct(c.F.At, c.X, c.V);
        return Enumerable.Range(0, c.X.Length).All(i => Steps.Any(step => Math.Abs(
            FiniteDifference.Central(h => Reverse.Gradient(c.F.At, [.. c.X.Zip(c.V, (x, v) => x + h * v)])[i], step)
                - product[i])
            <= 1e-6 * (1 + product.Max(Math.Abs))));
    });

    // d/dx (x d/dy (x + y)) = 1: a system that mixes up the two directions says 2. (Siskind and Pearlmutter, 2005)
    [Fact]
    public void What_does_not_depend_on_an_argument_does_not_move_with_it()
    {
        Assert.Equal([0, 0], Reverse.Gradient(_ => 3, 1, 2));
        Assert.Equal([0, 4], Reverse.Gradient(x => x[1] * 4 + 5, 1, 2));
        Assert.Equal([1, 0], Reverse.Gradient(x => x[0], 1, 2));
    }

    [Fact]
    public void Directions_of_two_levels_are_not_mixed_up() => Assert.Equal(1, Forward.Derivative(
        x => x * Forward.Derivative<Dual<Real>>(y => Dual<Dual<Real>>.Constant(x) + y, 1), 1));

    [Fact]
    public void Third_derivatives_take_a_third_level() => Assert.Equal(
        6 * 8.0, // (x^4)''' = 24 x
        Forward.Derivative<Dual<Dual<Real>>>(x => x * x * x * x, new(new(2, 1), new(1, 0))).Tangent.Tangent.Value);

    /// <summary>Written without a thought of derivatives, over .NET's own interfaces.</summary>
    private static T Swish<T>(T x) where T : INumber<T>, IExponentialFunctions<T> =>
        x > T.Zero ? x / (T.One + T.Exp(-x)) : x * T.Exp(x) / (T.One + T.Exp(x));

    [Fact]
    public void A_function_over_the_interfaces_of_NET_runs_on_every_kind_of_number() => Gen.Double[-5, 5].Sample(x =>
    {
        double s = 1 / (1 + Math.Exp(-x)), slope = s * (1 + x * (1 - s)), bend = s * (1 - s) * (2 + x * (1 - 2 * s));
        return Same(
            [Swish<Real>(x).Value, Forward.Derivative(Swish, x), Reverse.Gradient(y => Swish(y[0]), x)[0],
                Forward.SecondDerivative(Swish, x)],
            [Swish(x), slope, slope, bend], 1e-13);
    });

    /// <summary>Every elementary function: on plain numbers, on dual numbers, as others compute it, and where
    /// it is looked at.</summary>
    public static TheoryData<
        string, Func<Real, Real>, Func<Dual<Real>, Dual<Real>>, Func<double, double>, double[]> Functions => new()
    {
        { "exp", Real.Exp, Of.Exp, Math.Exp, [-1.5, 0, 2] },
        { "expm1", Real.ExpM1, Of.ExpM1, x => 2 * Math.Exp(x / 2) * Math.Sinh(x / 2), [-1.5, 1e-09, 2] },
        { "exp2", Real.Exp2, Of.Exp2, double.Exp2, [-1.5, 0.3, 2] },
        { "exp10", Real.Exp10, Of.Exp10, double.Exp10, [-0.5, 0.3, 1] },
        { "exp2m1", Real.Exp2M1, Of.Exp2M1, double.Exp2M1, [-1.5, 0.3, 2] },
        { "exp10m1", Real.Exp10M1, Of.Exp10M1, double.Exp10M1, [-0.5, 0.3, 1] },
        { "log", Real.Log, Of.Log, Math.Log, [0.3, 1, 5] },
        { "log1p", Real.LogP1, Of.LogP1, x => 2 * Math.Atanh(x / (2 + x)), [-0.4, 1e-09, 5] },
        { "log2", Real.Log2, Of.Log2, Math.Log2, [0.3, 5] },
        { "log10", Real.Log10, Of.Log10, Math.Log10, [0.3, 5] },
        { "log2p1", Real.Log2P1, Of.Log2P1, double.Log2P1, [-0.4, 0.3, 5] },
        { "log10p1", Real.Log10P1, Of.Log10P1, double.Log10P1, [-0.4, 0.3, 5] },
        { "sqrt", Real.Sqrt, Of.Sqrt, Math.Sqrt, [0.3, 5] },
        { "cbrt", Real.Cbrt, Of.Cbrt, Math.Cbrt, [-3, 0.3, 5] },
        { "tanh", Real.Tanh, Of.Tanh, Math.Tanh, [-2, 0, 1] },
        { "sinh", Real.Sinh, Of.Sinh, Math.Sinh, [-2, 1e-09, 1] },
        { "cosh", Real.Cosh, Of.Cosh, Math.Cosh, [-2, 0, 1] },
        { "asinh", Real.Asinh, Of.Asinh, Math.Asinh, [-2, 1e-09, 3] },
        { "acosh", Real.Acosh, Of.Acosh, Math.Acosh, [1.5, 4] },
        { "atanh", Real.Atanh, Of.Atanh, Math.Atanh, [-0.6, 1e-09, 0.7] },
        { "sin", Real.Sin, Of.Sin, Math.Sin, [-2, 0, 9] },
        { "cos", Real.Cos, Of.Cos, Math.Cos, [-2, 0, 9] },
        { "sigmoid", Real.Sigmoid, Of.Sigmoid, x => 1 / (1 + Math.Exp(-x)), [-2, 0, 9] },
        { "softplus", Real.Softplus, Of.Softplus, x => Math.Log(1 + Math.Exp(x)), [-2, 0, 9] },
        { "erf", Real.Erf, Of.Erf, MathNet.Numerics.SpecialFunctions.Erf, [-2, 0.1, 1.5] },
    };

    [Theory, MemberData(nameof(Functions), DisableDiscoveryEnumeration = true)]
    public void Every_function_has_its_value_and_the_slope_that_its_differences_have(
        string name, Func<Real, Real> real, Func<Dual<Real>, Dual<Real>> dual, Func<double, double> usual, double[] at)
    {
        foreach (double x in at)
        {
            double slope = dual(Dual<Real>.Moving(x)).Tangent.Value,
                difference = FiniteDifference.Central(h => real(x + h).Value, 1e-3);
            Assert.True(
                Math.Abs(slope - difference) <= 1e-8 * (1 + Math.Abs(slope)),
                $"{name}'({x}) = {slope}, differences say {difference}");
            Assert.True(
                Math.Abs(real(x).Value - usual(x)) <= 4e-15 * Math.Max(1e-3, Math.Abs(usual(x))),
                $"{name}({x}) = {real(x).Value}, not {usual(x)}");
            Assert.Equal(real(x).Value, dual(Dual<Real>.Moving(x)).Value.Value);
        }
    }

    /// <summary>The functions of any kind of number: those of a lifted one are its interface's.</summary>
    private static class Of
    {
        public static T Exp<T>(T x) where T : IReal<T> => T.Exp(x);
        public static T ExpM1<T>(T x) where T : IReal<T> => T.ExpM1(x);
        public static T Exp2<T>(T x) where T : IReal<T> => T.Exp2(x);
        public static T Exp10<T>(T x) where T : IReal<T> => T.Exp10(x);
        public static T Exp2M1<T>(T x) where T : IReal<T> => T.Exp2M1(x);
        public static T Exp10M1<T>(T x) where T : IReal<T> => T.Exp10M1(x);
        public static T Log<T>(T x) where T : IReal<T> => T.Log(x);
        public static T LogP1<T>(T x) where T : IReal<T> => T.LogP1(x);
        public static T Log2<T>(T x) where T : IReal<T> => T.Log2(x);
        public static T Log10<T>(T x) where T : IReal<T> => T.Log10(x);
        public static T Log2P1<T>(T x) where T : IReal<T> => T.Log2P1(x);
        public static T Log10P1<T>(T x) where T : IReal<T> => T.Log10P1(x);
        public static T Sqrt<T>(T x) where T : IReal<T> => T.Sqrt(x);
        public static T Cbrt<T>(T x) where T : IReal<T> => T.Cbrt(x);
        public static T Tanh<T>(T x) where T : IReal<T> => T.Tanh(x);
        public static T Sinh<T>(T x) where T : IReal<T> => T.Sinh(x);
        public static T Cosh<T>(T x) where T : IReal<T> => T.Cosh(x);
        public static T Asinh<T>(T x) where T : IReal<T> => T.Asinh(x);
        public static T Acosh<T>(T x) where T : IReal<T> => T.Acosh(x);
        public static T Atanh<T>(T x) where T : IReal<T> => T.Atanh(x);
        public static T Sin<T>(T x) where T : IReal<T> => T.Sin(x);
        public static T Cos<T>(T x) where T : IReal<T> => T.Cos(x);
        public static T Sigmoid<T>(T x) where T : IReal<T> => T.Sigmoid(x);
        public static T Softplus<T>(T x) where T : IReal<T> => T.Softplus(x);
        public static T Erf<T>(T x) where T : IReal<T> => T.Erf(x);
    }

    [Fact]
    public void Powers_are_powers()
    {
        Assert.Equal([9, 1, 0.25, -8, double.NaN, 0], (double[])[Real.Pow(3, 2).Value, Real.Pow(0, 0).Value,
            Real.Pow(2, -2).Value, Real.Pow(-2, 3).Value, Real.Pow(-2, 0.5).Value, Real.Pow(0, 0.5).Value]);
        Assert.Equal(12, Forward.Derivative(x => Dual<Real>.Constant(0) + Power(x, 3.0), -2));
        Assert.Equal(0, Forward.Derivative(x => Power(x, 0.0), 0));
        Assert.Equal(8 * Math.Log(2), Forward.Derivative(x => Power(2.0, x), 3), 1e-14);
        Assert.Equal(
            [-2, 2, double.NaN],
            (double[])[Real.Cbrt(-8).Value, Real.RootN(16, 4).Value, Real.RootN(-16, 4).Value], Near);
    }

    [Fact]
    public void Numbers_of_every_kind_compare_and_read_as_their_values()
    {
        Dual<Real> two = new(2, 5), three = new(3, -5);
        Assert.True(
            two < three && two <= three && three > two && three >= two && two == new Dual<Real>(2, 7) && two != three);
        Assert.Equal(new Dual<Real>(3, -5).Tangent, Largest(two, three).Tangent);
        Variable<Real> four = 4;
        Assert.True(four > 3 && four >= 4 && four < 5 && four <= 4 && four == 4.0 && four != 5.0 && !four.Equals(null));
        Assert.Equal(2.5, Parsed<Real>("2.5").Value);
        Assert.Equal(2.5, Parsed<Dual<Real>>("2.5").Value.Value);
        Assert.Equal(0.5, Modulus<Dual<Real>>(new(6.5, 1), new(2, 0)).Value.Value);
        Assert.Equal(7, Made<Dual<Real>>(7).Value.Value);
        Assert.Equal(7, int.CreateChecked(new Real(7)));
    }

    [Fact]
    public void A_direction_of_another_length_is_refused() =>
        Assert.Contains(
            "a point of 2 numbers cannot move along 1",
            Assert.Throws<ArgumentException>(() => Forward.Along(x => x[0], [1, 2], [1])).Message,
            StringComparison.Ordinal);

    private static TNumber Largest<TNumber>(TNumber x, TNumber y) where TNumber : INumber<TNumber> => TNumber.Max(x, y);
    private static TNumber Parsed<TNumber>(string text) where TNumber : INumber<TNumber> =>
        TNumber.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    private static TNumber Modulus<TNumber>(TNumber x, TNumber y) where TNumber : INumber<TNumber> => x % y;
    private static TNumber Made<TNumber>(int value) where TNumber : INumber<TNumber> => TNumber.CreateChecked(value);
    private static TNumber Power<TNumber>(TNumber x, TNumber y) where TNumber : IPowerFunctions<TNumber> =>
        TNumber.Pow(x, y);
    private static bool Near(double x, double y) => double.IsNaN(x) ? double.IsNaN(y) : Math.Abs(x - y) < 1e-14;
    private static Real[] Reals(double[] x) => [.. x.Select(value => new Real(value))];
    private static bool Same(double[] x, double[] y, double relative) =>
        x.Zip(y, (a, b) => Math.Abs(a - b) <= relative * (1 + y.Max(Math.Abs))).All(near => near)
        && x.Length == y.Length;
}
