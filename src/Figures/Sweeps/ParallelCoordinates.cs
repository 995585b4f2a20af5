using SkiaSharp;

namespace Functional.Figures;

/// <summary>A line for each experiment of a sweep, through its value on the axis of each field to its score, by which
/// it is coloured; the best (of equal ones the first) is drawn last, and thick. (Inselberg, 1985)</summary>
/// <param name="Measure">What the score is.</param>
/// <param name="Fields">The fields, from the left.</param>
/// <param name="Scores">Of each experiment, the mean over seeds.</param>
public sealed record ParallelCoordinates(Phrase Measure, Items<SweptField> Fields, Items<double> Scores) : Figure
{
    /// <summary>Whether the largest score is the best.</summary>
    public bool IsBetterLarger { get; init; } = true;

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Fields);
        ArgumentNullException.ThrowIfNull(Scores);
        var look = page.Look;
        var colors = ColorScale.Of(Measure, Scores, look);
        var score = AxisRange.Of(Measure, Scores, room: 0.03);
        var body = page.Body;
        int axes = Fields.Count + 1;
        float most = 0.8f * body.Width / axes;
        var ranges = Fields.Select(field => field.Axis(0.03)).Append(score).ToArray();
        var ticks = ranges.Select((range, axis) =>
            (axis < Fields.Count ? Fields[axis].Names(look.Small, most) : null) ?? range.Ticks(7)).ToArray();
        float left = body.Left + 0.5f * look.Font + 0.5f * look.Font
            + ticks[0].Select(tick => Page.WidthOf(tick.Label, look.Small)).DefaultIfEmpty(0).Max();
        float right = body.Right - 0.5f * look.Font
                - ticks[^1].Select(tick => Page.WidthOf(tick.Label, look.Small)).DefaultIfEmpty(0).Max(),
            top = body.Top + 0.6f * look.Font,
            bottom = body.Bottom - 2.1f * look.Font;
        float X(int axis) => left + axis * (right - left) / Math.Max(1, axes - 1);
        float Y(int axis, double number) => bottom - (float)ranges[axis].Share(number) * (bottom - top);
        int[] order = Order(Scores, IsBetterLarger);
        foreach (var (place, i) in order.Index())
        {
            bool isBest = place == order.Length - 1;
            SKPoint[] points =
            [
                .. Fields.Select((field, axis) => new SKPoint(X(axis), Y(axis, field.At(field.Values[i])))),
                new(X(axes - 1), Y(axes - 1, Scores[i])),
            ];
            if (isBest) page.Line(points, look.Ink, 3.4f * look.Line);
            page.Line(points, colors[Scores[i]].WithAlpha((byte)(isBest ? 255 : 190)), (isBest ? 2 : 0.9f) * look.Line);
        }
        for (int axis = 0; axis < axes; axis++)
        {
            float x = X(axis);
            page.Line(x, top, x, bottom, look.Edge, 2 * look.Hairline);
            foreach (var (number, label) in ticks[axis])
            {
                float y = Y(axis, number);
                if (!(y >= top - 1 && y <= bottom + 1)) continue;
                int side = axis == axes - 1 ? 1 : -1; // the last one's numbers stand at its right
                page.Line(x + side * 0.3f * look.Font, y, x, y, look.Edge, 1.4f * look.Hairline);
                page.Text(
                    label, x + side * 0.45f * look.Font, y, look.Small, look.Muted, side < 0 ? 1 : 0,
                    halo: look.Background);
            }
            float room = 0.95f * body.Width / axes;
            var (at, across) = axis == 0 ? (body.Left, 0f) : axis == axes - 1 ? (body.Right, 1f) : (x, 0.5f);
            page.Text(
                page.Say(ranges[axis].Words), at, bottom + 0.8f * look.Font, look.Font, look.Ink, across, 0,
                most: room);
        }
    }

    /// <summary>The order in which experiments are drawn: the best, of equal ones the first, comes last.</summary>
    internal static int[] Order(Items<double> scores, bool isBetterLarger) =>
    [
        .. Enumerable.Range(0, scores.Count).Where(i => double.IsFinite(scores[i]))
            .OrderBy(i => isBetterLarger ? scores[i] : -scores[i]).ThenByDescending(i => i),
    ];
}
