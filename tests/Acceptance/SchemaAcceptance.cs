using Xunit;

namespace Acceptance;

/// <summary><c>functional schema</c> prints a JSON Schema, and knows the functions that a user brings along.</summary>
public sealed class SchemaAcceptance
{
    [Fact]
    public void It_is_JSON_with_meanings_and_defaults()
    {
        var schema = Command.Run(["schema"]);
        Assert.Equal((0, ""), (schema.Status, schema.Errors));
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string?)schema.Json["$schema"]);
        Assert.Equal(0.2, (double?)schema.Json["properties"]!["test"]!["default"]);
        Assert.Contains(
            "Share of the samples", (string?)schema.Json["properties"]!["test"]!["description"],
            StringComparison.Ordinal);
        Assert.DoesNotContain("cubic", Activations(schema));
    }

    [Fact]
    public void Functions_of_one_s_own_are_in_it() =>
        Assert.Contains(
            "cubic",
            Activations(Command.Run(["schema", "--functions", typeof(OwnFunctionsAcceptance).Assembly.Location])));

    [Fact]
    public void Its_help_has_an_example() =>
        Assert.Contains(
            "functional schema > settings.schema.json", Command.Run(["schema", "--help"]).Output,
            StringComparison.Ordinal);

    private static IEnumerable<string?> Activations(Command schema) =>
        schema.Json["$defs"]!["activation"]!["oneOf"]!.AsArray().Select(one => (string?)one!["const"]);
}
