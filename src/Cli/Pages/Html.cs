using System.Net;
using System.Text;
using System.Xml.Linq;

namespace Functional.Cli.Pages;

/// <summary>HTML that is XML, too: elements are values, texts are escaped where they are written.</summary>
internal static class Html
{
    private static readonly HashSet<string> Void = ["meta", "link", "br", "hr", "img", "col", "input"];
    private static readonly HashSet<string> Blocks = ["section", "tr", "figure", "head", "style", "p", "li", "h2"];
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>An element with attributes (pairs of name and value), elements and texts; what is null is left
    /// out.</summary>
    public static XElement Of(string name, params object?[] content) => new(name, content.Select(Part));

    /// <summary>The same with a class.</summary>
    public static XElement Classed(string name, string style, params object?[] content) =>
        new(name, new XAttribute("class", style), content.Select(Part));

    private static object? Part(object? part) => part switch
    {
        (string name, string value) => new XAttribute(name, value),
        _ => part,
    };

    /// <summary>A page as text.</summary>
    public static string Page(XElement root)
    {
        var text = new StringBuilder("<!DOCTYPE html>\n");
        Write(root, text);
        return text.Append('\n').ToString();
    }

    private static void Write(XElement element, StringBuilder text)
    {
        string name = element.Name.LocalName;
        bool isSvg = element.Name.Namespace == Svg;
        text.Append('<').Append(name);
        if (isSvg && name == "svg") text.Append(" xmlns=\"").Append(Svg.NamespaceName).Append('"');
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
            text.Append(' ').Append(attribute.Name.LocalName).Append("=\"").Append(Escaped(attribute.Value))
                .Append('"');
        if (element.Nodes().Any() is var isFull && !isFull && (isSvg || Void.Contains(name)))
        {
            text.Append("/>");
            return;
        }
        text.Append('>');
        foreach (var node in element.Nodes())
            if (node is XElement inner) Write(inner, text);
            else if (node is XText words) text.Append(name == "style" ? words.Value : Escaped(words.Value));
        text.Append("</").Append(name).Append('>');
        if (Blocks.Contains(name)) text.Append('\n');
    }

    private static string Escaped(string text) =>
        WebUtility.HtmlEncode(text).Replace("&#39;", "'", StringComparison.Ordinal);
}
