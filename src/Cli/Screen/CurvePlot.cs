using System.Text;
using Functional.Core.Forms;

namespace Functional.Cli;

/// <summary>Curves on a terminal, in dots of Braille: two columns and four rows of them a character.</summary>
internal static class CurvePlot
{
    private const int Columns = 2, Rows = 4;
    private const char Blank = '\u2800';

    // The bit of each dot, row by row. (Unicode, block U+2800)
    private static readonly byte[,] Dots = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    /// <summary>
    /// The lines of a plot of one curve: its numbers over their places, from the least to the greatest.
    /// </summary>
    /// <param name="numbers">At least one; what is not finite leaves a gap.</param>
    /// <param name="low">The number at the bottom.</param>
    /// <param name="high">The number at the top.</param>
    /// <param name="width">In characters.</param>
    /// <param name="height">In characters.</param>
    public static IEnumerable<string> Lines(
        IReadOnlyList<double> numbers, double low, double high, int width, int height)
    {
        var cells = new byte[height, width];
        int right = Columns * width - 1, top = Rows * height - 1;
        int? before = null;
        for (int x = 0; x <= right; x++)
        {
            double number = numbers[(int)Math.Round((double)x / right * (numbers.Count - 1))];
            if (!double.IsFinite(number))
            {
                before = null;
                continue;
            }
            double share = high > low ? Math.Clamp((number - low) / (high - low), 0, 1) : 0.5;
            int y = (int)Math.Round(share * top);
            for (int at = Math.Min(before ?? y, y); at <= Math.Max(before ?? y, y); at++)
                cells[(top - at) / Rows, x / Columns] |= Dots[(top - at) % Rows, x % Columns];
            before = y;
        }
        for (int row = 0; row < height; row++)
        {
            var line = new StringBuilder();
            for (int column = 0; column < width; column++) line.Append((char)(Blank + cells[row, column]));
            string label = row == 0 ? Numerals.Of(high, 3) : row == height - 1 ? Numerals.Of(low, 3) : "";
            yield return $"{label,9} {line.ToString().TrimEnd(Blank)}";
        }
    }
}
