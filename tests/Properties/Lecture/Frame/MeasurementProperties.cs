using CsCheck;
using Functional.Core.Inspection;
using Functional.Core.Randomness;
using Functional.Lecture;
using Xunit;

namespace Properties.Lecture.Frame;

/// <summary>Estimates say as often as they promise where the truth is.</summary>
public sealed class MeasurementProperties
{
    private const int Repeats = 2000;

    // Of intervals that hold the truth in 95 % of cases, 2000 hold it 1900 times, give or take 10; Wilson's is an
    // approximation, and discrete.
    [Theory]
    [InlineData(20, 0.5)]
    [InlineData(40, 0.9)]
    [InlineData(200, 0.97)]
    public void A_share_is_held_in_about_95_of_100_cases(int trials, double probability) => Assert.InRange(
        Covered(trials, cells => Measurement.Share("share", cells.Count(u => u < probability), trials), probability),
        0.92, 0.985);

    [Theory]
    [InlineData(6)]
    [InlineData(21)]
    [InlineData(50)]
    public void A_median_is_held_in_at_least_95_of_100_cases(int numbers) =>
        Assert.InRange(Covered(numbers, cells => Measurement.Median("median", cells), 0.5), 0.94, 1);

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public void A_mean_is_held_in_about_95_of_100_cases(int numbers) =>
        Assert.InRange(Covered(numbers, cells => Measurement.Mean("mean", cells), 0, isNormal: true), 0.94, 0.96);

    // The ends are 1.96 standard deviations of a binomial from the middle, by the normal approximation.
    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(1060)]
    [InlineData(1100)]
    [InlineData(10_000)]
    public void The_interval_of_a_median_is_as_wide_for_many_numbers(int n)
    {
        var median = Measurement.Median("", [.. Enumerable.Range(0, n).Select(i => (double)i)]);
        double half = 1.96 * Math.Sqrt(n) / 2;
        Assert.InRange((median.High - median.Low) / 2, half - 1.5, half + 1.5);
    }

    [Fact]
    public void An_estimate_holds_its_own_value() =>
        Gen.Double[-5, 5].Array[1, 30].Sample(numbers =>
        {
            foreach (var estimate in (Estimate[])[Measurement.Mean("a", numbers), Measurement.Median("a", numbers)])
                Assert.InRange(estimate.Value, estimate.Low, estimate.High);
        });

    [Fact]
    public void What_was_not_measured_is_not_a_number() => Assert.All(
        (Estimate[])[Measurement.Mean("a", []), Measurement.Median("a", []), Measurement.Mean("a", [1, double.NaN]),
            Measurement.Median("a", [1, double.NaN])],
        estimate => Assert.True(double.IsNaN(estimate.Value)));

    private static double Covered(
        int numbers, Func<double[], Estimate> measure, double truth, bool isNormal = false) =>
        Enumerable.Range(0, Repeats).Count(repeat =>
        {
            var key = Key.FromSeed(7).At((uint)repeat);
            double[] cells = (isNormal
                ? Draw.Normal<double>(key, numbers) : Draw.Uniform<double>(key, numbers)).ToArray();
            var estimate = measure(cells);
            return estimate.Low <= truth && truth <= estimate.High;
        }) / (double)Repeats;
}
