using System.Text.RegularExpressions;
using System.Xml.Linq;
using Functional.Figures;
using Xunit;

namespace Properties.Drawing;

/// <summary>Figures in a page: once each, in the colours of the reader's theme.</summary>
public sealed partial class PagePicturesProperties
{
    public static TheoryData<string> Kinds => [.. Figured.Usual.Keys, .. Figured.Odd.Keys];

    private static Figure FigureOf(string kind) =>
        Figured.Usual.TryGetValue(kind, out var usual) ? usual : Figured.Odd[kind];

    [Theory, MemberData(nameof(Kinds))]
    public void A_figure_in_the_light_has_the_colours_of_the_light_theme(string kind)
    {
        var pictures = new PagePictures();
        var picture = pictures.Of(FigureOf(kind), new(480, 340), "what it shows");
        Assert.Equal(
            Colors(XElement.Parse(FigureOf(kind).ToSvg(new(480, 340)))), Shown(picture, pictures, isDark: false));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_figure_in_the_dark_has_the_colours_of_the_dark_theme(string kind)
    {
        var pictures = new PagePictures();
        var picture = pictures.Of(FigureOf(kind), new(480, 340), "what it shows");
        Assert.Equal(
            Colors(XElement.Parse(FigureOf(kind).ToSvg(new(480, 340, Theme.Dark)))),
            Shown(picture, pictures, isDark: true));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Pixels_are_those_of_the_readers_theme(string kind)
    {
        var picture = new PagePictures().Of(FigureOf(kind), new(480, 340), "what it shows");
        foreach (var (theme, hidden) in new[]
        {
            (Theme.Light, PagePictures.OnDark), (Theme.Dark, PagePictures.OnLight)
        })
            Assert.Equal(
                Pixels(XElement.Parse(FigureOf(kind).ToSvg(new(480, 340, theme))), "none"), Pixels(picture, hidden));
    }

    // The images that are shown, in their order, where one class of elements is hidden.
    private static string[] Pixels(XElement svg, string hidden)
    {
        var images = svg.Descendants().Where(element => element.Name.LocalName == "image")
            .ToDictionary(image => $"#{image.Attribute("id")!.Value}", Reference);
        return
        [
            .. svg.Descendants().Where(element => element.Name.LocalName == "use"
                    && element.Attribute("class")?.Value != hidden)
                .Select(use => images[Reference(use)]),
        ];
    }

    private static string Reference(XElement element) =>
        element.Attributes().Single(attribute => attribute.Name.LocalName == "href").Value;

    [Fact]
    public void Every_part_of_a_page_has_a_name_of_its_own()
    {
        var pictures = new PagePictures();
        string[] names =
        [
            .. Figured.All.SelectMany(figure => pictures.Of(figure, new(480, 340), "").DescendantsAndSelf())
                .Attributes("id").Select(id => id.Value),
        ];
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void A_picture_refers_to_its_own_parts_alone() => Assert.All(Figured.All, figure =>
    {
        var picture = new PagePictures().Of(figure, new(480, 340), "");
        string[] names = [.. picture.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.All(
            picture.Descendants().Attributes().SelectMany(attribute => References().Matches(attribute.Value)),
            reference => Assert.Contains(reference.Groups[1].Value, names));
    });

    [Fact]
    public void A_picture_says_what_it_shows() => Assert.Equal("a \"curve\"",
        new PagePictures().Of(Figured.Usual["norms"], new(480, 340), "a \"curve\"").Attribute("aria-label")!.Value);

    private static string[] Colors(XElement svg) =>
        [.. svg.DescendantsAndSelf().Attributes().Where(IsColor).Select(attribute => attribute.Value)];

    private static bool IsColor(XAttribute attribute) => attribute.Name.LocalName is "fill" or "stroke";

    // Its colours where variables are what the styles say.
    private static string[] Shown(XElement picture, PagePictures pictures, bool isDark)
    {
        string sheet = pictures.Styles;
        string[] sheets = sheet.Split("@media", 2);
        var values = Definitions().Matches(sheets[isDark ? 1 : 0])
            .ToDictionary(match => $"var({match.Groups[1].Value})", match => match.Groups[2].Value);
        return [.. Colors(picture).Select(color => values.GetValueOrDefault(color, color))];
    }

    [GeneratedRegex("(--c[0-9]+):([^;]*);")]
    private static partial Regex Definitions();

    [GeneratedRegex(@"(?:url\(#|^#)(p[^)]*)")]
    private static partial Regex References();
}
