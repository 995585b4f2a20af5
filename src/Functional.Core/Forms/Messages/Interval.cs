using System.Globalization;

namespace Functional;

/// <summary>The numbers that a field may hold, and how a message says so.</summary>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends.</param>
/// <param name="LowOpen">Whether its beginning is outside it.</param>
/// <param name="HighOpen">Whether its end is outside it.</param>
public sealed record Interval(double Low, double High, bool LowOpen = false, bool HighOpen = false) : IPhrased
{
    /// <summary>Any finite number.</summary>
    public static Interval Any { get; } = new(-double.MaxValue, double.MaxValue);
    /// <summary>Above 0.</summary>
    public static Interval Positive { get; } = new(0, double.MaxValue, LowOpen: true);
    /// <summary>0 or above.</summary>
    public static Interval NotNegative { get; } = new(0, double.MaxValue);
    /// <summary>0 &lt;= x &lt; 1.</summary>
    public static Interval ZeroToBelowOne { get; } = new(0, 1, HighOpen: true);
    /// <summary>0 &lt; x &lt;= 1.</summary>
    public static Interval ZeroToOne { get; } = new(0, 1, LowOpen: true);
    /// <summary>0 &lt; x &lt; 1.</summary>
    public static Interval WithinZeroAndOne { get; } = new(0, 1, LowOpen: true, HighOpen: true);

    /// <summary>From one number to another, both among them.</summary>
    public static Interval Between(double low, double high) => new(low, high);

    /// <summary>Whether a number lies in it.</summary>
    public bool Contains(double x) => (LowOpen ? x > Low : x >= Low) && (HighOpen ? x < High : x <= High);

    /// <summary>As a message says it: "at least 1 and finite".</summary>
    public override string ToString() => Words.ToString();

    Phrase IPhrased.Words => Words;

    // As a message says it, in any language.
    private Phrase Words
    {
        get
        {
            string low = Text(Low), high = Text(High);
            if ((Low, High) == (-double.MaxValue, double.MaxValue)) return $"finite";
            if (High == double.MaxValue)
                return LowOpen ? (Phrase)$"above {low} and finite" : $"at least {low} and finite";
            return LowOpen || HighOpen
                ? (Phrase)$"{low} {Sign(LowOpen)} x {Sign(HighOpen)} {high}"
                : $"between {low} and {high}";
        }
    }

    private static string Sign(bool open) => open ? "<" : "<=";
    private static string Text(double x) => x.ToString("R", CultureInfo.InvariantCulture);
}
