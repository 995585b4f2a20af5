using System.Globalization;
using System.Text.Json.Nodes;

namespace Functional.Core.Forms;

/// <summary>A JSON Schema (draft 2020-12) of what <see cref="Reading"/> reads and <see cref="Check"/> finds
/// no fault in: types, ranges, names and defaults, with what each means. What depends on several fields at
/// once is not in it.</summary>
internal sealed class JsonSchema
{
    private readonly JsonObject definitions = [];

    private JsonSchema() { }

    /// <summary>The schema of an object with some fields.</summary>
    /// <param name="title">What it describes.</param>
    /// <param name="part">What <see cref="Meanings"/> keeps the meanings of the fields under.</param>
    /// <param name="fields">The fields.</param>
    public static JsonObject Of(string title, string part, Items<Field> fields)
    {
        var schema = new JsonSchema();
        var properties = schema.Properties(fields, field => Meanings.Of(part, field));
        properties.Insert(
            0, "$schema",
            new JsonObject { ["type"] = "string", ["description"] = "Where this schema is, for editors." });
        return new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = title,
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
            ["$defs"] = schema.definitions,
        };
    }

    private JsonObject Properties(Items<Field> fields, Func<Field, string> meaning)
    {
        var properties = new JsonObject();
        foreach (var field in fields)
        {
            var of = Of(field.Shape, field.Name);
            if (meaning(field) is { Length: > 0 } means) of["description"] = means;
            if (field.Default is { } usual) of["default"] = JsonNode.Parse(usual);
            properties[field.Name] = of;
        }
        return properties;
    }

    private JsonObject Of(Shape shape, string name) => shape switch
    {
        Shape.Real(var range) => Ranged("number", range),
        Shape.Whole(var range) => Ranged("integer", range),
        Shape.Seed => new() { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = ulong.MaxValue },
        Shape.Flag => new() { ["type"] = "boolean" },
        Shape.Choice(var names, _) => new() { ["enum"] = new JsonArray([.. names.Select(one => (JsonNode)one)]) },
        Shape.Text => new() { ["type"] = "string" },
        Shape.List(Shape.Member { Family: { Number: { } number } family }) => ListOf(OneOf(
            Ranged("integer", number.Range, number.Meaning), Reference(family))),
        Shape.List(var item) => ListOf(Of(item, name)),
        Shape.Member(var family) => Reference(family),
        Shape.Part(_, var fields) => Object(Properties(fields, field => Meanings.Of(name, field))),
        Shape.Open(var inner) => OneOf(Of(inner, name), new() { ["type"] = "null" }),
        _ => throw new NotSupportedException($"{shape} has no schema"),
    };

    private static JsonObject ListOf(JsonObject item) => new() { ["type"] = "array", ["items"] = item };

    private static JsonObject OneOf(params IEnumerable<JsonObject> schemas) =>
        new() { ["oneOf"] = new JsonArray([.. schemas]) };

    private static JsonObject Object(JsonObject properties) =>
        new() { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };

    // A family is described once, and may be made of itself.
    private JsonObject Reference(IFamily family)
    {
        string name = family.What.Replace("'", "", StringComparison.Ordinal).Replace(' ', '_');
        if (!definitions.ContainsKey(name))
        {
            definitions[name] = null;
            definitions[name] = Of(family);
        }
        return new() { ["$ref"] = $"#/$defs/{name}" };
    }

    // A name, a text that stands for a member, or an object with the name as "kind".
    private JsonObject Of(IFamily family) => OneOf(
        [
            .. family.Kinds.Select(kind => Named(family, kind)),
            .. family.Text is { } text
                ? [new JsonObject { ["type"] = "string", ["pattern"] = text.Pattern, ["description"] = text.Meaning }]
                : Array.Empty<JsonObject>(),
            .. family.Kinds.Select(kind =>
            {
                var properties = Properties(kind.Fields, field => Meanings.Of(family, kind, field));
                properties.Insert(0, "kind", Named(family, kind));
                var schema = Object(properties);
                schema["required"] = new JsonArray("kind");
                return schema;
            }),
        ]);

    private static JsonObject Named(IFamily family, Kind kind)
    {
        var named = new JsonObject { ["const"] = kind.Name };
        if (Meanings.Of(family, kind) is { Length: > 0 } means) named["description"] = means;
        return named;
    }

    private static JsonObject Ranged(string type, Interval range, string? description = null)
    {
        var schema = new JsonObject { ["type"] = type };
        if (range.Low > -double.MaxValue) schema[range.LowOpen ? "exclusiveMinimum" : "minimum"] = Bound(range.Low);
        if (range.High < double.MaxValue) schema[range.HighOpen ? "exclusiveMaximum" : "maximum"] = Bound(range.High);
        if (description is not null) schema["description"] = description;
        return schema;
    }

    // A whole number without an exponent.
    private static JsonNode Bound(double bound)
    {
        bool isWhole = Math.Abs(bound) < 1e15 && bound == Math.Floor(bound);
        return JsonNode.Parse(bound.ToString(isWhole ? "F0" : "R", CultureInfo.InvariantCulture))!;
    }
}
