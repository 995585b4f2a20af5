using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Lecture;
using Functional.Lecture.Measuring;
using Xunit;

namespace Properties.Lecture;

/// <summary>Addition modulo p by five neurons that are given the circle. (Pearce et al., 2023)</summary>
public sealed class FiveNeuronsProperties
{
    private const double Degree = Math.PI / 180;
    private static readonly Gen<double> AnyAngle = Gen.Double[-Math.PI, Math.PI];

    // Neighbouring answers are 2 pi / p apart, and the star is off by less than half of that up to p = 118.
    [Fact]
    public void A_star_adds_any_two_numbers_modulo_any_odd_number_up_to_117_however_it_is_turned() =>
        Gen.Select(Gen.Int[1, 58], AnyAngle).Sample((half, turn) => Wrong(2 * half + 1, turn).Length == 0, iter: 40);

    [Fact]
    public void Modulo_an_even_number_it_is_wrong_at_opposite_numbers_alone_since_their_points_cancel() =>
        Gen.Select(Gen.Int[1, 59], AnyAngle).Sample((half, turn) =>
            Wrong(2 * half, turn).All(pair => pair.B - pair.A == half), iter: 40);

    [Fact]
    public void It_takes_five_neurons_or_seven_but_not_three_four_or_six() => Assert.Equal(
        [false, false, true, false, true],
        Enumerable.Range(3, 5).Select(neurons => Wrong(67, 0, neurons).Length == 0));

    [Fact]
    public void Within_18_degrees_of_a_neuron_the_tangent_of_the_angle_grows_by_the_root_of_5() =>
        Gen.Double[-18, 18].Sample(degrees =>
        {
            var (x, y) = Math.SinCos(degrees * Degree) is var (sin, cos) ? (cos, sin) : default;
            var (u, v) = Doubled(x, y);
            return u > 0 && Math.Abs(v / u - Math.Sqrt(5) * y / x) < 1e-12;
        });

    [Fact]
    public void No_angle_is_doubled_to_more_than_0_0266_beside_its_double() => AnyAngle.Sample(angle =>
    {
        var (u, v) = Doubled(Math.Cos(angle), Math.Sin(angle));
        return Math.Abs(Math.IEEERemainder(Math.Atan2(v, u) - 2 * angle, 2 * Math.PI)) < 0.0266;
    });

    [Fact]
    public void The_neurons_of_a_star_turn_twice_as_fast_on_the_way_out_and_those_of_a_drawn_net_do_not() =>
        Gen.Select(Gen.Int[3, 9], AnyAngle, Gen.ULong).Sample((neurons, turn, seed) =>
        {
            var sum = new CircleSum(11, neurons);
            double[] star = [.. Turned(sum, turn).Parameters.ToArray()[..sum.Learned]],
                drawn = [.. Draw.Normal<double>(Key.FromSeed(seed), sum.Learned)];
            return Math.Abs(sum.Doubling(star) - 1) < 1e-12 && Math.Abs(sum.Doubling(drawn)) < 1 - 1e-6;
        });

    [Fact]
    public void Training_moves_what_is_learned_and_never_a_point() =>
        Gen.Select(Gen.Int[2, 12], Gen.ULong).Sample((p, seed) =>
        {
            var sum = new CircleSum(p, 5);
            var start = sum.Drawn(Key.FromSeed(seed), sum.InOrder);
            var learner = new Learner(
                new SoftmaxCrossEntropy(), new AdamW(0.01, WeightDecay: 0.1).Then(new Masked(sum.Moves)));
            var end = learner.Fold(
                learner.Begin(start), Enumerable.Repeat(Batch<float>.All(sum.Pairs(sum.InOrder)), 3), threads: 1)
                .Network;
            return end.Parameters.Span[sum.Learned..].SequenceEqual(start.Parameters.Span[sum.Learned..])
                && !end.Parameters.Span[..sum.Learned].SequenceEqual(start.Parameters.Span[..sum.Learned]);
        }, iter: 20);

    // Where numbers lie in an order that is drawn, the points of two say nothing of their sum.
    [Theory, InlineData(false), InlineData(true)]
    public void Training_finds_a_star_where_the_circle_is_in_order(bool isShuffled)
    {
        var net = FiveNeurons.Trained(new(new(Seeds: 1), new NoMemory()), isShuffled).Single();
        Assert.Equal(!isShuffled, net.IsPerfect);
        Assert.Equal(!isShuffled, new CircleSum(67, 5).Doubling(net.Learned) > 0.95);
    }

    private static (int A, int B)[] Wrong(int p, double turn, int neurons = 5)
    {
        var sum = new CircleSum(p, neurons);
        var pairs = sum.Pairs(sum.InOrder);
        var outputs = Turned(sum, turn).Predict(pairs.Inputs.To<double>()).To<float>();
        return
        [
            .. Enumerable.Range(0, p).SelectMany(a => Enumerable.Range(a, p - a).Select(b => (a, b))).Index()
                .Where(pair => Answers.Of(outputs.Row(pair.Index)) != (pair.Item.a + pair.Item.b) % p)
                .Select(pair => pair.Item),
        ];
    }

    private static Network<double> Turned(CircleSum sum, double turn) => sum.Star(Math.Cos(turn), Math.Sin(turn));

    // The point before it is compared with the answers'.
    private static (double, double) Doubled(double x, double y)
    {
        var point = new CircleSum(3, 5).Star().Before(2).Predict(Matrix<double>.Of([x, y]));
        return (point[0, 0], point[0, 1]);
    }
}
