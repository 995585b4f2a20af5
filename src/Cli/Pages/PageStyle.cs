namespace Functional.Cli.Pages;

/// <summary>How a report looks.</summary>
internal static class PageStyle
{
    /// <summary>Its style sheet, without the colours of pictures.</summary>
    public static string Sheet
    {
        get
        {
            using var text =
                new StreamReader(typeof(PageStyle).Assembly.GetManifestResourceStream("page.css")!);
            return string.Concat(text.ReadToEnd().Split('\n').Select(line => line.Trim())
                .Where(line => !line.StartsWith("/*", StringComparison.Ordinal)));
        }
    }
}
