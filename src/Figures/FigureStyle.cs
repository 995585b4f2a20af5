namespace Functional.Figures;

/// <summary>The colours of a figure. Every theme has an opaque background.</summary>
public enum Theme
{
    /// <summary>Dark ink on white.</summary>
    Light,

    /// <summary>Light ink on a dark ground, for a dim room.</summary>
    Dark,

    /// <summary>Black ink on white with thicker lines; told apart without colours, too.</summary>
    Print,
}

/// <summary>How a figure is drawn. Sizes of letters and lines follow from the size of the figure.</summary>
/// <param name="Width">Units across; between 240 and 8000.</param>
/// <param name="Height">Units down; between 180 and 8000.</param>
/// <param name="Theme">Its colours.</param>
/// <param name="Language">The language of its words. Numbers have a point in every language.</param>
/// <param name="Scale">Pixels a unit in PNG; between 0.25 and 8.</param>
public sealed record FigureStyle(
    int Width = 900, int Height = 640, Theme Theme = Theme.Light, Language Language = Language.English,
        double Scale = 2)
{
    /// <summary>A slide of 1280 x 720.</summary>
    public static FigureStyle Slide { get; } = new(1280, 720);

    /// <summary>A column of a paper, 480 x 340.</summary>
    public static FigureStyle Column { get; } = new(480, 340, Theme.Print);

    internal void Require()
    {
        if (Width is < 240 or > 8000 || Height is < 180 or > 8000)
            throw new InvalidInputException(
                $"the figure is {Width} x {Height}; it should be between 240 x 180 and 8000 x 8000");
        if (!(Scale is >= 0.25 and <= 8))
            throw new InvalidInputException(
                $"the figure has {Scale} pixels a unit; there should be between 0.25 and 8");
    }
}
