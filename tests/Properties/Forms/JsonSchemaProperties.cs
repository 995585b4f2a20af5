using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Functional;
using Functional.Core.Forms;
using Functional.Core.Training;
using Properties.Facade;
using Properties.Generators;
using Properties.Training;
using Xunit;

namespace Properties.Forms;

/// <summary>The schema and the reader agree: what one finds wrong by shape or range, so does the other.</summary>
public sealed class JsonSchemaProperties
{
    private static readonly Json.Schema.JsonSchema Schema = Json.Schema.JsonSchema.FromText(
        SettingsSchema.Of().ToJsonString());

    [Fact]
    public void Every_experiment_is_valid() =>
        Any.Experiment.Sample(experiment => IsValid(experiment.ToJson()), iter: 200);

    [Fact]
    public void An_experiment_written_short_is_valid() => Any.Settings.Sample(settings =>
        IsValid(Written.Of(settings, isShort: true).ToJsonString()), iter: 200);

    /// <summary>The JSON of the properties of settings, of which much is wrong.</summary>
    public static TheoryData<string> Written_by_hand =>
        [.. typeof(SettingsProperties).GetMethods()
            .SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>())
            .Select(data => data.Data[0] as string ?? "")
            .Where(IsJson).Distinct()];

    [Theory, MemberData(nameof(Written_by_hand))]
    public void What_the_reader_faults_by_shape_or_range_is_not_valid(string json) =>
        Assert.Equal(IsReadable(json), IsValid(json));

    [Theory]
    [InlineData(
        """{ "hidden": [64, "dropout", { "kind": "sequence", "layers": [3] }], "data": "a/b.CSV", "loss": null }""")]
    [InlineData("""{ "$schema": "settings.schema.json", "task": { "problem": { "kind": "multi_label", "labels": 3 """
        + """}, "inputs": 2 } }""")]
    [InlineData("""{ "seed": 18446744073709551615, "optimizer": { "kind": "chain", "rules": ["adam", """
        + """{ "kind": "lion" }] } }""")]
    public void What_may_be_written_is_valid(string json) =>
        Assert.Equal((true, true), (IsReadable(json), IsValid(json)));

    [Fact]
    public void The_reader_and_the_schema_agree_on_experiments_with_one_value_changed() =>
        Gen.Select(Any.Experiment, Gen.Int[0, 1 << 20], Odd).Sample((experiment, at, odd) =>
        {
            var json = JsonNode.Parse(experiment.ToJson())!;
            var values = Values(json).ToArray();
            values[at % values.Length].ReplaceWith(JsonNode.Parse(odd));
            string changed = json.ToJsonString();
            Assert.True(
                IsReadable(changed) == IsValid(changed),
                $"{string.Join(", ", Experiment.FaultsOfFields(changed))}; with {odd} in {changed}");
        }, iter: 1000);

    [Fact]
    public void Functions_of_one_s_own_are_in_it()
    {
        Activation.Register<Custom.Mish>();
        var names = SettingsSchema.Of()["$defs"]!["activation"]!["oneOf"]!.AsArray()
            .Select(one => (string?)one!["const"]);
        Assert.Contains(Custom.Mish.Name, names);
    }

    [Fact]
    public void Layers_of_one_s_own_are_in_it_with_their_ranges()
    {
        Registry.Add<Scale>("own_scale");
        var start = SettingsSchema.Of()["$defs"]!["layer"]!["oneOf"]!.AsArray().Select(one => one!["properties"])
            .First(fields => (string?)fields?["kind"]!["const"] == "own_scale")!["start"]!;
        Assert.Equal((-9, 9, 1), ((int)start["minimum"]!, (int)start["maximum"]!, (int)start["default"]!));
    }

    [Fact]
    public void Every_definition_that_is_referred_to_is_there_and_every_field_is_described()
    {
        var schema = SettingsSchema.Of();
        var definitions = schema["$defs"]!.AsObject();
        foreach (var (_, value) in Objects(schema).SelectMany(of => of).Where(of => of.Key == "$ref"))
            Assert.True(definitions[((string)value!)["#/$defs/".Length..]] is JsonObject, (string)value!);
        Assert.All(schema["properties"]!.AsObject(), of => Assert.NotEqual("", (string?)of.Value!["description"]));
        Assert.Equal(
            "Parts of a batch, a power of two from 1 to 1024.",
            (string?)schema["properties"]!["shards"]!["description"]);
        Assert.Equal(1, (int?)schema["properties"]!["shards"]!["default"]);
        Assert.Null(schema["properties"]!["epochs"]!["default"]);
        Assert.EndsWith(
            "Default: 100; built-in data and images have another.",
            (string?)schema["properties"]!["epochs"]!["description"], StringComparison.Ordinal);
    }

    private static Gen<string> Odd => Gen.OneOf<string>(
        "-1", "0", "1", "2", "3.5", "1000000000", "\"\"", "\"adam\"", "\"relu\"", "\"none\"", "\"digits\"",
        "\"file.csv\"", "\"float\"", "null", "true",
        "[]", "{}", "[1]", "[\"dense\", 4]", """{ "kind": "dense" }""", """{ "kind": "csv_file", "path": "x" }""",
        """{ "kind": "adam", "rate": 0 }""");

    private static bool IsValid(string json) => Schema.Evaluate(JsonDocument.Parse(json).RootElement).IsValid;

    private static bool IsReadable(string json) => Experiment.FaultsOfFields(json).Count == 0;

    // JSON that a schema can speak of: without a name given twice, what is no Unicode, or a
    // number that no double holds.
    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (text.Contains("e999", StringComparison.Ordinal) || JsonText.Fault(document.RootElement) is not null)
                return false;
            using var withoutDuplicates = JsonDocument.Parse(text, new() { AllowDuplicateProperties = false });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static IEnumerable<JsonNode> Values(JsonNode json) => json switch
    {
        JsonObject fields => fields.Select(field => field.Value!).SelectMany(value => Values(value).Prepend(value)),
        JsonArray items => items.SelectMany(value => Values(value!).Prepend(value!)),
        _ => [],
    };

    private static IEnumerable<JsonObject> Objects(JsonNode? json) => json switch
    {
        JsonObject fields => fields.SelectMany(field => Objects(field.Value)).Prepend(fields),
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };
}
