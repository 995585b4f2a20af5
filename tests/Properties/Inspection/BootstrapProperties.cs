using CsCheck;
using Functional.Core.Inspection;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Inspection;

/// <summary>Intervals by bootstrap: they hold the truth as often as they say, and are the same for all.</summary>
public sealed class BootstrapProperties
{
    private static readonly Gen<double[]> Numbers = Gen.Double[-9, 9].Array[1, 60];

    [Fact]
    public void A_resample_has_as_many_rows_as_the_sample() => Gen.Select(Any.Key, Gen.Int[1, 300]).Sample(
        (key, rows) => Bootstrap.Counts(rows, key) is var counts && counts.Length == rows && counts.Sum() == rows
        && counts.All(count => count >= 0));

    [Fact]
    public void Every_row_is_drawn_as_often_as_any_other()
    {
        const int Rows = 7, Draws = 20_000;
        var often = new double[Rows];
        for (uint b = 0; b < Draws; b++)
            foreach (var (row, count) in Bootstrap.Counts(Rows, Key.FromSeed(1).At(b)).Index()) often[row] += count;
        Assert.All(often, count => Assert.InRange(count / Draws, 0.97, 1.03));
    }

    // A share of 0.3 in 200 rows: of 400 intervals about 95 % hold it.
    [Fact]
    public void An_interval_covers_the_truth_as_often_as_it_says()
    {
        int held = Enumerable.Range(0, 400).Count(i =>
        {
            var drawn = Draw.Uniform<double>(Key.FromSeed(7).At((uint)i), 200);
            double[] sample = [.. drawn.Select((u, _) => u < 0.3 ? 1.0 : 0)];
            var interval = Of(sample, Key.FromSeed(8).At((uint)i), 400);
            return interval.Low <= 0.3 && 0.3 <= interval.High;
        });
        Assert.InRange(held, 370, 393);
    }

    [Fact]
    public void An_interval_lies_between_the_least_and_the_largest_number() => Gen.Select(Numbers, Any.Key).Sample(
        (numbers, key) => Of(numbers, key, 50) is var (low, high) && low <= high && low >= numbers.Min() - 1e-12
            && high <= numbers.Max() + 1e-12);

    [Fact]
    public void Numbers_that_are_alike_leave_no_doubt() => Gen.Select(Gen.Int[1, 50], Any.Key).Sample((rows, key) =>
        Of([.. Enumerable.Repeat(0.5, rows)], key, 20) == new Range95(0.5, 0.5));

    [Fact]
    public void Threads_change_nothing() => Gen.Select(Numbers, Any.Key, Gen.Int[2, 5]).Sample(
        (numbers, key, threads) => Of(numbers, key, 60) == Of(numbers, key, 60, threads), iter: 50);

    [Fact]
    public void A_measure_that_is_nowhere_finite_has_no_interval() => Assert.True(
        Bootstrap.Intervals(3, Key.FromSeed(1), _ => [double.NaN], 5) is [{ Low: double.NaN, High: double.NaN }]);

    private static Range95 Of(double[] numbers, Key key, int resamples, int threads = 1) => Bootstrap.Intervals(
        numbers.Length, key, counts => [Average.Of(numbers, counts.ToArray())], resamples, threads)[0];
}
