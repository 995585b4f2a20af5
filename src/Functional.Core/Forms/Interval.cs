using System.Globalization;

namespace Functional;

/// <summary>The numbers that a field may hold, and how a message says so.</summary>
internal sealed record Interval(double Low, double High, bool LowOpen = false, bool HighOpen = false)
{
    public static readonly Interval Any = new(-double.MaxValue, double.MaxValue);
    public static readonly Interval Positive = new(0, double.MaxValue, LowOpen: true);
    public static readonly Interval NotNegative = new(0, double.MaxValue);
    public static readonly Interval ZeroToBelowOne = new(0, 1, HighOpen: true);
    public static readonly Interval ZeroToOne = new(0, 1, LowOpen: true);
    public static readonly Interval WithinZeroAndOne = new(0, 1, LowOpen: true, HighOpen: true);

    public static Interval Between(double low, double high) => new(low, high);

    public bool Contains(double x) => (LowOpen ? x > Low : x >= Low) && (HighOpen ? x < High : x <= High);

    public override string ToString() => (Low, High) switch
    {
        (-double.MaxValue, double.MaxValue) => "finite",
        (_, double.MaxValue) when LowOpen => $"above {Text(Low)} and finite",
        (_, double.MaxValue) => $"at least {Text(Low)} and finite",
        _ when LowOpen || HighOpen => $"{Text(Low)} {Sign(LowOpen)} x {Sign(HighOpen)} {Text(High)}",
        _ => $"between {Text(Low)} and {Text(High)}",
    };

    private static string Sign(bool open) => open ? "<" : "<=";
    private static string Text(double x) => x.ToString("R", CultureInfo.InvariantCulture);
}
