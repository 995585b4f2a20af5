using System.Numerics;
using Functional.Core.Differentiation;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Numbers;

/// <summary>Every function of a plain number against 320-bit arithmetic: all over the line and at its edges.</summary>
public sealed class RealProperties(ITestOutputHelper output)
{
    private const double Infinity = double.PositiveInfinity;
    private static readonly Wide Ln2 = Wide.Log(2), Ln10 = Wide.Log(10);

    // Units of the last place: of what is computed to twice the digits and rounded, and of what training uses, too.
    private const double Rounded = 0.6, InLanes = 2;

    // Ours, the exact one, where it has finite values, and numbers around which it is looked at closely.
    private sealed record Case(
        Func<Real, Real> Got, Func<Wide, Wide> Exact, double Low, double High, double[] Edges, double Bound = Rounded);

    private static readonly Dictionary<string, Case> Functions = new()
    {
        ["Exp"] = new(Real.Exp, Wide.Exp, -5000, 5000, [-745.1332191019411, -708.4, 0, 709.78], InLanes),
        ["Exp2"] = new(Real.Exp2, x => Wide.Exp(x * Ln2), -5000, 5000, [-1075, -1022, -0.5, 0.5, 1, 1000.7, 1024]),
        ["Exp10"] = new(Real.Exp10, x => Wide.Exp(x * Ln10), -5000, 5000, [-323.6, -307.65, 0.3, 308, 308.25]),
        ["ExpM1"] = new(Real.ExpM1, Wide.Expm1, -5000, 5000, [-37, -0.35, 0.35, 40, 709.78], InLanes),
        ["Exp2M1"] = new(Real.Exp2M1, x => Wide.Expm1(x * Ln2), -5000, 5000, [-53, -0.5, 0.5, 1, 1024]),
        ["Exp10M1"] = new(Real.Exp10M1, x => Wide.Expm1(x * Ln10), -5000, 5000, [-16, -0.1, 0.1, 1, 308.25]),
        ["Log"] = new(Real.Log, Wide.Log, 0, Infinity, [0.7071, 1, 1.414, 2, Infinity], InLanes),
        ["Log2"] = new(Real.Log2, x => Wide.Log(x) / Ln2, 0, Infinity, [0.7071, 1, 1.414, 2, 8, Infinity]),
        ["Log10"] = new(Real.Log10, x => Wide.Log(x) / Ln10, 0, Infinity, [0.1, 1, 10, 1e15, Infinity]),
        ["LogP1"] = new(Real.LogP1, Wide.Log1p, -1, Infinity, [-1, -0.29, 0.41, 1, Infinity], InLanes),
        ["Log2P1"] = new(Real.Log2P1, x => Wide.Log1p(x) / Ln2, -1, Infinity, [-1, -0.25, 0.4, 1, 3, Infinity]),
        ["Log10P1"] = new(Real.Log10P1, x => Wide.Log1p(x) / Ln10, -1, Infinity, [-1, -0.25, 0.4, 9, Infinity]),
        ["Sqrt"] = new(Real.Sqrt, Wide.Sqrt, 0, Infinity, [1, 4, Infinity]),
        ["Cbrt"] = new(Real.Cbrt, x => Root(x, 3), -Infinity, Infinity, [1, 8, 1e300, Infinity]),
        ["Sinh"] = new(Real.Sinh, Wide.Sinh, -5000, 5000, [-710.4758, 0.35, 1, 40, 710, 710.4758]),
        ["Cosh"] = new(Real.Cosh, Wide.Cosh, -5000, 5000, [-710.4758, 0, 0.35, 40, 710, 710.4758]),
        ["Tanh"] = new(Real.Tanh, Wide.Tanh, -5000, 5000, [1e-8, 0.17, 19.06, 20], InLanes),
        ["Asinh"] = new(Real.Asinh, Wide.Asinh, -Infinity, Infinity, [-1, 0.25, 1, 1e150, Infinity]),
        ["Acosh"] = new(Real.Acosh, Wide.Acosh, 1, Infinity, [1, 1.1, 1e150, Infinity]),
        ["Atanh"] = new(Real.Atanh, Wide.Atanh, -1, 1, [-1, 1, 0.17, -0.5]),
        ["Sin"] = new(Real.Sin, Wide.Sin, -Infinity, Infinity, Angles, InLanes),
        ["Cos"] = new(Real.Cos, Wide.Cos, -Infinity, Infinity, Angles, InLanes),
        ["Erf"] = new(Real.Erf, Wide.Erf, -8, 8, [1, 5.92, 6], InLanes),
        ["Sigmoid"] = new(Real.Sigmoid, Wide.Sigmoid, -5000, 5000, [-745.13, -708.4, -37, 0, 36.7], InLanes),
        ["Softplus"] = new(Real.Softplus, Wide.Softplus, -5000, 5000, [-745.13, -708.4, -37, 0, 36.7], InLanes),
    };

    // Among them the double nearest to a multiple of pi / 2. (Muller et al., "Handbook of Floating-Point Arithmetic")
    private static double[] Angles => [0.785398, Math.PI / 2, Math.PI, 1 << 20, 6381956970095103 * Math.ScaleB(1, 797)];

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Every_function_is_within_its_bound(string name)
    {
        var (got, exact, low, high, edges, bound) = Functions[name];
        var worst = Points(low, high, edges).Select(x => (Off: exact(x).Ulps(got(x).Value), X: x))
            .MaxBy(one => one.Off);
        output.WriteLine($"{name}: {worst.Off:F3} ulp at {worst.X:R}");
        Assert.InRange(worst.Off, 0, bound);
    }

    private static Wide Root(Wide x, int n) =>
        x.IsNegative ? -Root(-x, n) : x.Mantissa.IsZero ? x : Wide.Exp(Wide.Log(x) / n);

