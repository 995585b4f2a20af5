using ScottPlot;
using SkiaSharp;

namespace Functional.Figures;

/// <summary>How one of several lines is told from the others, without its colour, too.</summary>
internal readonly record struct LineLook(SKColor Color, LinePattern Pattern, Mark Mark);

/// <summary>Colours and sizes of a figure: those of Okabe and Ito (2008) for lines, so that people who see fewer
/// colours tell them apart.</summary>
internal sealed record Look(Theme Theme, float Font)
{
    public static Look Of(FigureStyle style) =>
        new(style.Theme, (float)(6.5 + Math.Sqrt((double)style.Width * style.Height) / 72));

    public bool IsDark => Theme == Theme.Dark;
    public float Small => 0.86f * Font;
    public float Heading => 1.22f * Font;
    public float Line => Font * (Theme == Theme.Print ? 0.135f : 0.12f);
    public float Hairline => Font * (Theme == Theme.Print ? 0.06f : 0.05f);

    public SKColor Background => SKColor.Parse(IsDark ? "#15181E" : "#FFFFFF");
    public SKColor Ink => SKColor.Parse(Theme switch
    {
        Theme.Dark => "#ECEFF3",
        Theme.Print => "#000000",
        _ => "#20242B"
    });
    public SKColor Muted => SKColor.Parse(Theme switch
    {
        Theme.Dark => "#AEB6C2",
        Theme.Print => "#222222",
        _ => "#545B66"
    });
    public SKColor Edge => SKColor.Parse(Theme switch
    {
        Theme.Dark => "#6B7380",
        Theme.Print => "#333333",
        _ => "#8A919C"
    });
    public SKColor Grid => SKColor.Parse(Theme switch
    {
        Theme.Dark => "#272C35",
        Theme.Print => "#DADADA",
        _ => "#E9EBEE"
    });

    /// <summary>What is not known: numbers that are not finite.</summary>
    public SKColor Blank => SKColor.Parse(IsDark ? "#3A414C" : "#D9DBDF");

    /// <summary>The look of line number <paramref name="index"/>; it repeats after seven.</summary>
    public LineLook this[int index]
    {
        get
        {
            string[] colors = Theme switch
            {
                Theme.Dark => ["#56B4E9", "#E69F00", "#1FC498", "#CC79A7", "#F0E442", "#D55E00", "#FFFFFF"],
                Theme.Print => ["#000000", "#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"],
                _ => ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"],
            };
            Mark[] marks =
                [Mark.Circle, Mark.Square, Mark.Triangle, Mark.Diamond, Mark.Down, Mark.Cross, Mark.Plus];
            int at = index % colors.Length;
            return new(SKColor.Parse(colors[at]), Pattern(at), marks[at]);
        }
    }

    /// <summary>The pattern of dashes of line number <paramref name="index"/>; the first is solid.</summary>
    public LinePattern Pattern(int index)
    {
        float unit = Font * 0.12f;
        float[] dashes = (index % 7) switch
        {
            0 => [],
            1 => [5 * unit, 2.5f * unit],
            2 => [1.4f * unit, 1.8f * unit],
            3 => [6 * unit, 2 * unit, 1.4f * unit, 2 * unit],
            4 => [10 * unit, 3 * unit],
            5 => [3 * unit, 2 * unit],
            _ => [6 * unit, 2 * unit, 1.4f * unit, 2 * unit, 1.4f * unit, 2 * unit],
        };
        return dashes.Length == 0 ? LinePattern.Solid : new(dashes, 0, "dashes");
    }
}
