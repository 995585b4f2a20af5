using Functional.Core.Numbers;

namespace Functional.Data;

/// <summary>Dates as numbers.</summary>
internal static class DatePart
{
    /// <summary>Days since the first of January 1970, the time of day as a fraction.</summary>
    public static double Days(DateTime date) => (date.Ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerDay;

    /// <summary>Year, month, day and day of the week (Monday is 1) as columns of their own.</summary>
    /// <param name="name">The column's name, which theirs begin with.</param>
    /// <param name="days">Days since 1970; a missing one is NaN.</param>
    public static IEnumerable<Column> All(string name, double[] days)
    {
        (string Part, Func<DateTime, double> Of)[] parts =
            [("year", date => date.Year), ("month", date => date.Month), ("day", date => date.Day),
                ("weekday", date => ((int)date.DayOfWeek + 6) % 7 + 1)];
        return parts.Select(part => new Column.Numbers($"{name}_{part.Part}", Vec<double>.Freeze(
            [.. days.Select(day => double.IsNaN(day)
                ? double.NaN
                : part.Of(DateTime.UnixEpoch.AddTicks((long)Math.Round(day * TimeSpan.TicksPerDay))))])));
    }
}
