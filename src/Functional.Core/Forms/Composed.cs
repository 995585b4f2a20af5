namespace Functional.Core.Forms;

/// <summary>Texts that look alike are equal: é is one character, also where it was written as e and an accent (Unicode's form C).</summary>
internal static class Composed
{
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
