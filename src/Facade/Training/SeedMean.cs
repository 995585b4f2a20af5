using Functional.Core.Curvature;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>A mean over seeds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Half">Half of its 95 % interval, by Student's t; none of one seed.</param>
public sealed record SeedMean(double Mean, double? Half)
{
    /// <summary>That of some numbers, in the order of numeric law 2.</summary>
    /// <param name="numbers">At least one.</param>
    public static SeedMean Of(IReadOnlyList<double> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        int count = numbers.Count;
        double mean = Reduce.Sum<double>(numbers.ToArray()) / count;
        if (count < 2) return new(mean, null);
        double[] squares = [.. numbers.Select(number => (number - mean) * (number - mean))];
        double variance = Reduce.Sum<double>(squares) / (count - 1);
        return new(mean, Traces.StudentT(count - 1) * Math.Sqrt(variance / count));
    }
}
