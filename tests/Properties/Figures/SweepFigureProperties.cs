using Functional;
using Functional.Figures;
using Xunit;

namespace Properties.Drawing;

/// <summary>What the figures of a sweep and of a range test show, where it is more than what they are given.</summary>
public sealed class SweepFigureProperties
{
    private static SweptField Field(params double[] numbers) =>
        new("x", [.. numbers.Select(number => new SweptValue($"{number}", number))]);

    [Fact]
    public void The_interval_of_an_effect_is_that_over_seeds_and_not_over_the_other_fields()
    {
        // The experiments are far from each other by design; from seed to seed nothing changes but by 0.1.
        var groups = MainEffects.Groups(Field(1, 1, 2, 2), [[0.1, 0.2, 0.3], [0.7, 0.8, 0.9], [0.5, 0.5, 0.5],
            [0, double.NaN, 0]]);
        var wanted = SampleMean.Of([0.4, 0.5, 0.6]);
        Assert.Equal([1, 2], groups.Select(group => group.At));
        Assert.Equal(wanted.Mean, groups[0].Mean, 1e-12);
        Assert.Equal(wanted.Half!.Value, groups[0].High - groups[0].Mean, 1e-12);
        Assert.Equal((0.5, 0.5, 0.5), (groups[1].Low, groups[1].Mean, groups[1].High));
    }

    [Fact]
    public void Of_equal_experiments_the_first_is_the_best()
    {
        Assert.Equal([3, 2, 0, 1], ParallelCoordinates.Order([0.9, 0.95, 0.9, 0.1, double.NaN], isBetterLarger: true));
        Assert.Equal([0, 3, 1], ParallelCoordinates.Order([0.9, 0.1, double.NaN, 0.1], isBetterLarger: false));
    }

    [Theory]
    [InlineData(3, 0.89, 0.9975, 0.9)]
    [InlineData(1, -5.0, 30.5)]
    [InlineData(5, 0.5, 0.501)]
    [InlineData(4, 0.5)]
    [InlineData(null, 0.07, 2.5)]
    [InlineData(null, 1.0, 1.0000001)]
    public void Cells_of_a_map_have_the_same_decimals(int? decimals, params double[] means) =>
        Assert.Equal(decimals, ScoreMap.Decimals(means));

    [Theory]
    [InlineData(true, "8 32 128", 8.0, 32.0, 128.0)]
    [InlineData(false, "10 20 30", 10.0, 20.0, 30.0)]
    [InlineData(true, null, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0)]
    [InlineData(false, "0 1", 0.0, 1.0)]
    [InlineData(false, null, 0.0, 1.0, 30.0)]
    public void Numbers_at_even_factors_are_so_on_the_axis_and_few_stand_along_it(
        bool isLogarithmic, string? names, params double[] numbers)
    {
        var field = Field(numbers);
        Assert.Equal(isLogarithmic, field.Axis().IsLogarithmic);
        Assert.Equal(names, field.Names(10, 1000) is { } found ? string.Join(' ', found.Select(one => one.Label)) : null);
    }

    [Fact]
    public void The_end_of_a_range_test_leaves_the_frame_and_its_descent_fills_it()
    {
        double[] smoothed = [3, 3, 2.5, 1, 4, 400], losses = [3.4, 2.9, 2, 0.9, 9, 900];
        Assert.Equal(3.4 + 2.4 / 4, RatePlot.Top(losses, smoothed)!.Value, 1e-12);
        Assert.Null(RatePlot.Top([1, 2, 3], [1, 2, 3]));
        Assert.Null(RatePlot.Top([], []));
    }
}
