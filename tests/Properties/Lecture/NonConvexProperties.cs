using CsCheck;
using Functional;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Lecture;
using Xunit;

namespace Properties.Lecture;

/// <summary>The loss of one layer is convex, that of several is not: a net has twins, and between them the surface
/// rises. (Chen, Lu and Hecht-Nielsen, 1993)</summary>
public sealed class NonConvexProperties
{
    private static readonly Gen<Key> AnyKey = Gen.ULong.Select(Key.FromSeed);

    [Fact]
    public void The_middle_of_two_single_layers_never_lies_above_their_chord() =>
        AnyKey.Sample(key => Excess(key, units: 0) <= 1e-12, iter: 300);

    [Fact]
    public void The_middle_of_some_nets_with_a_hidden_layer_does() =>
        Assert.Contains(Enumerable.Range(0, 50), seed => Excess(Key.FromSeed((ulong)seed), units: 4) > 0.01);

    [Fact]
    public void Twins_have_one_loss_to_rounding() => AnyNet.Sample((key, network) =>
    {
        var samples = SolutionTwins.Curve(key);
        double loss = SolutionTwins.At(network, samples);
        return Math.Abs(SolutionTwins.At(SolutionTwins.Twin(network, key), samples) - loss) <= 1e-12 * loss;
    }, iter: 200);

    [Fact]
    public void Signs_of_tanh_units_change_no_bit_of_the_loss() => AnyNet.Sample((key, network) =>
    {
        var samples = SolutionTwins.Curve(key);
        return SolutionTwins.All(network).Take(1 << Units(network))
            .All(twin => SolutionTwins.At(twin, samples) == SolutionTwins.At(network, samples));
    }, iter: 100);

    [Fact]
    public void A_net_of_n_tanh_units_is_one_of_n_factorial_times_two_to_the_n() => AnyNet.Sample((_, network) =>
        SolutionTwins.All(network).Distinct().Count()
            == Enumerable.Range(1, Units(network)).Aggregate(1, (product, n) => product * n * 2), iter: 30);

    // Sussmann (1992): but for order and signs, what a net without spare units computes says what it is.
    [Fact]
    public void A_net_that_fits_another_is_one_of_its_twins() => AnyKey.Sample(key =>
        SolutionTwins.Taught(hasHidden: true, key) is { Fits: false } or { IsTwin: true }, iter: 30);

    [Fact]
    public void Training_finds_more_than_one_of_the_twins() => Assert.InRange(
        Enumerable.Range(0, 20).Select(seed => SolutionTwins.Taught(hasHidden: true, Key.FromSeed((ulong)seed)))
            .Where(end => end.IsTwin).Select(end => end.Twin).Distinct().Count(), 4, 8);

    private static Gen<(Key, Network<double>)> AnyNet => Gen.Select(
        AnyKey, Gen.Int[1, 4], (key, units) => (key, LinearNets.Drawn(SolutionTwins.Shape(units), key)));

    private static int Units(Network<double> network) => ((Dense)network.Architecture.Layers[0]).Units;

    private static double Excess(Key key, int units) => SolutionTwins.Excess(
        LinearNets.Drawn(SolutionTwins.Shape(units), key.At(0)),
        LinearNets.Drawn(SolutionTwins.Shape(units), key.At(1)), SolutionTwins.Curve(key));
}
