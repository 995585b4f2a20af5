using System.Numerics;
using CsCheck;
using Functional;
using Functional.Core.Differentiation;
using Xunit;

namespace Properties.Differentiation;

/// <summary>Differences: they are near the derivative, and know how near.</summary>
public sealed class FiniteDifferenceProperties
{
    private static readonly Gen<(Expression F, double X)> Cases = Gen.Select(Expression.Any(1, 4), Gen.Double[-2, 2]);

    [Fact]
    public void The_error_is_no_larger_than_the_estimate() => Cases.Sample((f, x) =>
    {
        double slope = Forward.Derivative(z => f.At([z]), x);
        double Value(double at) => f.At([new Real(at)]).Value;
        var (central, extrapolated) =
            (FiniteDifference.Central(Value, x, 1e-4), FiniteDifference.Richardson(Value, x, 0.1));
        // What f itself rounds inside, no difference can know.
        return Math.Abs(central.Value - slope) <= 2 * central.Error + 1e-12 * (1 + Math.Abs(slope))
            && Math.Abs(extrapolated.Value - slope) <= 10 * extrapolated.Error + 1e-13 * (1 + Math.Abs(slope));
    }, iter: 1000);

    [Fact]
    public void Extrapolation_is_much_better_than_one_difference() => Assert.Equal((true, true), (
        // h^2 e / 6
        Math.Abs(FiniteDifference.Richardson(Math.Exp, 1, 0.5).Value - Math.E) < 1e-11,
        Math.Abs(FiniteDifference.Central(Math.Exp, 1, 1e-3).Value - Math.E) is > 1e-8 and < 1e-6));

    [Fact]
    public void A_complex_step_loses_no_digit() => Gen.Double[-2, 2].Sample(x =>
        Math.Abs(FiniteDifference.ComplexStep(z => Complex.Exp(z) / (1 + z * z) * Complex.Sin(z), x)
            - Forward.Derivative(z => Of.Exp(z) / (1 + z * z) * Of.Sin(z), x))
        <= 1e-14 * (1 + Math.Exp(x)));

    [Theory, InlineData(0), InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_step_that_is_none_is_refused(double h) => Assert.All(
        (Action[])[() => FiniteDifference.Central(Math.Exp, 0, h), () => FiniteDifference.Richardson(Math.Exp, 0, h),
            () => FiniteDifference.ComplexStep(Complex.Exp, 0, h)],
        act => Assert.Contains(
            "a step should be above 0 and finite", Assert.Throws<ArgumentOutOfRangeException>(act).Message,
            StringComparison.Ordinal));

    private static class Of
    {
        public static T Exp<T>(T x) where T : IReal<T> => T.Exp(x);
        public static T Sin<T>(T x) where T : IReal<T> => T.Sin(x);
    }
}
