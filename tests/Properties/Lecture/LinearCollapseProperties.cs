using CsCheck;
using Functional;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Lecture;
using Xunit;

namespace Properties.Lecture;

/// <summary>Layers without non-linearities are one layer; the surface of their loss is another, with saddles that
/// theory counts. (Baldi and Hornik, 1989)</summary>
public sealed class LinearCollapseProperties
{
    private static readonly Gen<Key> AnyKey = Gen.ULong.Select(Key.FromSeed);

    [Fact]
    public void Linear_layers_are_their_product_to_rounding() =>
        AnyKey.Sample(key => Share(key, Activation.Identity) <= 1, iter: 300);

    [Fact]
    public void Layers_with_tanh_are_not() => AnyKey.Sample(key => Share(key, Activation.Tanh) > 1e6, iter: 100);

    [Fact]
    public void The_product_of_one_layer_is_that_layer() => AnyKey.Sample(key =>
    {
        var network = LinearNets.Drawn(Architecture.Of(3, new Dense(2)), key);
        return LinearNets.Collapsed(network) == network;
    }, iter: 100);

    [Fact]
    public void Critical_points_of_linear_nets_have_the_losses_of_theory() => Searched((net, point) =>
        net.Nearest(point.Loss).Off < 1e-6);

    [Fact]
    public void A_critical_point_of_a_linear_net_that_is_no_least_loss_is_a_saddle() => Searched((net, point) =>
        net.IsLeast(point.Loss) == (point.Index == 0));

    [Fact]
    public void The_least_loss_of_theory_is_what_one_layer_comes_to() => Assert.All(LinearLevels.All, net =>
        Assert.Equal(net.Levels[0], LinearNets.Fitted(
            Architecture.Of(net.Inputs, new Dense(net.Outputs, Activation.Identity, Bias: false)), net.Samples,
            Key.FromSeed(1)).Loss, 1e-9));

    private static void Searched(Func<LinearLevels, CriticalPoint, bool> isSo) =>
        Gen.Select(AnyKey, Gen.Int[0, 2].Select(i => LinearLevels.All[i])).Sample((key, net) =>
            net.Search(key, Activation.Identity) is not SearchEnd.Found { Point: var point } || isSo(net, point),
            iter: 200);

    private static double Share(Key key, Activation hidden)
    {
        var network = LinearNets.Random(key.At(0), hidden);
        return LinearNets.ShareOfRounding(network, new(
            8, network.Architecture.Inputs, Draw.Normal<double>(key.At(1), 8 * network.Architecture.Inputs)));
    }
}
