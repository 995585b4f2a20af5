using CsCheck;
using Functional.Core.Randomness;
using Functional.Lecture;
using Xunit;

namespace Properties.Lecture;

/// <summary>The gradient as the slides derive it, delta by delta, is the gradient of every other way.</summary>
public sealed class BackpropagationProperties
{
    private static readonly Gen<(Key Key, int Slide)> Any = Gen.Select(Gen.ULong.Select(Key.FromSeed), Gen.Int[0, 2]);

    [Fact]
    public void The_slides_derive_the_gradient_of_backward_pass_and_of_both_automatic_modes() =>
        Any.Sample((key, slide) =>
        Off(key, slide, Omission.None)[..3].All(off => off < 1e-12), iter: 100);

    [Fact]
    public void Central_differences_are_off_by_four_times_less_for_half_the_step() => Any.Sample((key, slide) =>
    {
        double[] off = Off(key, slide, Omission.None);
        return off[3] is > 0 and < 1e-3 && Math.Abs(off[3] / off[4] - 4) < 0.1;
    }, iter: 50);

    [Fact]
    public void Without_the_slope_of_the_sigmoid_it_is_another() => Any.Sample((key, slide) =>
        Off(key, slide, Omission.Slope)[0] > 1e-6, iter: 50);

    [Fact]
    public void Without_the_transpose_it_is_another() => Any.Sample((key, _) =>
        Off(key, 1, Omission.Transpose)[0] > 1e-6, iter: 50);

    private static double[] Off(Key key, int slide, Omission omission)
    {
        var net = SlideNet.All(key)[slide];
        var network = net.Drawn(key.At(5));
        var samples = net.Samples(key.At(6), 2);
        double[] own = net.Gradient(network, samples, omission);
        return [.. SlideNet.Others(network, samples, 1e-3).Select(other =>
            own.Zip(other, (a, b) => Math.Abs(a - b)).Max() / other.Max(Math.Abs))];
    }
}
