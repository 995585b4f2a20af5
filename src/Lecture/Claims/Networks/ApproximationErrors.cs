using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>The errors of trained and of built nets, by inputs, width, seed and kind of function.</summary>
internal sealed class ApproximationErrors(
    ClaimTrials trials, IReadOnlyList<double[]>[][] trained, IReadOnlyList<double[]>[] stairs)
{
    private static readonly int[] Widths = ApproximationTrials.Widths, Stairs = ApproximationTrials.Stairs;

    /// <summary>How many functions some width reaches.</summary>
    public int Reached(double tolerance) => trained.Sum(widths => Enumerable.Range(0, trials.Seeds)
        .Sum(seed => Enumerable.Range(0, RidgeSum.Families)
            .Count(family => widths.Any(width => width[seed][family] <= tolerance))));

    /// <summary>The slope of each seed.</summary>
    public double[] Slopes(int family, int inputs) => [.. Enumerable.Range(0, trials.Seeds).Select(seed =>
        PowerLaw.Exponent([.. Widths.Select(width => (double)width)],
            [.. trained[inputs - 1].Select(width => width[seed][family])]))];

    /// <summary>The median over seeds.</summary>
    public double Median(int inputs, int width, int family) =>
        Measurement.Median("error", [.. trained[inputs][width].Select(seed => seed[family])]).Value;

    /// <summary>The least trained width whose median is below a tolerance; NaN where there is none.</summary>
    public double UnitsTrained(int inputs, int family, double tolerance) => Widths.Index()
        .Where(width => Median(inputs, width.Index, family) <= tolerance)
        .Select(width => (double)width.Item).FirstOrDefault(double.NaN);

    /// <summary>The least number of steep units whose median is below a tolerance; NaN where there is none.</summary>
    public double UnitsBuilt(int inputs, int family, double tolerance) => Stairs.Index()
        .Where(stair => Measurement.Median("error",
            [.. stairs[inputs].Select(seed =>
                seed[family * (1 + Stairs.Length) + 1 + stair.Index])]).Value <= tolerance)
        .Select(stair => (double)stair.Item * Ridges(family)).FirstOrDefault(double.NaN);

    private static int Ridges(int family) => ApproximationTrials.Function(default, family, 1).Ridges.Length;
}

/// <summary>The largest errors on random waves of C = 1: of fixed bases of harmonics and of built nets, by inputs and
/// seed.</summary>
internal sealed class WaveErrors(ClaimTrials trials, UnitKind kind, bool isAlongAxis)
{
    /// <summary>In how many dimensions.</summary>
    public static readonly int[] Dimensions = [1, 2, 4];

    private readonly IReadOnlyList<double[]>[] worst = [.. Dimensions.Select(inputs =>
        trials.Each($"{inputs} inputs, waves", trials.Seeds,
            seed => RandomWaves.Worst(trials.KeyOf(seed), inputs, kind, isAlongAxis)))];

    /// <summary>How many functions each fixed basis has.</summary>
    public double[] Functions(int inputs) =>
        [.. RandomWaves.Harmonics.Select(count => RandomWaves.Functions(count, isAlongAxis ? 1 : inputs))];

    /// <summary>The slope of log error of the fixed bases against log number of functions, of each seed.</summary>
    public double[] FixedSlopes(int inputs) => [.. Of(inputs).Select(numbers =>
        PowerLaw.Exponent(Functions(inputs), numbers[..RandomWaves.Harmonics.Length]))];

    /// <summary>The slope of log error of the built nets against log units, of each seed.</summary>
    public double[] UnitSlopes(int inputs) => [.. Of(inputs).Select(numbers => PowerLaw.Exponent(
        [.. RandomWaves.Units.Select(n => (double)n)], numbers[RandomWaves.Harmonics.Length..]))];

    /// <summary>The median over seeds of the error of each fixed basis.</summary>
    public double[] Fixed(int inputs) => [.. Medians(inputs).Take(RandomWaves.Harmonics.Length)];

    /// <summary>The median over seeds of the error of each built net.</summary>
    public double[] Built(int inputs) => [.. Medians(inputs).Skip(RandomWaves.Harmonics.Length)];

    /// <summary>The largest error of a built net over Barron's (2 r C)²/n: C is 1, and r = √d is the radius of the
    /// ball around the cube.</summary>
    public double BarronRatio => Dimensions.Max(inputs => Of(inputs).Max(numbers =>
        RandomWaves.Units.Index().Max(n => numbers[RandomWaves.Harmonics.Length + n.Index] * n.Item / (4 * inputs))));

    private IReadOnlyList<double[]> Of(int inputs) => worst[Array.IndexOf(Dimensions, inputs)];

    private IEnumerable<double> Medians(int inputs) => Of(inputs)[0].Select((_, i) =>
        Measurement.Median("error", [.. Of(inputs).Select(numbers => numbers[i])]).Value);
}
