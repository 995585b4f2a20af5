namespace Functional.Figures;

/// <summary>A value of a field that a sweep varied.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Number">The number that it is; none where it is none.</param>
public sealed record SweptValue(string Text, double? Number);

/// <summary>A field that a sweep varied.</summary>
/// <param name="Name">Its path.</param>
/// <param name="Values">Its value in each experiment.</param>
public sealed record SweptField(string Name, Items<SweptValue> Values)
{
    /// <summary>Whether numbers have a place of their own each, too, beside the next one.</summary>
    internal bool IsNamed { get; init; }

    /// <summary>Whether the axis is one of numbers; else each value has a place of its own.</summary>
    internal bool IsNumber => AreNumbers && !IsNamed;

    private bool AreNumbers =>
        Values.Count > 0 && Values.All(value => value.Number is { } number && double.IsFinite(number));

    /// <summary>The values that differ, in the order of their places: that of numbers, or in which they come.</summary>
    internal IReadOnlyList<SweptValue> Distinct => AreNumbers
        ? [.. Values.Distinct().OrderBy(value => value.Number)]
        : [.. Values.Distinct()];

    /// <summary>Where a value lies on the axis.</summary>
    internal double At(SweptValue value) => IsNumber
        ? value.Number!.Value
        : Distinct.Index().First(other => other.Item == value).Index;

    /// <summary>The axis; names stand in place of numbers where values are none.</summary>
    internal AxisRange Axis(double room = 0.06) => IsNumber
        ? AreByFactors
            ? AxisRange.Logarithmic(Phrase.Verbatim(Name), Values.Select(value => value.Number!.Value), room)
            : AxisRange.Of(Phrase.Verbatim(Name), Values.Select(value => value.Number!.Value), room: room)
        : new(Phrase.Verbatim(Name), -0.5, Math.Max(1, Distinct.Count) - 0.5);

    /// <summary>What stands along the axis in place of its own ticks: names, and numbers that are few and far enough from
    /// each other.</summary>
    /// <param name="size">Of their letters.</param>
    /// <param name="most">The width that each has.</param>
    internal IReadOnlyList<(double Number, string Label)>? Names(float size, float most) => IsNumber
        ? Few(size, most)
        : [.. Distinct.Select((value, place) => ((double)place, Page.Shortened(value.Text, size, most)))];

    // Whether a few numbers, such as 8, 32, 128, lie at more even factors than distances.
    private bool AreByFactors
    {
        get
        {
            double[] numbers = [.. Values.Select(value => value.Number!.Value).Distinct().Order()];
            return numbers.Length is > 2 and < 13 && numbers[0] > 0
                && Unevenness(numbers.Select(number => Math.Log(number))) < Unevenness(numbers);
        }
    }

    private IReadOnlyList<(double, string)>? Few(float size, float most)
    {
        const int MostNumbers = 7;
        var (distinct, axis) = (Distinct, Axis());
        if (distinct.Count is < 2 or > MostNumbers
            || distinct.Any(value => Page.WidthOf(value.Text, size) > most))
            return null;
        double[] shares = [.. distinct.Select(value => axis.Share(value.Number!.Value))];
        return shares.Zip(shares.Skip(1), (one, next) => next - one).Min() >= 0.6 / distinct.Count
            ? [.. distinct.Select(value => (value.Number!.Value, value.Text))]
            : null;
    }

    private static double Unevenness(IEnumerable<double> ascending)
    {
        double[] numbers = [.. ascending];
        double[] gaps = [.. numbers.Zip(numbers.Skip(1), (one, next) => next - one)];
        return gaps.Max() / gaps.Min();
    }
}
