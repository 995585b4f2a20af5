using Functional.Core.Forms;
using Functional.Core.Numbers;
using SkiaSharp;

namespace Functional.Figures;

/// <summary>Which classes were taken for which: a row for each true class, a column for each predicted one. The darker
/// a cell, the larger its share of the row. Beyond 30 classes, colours only.</summary>
/// <param name="Counts">How many samples of the row's class were taken for the column's.</param>
/// <param name="Names">A name for each class.</param>
public sealed record ConfusionMap(Matrix<double> Counts, Items<string> Names) : Figure
{
    private const int MostNamed = 30;

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Counts);
        ArgumentNullException.ThrowIfNull(Names);
        var look = page.Look;
        int classes = Math.Max(1, Counts.Rows);
        var axis = new AxisRange($"predicted class", -0.5, classes - 0.5) { IsWhole = true };
        var body = page.Body;
        float room = 0.24f * body.Width, cell = Math.Max(1, (body.Height - 4.5f * look.Font) / classes);
        bool isNamed = classes <= MostNamed;
        float size = isNamed ? Math.Min(look.Small, 0.8f * cell) : look.Small;
        string[] names = [.. Enumerable.Range(0, classes).Select(i => isNamed && i < Names.Count ? Names[i] : $"{i}")];
        if (names.Max(name => Page.WidthOf(name, size)) > room) size *= 0.86f;
        float widest = names.Max(name => Math.Min(room, Page.WidthOf(name, size)));
        bool isTurned = isNamed && widest > 1.05f * (body.Width - widest - 8 * look.Font) / classes;
        float below = isTurned ? Math.Min(widest, 0.2f * body.Height) : size;
        float bar = 5.2f * look.Font;
        float left = body.Left + widest + 2.4f * look.Font;
        float bottom = body.Bottom - below - 2.4f * look.Font;
        float height = Math.Max(4, bottom - body.Top),
            width = Math.Max(4, Math.Min(body.Right - bar - left, 1.7f * height));
        var place = SKRect.Create(left + Math.Max(0, (body.Right - bar - left - width) / 2), body.Top, width, height);
        var (across, down) = (width / classes, height / classes);
        Cells(page, place, across, down, isNamed);
        double step = axis.Ticks(10).Select(tick => tick.Number).Where(at => at > 0).DefaultIfEmpty(1).First();
        int every = isNamed ? 1 : (int)step;
        for (int i = 0; i < classes; i += every)
        {
            string name = Page.Shortened(names[i], size, widest + 1);
            float x = place.Left + (i + 0.5f) * across, y = place.Top + (i + 0.5f) * down;
            page.Text(name, place.Left - 0.5f * look.Font, y, size, look.Ink, 1);
            name = Page.Shortened(names[i], size, isTurned ? below : 1.15f * across * every);
            if (isTurned) page.Text(name, x, place.Bottom + 0.5f * look.Font, size, look.Ink, 1, 0.5f, -90);
            else page.Text(name, x, place.Bottom + 0.5f * look.Font, size, look.Ink, 0.5f, 0);
        }
        page.Text(page.Say(axis.Words), place.MidX, body.Bottom - 0.1f * look.Font, look.Font, look.Ink, 0.5f, 1,
            most: body.Width);
        page.Text(
            page.Say($"true class"), place.Left - widest - 1.1f * look.Font, place.MidY, look.Font, look.Ink, 0.5f, 1,
            -90, most: place.Height);
        page.Bar(Shares(look), SKRect.Create(place.Right + 1.1f * look.Font, place.Top, 0.95f * look.Font, height));
    }

    private void Cells(Page page, SKRect place, float across, float down, bool isNamed)
    {
        var look = page.Look;
        var colors = Shares(look);
        string[] texts = [.. Counts.Cells.Select(Said)];
        float size = Math.Min(Math.Min(look.Font * 1.15f, 0.55f * down), Fitting(page, texts, across));
        page.Canvas.DrawRect(place, page.Fill(colors[0]));
        for (int row = 0; row < Counts.Rows; row++)
        {
            double sum = Counts.Row(row).ToArray().Where(double.IsFinite).Sum();
            for (int column = 0; column < Counts.Columns; column++)
            {
                double count = Counts[row, column], share = sum > 0 ? count / sum : count == 0 ? 0 : double.NaN;
                var cell = SKRect.Create(place.Left + column * across, place.Top + row * down, across, down);
                var color = colors[share];
                if (share != 0) page.Canvas.DrawRect(cell, page.Fill(color));
                if (isNamed) page.Canvas.DrawRect(cell, page.Stroke(look.Background, Math.Min(2, 0.05f * down)));
                if (!isNamed || size < 0.42f * look.Font) continue;
                var ink = ColorScale.Brightness(color) > 0.55 ? SKColor.Parse("#14171C") : SKColors.White;
                page.Text(
                    texts[row * Counts.Columns + column], cell.MidX, cell.MidY, size,
                    count == 0 ? ink.WithAlpha(110) : ink, isBold: row == column);
            }
        }
        page.Canvas.DrawRect(place, page.Stroke(look.Edge, 1.4f * look.Hairline));
    }

    private static float Fitting(Page page, string[] texts, float across) => texts.Length == 0 ? 0
        : 0.84f * across / Math.Max(0.01f, texts.Max(text => Page.WidthOf(text, 1, isBold: true)));

    private static string Said(double count) => !double.IsFinite(count) ? "–"
        : count == Math.Floor(count) ? Numerals.Fixed(count, 0) : Numerals.Fixed(count, 1);

    private static ColorScale Shares(Look look) =>
        new(new($"share of the true class", 0, 1), look.Blank)
        {
            Ends = look.IsDark
                ? (SKColor.Parse("#1E2530"), SKColor.Parse("#6CC4F5"))
                : (SKColor.Parse("#F1F5F9"), SKColor.Parse("#0B4F86")),
        };
}
