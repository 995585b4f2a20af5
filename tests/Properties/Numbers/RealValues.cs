using System.Globalization;
using Functional.Core.Differentiation;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Numbers;

/// <summary>What the functions of a plain number have at particular places: exact results, special values, and the
/// symmetries that they keep to the bit.</summary>
public sealed class RealValues
{
    private const double Infinity = double.PositiveInfinity, NaN = double.NaN;
    private const double Least = double.Epsilon, MinusZero = -0.0;

    [Fact]
    public void Two_to_a_whole_number_is_exact() => Assert.All(
        Enumerable.Range(-1074, 2098), n => Same(Math.ScaleB(1, n), Real.Exp2(n)));

    [Fact]
    public void The_logarithm_to_the_base_2_of_a_power_of_two_is_whole() => Assert.All(
        Enumerable.Range(-1074, 2098), n => Same(n, Real.Log2(Math.ScaleB(1, n))));

    [Fact]
    public void One_less_than_a_power_of_two_is_exact_either_way() => Assert.All(Enumerable.Range(1, 52), n =>
    {
        double less = Math.ScaleB(1, n) - 1;
        Same(less, Real.Exp2M1(n));
        Same(n, Real.Log2P1(less));
    });

    [Fact]
    public void Powers_of_ten_are_those_that_are_written()
    {
        for (int n = -323; n <= 308; n++)
        {
            double power = double.Parse($"1e{n}", CultureInfo.InvariantCulture);
            Same(power, Real.Exp10(n));
            Same(power, Real.Pow(10, n));
            if (n > -308) Same(n, Real.Log10(power));
        }
    }

    [Fact]
    public void The_root_of_a_power_is_its_base()
    {
        for (int n = 2; n <= 11; n++)
            for (int x = 1; Math.Pow(x, n) < 1L << 52 && x < 3000; x++)
            {
                double power = Enumerable.Repeat((double)x, n).Aggregate((a, b) => a * b);
                Same(x, Real.RootN(power, n));
                Same(power, Real.Pow(x, n));
                Same(1 / power, Real.Pow(x, -n));
                Same(n, x == 1 ? n : Real.Log(power, x));
                if (n == 3) Same(-x, Real.Cbrt(-power));
                if (x < 99) Same(Math.ScaleB(x, -90), Real.RootN(Math.ScaleB(power, -90 * n), n));
            }
    }

    [Fact]
    public void Simple_powers_are_the_operations_that_they_name() => Assert.All(Anything(), x =>
    {
        Same(1, Real.Pow(x, 0));
        Same(x, Real.Pow(x, 1));
        Same(x * x, Real.Pow(x, 2));
        Same(1 / x, Real.Pow(x, -1));
        Same(x, Real.RootN(x, 1));
        Same(x == 0 ? 0 : Math.Sqrt(x), Real.RootN(x, 2)); // +0 at -0, where Sqrt is -0: so IEEE 754 has it
        if (x != 0 && double.IsFinite(x)) Same(Math.Sqrt(x), Real.Pow(x, 0.5));
        Same(Math.Abs(x), Real.Hypot(x, 0));
        Same(Real.Cbrt(x).Value, Real.RootN(x, 3));
    });

    private static readonly Func<Real, Real>[] Odd =
    [
        Real.Cbrt, Real.Sinh, Real.Tanh, Real.Asinh, Real.Atanh, Real.Sin, Real.Erf,
        x => Real.RootN(x, -5), x => Real.Pow(x, 7), x => x % 0.3,
    ];

    private static readonly Func<Real, Real>[] Even =
        [Real.Cosh, Real.Cos, x => Real.Pow(x, -4), x => Real.Hypot(x, 2), x => Real.Hypot(2, x)];

    [Fact]
    public void Odd_functions_are_odd_and_even_ones_even() => Assert.All(Anything(), x =>
    {
        foreach (var odd in Odd) Same(-odd(x).Value, odd(-x));
        foreach (var even in Even) Same(even(x).Value, even(-x));
    });

    [Fact]
    public void A_triangle_of_whole_sides_has_one() => Assert.All((int[])[-1060, -600, 0, 600, 1010], n =>
        Same(Math.ScaleB(5, n), Real.Hypot(Math.ScaleB(-3, n), Math.ScaleB(4, n))));

