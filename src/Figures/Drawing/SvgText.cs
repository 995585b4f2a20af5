using System.Text.RegularExpressions;

namespace Functional.Figures;

/// <summary>What the painter's SVG lacks: a view box, so that it scales; a title for those who listen; other fonts
/// where a reader has not this one.</summary>
internal static partial class SvgText
{
    public static string Finished(string svg, FigureStyle style, string? title)
    {
        string size = $"width=\"{style.Width}\" height=\"{style.Height}\"";
        string opening = $"{size} viewBox=\"0 0 {style.Width} {style.Height}\" role=\"img\">";
        if (title is not null) opening += $"\n\t<title>{System.Security.SecurityElement.Escape(title)}</title>";
        int at = svg.IndexOf($"{size}>", StringComparison.Ordinal);
        // A plot clears its ground before it paints it, which SVG writes as black below it.
        svg = svg.Replace($"<rect {size}/>", "", StringComparison.Ordinal);
        svg = $"{svg[..at]}{opening}{svg[(at + size.Length + 1)..]}";
        // The painter counts its parts through all pictures: here each picture has its own numbers.
        var numbers = new Dictionary<string, string>();
        foreach (Match match in Id().Matches(svg)) numbers[match.Groups[1].Value] = $"part{numbers.Count + 1}";
        svg = Use().Replace(svg, match => numbers.GetValueOrDefault(match.Groups[2].Value) is { } number
            ? $"{match.Groups[1].Value}{number}{match.Groups[3].Value}" : match.Value);
        return Family().Replace(svg, match => $"font-family=\"{match.Groups[1].Value}, Helvetica, Arial, sans-serif\"");
    }

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Id();

    [GeneratedRegex("( id=\"|url\\(#|href=\"#)([^\")]*)([\")])")]
    private static partial Regex Use();

    [GeneratedRegex("font-family=\"([^\"]*)\"")]
    private static partial Regex Family();
}
