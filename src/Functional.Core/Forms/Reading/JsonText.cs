using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Functional.Core.Forms;

/// <summary>
/// The texts of JSON. JSON can write what is not Unicode, half of a surrogate pair (<c>"\ud800"</c>), and .NET's reader
/// throws where such a text is asked for. Here it is a value that is not there, and a fault that names the field.
/// </summary>
internal static class JsonText
{
    /// <summary>Parses JSON. Half of a pair that stands in it counts as though it were <c>\ud800</c>.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonDocument Parse(string json, JsonDocumentOptions options = default) =>
        JsonDocument.Parse(Escaped(json), options);

    /// <summary>The text of a string; null where it is not Unicode.</summary>
    public static string? Of(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException) when (json.ValueKind == JsonValueKind.String)
        {
            return null;
        }
    }

    /// <summary>The name of a field; null where it is not Unicode.</summary>
    public static string? NameOf(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>JSON in one line, with a blank after each colon and comma.</summary>
    public static string Written(JsonNode json) => json switch
    {
        JsonObject fields when fields.Count > 0 =>
            $"{{ {string.Join(", ", fields.Select(field => $"{Text(field.Key)}: {OrNull(field.Value)}"))} }}",
        JsonArray items => $"[{string.Join(", ", items.Select(OrNull))}]",
        JsonValue value when value.TryGetValue(out string? text) => Text(text),
        _ => json.ToJsonString(),
    };

    private static string OrNull(JsonNode? json) => json is null ? "null" : Written(json);

    /// <summary>A text as JSON. Only what must be is an escape.</summary>
    public static string Text(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>The name of a field as it is written.</summary>
    public static string Written(JsonProperty field) =>
        Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(field));

    /// <summary>A value as it is written, cut where it is long; with a word where it is not Unicode.</summary>
    public static string Shortened(JsonElement json)
    {
        string text = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(json));
        string shown = text.Length <= 60 ? text : text[..57] + "...";
        return json.ValueKind == JsonValueKind.String && Of(json) is null ? $"{shown} (not Unicode)" : shown;
    }

    /// <summary>The first string or name that is not Unicode, with its path; null where there is none.</summary>
    public static Phrase? Fault(JsonElement json) =>
        Within(json, "") is var (path, fault) ? (Phrase)$"{path.TrimStart('.')}{fault}" : null;

    private static (string Path, Phrase Fault)? Within(JsonElement json, string path)
    {
        if (json.ValueKind == JsonValueKind.String && Of(json) is null)
            return (path, $" is {Shortened(json)}; it should be a text");
        if (json.ValueKind == JsonValueKind.Array)
            foreach (var (index, item) in json.EnumerateArray().Index())
                if (Within(item, $"{path}[{index}]") is { } inItem)
                    return inItem;
        if (json.ValueKind == JsonValueKind.Object)
            foreach (var field in json.EnumerateObject())
                if (NameOf(field) is not { } name)
                    return ($"{path}.{Written(field)}", $" (not Unicode) is the name of a field; it should be a text");
                else if (Within(field.Value, $"{path}.{name}") is { } inField)
                    return inField;
        return null;
    }

    private static string Escaped(string json)
    {
        if (!json.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return json;
        var text = new StringBuilder(json.Length);
        for (int i = 0; i < json.Length; i++)
            if (i + 1 < json.Length && char.IsSurrogatePair(json[i], json[i + 1]))
                text.Append(json[i++]).Append(json[i]);
            else if (char.IsSurrogate(json[i])) text.Append(CultureInfo.InvariantCulture, $"\\u{(int)json[i]:x4}");
            else text.Append(json[i]);
        return text.ToString();
    }
}
