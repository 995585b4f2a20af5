using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Functional.Core.Forms;

namespace Functional.Core.Ensembles;

/// <summary>Where a field stands in an experiment's JSON: <c>optimizer.rate</c>, <c>hidden[0].units</c>.</summary>
/// <param name="Steps">From the outside in: names of fields, and places in lists, from 0.</param>
internal sealed partial record FieldPath(Items<FieldStep> Steps)
{
    /// <summary>From a text; null where it is none.</summary>
    public static FieldPath? Parse(string text) => !Written().IsMatch(text)
        ? null
        : new([.. Step().Matches(text).Select(step => step.Groups["place"] is { Success: true, Value: var place }
            ? new FieldStep("", int.Parse(place, System.Globalization.CultureInfo.InvariantCulture))
            : new FieldStep(step.Value, 0))]);

    /// <summary>Whether it leads into the field of another path.</summary>
    public bool IsWithin(FieldPath other) =>
        Steps.Count > other.Steps.Count && Steps.Take(other.Steps.Count).SequenceEqual(other.Steps);

    /// <summary>Puts a value there.</summary>
    /// <param name="experiment">The experiment's fields, all of them; a member that is written as its name becomes an
    /// object where the path leads into it.</param>
    /// <param name="value">The value.</param>
    /// <returns>Why there is no such place; null where there is. A field that nobody knows is left to the reader.
    /// </returns>
    public Invalid? Put(JsonObject experiment, JsonNode? value)
    {
        JsonNode? at = experiment;
        for (int i = 0; i < Steps.Count; i++)
        {
            bool isLast = i == Steps.Count - 1;
            var (name, place) = Steps[i];
            if (name.Length == 0)
            {
                if (at is not JsonArray list)
                    return new($"{this}: {Text(i)} is {Shown(at)}; it should be a list");
                if (list.Count == 0) return new($"{this}: {Text(i)} is empty; it has no item [{place}]");
                if (place >= list.Count)
                    return new($"{this}: {Text(i)} has no item [{place}]; its last one is [{list.Count - 1}]");
                if (isLast) list[place] = value;
                else at = list[place] = Opened(list[place]);
            }
            else if (at is not JsonObject fields)
                return new($"{this}: {Text(i)} is {Shown(at)}; it has no field {name}");
            else if (isLast) fields[name] = value;
            else if (fields[name] is null) return new($"{this}: there is no {Text(i + 1)} here; it is left open");
            else at = fields[name] = Opened(fields[name]);
        }
        return null;
    }

    /// <summary>As it is written.</summary>
    public override string ToString() => Text(Steps.Count);

    private string Text(int steps) => string.Concat(Steps.Take(steps).Select((step, i) =>
        step.Name.Length == 0 ? $"[{step.Place}]" : i == 0 ? step.Name : $".{step.Name}"));

    private static string Shown(JsonNode? json) => json is null ? "null" : JsonText.Written(json);

    // A member without fields of its own is written as its name.
    private static JsonNode? Opened(JsonNode? at) => at is JsonValue value && value.TryGetValue(out string? kind)
        ? new JsonObject { ["kind"] = kind }
        : at?.DeepClone();

    [GeneratedRegex(@"^[a-z][a-z0-9_]*(\[\d{1,6}\])*(\.[a-z][a-z0-9_]*(\[\d{1,6}\])*)*$")]
    private static partial Regex Written();

    [GeneratedRegex(@"[a-z][a-z0-9_]*|\[(?<place>\d+)\]")]
    private static partial Regex Step();
}

/// <summary>A step of a path: into a field, or to a place in a list.</summary>
/// <param name="Name">The field; nothing for a place.</param>
/// <param name="Place">The place, from 0.</param>
internal readonly record struct FieldStep(string Name, int Place);
