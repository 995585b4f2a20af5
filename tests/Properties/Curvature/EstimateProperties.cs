using CsCheck;
using Functional.Core.Curvature;
using Functional.Core.Inspection;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Curvature;

/// <summary>What is estimated from random probes, beside what it estimates.</summary>
public sealed class EstimateProperties
{
    // A spectrum as those of losses are: a few large eigenvalues, many small ones of either sign.
    private static readonly double[] Decaying = [.. Enumerable.Range(1, 60).Select(i => (i % 7 == 0 ? -0.3 : 1.0) / i)];

    private static readonly LinearOperator<double> Some =
        LinearOperator<double>.Of(Spectrums.Rotated(Key.FromSeed(1), Decaying));

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(30)]
    public void The_interval_of_a_trace_covers_it_as_often_as_it_says(int probes)
    {
        double trace = Some.Trace();
        Assert.InRange(Covered(key => Some.Hutchinson(key, probes), trace), 0.93, 1);
        Assert.InRange(Covered(key => Some.HutchPlusPlus(key, 3 * probes), trace), 0.93, 1);
    }

    [Fact]
    public void A_trace_on_the_space_that_is_all_there_is_is_exact() =>
        Gen.Select(Any.Key, Gen.Int[1, 4]).Sample((key, rank) =>
        {
            double[] eigenvalues = [.. Enumerable.Range(0, 30).Select(i => i < rank ? i + 1.0 : 0)];
            var estimate = LinearOperator<double>.Of(Spectrums.Rotated(key, eigenvalues)).HutchPlusPlus(key, 30);
            return Math.Abs(estimate.Value - eigenvalues.Sum()) <= 1e-10 && estimate.High - estimate.Low <= 2e-10;
        });

    [Fact]
    public void With_as_many_products_the_space_makes_the_interval_narrower() => Assert.InRange(
        Width(Some.HutchPlusPlus(Key.FromSeed(3), 60)), 0, 0.5 * Width(Some.Hutchinson(Key.FromSeed(3), 60)));

    private static double Width(TraceEstimate estimate) => estimate.High - estimate.Low;

    [Fact]
    public void A_trace_is_the_sum_of_the_eigenvalues() => Spectrums.WithRepetitions.Sample(matrix =>
        Math.Abs(LinearOperator<double>.Of(matrix).Trace() - Spectrums.Exact(matrix).Sum()) <= 1e-11);

    [Fact]
    public void A_density_is_near_that_of_the_exact_eigenvalues()
    {
        var exact = Spectrums.Exact(Some.ToMatrix());
        var density = Some.Density(Key.FromSeed(5), probes: 20, steps: 60);
        Assert.InRange(Distance(density, exact) / (exact[^1] - exact[0]), 0, 0.01);
        Assert.Equal(1, density.Weights.Sum(), 1e-12);
        Assert.Equal(density.Values.Order(), density.Values);
    }

    [Fact]
    public void A_density_has_the_moments_of_the_starts() => Spectrums.WithRepetitions.Sample(matrix =>
    {
        var map = LinearOperator<double>.Of(matrix);
        var key = Key.FromSeed(7);
        double[] start = Draw.Normal<double>(key.At(0), map.Size).Span.ToArray();
        double norm = start.Sum(x => x * x);
        double Moment(int power)
        {
            var moved = Vec<double>.Of(start);
            for (int i = 0; i < power; i++) moved = map.Apply(moved);
            return start.Zip([.. moved.Span], (x, y) => x * y).Sum() / norm;
        }
        var density = map.Density(key, probes: 1, steps: 2);
        return Enumerable.Range(0, 4).All(power =>
            Math.Abs(density.Mean(x => Math.Pow(x, power)) - Moment(power)) <= 1e-9);
    });

    [Theory]
    [InlineData(1, 12.7062)]
    [InlineData(5, 2.5706)]
    [InlineData(11, 2.2010)]
    [InlineData(20, 2.0860)]
    [InlineData(100, 1.9840)]
    [InlineData(100000, 1.9600)]
    public void The_quantiles_of_Student_are_those_of_the_tables(int degrees, double quantile) =>
        Assert.Equal(quantile, StudentT.Quantile(degrees), 1e-4);

    private static double Covered(Func<Key, TraceEstimate> estimate, double trace)
    {
        const int Keys = 400;
        return Enumerable.Range(0, Keys).Count(i => estimate(Key.FromSeed((ulong)i)).Covers(trace)) / (double)Keys;
    }

    // Wasserstein's: the area between the two shares.
    private static double Distance(SpectralDensity density, double[] exact)
    {
        double[] places = [.. density.Values.Concat(exact).Order()];
        double area = 0;
        for (int i = 1; i < places.Length; i++)
            area += (places[i] - places[i - 1]) * Math.Abs(
                density.ShareUpTo(places[i - 1]) - exact.Count(value => value <= places[i - 1]) / (double)exact.Length);
        return area;
    }
}
