using System.Globalization;
using Functional.Core.Forms;

namespace Functional.Figures;

/// <summary>An axis: the numbers that it shows, from its beginning to its end, in a line or by their
/// logarithms.</summary>
/// <param name="Title">What they are, with their unit.</param>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends.</param>
/// <param name="IsLogarithmic">Whether equal steps are equal factors.</param>
internal sealed record AxisRange(Phrase Title, double Low, double High, bool IsLogarithmic = false)
{
    private static readonly int[] StepDigits = [1, 2, 5, 10];
    private const double Wide = 30; // logarithms where the largest is more than so many times the least

    /// <summary>Whether only whole numbers stand beside it.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The title; it says where the axis is logarithmic.</summary>
    public Phrase Words => IsLogarithmic ? (Phrase)$"{Title} (logarithmic)" : Title;

    /// <summary>An axis that shows some numbers, with a little room around them. Numbers that are not finite are passed
    /// over.</summary>
    public static AxisRange Of(Phrase title, IEnumerable<double> numbers, bool mayBeLogarithmic = true,
        double room = 0.05)
    {
        double[] finite = [.. numbers.Where(double.IsFinite)];
        if (finite.Length == 0) return new(title, 0, 1);
        double low = finite.Min(), high = finite.Max();
        if (mayBeLogarithmic && low > 0 && high / low > Wide && double.IsFinite(high / low))
        {
            double factor = Math.Pow(high / low, room);
            return new(title, low / factor, high * factor, IsLogarithmic: true);
        }
        if (low == high) room = 1;
        double margin = room * Math.Max(high / 2 - low / 2,
            low == high ? (low == 0 ? 0.5 : Math.Abs(low) / 20) : 0) * 2;
        return new(title, Finite(low - margin), Finite(high + margin));
    }

    /// <summary>A logarithmic axis that shows some numbers, with a little room around them; numbers that are not above
    /// zero have no place. Where none is, it is as any other.</summary>
    public static AxisRange Logarithmic(Phrase title, IEnumerable<double> numbers, double room = 0.05)
    {
        double[] positive = [.. numbers.Where(number => double.IsFinite(number) && number > 0)];
        if (positive.Length == 0) return Of(title, []);
        double low = positive.Min(), high = positive.Max();
        double factor = high > low && double.IsFinite(high / low) ? Math.Pow(high / low, room) : 2;
        return new(title, low / factor, high * factor, IsLogarithmic: true);
    }

    /// <summary>Where a number lies on a ruler of the axis; NaN where it has no place.</summary>
    public double At(double number) =>
        !double.IsFinite(number) ? double.NaN
        : !IsLogarithmic ? number : number > 0 ? Math.Log10(number) : double.NaN;

    /// <summary>Where the axis begins on its ruler, and where it ends.</summary>
    public (double From, double To) Ruler => (At(Low), At(High));

    /// <summary>The share of the axis below a number: 0 at its beginning, 1 at its end.</summary>
    public double Share(double number)
    {
        var (from, to) = Ruler;
        double width = to / 2 - from / 2;
        return width == 0 ? 0.5 : (At(number) / 2 - from / 2) / width;
    }

    /// <summary>Numbers to write beside the axis, and how they are written.</summary>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<(double Number, string Label)> Ticks(int most)
    {
        most = Math.Max(2, most);
        return IsLogarithmic ? Decades(most) : Even(most);
    }

    /// <summary>Numbers with a small tick and no label.</summary>
    public IEnumerable<double> MinorTicks(int most)
    {
        if (!IsLogarithmic) yield break;
        var (from, to) = Ruler;
        if (to - from > most) yield break;
        for (int power = (int)Math.Floor(from); power <= to; power++)
            for (int digit = 2; digit < 10; digit++)
                if (digit * Math.Pow(10, power) is var number && number >= Low && number <= High)
                    yield return number;
    }

    private (double, string)[] Decades(int most)
    {
        var (from, to) = Ruler;
        int first = (int)Math.Ceiling(from - 1e-9), last = (int)Math.Floor(to + 1e-9);
        int stride = Math.Max(1, (int)Math.Ceiling((last - first + 1) / (double)most));
        var found = Enumerable.Range(first, Math.Max(0, last - first + 1)).Where(power => power % stride == 0)
            .Select(power => (Math.Pow(10, power), $"10{Superscript(power)}")).ToArray();
        if (found.Length >= 2) return found;
        var few = FewDecades(most);
        return few.Length > 2 ? few : Even(most);
    }

    // 1, 2 and 5 of each decade, where an axis has few decades: equal steps would crowd at its end.
    private (double, string)[] FewDecades(int most)
    {
        int first = (int)Math.Floor(Ruler.From), last = (int)Math.Floor(Ruler.To);
        bool isFar = Math.Max(Low, High) >= 1e6 || Low < 1e-3;
        return last - first > most ? [] :
        [
            .. from power in Enumerable.Range(first, last - first + 1)
                from digit in StepDigits.Take(3)
                let number = digit * Math.Pow(10, power)
                where number >= Low && number <= High
                select (number, Label(number, Math.Max(0, -power), isFar)),
        ];
    }

    private (double, string)[] Even(int most)
    {
        double raw = High / most - Low / most, power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        if (!(raw > 0) || !(power > 0)) return [(Low, Label(Low, 0, false))];
        double step = StepDigits.Select(digit => digit * power).First(step => step >= raw * 0.999999);
        if (IsWhole) step = Math.Max(1, step);
        int digits = Math.Clamp((int)-Math.Floor(Math.Log10(step) + 1e-9), 0, 300);
        bool isFar = Math.Max(Math.Abs(Low), Math.Abs(High)) is >= 1e6 or < 1e-3;
        double first = Math.Ceiling(Low / step - 1e-9);
        return
        [
            .. Enumerable.Range(0, (int)Math.Floor(High / step - first + 1e-9) + 1).Select(i => (first + i) * step)
                .Select(number => (number, Label(number, digits, isFar))),
        ];
    }

    /// <summary>A number as figures write it, such as 0.25 or 2.5×10⁻⁷.</summary>
    public static string Label(double number, int decimals, bool isFar)
    {
        if (!isFar) return Numerals.Fixed(number, decimals).Replace('-', '−');
        if (Math.Abs(number) < 1e-300) return "0";
        string text = Numerals.Of(number, 4);
        int at = text.IndexOf('e', StringComparison.Ordinal);
        if (at < 0)
        {
            int power = (int)Math.Floor(Math.Log10(Math.Abs(number)) + 1e-12);
            text = Numerals.Of(number / Math.Pow(10, power), 4) + "e" + power.ToString(CultureInfo.InvariantCulture);
            at = text.IndexOf('e', StringComparison.Ordinal);
        }
        int exponent = int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return $"{text[..at].Replace('-', '−')}×10{Superscript(exponent)}";
    }

    private static string Superscript(int number) => string.Concat(
        number.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));

    private static double Finite(double number) => Math.Clamp(number, -double.MaxValue, double.MaxValue);
}
