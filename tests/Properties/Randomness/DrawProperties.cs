using CsCheck;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Randomness;

/// <summary>Draws are functions of a key, with the distributions they are named for.</summary>
public sealed class DrawProperties
{
    private const int Many = 20_000;

    [Fact]
    public void Uniform_numbers_fill_zero_to_below_one() => Any.Key.Sample(key =>
        Draw.Uniform<double>(key, Many) is var draw && draw.Span.ToArray().All(x => x is >= 0 and < 1)
        && Close(Moment(draw, 1), 0.5, 0.289) && Close(Moment(draw, 2), 1.0 / 3, 0.298)
        && Close(Moment(draw, 3), 0.25, 0.284),
        iter: 30);

    [Fact]
    public void Uniform_numbers_stay_below_the_open_end_in_single_precision() =>
        Gen.Select(Any.Key, Gen.Double[-10, 10], Gen.Double[1e-6, 5]).Sample((key, low, width) =>
            Draw.Uniform<float>(key, 1000, low, low + width).Span.ToArray()
                .All(x => x >= (float)low && x < (float)(low + width)),
            iter: 100);

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_bell_curve() => Any.Key.Sample(key =>
        Draw.Normal<double>(key, Many) is var draw
        && Close(Moment(draw, 1), 0, 1) && Close(Moment(draw, 2), 1, 1.414) && Close(Moment(draw, 3), 0, 3.873)
        && Close(Moment(draw, 4), 3, 9.798),
        iter: 30);

    [Fact]
    public void Normal_numbers_take_mean_and_deviation() => Any.Key.Sample(key =>
        Draw.Normal<double>(key, 50, 3, 0.5)
        == Vec<double>.Of([.. Draw.Normal<double>(key, 50).Span.ToArray().Select(x => 3 + 0.5 * x)]),
        iter: 30);

    [Fact]
    public void Neighbouring_normal_numbers_are_not_correlated() => Any.Key.Sample(key =>
        Draw.Normal<double>(key, Many) is var draw
        && Close(Enumerable.Range(0, Many - 1).Average(i => draw[i] * draw[i + 1]), 0, 1),
        iter: 30);

    [Fact]
    public void Truncated_normal_numbers_stay_within_the_bound() =>
        Gen.Select(Any.Key, Gen.Double[0.2, 3]).Sample((key, bound) =>
            Draw.TruncatedNormal<double>(key, 500, bound).Span.ToArray().All(x => Math.Abs(x) <= bound), iter: 50);

    [Fact]
    public void Normal_numbers_cut_at_two_deviations_have_the_variance_of_theory() => Any.Key.Sample(key =>
        Draw.TruncatedNormal<double>(key, Many) is var draw && Close(Moment(draw, 1), 0, 0.88)
        && Close(Moment(draw, 2), 0.773741, 0.9),
        iter: 20);

