using System.Numerics;
using System.Security.Cryptography;
using Functional.Core.Differentiation;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;
using Functional.Formats;
using Xunit;

namespace Properties.Bits;

/// <summary>Numeric law 1: an elementary function has one value, whatever the width. The vector loop is compared
/// with one number at a time, and both with a digest that is written down here.</summary>
public sealed class ElementaryBits
{
    private const int Samples = 3001; // not a multiple of any width

    [Fact] public void Exp_has_one_value() => One<Exp>("3b483a4f450d6c55");
    [Fact] public void Expm1_has_one_value() => One<Expm1>("f1780f97a3ef887f");
    [Fact] public void Log_has_one_value() => One<Log>("f86d31773c401bff");
    [Fact] public void Log1p_has_one_value() => One<Log1p>("2e01c3746b7bcc68");
    [Fact] public void Tanh_has_one_value() => One<HyperbolicTangent>("81fec036419b0570");
    [Fact] public void Sigmoid_has_one_value() => One<Logistic>("bb5ba90bd766bfd5");
    [Fact] public void Softplus_has_one_value() => One<Log1pExp>("9692801ba8080602");
    [Fact] public void Erf_has_one_value() => One<Erf>("1679536a9799f46a");
    [Fact] public void Sin_has_one_value() => One<Sin>("9c908bed99cbfb4c");
    [Fact] public void Cos_has_one_value() => One<Cos>("fa24a82d65bfae50");

    // The functions that are computed to twice the digits, of numbers alone.
    [Fact]
    public void Every_function_of_a_plain_number_has_one_value()
    {
        Func<double, Real>[] functions =
        [
            x => Real.Exp2(x), x => Real.Exp10(x), x => Real.Exp2M1(x), x => Real.Exp10M1(x),
            x => Real.Log2(x), x => Real.Log10(x), x => Real.Log2P1(x), x => Real.Log10P1(x), x => Real.Log(x, 3),
            x => Real.Sqrt(x), x => Real.Cbrt(x), x => Real.RootN(x, 7), x => Real.Hypot(x, 3),
            x => Real.Pow(x, 2.5), x => Real.Pow(x, 9), x => Real.Pow(3, x),
            x => Real.Sinh(x), x => Real.Cosh(x), x => Real.Asinh(x), x => Real.Acosh(x), x => Real.Atanh(x),
            x => new Real(x) % 0.3,
        ];
        double[] values = [.. from f in functions from x in Numbers<double>() select f(x).Value];
        string digest = Convert.ToHexStringLower(SHA256.HashData(LittleEndian.Bytes<double>(values)))[..16];
        Assert.Equal("178de0153f69ebee", digest);
    }

    [Fact] public void Exp_of_a_float_is_exp_rounded_once() => Rounded<Exp>();
    [Fact] public void Tanh_of_a_float_is_tanh_rounded_once() => Rounded<HyperbolicTangent>();
    [Fact] public void Sigmoid_of_a_float_is_sigmoid_rounded_once() => Rounded<Logistic>();

    [Fact]
    public void A_power_is_the_same_whoever_else_raises_another_base()
    {
        double[] bases = [0.9, 0.95, 0.99, 0.999, 0.5],
            alone = [.. Enumerable.Range(0, 1000).Select(i => Elementary.Power(bases[i % 5], i))];
        Parallel.For(0, 300_000, i => Assert.Equal(alone[i % 1000], Elementary.PowerAgain(bases[i % 5], i % 1000)));
    }

    // Every 509th of the 2^32 floats; FUNCTIONAL_EVERY_FLOAT=1 walks them all, in minutes.
    private static void Rounded<F>() where F : struct, IFunction
    {
        uint step = Environment.GetEnvironmentVariable("FUNCTIONAL_EVERY_FLOAT") == "1" ? 1u : 509;
        for (ulong bits = 0; bits <= uint.MaxValue; bits += step)
        {
            float x = BitConverter.UInt32BitsToSingle((uint)bits), rounded = (float)F.At<Scalar<double>, double>(x),
                direct = Scalar<float>.Through<F>(x);
            if (!rounded.Equals(direct)
                || float.IsNegative(rounded) != float.IsNegative(direct) && !float.IsNaN(rounded))
                Assert.Fail($"at {x:R}: {direct:R}, not {rounded:R}");
        }
    }

    private static void One<F>(string digest) where F : struct, IFunction =>
        Assert.Equal(
            digest, Convert.ToHexStringLower(SHA256.HashData([.. Values<F, float>(), .. Values<F, double>()]))[..16]);

    private static byte[] Values<F, T>() where F : struct, IFunction where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] x = Numbers<T>();
        T[] together = new T[x.Length], alone = [.. x.Select(Scalar<T>.Through<F>)];
        Elementwise.Map<Apply<F, T>, T>(default, x, together);
        Assert.Equal(LittleEndian.Bytes<T>(alone), LittleEndian.Bytes<T>(together));
        return LittleEndian.Bytes<T>(alone);
    }

    private static T[] Numbers<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
    [
        T.Zero, T.NegativeZero, T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.Epsilon, -T.Epsilon, T.One, -T.One,
        .. Draw.Normal<T>(Key.FromSeed(1), Samples).Span,
        .. Draw.Uniform<T>(Key.FromSeed(2), Samples, -800, 800).Span,
        .. Draw.Uniform<T>(Key.FromSeed(3), Samples, -1e30, 1e30).Span,
    ];
}
