using System.Text.Json;
using Functional.Core.Forms;
using LanguageExt;

namespace Functional.Core.Data;

/// <summary>One column that samples come from: a number, or a category that takes an input for each of its values
/// (1 at the value, 0 elsewhere).</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Values">The values of a category, in order; none for a number.</param>
public sealed record Feature(string Name, Items<string> Values) : Form<Feature>
{
    internal static Kinds<Feature> Kinds { get; } = new("feature", ("feature", new Feature("", [])));

    /// <summary>The column of which it says where cells are missing (1, elsewhere 0); empty for one that is
    /// a column itself.</summary>
    public string IndicatorOf { get; init; } = "";

    /// <summary>How many inputs it takes.</summary>
    public int Width => Math.Max(Values.Count, 1);

    /// <inheritdoc/>
    protected internal override Feature Each(Fields fields) => new(
        fields.Text("name", Name), fields.Texts("values", Values))
    {
        IndicatorOf = fields.Text("indicator_of", IndicatorOf),
    };
}

/// <summary>What the columns of samples mean, and what the classes are called.</summary>
/// <param name="Features">In the order of the inputs.</param>
/// <param name="Labels">The names of the classes by their numbers; none where there are no classes or no names.</param>
public sealed record Schema(Items<Feature> Features, Items<string> Labels) : Form<Schema>
{
    /// <summary>The columns of the targets; none where they are not known.</summary>
    public Items<string> Targets { get; init; } = [];

    /// <summary>How the table was read that the columns come from, to read others like it; null
    /// where there was none.</summary>
    public TableFormat? Format { get; init; }

    /// <summary>The columns that a table must have: the features that are columns themselves.</summary>
    internal IEnumerable<string> Columns =>
        Features.Where(feature => feature.IndicatorOf.Length == 0).Select(feature => feature.Name);

    /// <summary>What each input is: a column, a column's value, or where a column's cells are missing.</summary>
    internal IEnumerable<string> Inputs =>
        from feature in Features
        from name in feature.Values.Count > 0
            ? feature.Values.Select(value => $"{feature.Name} = {value}")
            : [feature.IndicatorOf.Length > 0 ? $"{feature.IndicatorOf} is missing" : feature.Name]
        select name;

    /// <summary>As JSON, which <see cref="Read"/> reads back.</summary>
    public string ToJson() => Written.Of(this).ToJsonString();

    /// <summary>A schema from JSON, or every fault.</summary>
    public static Validation<Invalid, Schema> Read(string json)
    {
        var faults = new List<Invalid>();
        var schema = new Schema([], []);
        try
        {
            using var document = JsonText.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                schema = Reading.Of(document.RootElement, schema, faults);
            else faults.Add(new($"the schema is not a JSON object; it should be one, {{...}}"));
        }
        catch (JsonException)
        {
            faults.Add(new($"the schema is not JSON; it should be an object, {{...}}"));
        }
        return Invalid.Unless(faults, () => schema);
    }

    /// <inheritdoc/>
    protected internal override Schema Each(Fields fields) => new(
        fields.Many("features", Features, Feature.Kinds), fields.Texts("labels", Labels))
    {
        Targets = fields.Texts("targets", Targets),
        Format = fields.Maybe("format", Format, TableFormat.Kinds),
    };
}
