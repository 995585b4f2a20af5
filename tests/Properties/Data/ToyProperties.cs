using CsCheck;
using Functional;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Data;

/// <summary>Toy points without noise lie on the shape of their class, and all along it.</summary>
public sealed class ToyProperties
{
    private const double Turn = 2 * Math.PI, Rounding = 1e-14;

    /// <summary>How far along its shape a point lies, from 0 to 1, and where the shape is there.</summary>
    private delegate (double Place, double X, double Y) Shape(int label, double x, double y);

    [Fact]
    public void Moons_are_half_circles_of_which_one_is_the_other_turned() => Follows(new Moons(400, 0), (label, x, y) =>
    {
        var (dx, dy) = label == 0 ? (x, y) : (1 - x, 0.5 - y);
        double angle = Math.Abs(dy) < Rounding ? dx > 0 ? 0 : Math.PI : Math.Atan2(dy, dx); // not below 0
        return label == 0 ? (angle / Math.PI, Math.Cos(angle), Math.Sin(angle))
            : (angle / Math.PI, 1 - Math.Cos(angle), 0.5 - Math.Sin(angle));
    });

    [Fact]
    public void Circles_are_whole_ones_of_radius_1_and_a_half() => Follows(new Circles(400, 0), (label, x, y) =>
    {
        double turns = Math.Atan2(y, x) / Turn, radius = label == 0 ? 1 : 0.5;
        return (turns < 0 ? turns + 1 : turns, radius * Math.Cos(Turn * turns), radius * Math.Sin(Turn * turns));
    });

    [Fact]
    public void Spirals_turn_as_their_radius_grows_from_a_tenth_by_one() =>
        Gen.Select(Gen.Int[2, 6], Gen.Double[0.1, 4]).Sample((arms, turns) =>
            Follows(new Spirals(400 * arms, 0, arms, turns), (label, x, y) =>
        {
            double radius = Math.Sqrt(x * x + y * y), angle = Turn * (turns * (radius - 0.1) + (double)label / arms);
            return (radius - 0.1, radius * Math.Cos(angle), radius * Math.Sin(angle));
        }), iter: 30);

    [Fact]
    public void Blobs_are_at_equal_angles_on_a_circle_of_radius_2() =>
        Gen.Select(Gen.Int[2, 9], Any.Key).Sample((centers, key) =>
        new Blobs(60, 0, centers).Make(key) is var data
            && Enumerable.Range(0, 60).All(row => Turn * data.Targets[row, 0] / centers is var angle
            && Math.Abs(data.Inputs[row, 0] - 2 * Math.Cos(angle)) < Rounding
                && Math.Abs(data.Inputs[row, 1] - 2 * Math.Sin(angle)) < Rounding));

    [Fact]
    public void Exclusive_or_has_every_corner_equally_often() =>
        Any.Key.Sample(key => new Xor(40, 0).Make(key) is var data
        && Enumerable.Range(0, 40).GroupBy(row => (data.Inputs[row, 0], data.Inputs[row, 1])).All(corner =>
            corner.Count() == 10));

    [Fact]
    public void Noise_is_as_large_as_it_is_said_to_be() => Assert.All<Toy>(
        [new Moons(4000, 0.3), new Circles(4000, 0.3), new Spirals(4000, 0.3), new Blobs(4000, 0.3),
            new Sine(4000, 0.3)], noisy =>
        {
            double[] Numbers(Toy toy) => toy.Make(Key.FromSeed(1)) is var data && toy is Planar
                ? [.. data.Inputs.Cells.Span] : [.. data.Targets.Cells.Span];
            Toy clean = noisy switch
            {
                Planar planar => planar with { Noise = 0 },
                Curve curve => curve with { Noise = 0 },
                _ => noisy,
            };
            double[] errors = [.. Numbers(noisy).Zip(Numbers(clean), (x, y) => x - y)];
            Assert.InRange(errors.Average(), -0.02, 0.02);
            Assert.InRange(Math.Sqrt(errors.Average(error => error * error)), 0.29, 0.31);
        });

    // Every tenth of every class's shape has points on it, and no point is off it.
    private static void Follows(Planar toy, Shape shape) => Gen.Int[0, 1000].Sample(seed =>
    {
        var data = toy.Make(Key.FromSeed((ulong)seed));
        var places = new HashSet<(int, int)>();
        for (int row = 0; row < data.Rows; row++)
        {
            var (place, x, y) = shape((int)data.Targets[row, 0], data.Inputs[row, 0], data.Inputs[row, 1]);
            Assert.InRange(place, -Rounding, 1 + Rounding);
            Assert.Equal(x, data.Inputs[row, 0], 1e-12);
            Assert.Equal(y, data.Inputs[row, 1], 1e-12);
            places.Add(((int)data.Targets[row, 0], Math.Clamp((int)(10 * place), 0, 9)));
        }
        Assert.Equal(10 * ((Problem.Classification)data.Problem).Classes, places.Count);
    }, iter: 5);
}
