using System.Text.Json;

namespace Functional.Core.Forms;

/// <summary>What settings mean, in a sentence or two each: the documentation of their records, kept
/// in this assembly (meanings.json) so that the command needs no other file. Empty for what a
/// program brings along.</summary>
internal static class Meanings
{
    /// <summary>The file that they are kept in.</summary>
    public const string File = "meanings.json";

    private static readonly Lazy<Dictionary<string, string>> All = new(Read);

    /// <summary>Of a field of the settings, <c>settings</c>, or of a part of them, <c>task</c>.</summary>
    public static string Of(string part, Field field) => Find(Key(part, field));

    /// <summary>Of a member of a family.</summary>
    public static string Of(IFamily family, Kind kind) => Find(Key(family, kind));

    /// <summary>Of a field of a member of a family.</summary>
    public static string Of(IFamily family, Kind kind, Field field) => Find(Key(family, kind, field));

    /// <summary>The name that a meaning is kept under.</summary>
    public static string Key(string part, Field field) => $"{part}/{field.Name}";

    /// <summary>The name that a meaning is kept under.</summary>
    public static string Key(IFamily family, Kind kind) => $"{family.What}/{kind.Name}";

    /// <summary>The name that a meaning is kept under.</summary>
    public static string Key(IFamily family, Kind kind, Field field) => $"{family.What}/{kind.Name}/{field.Name}";

    private static string Find(string key) => All.Value.GetValueOrDefault(key, "");

    private static Dictionary<string, string> Read()
    {
        using var stream = typeof(Meanings).Assembly.GetManifestResourceStream(File)!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString()!);
    }
}
