using System.Text.Json.Nodes;
using Functional.Core.Forms;

namespace Functional.Core.Ensembles;

/// <summary>What the fields of an experiment may hold.</summary>
internal static class FieldShape
{
    /// <summary>What the field at a path may hold; null where there is no such field.</summary>
    /// <param name="experiment">The experiment's fields, all of them.</param>
    /// <param name="path">Where it stands.</param>
    public static Shape? Of(JsonObject experiment, FieldPath path)
    {
        Shape? shape = null;
        JsonNode? at = experiment;
        foreach (var (name, place) in path.Steps)
            if (name.Length == 0)
            {
                shape = shape is Shape.List list ? Inner(list.Item) : null;
                at = at is JsonArray items && place < items.Count ? items[place] : null;
            }
            else
            {
                var fields = shape switch
                {
                    null when ReferenceEquals(at, experiment) => Experiment.Described,
                    Shape.Member(var family) => family.Kinds.FirstOrDefault(kind => kind.Name == NameOf(at))?.Fields,
                    Shape.Part part => part.Fields,
                    _ => null,
                };
                shape = fields?.FirstOrDefault(field => field.Name == name) is { } found ? Inner(found.Shape) : null;
                at = (at as JsonObject)?[name];
            }
        return shape;
    }

    private static Shape Inner(Shape shape) => shape is Shape.Open open ? open.Inner : shape;

    private static string? NameOf(JsonNode? member) =>
        (member is JsonObject fields ? fields["kind"] : member)?.ToString();
}