    [Fact]
    public void Whole_numbers_are_each_as_likely() => Gen.Select(Any.Key, Gen.Int[1, 40]).Sample((key, bound) =>
    {
        var counts = new int[bound];
        foreach (int n in Draw.Integers(key, Many, bound).Span) counts[n]++;
        double expected = (double)Many / bound,
            chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);
        return chiSquare < bound + 6 * Math.Sqrt(2.0 * bound) + 12; // six deviations beyond its mean
    }, iter: 50);

    [Fact]
    public void A_bound_beyond_a_power_of_two_is_as_fair() => Any.Key.Sample(key =>
        Close(Draw.Integers(key, Many, int.MaxValue / 4 * 3).Span.ToArray().Average(
            n => (double)n) / (int.MaxValue / 4 * 3.0), 0.5, 0.289), iter: 20);

    [Fact]
    public void A_permutation_has_every_number_once() => Gen.Select(Any.Key, Gen.Int[0, 300]).Sample((key, length) =>
        Draw.Permutation(key, length).Span.ToArray().Order().SequenceEqual(Enumerable.Range(0, length)));

    [Fact]
    public void Every_order_of_three_comes_as_often() => Any.Key.Sample(key =>
        Enumerable.Range(0, 6000).GroupBy(i => Draw.Permutation(key.At((uint)i), 3).ToString()) is var orders
        && orders.Count() == 6 && orders.All(order => Math.Abs(order.Count() - 1000) < 6 * 29), iter: 10);

    [Fact]
    public void A_longer_draw_begins_with_the_shorter_one() =>
        Gen.Select(Any.Key, Gen.Int[0, 50], Gen.Int[0, 50]).Sample((key, length, more) =>
            Begins(length, more, n => Draw.Uniform<float>(key, n))
            && Begins(length, more, n => Draw.Normal<float>(key, n))
            && Begins(length, more, n => Draw.TruncatedNormal<float>(key, n))
            && Draw.Integers(key, length + more, 9).Span[..length].SequenceEqual(Draw.Integers(key, length, 9).Span));

    [Fact]
    public void Cells_drawn_together_are_the_cells_one_by_one() => Gen.Select(
        Any.Key, Gen.OneOf(Gen.UInt[0, 1000], Gen.UInt[uint.MaxValue - 300, uint.MaxValue]), Gen.UInt, Gen.Int[0, 600])
        .Sample((key, first, lane, length) =>
    {
        var together = new ulong[length];
        key.Bits(first, lane, together);
        return together.SequenceEqual(Enumerable.Range(0, length).Select(i => key.Bits(first + (uint)i, lane)));
    });

    [Fact]
    public void A_mask_drops_the_cells_whose_uniform_number_is_below_the_rate() =>
        Gen.Select(Any.Key, Gen.UInt, Gen.OneOf(
            Gen.Double[0, 1],
            Gen.Int[0, 3].Select(i => i switch { 0 => 0, 1 => 0.5, 2 => double.Epsilon, _ => Math.BitDecrement(1) })),
            Gen.Int[0, 600]).Where((_, _, rate, _) => rate < 1).Sample((key, first, rate, length) =>
        {
            var mask = new float[length];
            Draw.Mask(key, first, rate, 1.25f, mask);
            return mask.SequenceEqual(
                Enumerable.Range(0, length).Select(i => Draw.UniformAt(key, first + (uint)i) < rate ? 0 : 1.25f));
        });

    [Fact]
    public void Normal_numbers_are_those_of_the_law_cell_by_cell() =>
        Gen.Select(Any.Key, Gen.Int[0, 1200], Gen.Double[0.1, 3]).Sample((key, length, bound) =>
            Draw.Normal<double>(key, length) == Vec<double>.Of([.. Enumerable.Range(0, length)
                .Select(i => Pair(key, (uint)i / 2, 0) is var (cosine, sine) && i % 2 == 0 ? cosine : sine)])
            && Draw.TruncatedNormal<double>(key, length, bound)
                == Vec<double>.Of([.. Enumerable.Range(0, length).Select(i =>
                    Enumerable.Range(0, int.MaxValue).Select(attempt => Pair(key, (uint)i, 2 * (uint)attempt).Cosine)
                        .First(x => Math.Abs(x) <= bound))]),
            iter: 30);

    private static (double Cosine, double Sine) Pair(Key key, uint index, uint lane)
    {
        double above = ((key.Bits(index, lane) >> 11) + 1) * Math.ScaleB(1, -53),
            angle = Math.Tau * ((key.Bits(index, lane + 1) >> 11) * Math.ScaleB(1, -53));
        double radius = Math.Sqrt(-2 * Elementary.Of<Log>(above));
        return (radius * Elementary.Of<Cos>(angle), radius * Elementary.Of<Sin>(angle));
    }

    private static bool Begins(int length, int more, Func<int, Vec<float>> draw) =>
        Vec<float>.Of(draw(length + more).Span[..length]) == draw(length);
    private static double Moment(Vec<double> draw, int power) => draw.Span.ToArray().Average(x => Math.Pow(x, power));

    /// <summary>Within six deviations of a mean of many.</summary>
    private static bool Close(double mean, double expected, double deviation) =>
        Math.Abs(mean - expected) < 6 * deviation / Math.Sqrt(Many);
}
