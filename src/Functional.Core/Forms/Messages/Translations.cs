using System.Collections.Frozen;
using System.Text.Json;

namespace Functional.Core.Forms;

/// <summary>The sentences that are said to people, in other languages than English: a file for each language, from the
/// English sentence to the other.</summary>
internal static class Translations
{
    private static readonly Lazy<FrozenDictionary<string, string>> Spanish = new(() => Read("es.json"));

    /// <summary>A sentence in a language; null where it has none there.</summary>
    public static string? Find(Language language, string sentence) =>
        language == Language.Spanish ? Spanish.Value.GetValueOrDefault(sentence) : null;

    /// <summary>Every sentence of a file.</summary>
    internal static FrozenDictionary<string, string> Read(string file)
    {
        using var stream = typeof(Translations).Assembly.GetManifestResourceStream(file)!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateObject()
            .ToFrozenDictionary(sentence => sentence.Name, sentence => sentence.Value.GetString()!);
    }
}
