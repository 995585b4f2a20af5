using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Functional.Figures;

/// <summary>Figures for one HTML page: each is in the page once, and its colours follow the reader's theme. Colours
/// are variables, which <see cref="Styles"/> defines for a light and a dark screen; paper is light.</summary>
public sealed partial class PagePictures
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly XNamespace Link = "http://www.w3.org/1999/xlink";
    private readonly Dictionary<(string Light, string Dark), string> colors = [];
    private int count;

    /// <summary>The classes of what is seen on light and on dark ground alone.</summary>
    public const string OnLight = "on-light", OnDark = "on-dark";

    /// <summary>The picture of a figure as an element of a page.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="style">Its size and language; its theme makes no difference.</param>
    /// <param name="label">What it shows, for those who listen.</param>
    public XElement Of(Figure figure, FigureStyle style, string label)
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(style);
        var light = XElement.Parse(figure.ToSvg(style with { Theme = Theme.Light }));
        var dark = XElement.Parse(figure.ToSvg(style with { Theme = Theme.Dark }));
        var doubled = new HashSet<string>();
        Merge(light, dark, doubled);
        Double(light, doubled);
        Shorten(light, ++count);
        light.SetAttributeValue("class", "figure");
        light.SetAttributeValue("aria-label", label);
        light.Attribute("height")?.Remove();
        light.SetAttributeValue("width", style.Width);
        return light;
    }

    /// <summary>The colours of all pictures so far, as style sheets.</summary>
    public string Styles
    {
        get
        {
            var (light, dark) = (new StringBuilder(), new StringBuilder());
            foreach (var ((onLight, onDark), name) in colors)
            {
                light.Append(CultureInfo.InvariantCulture, $"{name}:{onLight};");
                dark.Append(CultureInfo.InvariantCulture, $"{name}:{onDark};");
            }
            return $":root{{{light}}}.{OnDark}{{display:none}}"
                + $"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}"
                + $".{OnLight}{{display:none}}.{OnDark}{{display:inline}}}}";
        }
    }

    // Both themes paint the same shapes: where a colour is another it becomes a variable, and pixels stand twice.
    private void Merge(XElement light, XElement dark, HashSet<string> doubled)
    {
        foreach (var (one, other) in light.Attributes().Zip(dark.Attributes()).ToArray())
            if (one.Value != other.Value && one.Name.LocalName is "fill" or "stroke" && one.Name == other.Name)
                one.Value = $"var({Variable(one.Value, other.Value)})";
        XElement[] ours = [.. light.Elements()], theirs = [.. dark.Elements()];
        foreach (var (one, other) in ours.Zip(theirs))
            if (one.Name == Svg + "image" && Reference(one) != Reference(other))
            {
                string id = one.Attribute("id")!.Value;
                doubled.Add(id);
                other.SetAttributeValue("id", id + OnDark);
                one.AddAfterSelf(other);
            }
            else Merge(one, other, doubled);
    }

    // Where pixels are shown, those of the reader's theme are.
    private static void Double(XElement root, HashSet<string> doubled)
    {
        foreach (var use in root.Descendants(Svg + "use").ToArray())
        {
            string reference = Reference(use)!;
            if (!doubled.Contains(reference[1..])) continue;
            var other = new XElement(use);
            other.SetAttributeValue(Link + "href", reference + OnDark);
            other.SetAttributeValue("class", OnDark);
            use.SetAttributeValue("class", OnLight);
            use.AddAfterSelf(other);
        }
    }

    private static string? Reference(XElement element) => element.Attribute(Link + "href")?.Value;

    private string Variable(string light, string dark)
    {
        if (!colors.TryGetValue((light, dark), out string? name))
            colors[(light, dark)] = name = string.Create(CultureInfo.InvariantCulture, $"--c{colors.Count}");
        return name;
    }

    // Numbers of its own for its parts; no more digits than are seen; words as words, as wide as they are drawn.
    private static void Shorten(XElement root, int number)
    {
        string own = string.Create(CultureInfo.InvariantCulture, $"p{number}-");
        root.Attributes().Where(attribute => attribute.IsNamespaceDeclaration).Remove();
        foreach (var element in root.DescendantsAndSelf().ToArray())
        {
            bool isPlaced = element.Name.LocalName is "image" or "use" or "pattern";
            foreach (var attribute in element.Attributes().ToArray())
            {
                attribute.Value = attribute.Name.LocalName switch
                {
                    "id" => own + attribute.Value,
                    "href" when attribute.Value.StartsWith('#') => $"#{own}{attribute.Value[1..]}",
                    "d" => Digits().Replace(attribute.Value, match => Rounded(match, "0.#")),
                    "x" or "y" or "width" or "height" or "transform" when !isPlaced =>
                        LongDigits().Replace(attribute.Value, match => Rounded(match, "0.##")),
                    "stroke-width" or "font-size" =>
                        LongDigits().Replace(attribute.Value, match => Rounded(match, "0.##")),
                    _ => attribute.Value.Replace("url(#", $"url(#{own}", StringComparison.Ordinal),
                };
            }
            element.Nodes().OfType<XText>().Where(text => string.IsNullOrWhiteSpace(text.Value)).Remove();
            if (element.Name == Svg + "text") Word(element);
        }
    }

    private static void Word(XElement text)
    {
        text.Value = text.Value.Trim();
        text.Attribute("font-family")?.Remove();
        double[] at = [.. Places(text, "x")];
        int letters = at.Length;
        text.SetAttributeValue("x", at.FirstOrDefault());
        text.SetAttributeValue("y", Places(text, "y").FirstOrDefault());
        if (letters < 2) return;
        double length = (at[^1] - at[0]) * letters / (letters - 1);
        text.SetAttributeValue("textLength", Math.Round(length, 1));
        text.SetAttributeValue("lengthAdjust", "spacingAndGlyphs");
    }

    private static IEnumerable<double> Places(XElement text, string axis) =>
        (text.Attribute(axis)?.Value ?? "0").Split(',', StringSplitOptions.TrimEntries)
            .Where(place => place.Length > 0).Select(place => double.Parse(place, CultureInfo.InvariantCulture));

    private static string Rounded(Match match, string format) =>
        double.Parse(match.Value, CultureInfo.InvariantCulture).ToString(format, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"-?\d+\.\d\d\d+")]
    private static partial Regex LongDigits();

    [GeneratedRegex(@"-?\d+\.\d\d+")]
    private static partial Regex Digits();
}
