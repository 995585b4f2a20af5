using System.Text.RegularExpressions;

namespace Functional.Lecture;

/// <summary>What a claim's page says, as it was written: Markdown with holes for what is measured.</summary>
/// <param name="Title">Its first line.</param>
/// <param name="Body">The rest.</param>
internal sealed partial record PageText(string Title, string Body)
{
    /// <summary>The page of a claim in a language.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static PageText Of(Claim claim, Language language)
    {
        string name = $"{(language == Language.Spanish ? "es" : "en")}/{claim.Name}.md";
        using var stream = typeof(PageText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"there is no page {name}");
        using var reader = new StreamReader(stream);
        string[] parts = reader.ReadToEnd().Split('\n', 2);
        return new(parts[0].TrimStart('#', ' '), parts[1].Trim());
    }

    /// <summary>The holes, as kind and name, in their order.</summary>
    public IEnumerable<(string Kind, string Name)> Holes =>
        Hole().Matches(Body).Select(hole => (hole.Groups[1].Value, hole.Groups[2].Value));

    /// <summary>The text with its holes filled.</summary>
    /// <param name="fill">What stands in a hole of a kind and a name.</param>
    public string Filled(Func<string, string, string> fill) =>
        Hole().Replace(Body, hole => fill(hole.Groups[1].Value, hole.Groups[2].Value));

    [GeneratedRegex(@"\{\{(\w+) ([\w-]+)\}\}")]
    private static partial Regex Hole();
}