    /// <summary>Pairs of numbers all over the plane and what a function of two has for them.</summary>
    [Fact]
    public void Powers_are_within_their_bound() => Worst("Pow",
        from x in (double[])[.. Points(0, Infinity, [1, 2]).Where((_, i) => i % 5 == 0)]
        from y in (double[])[0.1, -0.1, 3, -7, 0.5, 1.5, 1e-5, 77, -1000.25, 123456789.5, Exponent(x)]
        let exact = Wide.Log(x) * y
        where exact < 720 && exact > -760
        select (Wide.Exp(exact), Real.Pow(x, y), $"{x:R}, {y:R}"));

    [Fact]
    public void Whole_powers_are_within_their_bound() => Worst("Pow",
        from x in (double[])[.. Uniform(5, 40, -3, 3), 1e46, -1e46, 1e-50, 0.9999, -1.0001, 10]
        from n in Enumerable.Range(-70, 141).Concat([1000, -1001, 4096])
        select (Wide.Power(x, n), Real.Pow(x, n), $"{x:R}, {n}"));

    [Fact]
    public void Roots_are_within_their_bound() => Worst("RootN",
        from x in Points(0, Infinity, [1, 2, 1024]).Where((_, i) => i % 5 == 0)
        from n in (int[])[1, 2, 3, 4, 5, 10, 99, 1 << 20, int.MaxValue, -1, -2, -3, -8, int.MinValue]
        select (n == 1 ? x : Wide.Exp(Wide.Log(x) / n), Real.RootN(x, n), $"{x:R}, {n}"));

    [Fact]
    public void The_longest_side_is_within_its_bound() => Worst("Hypot",
        from x in Points(-Infinity, Infinity, [1, 3, 1e154, 1e-162]).Where((_, i) => i % 9 == 0)
        from y in (double[])[1, 4, 1e-300, 5e-324, 3e-310, 1e300, x, x * 0.75, x * 1e-8, -x / 3]
        select (Wide.Sqrt((Wide)x * x + (Wide)y * y), Real.Hypot(x, y), $"{x:R}, {y:R}"));

    [Fact]
    public void Logarithms_to_any_base_are_within_their_bound() => Worst("Log to a base",
        from x in Points(0, Infinity, [1, 2, 10]).Where((_, i) => i % 9 == 0)
        from b in (double[])[2, 3, 10, 0.5, 1.0000001, 1e300, 5e-324]
        select (Wide.Log(x) / Wide.Log(b), Real.Log(x, b), $"{x:R}, {b:R}"));

    [Fact]
    public void What_is_left_of_a_division_is_exact() => Assert.All(
        from x in Points(-Infinity, Infinity, [1, 3]).Where((_, i) => i % 5 == 0)
        from y in (double[])[0.1, 1, -3, 1e-300, 5e-324, 7e-310, 1e300, 0.7 * x, x / 3, Math.BitIncrement(x)]
        where y != 0
        select (x, y), pair => Assert.Equal(Left(pair.x, pair.y), (new Real(pair.x) % pair.y).Value));

    // The multiple of x's or y's last place that is left, with the sign of x.
    private static double Left(Wide x, Wide y)
    {
        int last = Math.Min(x.Exponent, y.Exponent);
        var left = BigInteger.Remainder(x.Mantissa << (x.Exponent - last), y.Mantissa << (y.Exponent - last));
        return new Wide(left, last).Nearest();
    }

    // The exponent at which x^y is near the largest number.
    private static double Exponent(double x) => Math.Log(x) is 0 ? 1 : 709.5 / Math.Log(x);

    private void Worst(string name, IEnumerable<(Wide Exact, Real Got, string At)> all)
    {
        var (off, at) = all.Select(one => (Off: one.Exact.Ulps(one.Got.Value), one.At)).MaxBy(one => one.Off);
        output.WriteLine($"{name}: {off:F3} ulp at {at}");
        Assert.InRange(off, 0, Rounded);
    }

    // All over the line by exponents, in its middle, and the neighbours of every edge, of 0 and of the least and
    // the largest numbers.
    private static IEnumerable<double> Points(double low, double high, double[] edges)
    {
        var bits = Uniform(1, 1000, -1, 1).Select(u =>
            Math.CopySign(BitConverter.Int64BitsToDouble((long)(Math.Abs(u) * long.MaxValue)), u));
        var (near, far) = (Math.Max(low, -2500), Math.Min(high, 2500));
        double[] middle = [.. Uniform(2, 3000, near, far), .. Uniform(9, 1000, -50, 50), .. Uniform(3, 1000, -2, 2)];
        var close =
            from edge in edges
            from exponent in Uniform(4, 60, -40, 2)
            from away in (double[])[Math.ScaleB(1, (int)exponent), -Math.ScaleB(1, (int)exponent)]
            select edge + away;
        var neighbours =
            from edge in (double[])[.. edges, low, high, 0, 2.2250738585072014e-308, 1e-9, 1e-20]
            from x in Neighbours(edge)
            from signed in (double[])[x, -x]
            select signed;
        return bits.Concat(middle).Concat(close).Concat(neighbours)
            .Where(x => double.IsFinite(x) && x > low && x < high || x == 1 && low == 1);
    }

    private static double[] Uniform(ulong seed, int count, double low, double high) =>
        Draw.Uniform<double>(Key.FromSeed(seed), count, low, high).Span.ToArray();

    private static IEnumerable<double> Neighbours(double x)
    {
        var (below, above) = (x, x);
        for (int i = 0; i < 20; i++)
        {
            yield return below;
            yield return above;
            (below, above) = (Math.BitDecrement(below), Math.BitIncrement(above));
        }
    }
}
