using SkiaSharp;

namespace Functional.Figures;

/// <summary>The letters of figures. They come with the library, so that a figure looks the same on a machine without
/// fonts.</summary>
internal static class Typefaces
{
    private static readonly SKTypeface Regular = Load("OpenSans-Regular.ttf"), Bold = Load("OpenSans-Semibold.ttf");

    /// <summary>The typeface for a text: one of the machine's where the library's has not all of its letters.</summary>
    public static SKTypeface For(string text, bool isBold)
    {
        var own = isBold ? Bold : Regular;
        if (own.ContainsGlyphs(text)) return own;
        foreach (var rune in text.EnumerateRunes())
            if (!own.ContainsGlyphs(rune.ToString())
                && SKFontManager.Default.MatchCharacter(rune.Value) is { } other)
                return other;
        return own;
    }

    private static SKTypeface Load(string name)
    {
        using var stream = typeof(Typefaces).Assembly.GetManifestResourceStream(name)!;
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
