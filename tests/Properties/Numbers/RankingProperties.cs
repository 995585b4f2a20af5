using CsCheck;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;
using Xunit;

namespace Properties.Numbers;

/// <summary>Sorting by radix, and the largest of many numbers: both are what comparing says.</summary>
public sealed class RankingProperties
{
    private static readonly Gen<double> Number = Gen.OneOf(
        Gen.Double, Gen.Int[-3, 3].Select(whole => (double)whole), Gen.Double[0, 1], Gen.Double[1e-300, 1e300],
        Gen.OneOf(
            0.0, -0.0, double.Epsilon, -double.Epsilon, double.PositiveInfinity, double.NegativeInfinity,
            double.MaxValue));

    [Fact]
    public void Sorting_by_radix_is_sorting_and_keeps_the_order_of_equals() =>
        Number.Where(x => !double.IsNaN(x)).Array[0, 300].Sample(numbers =>
            Ranking.Of(numbers, new Ranked[2 * numbers.Length]).ToArray() is var ranks
            && ranks.Select(rank => rank.Index)
                .SequenceEqual(Enumerable.Range(0, numbers.Length).OrderBy(i => numbers[i]))
            && ranks.Zip(ranks.Skip(1)).All(two =>
                two.Item1.Key == two.Item2.Key == (numbers[two.Item1.Index] == numbers[two.Item2.Index])));

    [Fact]
    public void The_largest_is_the_first_that_none_before_or_after_exceeds() =>
        Gen.Frequency((9, Number), (1, Gen.Const(double.NaN))).Array[1, 70].Sample(numbers =>
            Largest.IndexOf<double>(numbers) == Plain(numbers)
            && Largest.IndexOf<float>([.. numbers.Select(x => (float)x)])
                == Plain([.. numbers.Select(x => (double)(float)x)]));

    [Fact]
    public void Widening_gives_every_number() => Gen.Float.Array[0, 70].Sample(numbers =>
    {
        var wide = new double[numbers.Length];
        Widening.Of<float>(numbers, wide);
        return wide.SequenceEqual(numbers.Select(x => (double)x));
    });

    private static int Plain(double[] numbers)
    {
        int best = 0;
        for (int i = 1; i < numbers.Length; i++)
            if (numbers[i] > numbers[best])
                best = i;
        return best;
    }
}
