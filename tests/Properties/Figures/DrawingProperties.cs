using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Functional;
using Functional.Core.Landscapes;
using Functional.Figures;
using SkiaSharp;
using Xunit;

namespace Properties.Drawing;

/// <summary>Pictures of values.</summary>
public sealed class DrawingProperties
{
    private static readonly FigureStyle Small = new(480, 340, Scale: 1);

    public static TheoryData<string> Kinds => [.. Figured.Usual.Keys];
    public static TheoryData<string> OddOnes => [.. Figured.Odd.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_figure_has_the_same_text_each_time(string kind)
    {
        string before = Figured.Usual[kind].ToSvg(Small);
        foreach (var other in Figured.Usual.Values) other.ToSvg(Small with { Theme = Theme.Dark });
        Assert.Equal(before, Figured.Usual[kind].ToSvg(Small));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Another_theme_or_language_is_another_picture(string kind)
    {
        FigureStyle[] styles =
        [
            Small, Small with { Theme = Theme.Dark }, Small with { Theme = Theme.Print },
            Small with { Language = Language.Spanish },
        ];
        Assert.Equal(4, styles.Select(Figured.Usual[kind].ToSvg).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Titles_are_in_the_language_of_the_style(string kind)
    {
        string svg = Figured.Usual[kind].ToSvg(Small with { Language = Language.Spanish });
        string[] words = [.. Texts(svg).Select(text => text.Value)];
        Assert.Contains("pérdida", words);
        Assert.DoesNotContain("loss", words);
        Assert.Contains("loss", Texts(Figured.Usual[kind].ToSvg(Small)).Select(text => text.Value));
    }

    [Theory]
    [MemberData(nameof(OddOnes))]
    public void Odd_values_are_painted(string kind)
    {
        foreach (var theme in Enum.GetValues<Theme>())
            Assert.NotEmpty(Figured.Odd[kind].ToPng(new FigureStyle(240, 180, theme, Language.Spanish, 1)));
        string[] drawn =
        [
            .. XDocument.Parse(Figured.Odd[kind].ToSvg(FigureStyle.Slide)).Descendants().Attributes()
                .Where(attribute => attribute.Name.LocalName is not ("href" or "font-family"))
                .Select(attribute => attribute.Value),
        ];
        Assert.DoesNotContain(drawn, value => value.Contains("nan", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(drawn, value => value.Contains("inf", StringComparison.OrdinalIgnoreCase));
    }

    // In a wide plane the axis upwards is short.
    [Fact]
    public void Names_of_axes_are_written_in_full()
    {
        var plane = Figured.Of(new(3, 3, -2.3, 2.3, -1, 1), (x, y) => x * x + y * y);
        for (int letters = 5; letters <= 60; letters++)
        {
            string name = string.Concat(Enumerable.Repeat("axis ", 12))[..letters].TrimEnd();
            string svg = new SurfaceMap(plane with { YName = Phrase.Verbatim(name) }).ToSvg();
            string[] words = [.. Texts(svg).Select(text => text.Value.Trim())];
            Assert.DoesNotContain(words, text => text.Contains('…', StringComparison.Ordinal));
            Assert.Contains(words, text => name.StartsWith(text, StringComparison.Ordinal) && text.Length > 3);
        }
    }

    [Fact]
    public void Svg_is_xml_of_the_size_asked() => Assert.All(Figured.All, figure =>
    {
        var root = XDocument.Parse(figure.ToSvg(Small with { Width = 500 })).Root!;
        Assert.Equal(("500", "340", "0 0 500 340"), (
            root.Attribute("width")?.Value, root.Attribute("height")?.Value, root.Attribute("viewBox")?.Value));
    });

    [Fact]
    public void Png_has_as_many_pixels_as_asked() => Assert.All(Figured.Usual.Values, figure =>
    {
        using var picture = SKBitmap.Decode(figure.ToPng(new(400, 300, Scale: 1.5)));
        Assert.Equal((600, 450), (picture.Width, picture.Height));
    });

    [Fact]
    public void Every_pixel_is_opaque() => Assert.All(Enum.GetValues<Theme>(), theme =>
    {
        using var picture = SKBitmap.Decode(Figured.Usual["learning"].ToPng(Small with { Theme = theme }));
        Assert.DoesNotContain(picture.Pixels, pixel => pixel.Alpha != 255);
    });

    // A step of the grid is a tick, so the star is above its number and beside it.
    [Fact]
    public void The_least_point_is_where_its_numbers_are()
    {
        var surface = Figured.Of(Grid.Square(5, -2, 2), (x, y) => 1 + (x - 1) * (x - 1) + (y + 1) * (y + 1));
        string svg = new SurfaceMap(surface).ToSvg(new(700, 600));
        var star = XDocument.Parse(svg).Descendants().Where(path => path.Attribute("fill")?.Value == "#FF5A36")
            .Select(path => Middle(path.Attribute("d")!.Value)).MaxBy(at => at.Y);
        var below = Texts(svg).Where(text => Number(text.Value) == 1).MaxBy(text => text.Y);
        var beside = Texts(svg).Where(text => Number(text.Value) == -1).MinBy(text => text.X);
        Assert.InRange(star.X - below.X, -0.6, 0.6);
        Assert.InRange(star.Y - beside.Y, -0.6, 0.6);
    }

    // Colours are a picture that the plot stretches, marks are painted by the page: they meet.
    [Fact]
    public void Colours_and_marks_have_one_place()
    {
        var surface = Figured.Of(Grid.Square(21), (x, y) =>
            Math.Abs(x - 0.5) < 0.35 && Math.Abs(y + 0.3) < 0.35 ? (x == 0.5 && Math.Abs(y + 0.3) < 0.01 ? 0 : 0.01)
                : 1);
        using var picture = SKBitmap.Decode(new SurfaceMap(surface).ToPng(new(700, 600, Scale: 1)));
        var star = Spot(picture, pixel => pixel is { Red: > 250, Green: > 80 and < 100, Blue: > 44 and < 64 });
        var dark = Spot(picture, pixel => pixel is { Red: > 60 and < 76, Green: < 14, Blue: > 78 and < 96 });
        Assert.InRange(SKPoint.Distance(star, dark), 0, 2.5);
    }

    [Fact]
    public void What_is_not_finite_is_blank()
    {
        Assert.True(BlankPixels(Figured.Of(Grid.Square(5), (x, y) => x == 0 && y == 0 ? double.NaN : 1 + x)) > 500);
        Assert.True(BlankPixels(Figured.Of(Grid.Square(5), (x, y) => x == 0 ? double.PositiveInfinity : 1 + x)) > 500);
        Assert.Equal(0, BlankPixels(Figured.Of(Grid.Square(5), (x, _) => 1 + x)));
    }

    [Fact]
    public void A_wide_loss_is_logarithmic_and_says_so()
    {
        static string Svg(double most) => new LearningCurves([1, 2], [1, most]).ToSvg(Small);
        Assert.Contains("loss (logarithmic)", Svg(31), StringComparison.Ordinal);
        Assert.DoesNotContain("logarithmic", Svg(29), StringComparison.Ordinal);
    }

    [Fact]
    public void Long_names_end_in_an_ellipsis() =>
        Assert.Equal(
            4, Texts(Figured.Odd["classes of long names"].ToSvg(Small)).Count(text => text.Value.EndsWith('…')));

    [Fact]
    public void Files_hold_what_their_ending_says()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var figure = Figured.Usual["trace"];
            figure.Save(Path.Combine(folder, "a.svg"), Small);
            figure.Save(Path.Combine(folder, "a.PNG"), Small);
            Assert.Equal(figure.ToSvg(Small), File.ReadAllText(Path.Combine(folder, "a.svg"), Encoding.UTF8));
            Assert.Equal(figure.ToPng(Small), File.ReadAllBytes(Path.Combine(folder, "a.PNG")));
            Assert.Equal(2, Directory.GetFiles(folder).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Another_ending_is_refused() => Assert.Equal(
        "the figure's file is \"surface.pdf\"; it should end in .svg or .png",
        Assert.Throws<InvalidInputException>(() => Figured.Usual["map"].Save("surface.pdf")).Message);

    [Fact]
    public void Sizes_out_of_range_are_refused()
    {
        Assert.Equal(
            "the figure is 100 x 9000; it should be between 240 x 180 and 8000 x 8000",
            Assert.Throws<InvalidInputException>(() => Figured.Usual["map"].ToSvg(new(100, 9000))).Message);
        Assert.Equal(
            "the figure has NaN pixels a unit; there should be between 0.25 and 8",
            Assert.Throws<InvalidInputException>(() => Figured.Usual["map"].ToPng(new(Scale: double.NaN))).Message);
    }

    private static int BlankPixels(Surface surface)
    {
        using var picture = SKBitmap.Decode(new SurfaceMap(surface).ToPng(Small));
        return picture.Pixels.Count(pixel => pixel == SKColor.Parse("#D9DBDF"));
    }

    private static (string Value, double X, double Y)[] Texts(string svg) =>
    [
        .. from text in XDocument.Parse(svg).Descendants()
           where text.Name.LocalName == "text"
           let at = text.Attribute("transform")?.Value is { } moved ? Numbers(moved) : [0, 0]
           select (text.Value.Trim(), at[^2], at[^1]),
    ];

    private static (double X, double Y) Middle(string path)
    {
        double[] numbers = Numbers(path);
        return (
            numbers.Where((_, i) => i % 2 == 0).Take(10).Average(),
                numbers.Where((_, i) => i % 2 == 1).Take(10).Average());
    }

    private static double Number(string text) =>
        double.TryParse(text.Replace('−', '-'), CultureInfo.InvariantCulture, out double number) ? number : double.NaN;

    private static double[] Numbers(string text) =>
    [
        .. text.Split(['M', 'L', 'Z', ' ', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
            .Where(part => double.TryParse(part, CultureInfo.InvariantCulture, out _))
            .Select(part => double.Parse(part, CultureInfo.InvariantCulture)),
    ];

    // The middle of the pixels that are so, below the legend.
    private static SKPoint Spot(SKBitmap picture, Func<SKColor, bool> isSo)
    {
        var found = (from y in Enumerable.Range(60, picture.Height - 60)
                     from x in Enumerable.Range(0, picture.Width * 4 / 5)
                     where isSo(picture.GetPixel(x, y))
                     select (X: x, Y: y)).ToArray();
        return new(
            (found.Min(at => at.X) + found.Max(at => at.X)) / 2f, (found.Min(at => at.Y) + found.Max(at => at.Y)) / 2f);
    }
}
