using System.Numerics;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Randomness;
using Properties.Numbers;
using Xunit;

namespace Properties.Bits;

/// <summary>
/// a b + c is rounded once, with an instruction for it or without (the children of <see cref="Widths"/> have none):
/// against whole numbers of any size, on triples whose products are subnormal, cancel, lie half way between two numbers
/// or leave the range.
/// </summary>
public sealed class FusedBits
{
    private static readonly (double A, double B, double C)[] Doubles =
        [.. Triples(40_000, -1074, 1023, 53, Math.BitIncrement, (a, b) => a * b)];

    // At the end, subnormal sums that are nearly half way: a double does not see what is missing.
    private static readonly (float A, float B, float C)[] Floats =
    [
        .. Triples(40_000, -149, 127, 24, x => MathF.BitIncrement((float)x), (a, b) => (float)(a * b))
            .Select(t => ((float)t.A, (float)t.B, (float)t.C)),
        .. from c in Enumerable.Range(-148, 21)
           from factor in (int[])[1, -3]
           let nearlyHalf = (MathF.ScaleB(MathF.BitIncrement(1), -70), MathF.ScaleB(1 - MathF.ScaleB(1, -23), -80))
           select (nearlyHalf.Item1, nearlyHalf.Item2, MathF.ScaleB(factor, c) + float.Epsilon),
    ];

    [Fact]
    public void Doubles_are_multiplied_and_added_with_one_rounding() =>
        Holds(Doubles, Fused.MultiplyAdd, Exactly);

    [Fact]
    public void Floats_are_multiplied_and_added_with_one_rounding() =>
        Holds(Floats, Fused.MultiplyAdd, Exactly);

    [Fact]
    public void Without_an_instruction_floats_have_the_same_bits() =>
        Holds(Floats, Fused.InSoftware, Exactly);

    [Fact]
    public void Without_an_instruction_doubles_have_the_same_bits() =>
        Holds(Doubles, (a, b, c) => Fused.InSoftware(a, b, c, Math.FusedMultiplyAdd), Exactly);

    [Fact]
    public void A_library_that_adds_zero_after_rounding_is_mended() =>
        Holds(Doubles, (a, b, c) => Fused.InSoftware(a, b, c, ZeroAfterRounding), Exactly);

    // Else the triples would not tell.
    [Fact]
    public void Unmended_ways_are_found_out()
    {
        Assert.Contains(Doubles, t => !Same(ZeroAfterRounding(t.A, t.B, t.C), Exactly(t.A, t.B, t.C)));
        Assert.Contains(Doubles, t => !Same(t.A * t.B + t.C, Exactly(t.A, t.B, t.C)));
        Assert.Contains(Floats, t => !Same((float)((double)t.A * t.B + t.C), Exactly(t.A, t.B, t.C)));
        Assert.Contains(Floats, t =>
            float.IsSubnormal(Exactly(t.A, t.B, t.C))
            && !Same((float)((double)t.A * t.B + t.C), Exactly(t.A, t.B, t.C)));
    }

    [Fact]
    public void Zeros_and_what_is_not_finite_are_as_IEEE_754_wants_them()
    {
        double[] odd =
        [
            0, -0.0, 1, -1, double.Epsilon, -double.Epsilon,
            double.MaxValue, double.MinValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
        ];
        foreach (double a in odd)
            foreach (double b in odd)
                foreach (double c in odd)
                {
                    double want = AllFinite(a, b, c) ? Exactly(a, b, c) : AllFinite(a, b, 0) ? c : a * b + c;
                    Assert.True(Same(want, Fused.MultiplyAdd(a, b, c)), $"{a} {b} {c}");
                    Assert.True(Same(want, Fused.InSoftware(a, b, c, ZeroAfterRounding)));
                    var (x, y, z) = ((float)a, (float)b, (float)c);
                    float single = AllFinite(x, y, z) ? Exactly(x, y, z) : AllFinite(x, y, 0) ? z : x * y + z;
                    Assert.True(Same(single, Fused.MultiplyAdd(x, y, z)), $"{x} {y} {z}");
                    Assert.True(Same(single, Fused.InSoftware(x, y, z)), $"{x} {y} {z}");
                }
    }

    [Fact]
    public void The_triple_that_was_reported_keeps_its_sign() => Assert.True(
        double.IsNegative(Fused.InSoftware(-2.765324799116757e-304, 1.668805393880402e-308, 0, ZeroAfterRounding)));

