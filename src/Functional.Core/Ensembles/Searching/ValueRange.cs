using System.Globalization;
using Functional.Core.Numbers.Functions;
using NaturalLog = Functional.Core.Numbers.Functions.Log;

namespace Functional;

/// <summary>Numbers from one to another, both among them: at even steps, or at even factors. Where a field is whole
/// they are rounded to whole numbers, each once.</summary>
/// <param name="From">The least; above 0 where steps are factors.</param>
/// <param name="To">The largest, above <paramref name="From"/>.</param>
/// <param name="Count">How many, 2 to 10000; none for any number between them, which a random search draws.</param>
/// <param name="IsLogarithmic">Whether steps are factors.</param>
public sealed record ValueRange(double From, double To, int? Count = null, bool IsLogarithmic = false)
{
    private const int MostValues = 10_000;

    /// <summary>At even factors: 0.01, 0.1, 1.</summary>
    public static ValueRange Log(double from, double to, int? count = null) => new(from, to, count, true);

    /// <summary>At even steps: 0, 1, 2.</summary>
    public static ValueRange Lin(double from, double to, int? count = null) => new(from, to, count);

    /// <summary>From a text, <c>log:1e-4..1e-1:7</c> or <c>lin:0..1</c>; null where it does not begin as one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fault">What is wrong with it.</param>
    internal static ValueRange? Parse(string text, out Phrase? fault)
    {
        fault = null;
        if (text.Split(':') is not [("log" or "lin") and var kind, ..] parts) return null;
        string[] ends = parts.Length > 1 ? parts[1].Split("..") : [];
        int count = 0;
        if (parts.Length is 2 or 3 && ends.Length == 2 && Number(ends[0], out double from)
            && Number(ends[1], out double to)
            && (parts.Length == 2 || int.TryParse(parts[2], CultureInfo.InvariantCulture, out count)))
            return new(from, to, parts.Length == 2 ? null : count, kind == "log");
        fault = $"it should be written as log:1e-4..1e-1:7, from the least to the largest and how many, or without how "
            + $"many for a random search";
        return null;

        static bool Number(string text, out double number) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>What is wrong with it; null where nothing is.</summary>
    internal Phrase? Fault(bool isWhole)
    {
        if (!double.IsFinite(From) || !double.IsFinite(To) || !(From < To))
            return $"the range goes from {From:R} to {To:R}; it should go up, from one finite number to another";
        if (IsLogarithmic && From <= 0) return $"the range begins at {From:R}; one of factors should begin above 0";
        if (Count is < 2 or > MostValues)
            return $"the range has {Count} values; it should have 2 to {MostValues}, or none where a random search "
                + $"draws them";
        if (isWhole
            && (From != Math.Floor(From) || To != Math.Floor(To) || Math.Max(Math.Abs(From), Math.Abs(To)) > MostWhole))
            return $"the range goes from {From:R} to {To:R}; this field is whole, and its ends should be whole numbers";
        return null;
    }

    private const double MostWhole = 1L << 53;

    /// <summary>Its values, where they are counted.</summary>
    internal IEnumerable<double> Values(bool isWhole)
    {
        int last = (Count ?? 0) - 1;
        var values = Enumerable.Range(0, last + 1)
            .Select(i => i == 0 ? From : i == last ? To : Between(i / (double)last));
        return isWhole ? values.Select(value => Math.Round(value)).Distinct() : values;
    }

    /// <summary>The value at a share of the range, 0 to below 1: of whole numbers at even steps each has the same
    /// share.</summary>
    internal double At(double share, bool isWhole) => !isWhole ? Between(share)
        : IsLogarithmic ? Math.Clamp(Math.Round(Between(share)), From, To)
        : Math.Min(From + Math.Floor(share * (To - From + 1)), To);

    /// <summary>As it is written.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsLogarithmic ? "log" : "lin")}:{From:R}..{To:R}{(Count is { } count ? $":{count}" : "")}");

    // Through the logarithms of the ends; never beyond them. Twelve digits are kept: 0.1 is 0.1, as people write it.
    private double Between(double share)
    {
        double low = IsLogarithmic ? Elementary.Of<NaturalLog>(From) : From,
            high = IsLogarithmic ? Elementary.Of<NaturalLog>(To) : To, at = low + share * (high - low);
        string digits = (IsLogarithmic ? Elementary.Of<Exp>(at) : at).ToString("G12", CultureInfo.InvariantCulture);
        return Math.Clamp(double.Parse(digits, CultureInfo.InvariantCulture), From, To);
    }
}
