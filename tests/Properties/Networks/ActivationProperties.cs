using Functional;
using Functional.Core.Numbers;
using Xunit;

namespace Properties.Networks;

/// <summary>Activations at the ends of the numbers.</summary>
public sealed class ActivationProperties
{
    [Fact]
    public void The_unit_step_is_zero_below_zero_and_one_from_there_on() => Assert.Equal(
        Vec<double>.Of(0, 0, 0, 1, 1, 1, 1),
        At(Activation.Step, double.NegativeInfinity, -3, -double.Epsilon, -0.0, 0, 3, double.PositiveInfinity));

    [Fact]
    public void Relu_is_zero_below_zero_and_itself_above() => Assert.Equal(
        Vec<double>.Of(0, 0, 0, 3, double.PositiveInfinity),
        At(Activation.Relu, double.NegativeInfinity, -3, 0, 3, double.PositiveInfinity));

    [Fact]
    public void Bounded_activations_reach_their_bounds()
    {
        Assert.Equal(
            Vec<double>.Of(0, 0.5, 1), At(Activation.Sigmoid, double.NegativeInfinity, 0, double.PositiveInfinity));
        Assert.Equal(
            Vec<double>.Of(-1, 0, 1), At(Activation.Tanh, double.NegativeInfinity, 0, double.PositiveInfinity));
    }

    [Fact]
    public void Activations_go_to_their_limits_without_overflow() => Assert.All(Activation.Kinds.Prototypes, phi =>
        Assert.All(
            At(phi, -1e300, -1e30, -800, 800, 1e30, 1e300).Span.ToArray(),
            a => Assert.True(double.IsFinite(a), $"{phi}: {a}")));

    [Fact]
    public void Slopes_go_to_their_limits_without_overflow() => Assert.All(Activation.Kinds.Prototypes, phi =>
    {
        double[] z = [-1e300, -1e30, -800, -30, 30, 800, 1e30, 1e300], a = new double[8],
            delta = [1, 1, 1, 1, 1, 1, 1, 1];
        phi.Apply<double>(z, a, 1);
        phi.MultiplyByDerivative<double>(z, a, delta, 1);
        Assert.All(delta, slope => Assert.InRange(slope, -1e-10, 1.06));
    });

    [Fact]
    public void Curvatures_go_to_zero_without_overflow() => Assert.All(Activation.Kinds.Prototypes, phi =>
    {
        double[] z = [double.NegativeInfinity, -1e300, -1e30, -800, 800, 1e30, 1e300, double.PositiveInfinity],
            a = new double[8], curve = new double[8];
        phi.Apply<double>(z, a, 1);
        phi.SecondDerivative<double>(phi.NeedsZ ? z : a, curve);
        Assert.All(curve, bend => Assert.InRange(bend, -1e-8, 1e-8));
    });

    [Fact]
    public void No_activation_hides_a_NaN() =>
        Assert.All(Activation.Kinds.Prototypes, phi => Assert.Equal(Vec<double>.Of(double.NaN), At(phi, double.NaN)));

    private static Vec<double> At(Activation phi, params double[] z) =>
        Vec<double>.Create(z.Length, z, (a, from) => phi.Apply<double>(from, a, 1));
}