    // Of what the reporters found, and of IEEE 754-2019, 9.2.1.
    [Fact]
    public void Special_values_are_as_IEEE_754_wants_them() => Assert.All((IEnumerable<(double Want, Real Got)>)
    [
        (-17.616361586450413, Real.Atanh(-0.999999999999999)), (0.09999999999999995, new Real(1) % 0.1),
        (1.1169973830808555E+308, Real.Sinh(710)), (1.1169973830808555E+308, Real.Cosh(710)),
        (1e100, Real.Cbrt(1e300)), (-297, Real.Log2(Math.ScaleB(1, -297))), (1e-322, Real.Pow(1e46, -7)),
        (1, Real.Pow(1, NaN)), (1, Real.Pow(NaN, 0)), (1, Real.Pow(-1, Infinity)),
        (0, Real.Exp2(-Infinity)), (Infinity, Real.Exp2(1024)), (0, Real.Exp10(-400)),
        (Infinity, Real.Exp10(Infinity)), (-1, Real.Exp2M1(-Infinity)), (MinusZero, Real.Exp2M1(MinusZero)),
        (-1, Real.Exp10M1(-40)), (Infinity, Real.Exp10M1(309)),
        (-Infinity, Real.Log2(0)), (-Infinity, Real.Log10(MinusZero)), (NaN, Real.Log2(-1)),
        (Infinity, Real.Log10(Infinity)), (0, Real.Log2(1)), (-Infinity, Real.Log2P1(-1)),
        (MinusZero, Real.Log10P1(MinusZero)),
        (NaN, Real.Log2P1(-2)), (Infinity, Real.Log2P1(Infinity)), (NaN, Real.Log(2, 1)), (NaN, Real.Log(2, 0)),
        (NaN, Real.Log(2, Infinity)), (0, Real.Log(1, Infinity)), (NaN, Real.Log(2, -2)),
        (-Infinity, Real.Log(0, 2)), (Infinity, Real.Log(0, 0.5)), (Infinity, Real.Log(Infinity, 10)),
        (MinusZero, Real.Cbrt(MinusZero)), (-Infinity, Real.Cbrt(-Infinity)), (0, Real.RootN(MinusZero, 4)),
        (Infinity, Real.RootN(MinusZero, -4)), (-Infinity, Real.RootN(MinusZero, -3)),
        (MinusZero, Real.RootN(-Infinity, -3)), (NaN, Real.RootN(-Infinity, 2)), (NaN, Real.RootN(-8, 2)),
        (NaN, Real.RootN(8, 0)), (0.5, Real.RootN(8, -3)),
        (Infinity, Real.Hypot(NaN, -Infinity)), (NaN, Real.Hypot(NaN, 1)), (0, Real.Hypot(MinusZero, 0)),
        (Infinity, Real.Hypot(double.MaxValue, double.MaxValue)), (Least, Real.Hypot(Least, 0)),
        (0, Real.Pow(0, 3)), (MinusZero, Real.Pow(MinusZero, 3)), (Infinity, Real.Pow(MinusZero, -2)),
        (-Infinity, Real.Pow(MinusZero, -3)), (0, Real.Pow(MinusZero, 0.5)), (Infinity, Real.Pow(-Infinity, 0.5)),
        (-Infinity, Real.Pow(-Infinity, 3)), (MinusZero, Real.Pow(-Infinity, -3)), (0, Real.Pow(0.5, Infinity)),
        (Infinity, Real.Pow(-2, Infinity)), (Infinity, Real.Pow(0.5, -Infinity)), (NaN, Real.Pow(-8, 1.0 / 3)),
        (Infinity, Real.Pow(2, 1e300)), (0, Real.Pow(2, -1e300)), (MinusZero, Real.Pow(-2, -1e15 - 1)),
        (-Infinity, Real.Pow(-1e200, 3)), (NaN, Real.Pow(NaN, 2)), (1, Real.Pow(Math.BitIncrement(1), 1e-9)),
        (Infinity, Real.Sinh(711)), (-Infinity, Real.Sinh(-Infinity)), (Infinity, Real.Cosh(-Infinity)),
        (1, Real.Cosh(0)), (MinusZero, Real.Asinh(MinusZero)), (-Infinity, Real.Asinh(-Infinity)),
        (0, Real.Acosh(1)), (NaN, Real.Acosh(0.9)), (NaN, Real.Acosh(-Infinity)), (Infinity, Real.Acosh(Infinity)),
        (Infinity, Real.Atanh(1)), (-Infinity, Real.Atanh(-1)), (NaN, Real.Atanh(1.1)),
        (MinusZero, new Real(-6) % 3), (MinusZero, new Real(MinusZero) % 3), (5, new Real(5) % -Infinity),
        (NaN, new Real(5) % 0), (NaN, new Real(Infinity) % 2), (2, new Real(5) % -3), (-2, new Real(-5) % 3),
    ], one => Same(one.Want, one.Got));

    [Fact]
    public void A_NaN_stays_one() => Assert.All((Func<Real, Real>[])
    [
        Real.Exp2, Real.Exp10, Real.Exp2M1, Real.Exp10M1, Real.Log2, Real.Log10, Real.Log2P1, Real.Log10P1, Real.Cbrt,
        Real.Sinh, Real.Cosh, Real.Asinh, Real.Acosh, Real.Atanh, x => Real.RootN(x, 3), x => Real.Hypot(x, 1),
        x => Real.Log(x, 2), x => Real.Log(2, x), x => Real.Pow(x, 3), x => Real.Pow(3, x), x => x % 2, x => 2 % x,
    ], f => Assert.True(double.IsNaN(f(NaN).Value)));

    private static IEnumerable<double> Anything() =>
    [
        0, MinusZero, 1, -1, Infinity, -Infinity, Least, -Least, double.MaxValue, 1e-310, 0.5, -2, 3,
        .. Draw.Uniform<double>(Key.FromSeed(6), 500, -1, 1).Span,
        .. Draw.Uniform<double>(Key.FromSeed(7), 500, -720, 720).Span,
        .. Draw.Uniform<double>(Key.FromSeed(8), 500, 0, 1).Span.ToArray().Select(u =>
            BitConverter.Int64BitsToDouble((long)(u * 0x7FF0_0000_0000_0000))),
    ];

    private static void Same(double want, Real got) => Assert.True(
        BitConverter.DoubleToInt64Bits(want) == BitConverter.DoubleToInt64Bits(got.Value)
            || double.IsNaN(want) && double.IsNaN(got.Value),
        $"{got.Value:R} should be {want:R}");
}
