using System.Text;
using SkiaSharp;

namespace Functional.Figures;

internal sealed partial class Page
{
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻", Lowered = "₀₁₂₃₄₅₆₇₈₉₋", Level = "0123456789−";
    private const float ShiftedSize = 0.72f, RaisedBy = 0.36f, LoweredBy = -0.16f;

    /// <summary>The least size that letters get where they have to fit, as a share of their own.</summary>
    public const float Least = 0.72f;

    /// <summary>A line of text. Superscripts are written small and raised, subscripts small and lowered.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="x">Where its anchor is.</param>
    /// <param name="y">The same downwards.</param>
    /// <param name="size">Of the letters.</param>
    /// <param name="color">Of the letters.</param>
    /// <param name="across">Where the anchor is in the text: 0 at its beginning, 1 at its end.</param>
    /// <param name="down">0 at its top, 1 at its bottom.</param>
    /// <param name="turn">Degrees, clockwise, about the anchor.</param>
    /// <param name="isBold">Whether letters are bold.</param>
    /// <param name="most">The width it has to fit in: letters get a little smaller, then it is cut.</param>
    /// <param name="halo">The colour around letters, where they stand on a picture.</param>
    public void Text(
        string text, float x, float y, float size, SKColor color, float across = 0.5f, float down = 0.5f,
        float turn = 0, bool isBold = false, float most = float.PositiveInfinity, SKColor? halo = null)
    {
        float width = WidthOf(text, size, isBold);
        if (width > most)
        {
            size *= Math.Max(Least, 0.98f * most / width); // widths do not shrink quite as sizes do
            text = Shortened(text, size, most, isBold);
            width = WidthOf(text, size, isBold);
        }
        canvas.Save();
        canvas.Translate(x, y);
        if (turn != 0) canvas.RotateDegrees(turn);
        float at = -across * width, baseline = size * (0.74f - 0.8f * down);
        foreach (var (run, shift) in Runs(text))
        {
            using var font = FontOf(run, shift == 0 ? size : ShiftedSize * size, isBold);
            float raise = shift * size;
            if (halo is { } ground) canvas.DrawText(run, at, baseline - raise, font, Stroke(ground, 0.22f * size));
            canvas.DrawText(run, at, baseline - raise, font, Fill(color));
            at += font.MeasureText(run);
        }
        canvas.Restore();
    }

    /// <summary>How wide a text is.</summary>
    public static float WidthOf(string text, float size, bool isBold = false)
    {
        float width = 0;
        foreach (var (run, shift) in Runs(text))
        {
            using var font = FontOf(run, shift == 0 ? size : ShiftedSize * size, isBold);
            width += font.MeasureText(run);
        }
        return width;
    }

    /// <summary>The text, or its beginning and an ellipsis where it is too wide.</summary>
    public static string Shortened(string text, float size, float most, bool isBold = false)
    {
        if (WidthOf(text, size, isBold) <= most + 0.01f) return text;
        var runes = text.EnumerateRunes().ToArray();
        int low = 0, high = runes.Length;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (WidthOf(Cut(middle), size, isBold) <= most) low = middle;
            else high = middle - 1;
        }
        return Cut(low);

        string Cut(int length) => string.Concat(runes.Take(length)).TrimEnd() + "…";
    }

    /// <summary>Lines no wider than allowed, broken between words; the last one holds what is left.</summary>
    public static IReadOnlyList<string> Wrapped(string text, float size, float most, int lines)
    {
        var found = new List<string>();
        var line = new StringBuilder();
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && found.Count < lines - 1 && WidthOf($"{line} {word}", size) > most)
            {
                found.Add(line.ToString());
                line.Clear();
            }
            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }
        found.Add(line.ToString());
        return found;
    }

    private static SKFont FontOf(string text, float size, bool isBold) => new(Typefaces.For(text, isBold), size)
    {
        Subpixel = true,
        Edging = SKFontEdging.Antialias,
        Hinting = SKFontHinting.None,
        LinearMetrics = true,
    };

    // Stretches of letters that stand equally high, and by how much of their size they are raised.
    private static IEnumerable<(string Run, float Shift)> Runs(string text)
    {
        for (int from = 0, to; from < text.Length; from = to)
        {
            float shift = ShiftOf(text[from]);
            for (to = from + 1; to < text.Length && ShiftOf(text[to]) == shift;) to++;
            yield return (shift == 0 ? text[from..to] : string.Concat(text[from..to].Select(OnLine)), shift);
        }
    }

    private static float ShiftOf(char letter) => Raised.Contains(letter, StringComparison.Ordinal) ? RaisedBy
        : Lowered.Contains(letter, StringComparison.Ordinal) ? LoweredBy
        : 0;

    private static char OnLine(char letter) =>
        Level[Math.Max(Raised.IndexOf(letter, StringComparison.Ordinal), Lowered.IndexOf(letter, StringComparison.Ordinal))];
}
