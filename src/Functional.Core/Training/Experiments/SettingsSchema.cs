using System.Text.Json.Nodes;
using Functional.Core.Forms;

namespace Functional.Core.Training;

/// <summary>The JSON Schema of an experiment.</summary>
internal static class SettingsSchema
{
    /// <summary>The schema, with everything in it that a program has registered so far.</summary>
    public static JsonObject Of()
    {
        var schema = JsonSchema.Of("An experiment of Functional", "settings", Experiment.Described);
        // A default that is not the same for all data is said, and not promised.
        foreach (string name in DataSource.Kinds.Prototypes.SelectMany(Own).Distinct())
            if (schema["properties"]![name] is JsonObject property)
            {
                string usual =
                    property.Remove("default", out var value) && value is not null ? JsonText.Written(value) : "null";
                property["description"] =
                    $"{property["description"]} Default: {usual}; built-in data and images have another.";
            }
        return schema;
    }

    // The fields whose default is this source's own.
    private static IEnumerable<string> Own(DataSource source) =>
        from pair in Described.Of(Settings.For(source)).Zip(Described.Of(new Settings()))
        where pair.Item1.Name != "data" && pair.Item1.Default != pair.Item2.Default
        select pair.Item1.Name;
}
