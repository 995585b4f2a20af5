namespace Functional.Core.Forms;

/// <summary>Texts that look alike are equal: é is one character, also where it was written as e and an accent
/// (Unicode's form C).</summary>
internal static class Composed
{
    /// <summary>Whether this process can do it: without globalization .NET leaves texts as they are.</summary>
    public static bool IsPossible { get; } = "e\u0301".Normalize().Length == 1;

    /// <summary>Whether a text has an accent of its own, which form C may join to the letter before it.</summary>
    public static bool HasAccents(string text) => text.AsSpan().IndexOfAnyInRange('\u0300', '\u036f') >= 0;

    /// <summary>The text in form C; as it is where it is no valid Unicode.</summary>
    public static string Of(string text)
    {
        try
        {
            return text.Normalize();
        }
        catch (ArgumentException) // half of a surrogate pair
        {
            return text;
        }
    }
}