    // As musl has it, and with it WebAssembly: where c is zero, the product is rounded first.
    private static double ZeroAfterRounding(double a, double b, double c) =>
        c == 0 ? a * b + c : Math.FusedMultiplyAdd(a, b, c);

    private static bool AllFinite(double a, double b, double c) =>
        double.IsFinite(a) && double.IsFinite(b) && double.IsFinite(c);

    private static double Exactly(double a, double b, double c) =>
        Sum(a, b, c) is { Mantissa.IsZero: false } sum ? sum.Nearest() : OfZeros(a, b, c);

    private static float Exactly(float a, float b, float c) =>
        Sum(a, b, c) is { Mantissa.IsZero: false } sum ? sum.NearestFloat() : (float)OfZeros(a, b, c);

    // Zeros of both signs, or numbers that cancel, make +0.
    private static double OfZeros(double a, double b, double c) =>
        double.IsNegative(a) != double.IsNegative(b) && double.IsNegative(c) ? -0.0 : 0;

    private static Wide Sum(Wide a, Wide b, Wide c)
    {
        var product = new Wide(a.Mantissa * b.Mantissa, a.Exponent + b.Exponent);
        int last = Math.Min(product.Exponent, c.Exponent);
        return new((product.Mantissa << (product.Exponent - last)) + (c.Mantissa << (c.Exponent - last)), last);
    }

    // Numbers of one precision: exponents from the least to the largest, that many digits, and how it multiplies.
    private static IEnumerable<(double A, double B, double C)> Triples(
        int count, int least, int largest, int digits, Func<double, double> next, Func<double, double, double> product)
    {
        var u = Draw.Uniform<double>(Key.FromSeed(16), 8 * count).Span.ToArray();
        for (int i = 0; i < count; i++)
        {
            double[] at = u[(8 * i)..(8 * i + 8)];
            double near = at[7] < 0.5 ? least - 60 + 120 * at[3] : Exponent(at[3]); // of the product
            double a = Some(Exponent(at[0]), at[1], at[2]), b = Some(near - Math.ILogB(a), at[4], at[5]);
            double ab = product(a, b), last = double.IsFinite(ab) ? next(Math.Abs(ab)) - Math.Abs(ab) : 1;
            double any = Some(Exponent(at[6]), at[1], at[4]);
            double c = (i % 8) switch
            {
                0 => any,
                1 => -ab,
                2 => -ab + last,
                3 => Math.ScaleB(last, (int)(digits * (2 * at[6] - 1))),
                4 => i % 16 == 4 ? 0 : -0.0,
                5 => Math.ScaleB(i % 16 == 5 ? 1 : -3, least + (int)(30 * at[6])),
                6 => Math.ScaleB(ab == 0 ? 1 : ab, (int)(digits * at[6])),
                _ => Some(Math.ILogB(a) + Math.ILogB(b) + digits / 2, at[6] / 4, at[1]),
            };
            yield return (a, b, double.IsFinite(c) ? c : any);
        }

        double Exponent(double share) => least + share * (largest - least);

        // Of few digits, so that sums lie half way; of one at the very end, so that they nearly do; or of all of them.
        double Some(double exponent, double kind, double sign)
        {
            double size =
                kind < 0.3 ? 1 + Math.Floor(kind * 24) / 8
                : kind < 0.4 ? 1 + Math.ScaleB(1, 1 - digits)
                : kind < 0.5 ? 2 - Math.ScaleB(1, 2 - digits)
                : 2 * kind;
            return Math.ScaleB(sign < 0.5 ? -size : size, (int)Math.Clamp(exponent, least, largest));
        }
    }

    private static void Holds<T>((T A, T B, T C)[] triples, Func<T, T, T, T> got, Func<T, T, T, T> want)
        where T : IBinaryFloatingPointIeee754<T>
    {
        foreach (var (a, b, c) in triples)
            if (!Same(want(a, b, c), got(a, b, c)))
                Assert.Fail($"{a:R} * {b:R} + {c:R} is {want(a, b, c):R}, not {got(a, b, c):R}");
    }

    private static bool Same<T>(T x, T y) where T : IBinaryFloatingPointIeee754<T> =>
        T.IsNaN(x) ? T.IsNaN(y) : x == y && T.IsNegative(x) == T.IsNegative(y);
}
