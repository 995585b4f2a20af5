using SkiaSharp;

namespace Functional.Figures;

/// <summary>Marks of points.</summary>
internal enum Mark { Circle, Square, Triangle, Diamond, Down, Cross, Plus, Star, Ring }

internal sealed partial class Page
{
    /// <summary>A mark of a size across, with an edge that sets it off from what is below.</summary>
    public void Point(Mark mark, SKPoint at, float size, SKColor color, SKColor? edge = null, float edgeWidth = 0)
    {
        float r = size / 2;
        if (mark is Mark.Cross or Mark.Plus)
        {
            float d = mark == Mark.Cross ? 0.8f * r : 0;
            foreach (var (color1, width) in edge is { } around
                ? [(around, 0.28f * size + 2 * edgeWidth), (color, 0.28f * size)] : new[] { (color, 0.28f * size) })
            {
                Line(at.X - (d == 0 ? r : d), at.Y - d, at.X + (d == 0 ? r : d), at.Y + d, color1, width);
                Line(at.X - d, at.Y + (d == 0 ? r : d), at.X + d, at.Y - (d == 0 ? r : d), color1, width);
            }
            return;
        }
        if (mark == Mark.Ring)
        {
            if (edge is { } around) canvas.DrawCircle(at, r, Stroke(around, 0.26f * size + 2 * edgeWidth));
            canvas.DrawCircle(at, r, Stroke(color, 0.26f * size));
            return;
        }
        if (mark == Mark.Circle)
        {
            if (edge is { } line && edgeWidth > 0) canvas.DrawCircle(at, r + edgeWidth, Fill(line));
            canvas.DrawCircle(at, r, Fill(color));
            return;
        }
        using var shape = Shape(mark, at, r);
        if (edge is { } rim && edgeWidth > 0) canvas.DrawPath(shape, Stroke(rim, 2 * edgeWidth));
        canvas.DrawPath(shape, Fill(color));
    }

    private static SKPath Shape(Mark mark, SKPoint at, float r)
    {
        var path = new SKPath();
        switch (mark)
        {
            case Mark.Square:
                path.AddRect(SKRect.Create(at.X - 0.88f * r, at.Y - 0.88f * r, 1.76f * r,
                1.76f * r)); break;
            case Mark.Triangle: Corners(3, -90, 1.2f, 1.2f); break;
            case Mark.Down: Corners(3, 90, 1.2f, 1.2f); break;
            case Mark.Diamond: Corners(4, -90, 1.2f, 1.2f); break;
            default: Corners(10, -90, 1.35f, 0.58f); break;
        }
        return path;

        void Corners(int count, double first, float outer, float inner)
        {
            Span<SKPoint> corners = stackalloc SKPoint[count];
            for (int i = 0; i < count; i++)
            {
                double angle = (first + 360.0 * i / count) * Math.PI / 180;
                float length = r * (i % 2 == 0 || count < 10 ? outer : inner);
                corners[i] = new(at.X + length * (float)Math.Cos(angle), at.Y + length * (float)Math.Sin(angle));
            }
            path.AddPoly(corners, close: true);
        }
    }
}
