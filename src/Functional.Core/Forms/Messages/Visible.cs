using System.Globalization;
using System.Text;

namespace Functional.Core.Forms;

/// <summary>Text that others wrote (names, cells, paths): a terminal should show it, and not obey it.</summary>
internal static class Visible
{
    private const int Most = 40;

    /// <summary>The text on one line: control characters (C0, DEL, C1), line and paragraph separators and marks that
    /// turn the direction of writing stand as escapes, such as \u001b.</summary>
    public static string Line(string text)
    {
        if (!text.Any(IsHidden)) return text;
        var line = new StringBuilder();
        foreach (char sign in text)
            if (IsHidden(sign)) line.Append(CultureInfo.InvariantCulture, $"\\u{(int)sign:x4}");
            else line.Append(sign);
        return line.ToString();
    }

    /// <summary>A value for a message: quoted, on one line, at most 40 characters of it.</summary>
    public static string Quoted(ReadOnlySpan<char> value)
    {
        if (value.Length <= Most) return $"\"{Line(value.ToString())}\"";
        int end = char.IsHighSurrogate(value[Most - 1]) ? Most - 1 : Most; // never half of a character
        return $"\"{Line(value[..end].ToString())}...\"";
    }

    private static bool IsHidden(char sign) =>
        char.IsControl(sign)
        || sign is '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
