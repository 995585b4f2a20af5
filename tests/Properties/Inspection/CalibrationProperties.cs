using CsCheck;
using Functional.Core.Inspection;
using Functional.Core.Metrics;
using Functional.Core.Numbers;
using Properties.Generators;
using Xunit;

namespace Properties.Inspection;

/// <summary>The samples of a classifier by how sure it is.</summary>
public sealed class CalibrationProperties
{
    [Fact]
    public void Gaps_of_fifteen_bins_add_up_to_the_calibration_error() => Any.Judged.Sample(judged =>
    {
        var bins = Calibration.Bins(judged.Probabilities, judged.Labels);
        double gaps = bins.Where(bin => bin.Weight > 0).Sum(bin => bin.Weight * Math.Abs(bin.Right - bin.Confidence));
        double error = Probabilistic.CalibrationError(judged.Probabilities, judged.Labels);
        return Math.Abs(gaps / judged.Labels.Length - error) < 1e-12;
    });

    [Fact]
    public void Every_sample_is_in_a_bin_of_its_confidence() => Gen.Select(Any.Judged, Gen.Int[1, 20]).Sample(
        (judged, count) => Calibration.Bins(judged.Probabilities, judged.Labels, bins: count) is var bins
            && bins.Count == count && bins.Sum(bin => bin.Weight) == judged.Labels.Length
            && bins.Where(bin => bin.Weight > 0).All(bin =>
                bin.Confidence > bin.Low - 1e-12 && bin.Confidence <= bin.High + 1e-12));

    [Fact]
    public void Whoever_is_sure_and_right_is_calibrated() => Gen.Int[0, 3].Array[1, 40].Sample(labels =>
        Calibration.Bins(
            Matrix<double>.Of([.. labels.Select(label =>
                Enumerable.Range(0, 4).Select(k => k == label ? 1.0 : 0).ToArray())]),
            Vec<int>.Of(labels)) is var bins
        && bins[^1] is { Confidence: 1, Right: 1 } last && last.Weight == labels.Length);

    [Fact]
    public void The_interval_of_a_share_holds_it() => Gen.Select(Gen.Int[1, 500], Gen.Int[0, 500])
        .Where((all, right) => right <= all).Sample((all, right) =>
            new CalibrationBin(0, 1, all, 0.5, (double)right / all) is { RightRange: var (low, high), Right: var share }
            && low >= 0 && high <= 1 && low <= share + 1e-12 && share <= high + 1e-12);

    // 8 of 10: Wilson's interval is 0.4902 to 0.9433.
    [Fact]
    public void The_interval_is_that_of_Wilson()
    {
        var (low, high) = new CalibrationBin(0, 1, 10, 0.8, 0.8).RightRange;
        Assert.Equal((0.4902, 0.9433), (Math.Round(low, 4), Math.Round(high, 4)));
    }
}
