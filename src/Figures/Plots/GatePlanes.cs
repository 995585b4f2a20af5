using SkiaSharp;

namespace Functional.Figures;

/// <summary>A gate of two inputs in the plane.</summary>
/// <param name="Name">As logic writes it.</param>
/// <param name="Corners">0 or 1 at (0,0), (1,0), (0,1), (1,1).</param>
/// <param name="Unit">w₁, w₂ and b of a unit that computes it: its half of the plane is coloured. Empty where a unit
/// does that has no line in the plane; null where none does.</param>
public sealed record GatePlane(string Name, Items<int> Corners, Items<double>? Unit);

/// <summary>Gates in small planes beside each other.</summary>
/// <param name="Gates">Up to four stand in a row.</param>
public sealed record GatePlanes(Items<GatePlane> Gates) : Figure
{
    private const int InRow = 4;
    private const float Low = -0.35f, High = 1.35f;

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Gates);
        var look = page.Look;
        page.Legend(
        [
            new($"gives 1", look.Ink) { Mark = Mark.Circle }, new($"gives 0", look.Ink) { Mark = Mark.Ring },
            new($"the unit gives 1", look[0].Color.WithAlpha(80)) { Mark = Mark.Square },
        ]);
        int columns = Math.Clamp(Gates.Count, 1, InRow), rows = Math.Max(1, (Gates.Count + columns - 1) / columns);
        float width = page.Body.Width / columns, height = page.Body.Height / rows, heading = 1.5f * look.Font;
        float side = Math.Max(8, Math.Min(width, height - heading) - 0.8f * look.Font);
        foreach (var (i, gate) in Gates.Index())
        {
            float x = page.Body.Left + (i % columns + 0.5f) * width, y = page.Body.Top + i / columns * height;
            page.Text(gate.Name, x, y, look.Font, look.Ink, 0.5f, 0, isBold: gate.Unit is null, most: width);
            Plane(page, gate, SKRect.Create(x - side / 2, y + heading, side, side));
        }
    }

    private static void Plane(Page page, GatePlane gate, SKRect place)
    {
        var look = page.Look;
        if (gate.Unit is [var w1, var w2, var b])
        {
            using var half = new SKPath();
            half.AddPoly([.. Half(w1, w2, b).Select(at => On(place, at.X, at.Y))], close: true);
            page.Canvas.DrawPath(half, page.Fill(look[0].Color.WithAlpha(80)));
        }
        page.Canvas.DrawRect(place, page.Stroke(look.Edge, 1.4f * look.Hairline));
        if (gate.Unit is null)
        {
            page.Line(place.Left, place.Top, place.Right, place.Bottom, look[1].Color, look.Line);
            page.Line(place.Left, place.Bottom, place.Right, place.Top, look[1].Color, look.Line);
        }
        foreach (var (corner, gives) in gate.Corners.Index())
            page.Point(
                gives == 1 ? Mark.Circle : Mark.Ring, On(place, corner & 1, corner >> 1), 0.75f * look.Font, look.Ink,
                look.Background, 1.5f * look.Hairline);
    }

    // The part of the square where w1 x + w2 y + b > 0: its corners there, and where the line cuts its sides.
    private static IEnumerable<(double X, double Y)> Half(double w1, double w2, double b)
    {
        (double X, double Y)[] square = [(Low, Low), (High, Low), (High, High), (Low, High)];
        for (int i = 0; i < 4; i++)
        {
            var (from, to) = (square[i], square[(i + 1) % 4]);
            double z = w1 * from.X + w2 * from.Y + b, next = w1 * to.X + w2 * to.Y + b;
            if (z > 0) yield return from;
            if (z > 0 != next > 0)
                yield return (from.X + (to.X - from.X) * z / (z - next), from.Y + (to.Y - from.Y) * z / (z - next));
        }
    }

    private static SKPoint On(SKRect place, double x, double y) => new(
        place.Left + place.Width * (float)((x - Low) / (High - Low)),
        place.Bottom - place.Height * (float)((y - Low) / (High - Low)));
}
