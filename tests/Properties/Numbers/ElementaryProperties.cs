using System.Numerics;
using Functional.Core.Numbers.Kernels;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Numbers;

/// <summary>Numeric law 1: our elementary functions, against exact arithmetic and against each other's widths.</summary>
public sealed class ElementaryProperties(ITestOutputHelper output)
{
    private const int Samples = 4000;
    private const double Tiny = 1e-30;

    [Fact] public void Exp_is_within_2_ulp() => Check<Exp>(Exact.Exp, [(-100, 700), (-1, 1), (-0.01, 0.01)]);
    [Fact] public void Expm1_is_within_2_ulp() => Check<Expm1>(Exact.Expm1, [(-50, 700), (-1.5, 1.5), (-1e-3, 1e-3)]);
    [Fact] public void Log_is_within_2_ulp() => Check<Log>(Exact.Log, [(Tiny, 1e30), (0.4, 2.5), (0.99, 1.01)]);
    [Fact] public void Log1p_is_within_2_ulp() => Check<Log1p>(Exact.Log1p, [(-0.9999, 1e10), (-0.5, 2), (-1e-3, 1e-3)]);
    [Fact] public void Tanh_is_within_2_ulp() => Check<Tanh>(Exact.Tanh, [(-25, 25), (-2, 2), (-1e-2, 1e-2)]);
    [Fact] public void Sigmoid_is_within_2_ulp() => Check<Sigmoid>(Exact.Sigmoid, [(-100, 50), (-3, 3)]);
    [Fact] public void Softplus_is_within_2_ulp() => Check<Softplus>(Exact.Softplus, [(-100, 100), (-3, 3)]);
    [Fact] public void Erf_is_within_2_ulp() => Check<Erf>(Exact.Erf, [(-6.5, 6.5), (-1.2, 1.2), (-1e-2, 1e-2)]);
    [Fact] public void Sin_is_within_2_ulp() => Check<Sin>(Exact.Sin, [(-10, 10), (-2e6, 2e6), (-1e25, 1e25), (3.1415, 3.1417)]);
    [Fact] public void Cos_is_within_2_ulp() => Check<Cos>(Exact.Cos, [(-10, 10), (-2e6, 2e6), (-1e25, 1e25), (1.5707, 1.5709)]);

    private void Check<F>(Func<BigInteger, BigInteger> exact, (double Low, double High)[] ranges) where F : struct, IFunction
    {
        double worst = 0, worstSingle = 0;
        foreach (var (range, index) in ranges.Select((range, index) => (range, index)))
            foreach (double x in Draw.Uniform<double>(Key.FromSeed(7).At((uint)index), Samples, range.Low, range.High).Span)
            {
                worst = Math.Max(worst, Exact.Ulps(Elementary.Of<F>(x), exact(Exact.Of(x))));
                float single = Scalar<float>.Through<F>((float)x);
                if (float.IsFinite(single)) worstSingle = Math.Max(worstSingle, Exact.Ulps(single, exact(Exact.Of((float)x)), single: true));
            }
        output.WriteLine($"{typeof(F).Name}: {worst:F3} ulp in double, {worstSingle:F3} in float");
        Assert.InRange(worst, 0, 2);
        Assert.InRange(worstSingle, 0, 1);
    }
}
