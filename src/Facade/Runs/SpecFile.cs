using System.Text.Json;
using System.Text.Json.Nodes;
using Functional.Core.Forms;

namespace Functional.Runs;

/// <summary>An experiment in a file: a spec that a person wrote, or the run.json of a run. Files that it names lie
/// where it says, seen from its own place.</summary>
internal static class SpecFile
{
    private const int Largest = 1 << 24;

    /// <summary>Its fields; null where it holds no object, which the reader of its
    /// <see cref="Text"/> then says.</summary>
    /// <exception cref="InvalidInputException">It cannot be read.</exception>
    public static JsonObject? Fields(string path) => Read(path).Fields;

    /// <summary>The same, and the digest of the data that a run had; null in a spec.</summary>
    public static (JsonObject? Fields, string? DataSha256) Read(string path)
    {
        string? digest = null;
        try
        {
            string text = Text(path);
            var lenient =
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
            using var document = JsonText.Parse(text, lenient);
            if (JsonText.Fault(document.RootElement) is not null) return default;
            var fields = JsonNode.Parse(text, null, lenient with { AllowDuplicateProperties = false }) as JsonObject;
            if (fields?["experiment"] is JsonObject ofRun && fields.ContainsKey("parameters_sha256"))
                (digest, fields) =
                    ((fields["data"] as JsonObject)?["sha256"]?.ToString(), (JsonObject)ofRun.DeepClone());
            if (fields?["data"] is JsonValue value && value.TryGetValue(out string? file)
                && FileSource.ByEnding(file) is { } source)
                fields["data"] = new JsonObject { ["kind"] = DataSource.Kinds.NameOf(source), ["path"] = file };
            if (fields?["data"] is JsonObject data) Place(data, Path.GetDirectoryName(Path.GetFullPath(path))!);
            return (fields, digest);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>What is written in it.</summary>
    /// <exception cref="InvalidInputException">It cannot be read, or is far too long.</exception>
    public static string Text(string path)
    {
        try
        {
            if (new FileInfo(path).Length is > Largest and var length)
                throw new InvalidInputException(
                    $"{path} has {length} bytes; an experiment should have at most {Largest}");
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InvalidInputException($"{path} cannot be read: {fault.Message}", fault);
        }
    }

    private static void Place(JsonObject data, string directory)
    {
        foreach (string field in (string[])["path", "targets"])
            if (data[field] is JsonValue value && value.TryGetValue(out string? file) && file.Length > 0
                && !Path.IsPathRooted(file))
                data[field] = Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(directory, file));
    }
}
