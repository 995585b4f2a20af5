using System.Globalization;

namespace Functional.Core.Forms;

/// <summary>Numbers as people write them: 0.25, 12.3, 2.7e-16; never -0.</summary>
internal static class Numerals
{
    // From so many digits on, as many are shown as it takes to tell the number from all others.
    private const int Shortest = 17;

    /// <summary>A number with so many digits after the point.</summary>
    public static string Fixed(double number, int digits)
    {
        string text = number.ToString($"F{digits}", CultureInfo.InvariantCulture);
        return text.StartsWith('-') && text.AsSpan(1).IndexOfAnyExcept('0', '.') < 0 ? text[1..] : text;
    }

    /// <summary>A number with so many significant digits.</summary>
    public static string Of(double number, int digits = 4)
    {
        // Adding 0.0 turns -0 into 0.
        string text = (number + 0.0).ToString(digits >= Shortest ? "R" : $"G{digits}", CultureInfo.InvariantCulture);
        int exponent = char.IsAsciiDigit(text[^1]) ? text.IndexOf('E', StringComparison.Ordinal) : -1;
        return exponent < 0
            ? text
            : $"{text[..exponent]}e"
                + $"{int.Parse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)}"
                ;
    }
}
