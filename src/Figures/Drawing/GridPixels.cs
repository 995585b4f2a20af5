using Functional.Core.Numbers;
using SkiaSharp;

namespace Functional.Figures;

/// <summary>Pictures of numbers on a grid, finer than the grid.</summary>
internal static class GridPixels
{
    /// <summary>A square of pixels, each with the colour of its place in the grid: columns and rows from 0
    /// on.</summary>
    public static SKBitmap Of(Matrix<double> numbers, int size, Func<double, double, SKColor> color)
    {
        var pixels = new SKBitmap(size, size, SKColorType.Rgba8888, SKAlphaType.Premul);
        var colors = new SKColor[size * size];
        for (int v = 0; v < size; v++)
            for (int u = 0; u < size; u++)
                colors[(size - 1 - v) * size + u] = color(
                    (u + 0.5) / size * (numbers.Columns - 1), (v + 0.5) / size * (numbers.Rows - 1));
        pixels.Pixels = colors;
        return pixels;
    }

    /// <summary>The share of an axis between the points of the grid around a place, linear from each to the next;
    /// NaN as far as the nearest has none.</summary>
    public static double Between(Matrix<double> numbers, AxisRange range, double x, double y)
    {
        if (double.IsNaN(range.At(numbers[(int)Math.Round(y), (int)Math.Round(x)]))) return double.NaN;
        double sum = 0, weights = 0;
        for (int row = (int)y; row <= Math.Min((int)y + 1, numbers.Rows - 1); row++)
            for (int column = (int)x; column <= Math.Min((int)x + 1, numbers.Columns - 1); column++)
            {
                double weight = (1 - Math.Abs(row - y)) * (1 - Math.Abs(column - x));
                double share = range.Share(numbers[row, column]);
                if (weight <= 0 || double.IsNaN(share)) continue;
                sum += weight * share;
                weights += weight;
            }
        return sum / weights;
    }
}
