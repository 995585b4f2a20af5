using System.Text.RegularExpressions;

namespace Functional.Figures;

/// <summary>What the painter's SVG lacks: a view box, so that it scales; a title for those who listen; other fonts where
/// a reader has not this one.</summary>
internal static partial class SvgText
{
    public static string Finished(string svg, FigureStyle style, string? title)
    {
        string size = $"width=\"{style.Width}\" height=\"{style.Height}\"";
        string opening = $"{size} viewBox=\"0 0 {style.Width} {style.Height}\" role=\"img\">";
        if (title is not null) opening += $"\n\t<title>{System.Security.SecurityElement.Escape(title)}</title>";
        int at = svg.IndexOf($"{size}>", StringComparison.Ordinal);
        svg = $"{svg[..at]}{opening}{svg[(at + size.Length + 1)..]}";
        return Family().Replace(svg, match => $"font-family=\"{match.Groups[1].Value}, Helvetica, Arial, sans-serif\"");
    }

    [GeneratedRegex("font-family=\"([^\"]*)\"")]
    private static partial Regex Family();
}
