using CsCheck;
using Functional.Core.Randomness;
using Functional.Lecture;
using Xunit;

namespace Properties.Lecture;

/// <summary>The gradient as the slides derive it, delta by delta, is the gradient of every other way.</summary>
public sealed class BackpropagationProperties
{
    private static readonly DerivedNets FiveFourThree = new("", _ => DerivedNet.FiveFourThree);
    private static readonly Gen<Key> AnyKey = Gen.ULong.Select(Key.FromSeed);

    private static readonly Gen<(Key Key, DerivedNets Nets)> AnySlide = Gen.Select(AnyKey, Gen.OneOf(
        Gen.Const(new DerivedNets("", _ => DerivedNet.OneNeuron)), Gen.Const(FiveFourThree),
        Gen.Const(new DerivedNets("", DerivedNet.MUnits))));

    private static readonly Gen<(Key Key, DerivedNets Nets)> AnyNet = Gen.Select(AnyKey, Gen.Int[1, 4].Select(depth =>
        new DerivedNets("", key => DerivedNet.Random(key, depth), $"all")));

    [Fact]
    public void The_slides_derive_the_gradient_of_backward_pass_and_of_both_automatic_modes() =>
        AnySlide.Sample((key, slide) => Exact(key, slide, Omission.None).Max() < 1e-12, iter: 100);

    [Fact]
    public void Their_recursion_is_the_gradient_of_any_dense_net() =>
        AnyNet.Sample((key, nets) => Exact(key, nets, Omission.None).Max() < 1e-10, iter: 200);

    [Fact]
    public void The_delta_of_a_layer_is_the_derivative_by_its_biases_and_gives_that_by_its_weights() =>
        AnyKey.Sample(key =>
        {
            var net = DerivedNet.OneNeuron;
            var samples = net.Samples(key.At(1), 1);
            double[] gradient = net.Gradient(net.Drawn(key.At(0)), samples, Omission.None);
            return gradient[0] == gradient[1] * samples.Inputs[0, 0];
        });

    [Fact]
    public void Central_differences_are_off_by_the_square_of_the_step() => AnySlide.Sample((key, slide) =>
        Math.Abs(Derivation.Deviations(slide, key, Omission.None)[^1] - 2) < 0.1, iter: 50);

    [Fact]
    public void Without_the_slope_of_the_sigmoid_it_is_another() => AnySlide.Sample((key, slide) =>
        Exact(key, slide, Omission.Slope).Max() > 1e-6, iter: 50);

    [Fact]
    public void Without_the_transpose_it_is_another() => AnyKey.Sample(key =>
        Exact(key, FiveFourThree, Omission.Transpose).Max() > 1e-6, iter: 50);

    [Fact]
    public void With_one_output_there_is_nothing_to_transpose() => AnyKey.Sample(key =>
        Exact(key, new("", DerivedNet.MUnits), Omission.Transpose).Max() < 1e-12, iter: 50);

    // Of each quantity, how far it is from the three exact ways.
    private static IEnumerable<double> Exact(Key key, DerivedNets nets, Omission omission) =>
        Derivation.Deviations(nets, key, omission)[..^1].Where((_, i) => i % 4 < 3);
}
