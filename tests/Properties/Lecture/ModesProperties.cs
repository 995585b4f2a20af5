using CsCheck;
using Functional;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Lecture;
using Functional.Lecture.Measuring;
using Xunit;

namespace Properties.Lecture;

/// <summary>Ways between minima. (Garipov et al., 2018; Ainsworth et al., 2023)</summary>
public sealed class ModesProperties
{
    private static readonly Gen<Network<float>> AnyNet = Gen.ULong.Select(seed => Network<float>.Init(
        Architecture.Of(64, new Dense(6, Activation.Relu), new Dense(10)), new Initializer.HeNormal(),
        Key.FromSeed(seed)));

    // The curve's control point begins in the middle, where the curve is the line.
    [Fact]
    public void An_untrained_curve_is_the_straight_line() => Gen.Select(AnyNet, AnyNet).Sample((from, to) =>
    {
        var digits = ModeConnectivity.Digits();
        var loss = new SoftmaxCrossEntropy();
        var curve = LowCurve.Trained(from, to, loss, digits.For(loss), Key.FromSeed(1), steps: 0);
        double line = LossProfile.Of(new StraightLine<float>(from, to), loss, digits, points: 5).Barrier;
        return Math.Abs(LossProfile.Of(curve, loss, digits, points: 5).Barrier - line) < 1e-5;
    }, iter: 3);

    [Fact]
    public void A_net_whose_units_stand_in_another_order_is_matched_to_itself_to_the_bit() =>
        Gen.Select(AnyNet, Gen.ULong).Sample((net, seed) =>
        {
            var other = net.Permuted([Draw.Permutation(Key.FromSeed(seed), 6)]);
            return other.MatchedTo(net, Key.FromSeed(seed)) == net;
        }, iter: 20);

    [Fact]
    public void Minima_are_joined_by_the_trained_curve_alone() =>
        Assert.Equal([Standing.Holds, Standing.Fails], new[] { null, "untrained" }.Select(falsehood =>
        {
            var judged = ClaimResult.Of(
                Claims.Named("mode-connectivity")!, new(new(Seeds: 1, Falsehood: falsehood), new NoMemory()))
                .Criteria.Single(judged => judged.Criterion.Name == "curve");
            // Of one seed the interval is not known: what is looked at is the estimate.
            return judged.Criterion.Judge(Measurement.Exact("curve", judged.Measured.Value));
        }));
}
