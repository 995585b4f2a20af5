using CsCheck;
using Functional.Core.Differentiation;
using Functional.Core.Randomness;
using Functional.Lecture;
using Xunit;

namespace Properties.Lecture;

/// <summary>What derivatives cost, counted: forward mode a pass for each parameter, reverse mode a few runs, formulas
/// as much as they swell. (Baydin, Pearlmutter, Radul and Siskind, 2018)</summary>
public sealed class WaysToDeriveProperties
{
    [Fact]
    public void Ways_without_a_step_agree_to_rounding() => Gen.ULong.Sample(seed =>
        WaysToDerive.Errors(Key.FromSeed(seed), isOneSided: false)[..3].All(off => off < 1e-12), iter: 50);

    [Fact]
    public void A_gradient_in_reverse_mode_costs_at_most_six_runs_whatever_the_number_of_parameters() =>
        Gen.Int[1, 40].Sample(hidden => Cost(hidden) is var (_, loss, _, reverse) && reverse <= 6 * loss, iter: 20);

    [Fact]
    public void A_gradient_in_forward_mode_costs_a_pass_for_each_parameter() => Gen.Int[1, 40].Sample(hidden =>
        Cost(hidden) is var (parameters, loss, forward, _) && forward >= parameters * loss
            && forward <= 6 * parameters * loss, iter: 20);

    [Fact]
    public void An_iteration_adds_as_many_operations_as_the_one_before_and_at_least_doubles_the_formula() => Assert.All(
        Enumerable.Range(2, 5), n =>
        {
            double[][] swell = [WaysToDerive.Swell(n), WaysToDerive.Swell(n + 1), WaysToDerive.Swell(n + 2)];
            Assert.Equal(swell[1][3] - swell[0][3], swell[2][3] - swell[1][3]);
            Assert.True(swell[2][1] >= 2 * swell[1][1]);
        });

    [Fact]
    public void Counting_changes_no_number() => Gen.Double[-2, 2].Sample(x =>
        (Operation.Constant(x) * Operation.Constant(x) + Operation.Constant(1)).Value == (Real)(x * x + 1));

    private static (double, double, double, double) Cost(int hidden) =>
        WaysToDerive.Operations(hidden, isForwardOnly: false) is [var n, var loss, var forward, var reverse]
            ? (n, loss, forward, reverse)
            : default;
}
