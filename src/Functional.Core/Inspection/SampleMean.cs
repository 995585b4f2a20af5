using System.Globalization;
using Functional.Core.Forms;
using Functional.Core.Inspection;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>What an experiment was repeated over.</summary>
public enum RepeatedOver
{
    /// <summary>Seeds: other first weights, orders, masks and parts.</summary>
    Seeds,

    /// <summary>The folds of a cross-validation.</summary>
    Folds,

    /// <summary>Resamples of what is learned from.</summary>
    Resamples,
}

/// <summary>The mean of a number that was measured several times.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Half">Half of its 95 % interval, by Student's t; none of one number.</param>
/// <param name="Deviation">The standard deviation of the numbers, of one less than their count; none of one
/// number.</param>
/// <param name="Count">How many numbers.</param>
/// <param name="Over">What they are numbers of.</param>
public sealed record SampleMean(double Mean, double? Half, double? Deviation, int Count, RepeatedOver Over) : IPhrased
{
    private const int MostDecimals = 15;

    /// <summary>That of some numbers, in the order of numeric law 2: everyone has the same digits.</summary>
    /// <param name="numbers">At least one.</param>
    /// <param name="over">What they are numbers of.</param>
    public static SampleMean Of(IReadOnlyList<double> numbers, RepeatedOver over = RepeatedOver.Seeds)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentOutOfRangeException.ThrowIfZero(numbers.Count);
        int count = numbers.Count;
        double mean = Reduce.Sum<double>(numbers.ToArray()) / count;
        if (count < 2) return new(mean, null, null, count, over);
        double[] squares = [.. numbers.Select(number => (number - mean) * (number - mean))];
        double variance = Reduce.Sum<double>(squares) / (count - 1);
        return new(
            mean, StudentT.Quantile(count - 1) * Math.Sqrt(variance / count), Math.Sqrt(variance), count, over);
    }

    /// <summary>Such as "0.9733 ± 0.0027 (95 %, 20 seeds)".</summary>
    public override string ToString() => Words.ToString();

    /// <summary>The mean and half of its interval, both to its second digit; the mean alone where there is no
    /// interval.</summary>
    internal string Short => Half switch
    {
        > 0 and var half when double.IsFinite(half) && Decimals(half) is <= MostDecimals and var decimals =>
            $"{Numerals.Fixed(Mean, decimals)} ± {Numerals.Fixed(half, decimals)}",
        0 when Mean == 0 || Math.Abs(Mean) >= 0.001 => $"{Numerals.Fixed(Mean, 4)} ± {Numerals.Fixed(0, 4)}",
        { } half => $"{Numerals.Of(Mean, 5)} ± {Numerals.Of(half, 2)}",
        null => Numerals.Of(Mean, 5),
    };

    Phrase IPhrased.Words => Words;

    private Phrase Words => Half is null ? (Phrase)$"{Short} ({Counted(Count, Over)})"
        : $"{Short} (95 %, {Counted(Count, Over)})";

    /// <summary>How many of what.</summary>
    internal static Phrase Counted(int count, RepeatedOver over) => over switch
    {
        RepeatedOver.Folds => count == 1 ? (Phrase)$"1 fold" : $"{count} folds",
        RepeatedOver.Resamples => count == 1 ? (Phrase)$"1 resample" : $"{count} resamples",
        _ => Core.Forms.Counted.Seeds(count),
    };

    // Decimals that show two digits of a number.
    private static int Decimals(double number)
    {
        string text = number.ToString("E1", CultureInfo.InvariantCulture);
        int exponent = int.Parse(text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1),
            NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return Math.Max(0, 1 - exponent);
    }
}
