using System.Text.Json.Nodes;
using Functional.Core.Ensembles;
using Functional.Core.Forms;

namespace Functional.Sweeps;

/// <summary>A field that a sweep is to vary, as it was asked for: by its path, or by an edit of settings.</summary>
/// <param name="Name">The path, or what the edit is called.</param>
internal sealed record AskedField(string Name)
{
    /// <summary>Its values, each as JSON in one line; none where there is a range.</summary>
    public Items<string> Values { get; init; } = [];

    /// <summary>The range that they lie in; none where they are listed.</summary>
    public ValueRange? Range { get; init; }

    /// <summary>Gives settings the value of a place in the list; none where the field is named by its path.</summary>
    public Func<Settings, int, Settings>? Edit { get; init; }

    /// <summary>What is wrong with what was written; none where nothing is.</summary>
    public Phrase? Fault { get; init; }

    /// <summary>Where it stands; null where that is no path, or where it is an edit.</summary>
    public FieldPath? Path => Edit is null ? FieldPath.Parse(Name) : null;

    /// <summary>A field with a list of values.</summary>
    public static AskedField Of(string name, IEnumerable<JsonNode?> values) =>
        new(name) { Values = [.. values.Select(value => value is null ? "null" : JsonText.Written(value))] };

    /// <summary>Puts its value into an experiment's fields.</summary>
    public Invalid? Put(JsonObject fields, string value) => Path!.Put(fields, JsonNode.Parse(value));

    /// <summary>What is wrong with it, as far as it can be seen alone.</summary>
    public IEnumerable<Invalid> Faults()
    {
        if (Fault is not null) yield return new($"{Name}: {Fault}");
        else if (Edit is null && Path is null)
            yield return new(
                $"{Visible.Quoted(Name)} is no path to a field; it should be such as optimizer.rate or "
                    + $"hidden[0].units");
        else if (Range is null && Values.Count == 0)
            yield return new($"{Name} has no values; it should have at least 1");
        if (Name == "seed") yield return new($"seed is varied by the seeds of a sweep; it should be no field of it");
        foreach (var twice in Values.GroupBy(value => value).Where(value => value.Count() > 1))
            yield return new($"{Name} has the value {twice.Key} twice; it should have it once");
    }
}
