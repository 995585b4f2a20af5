using System.Text;
using System.Text.Json.Nodes;

namespace Functional.Core.Forms;

/// <summary>Writes a form as JSON for people: every field on a line of its own, above it what it means
/// and what it takes.</summary>
internal sealed class Commented
{
    private const int Width = 118;
    private readonly StringBuilder text = new();
    private readonly Func<string, IEnumerable<string>> found;

    private Commented(Func<string, IEnumerable<string>> found) => this.found = found;

    /// <summary>The text.</summary>
    /// <param name="form">What is written, in full.</param>
    /// <param name="part">What <see cref="Meanings"/> keeps the meanings of its fields under.</param>
    /// <param name="found">What else is to be said above a field of some name, a line each.</param>
    public static string Of<A>(Form<A> form, string part, Func<string, IEnumerable<string>> found) where A : Form<A>
    {
        var commented = new Commented(found);
        commented.text.Append("{\n");
        commented.Put(Described.Of(form), Written.Of(form, isWhole: true), "  ", field => Meanings.Of(part, field));
        return commented.text.Append("}\n").ToString();
    }

    private void Put(Items<Field> fields, JsonObject values, string indent, Func<Field, string> meaning)
    {
        foreach (var (index, field) in fields.Index())
        {
            if (indent.Length == 2 && index > 0) text.Append('\n');
            Comment(indent, $"{meaning(field)} {Takes(field.Shape)}".Trim());
            if (indent.Length == 2)
                foreach (string line in found(field.Name)) Comment(indent, line);
            text.Append(indent).Append(JsonText.Text(field.Name)).Append(": ");
            Put(field.Shape, values[field.Name], indent);
            text.Append(index + 1 < fields.Count ? ",\n" : "\n");
        }
    }

    private void Put(Shape shape, JsonNode? value, string indent)
    {
        if (shape is Shape.Open(var inner)) Put(inner, value, indent);
        else if (shape is Shape.Member(var family) && value is JsonObject member)
        {
            var kind = family.Kinds.First(kind => kind.Name == (string?)member["kind"]);
            text.Append("{\n").Append(indent).Append("  \"kind\": ").Append(JsonText.Text(kind.Name)).Append(",\n");
            Put(kind.Fields, member, indent + "  ", field => Meanings.Of(family, kind, field));
            text.Append(indent).Append('}');
        }
        else if (value is JsonArray { Count: > 0 } items && items[0] is JsonObject)
            text.Append("[\n").AppendJoin(",\n", items.Select(item => $"{indent}  {JsonText.Written(item!)}"))
                .Append('\n').Append(indent).Append(']');
        else text.Append(value is null ? "null" : JsonText.Written(value));
    }

    // Words that would not fit on the line go to the next one.
    private void Comment(string indent, string comment)
    {
        var line = new StringBuilder($"{indent}//");
        foreach (string word in Visible.Line(comment).Split(' '))
        {
            if (line.Length + 1 + word.Length > Width && line.Length > indent.Length + 2)
            {
                text.Append(line).Append('\n');
                line.Clear().Append(indent).Append("//");
            }
            line.Append(' ').Append(word);
        }
        text.Append(line).Append('\n');
    }

    private static string Takes(Shape shape) => shape switch
    {
        Shape.Real(var range) => $"A number, {range}.",
        Shape.Whole(var range) => $"A whole number, {range}.",
        Shape.Seed => $"A whole number, between 0 and {ulong.MaxValue}.",
        Shape.Flag => "True or false.",
        Shape.Choice(var names, _) => $"One of {string.Join(", ", names.Select(JsonText.Text))}.",
        Shape.List(Shape.Text) => "A list of texts.",
        Shape.List(Shape.Member(var family)) => $"A list of {string.Join(", ", family.Kinds.Select(kind => kind.Name))}"
            + (family.Number is { } number ? $"; a number is {number.Meaning}." : "."),
        Shape.List(Shape.Real(var range)) => $"A list of numbers, each {range}.",
        Shape.List(Shape.Whole(var range)) => $"A list of whole numbers, each {range}.",
        Shape.Member(var family) => $"One of {string.Join(", ", family.Kinds.Select(kind => kind.Name))}.",
        Shape.Open(var inner) => $"{Takes(inner)[..^1]}, or null.",
        _ => "A text.",
    };
}
