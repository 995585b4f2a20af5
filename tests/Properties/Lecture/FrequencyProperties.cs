using CsCheck;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Functional.Lecture;
using Xunit;

namespace Properties.Lecture;

/// <summary>Low frequencies first. (Rahaman et al., 2019)</summary>
public sealed class FrequencyProperties
{
    private static readonly Gen<Waves> AnyWaves = Gen.Select(
        Gen.ULong.Select(Key.FromSeed), Gen.Double[0.1, 2].Array[10],
        (key, amplitudes) => Waves.Of(key, [.. amplitudes]));

    [Fact]
    public void Of_nothing_every_frequency_is_missing_and_of_everything_none() => AnyWaves.Sample(waves =>
        waves.Missing(Vec<float>.Zeros(Waves.Points)).All(share => Math.Abs(share - 1) < 1e-9)
        && waves.Missing(Of(waves.Values)).All(share => share < 1e-5));

    // A net that has learned some frequencies and not the others.
    [Fact]
    public void The_frequencies_do_not_hear_each_other() =>
        Gen.Select(AnyWaves, Gen.ULong, Gen.Bool.Array[10]).Sample((waves, seed, learned) =>
        {
            var some = Waves.Of(
                Key.FromSeed(seed), [.. waves.Amplitudes.Select((height, k) => learned[k] ? height : 0)]);
            var all = Waves.Of(Key.FromSeed(seed), waves.Amplitudes);
            return all.Missing(Of(some.Values)).Select((share, k) => Math.Abs(share - (learned[k] ? 0 : 1)) < 1e-5)
                .All(isSo => isSo);
        });

    [Fact]
    public void Ranks_that_rise_together_correlate_and_ranks_that_part_do_the_opposite() =>
        Gen.Int[-9, 9].Select(x => (double)x).Array[3, 20].Where(xs => xs.Distinct().Count() > 1).Sample(xs =>
            Math.Abs(RankCorrelation.Of(xs, [.. xs.Select(x => x * x * x + 7)]) - 1) < 1e-12
            && Math.Abs(RankCorrelation.Of(xs, [.. xs.Select(x => -x)]) + 1) < 1e-12);

    [Fact]
    public void Rank_correlation_is_that_of_a_known_example() =>
        Assert.Equal(0.8, RankCorrelation.Of([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]), 12);

    private static Vec<float> Of(Vec<double> values) => [.. values.Select(value => (float)value)];
}
