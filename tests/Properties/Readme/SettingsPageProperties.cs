using System.Text.Encodings.Web;
using System.Text.Json;
using Properties.Structure;
using Xunit;

namespace Properties.Readme;

/// <summary>docs/settings.md is what the fields and the documentation of their records say, and so is what the
/// command knows of them. With FUNCTIONAL_WRITE=1 both files are written anew.</summary>
public sealed class SettingsPageProperties
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void The_page_of_settings_is_up_to_date() =>
        IsUpToDate("docs/settings.md", SettingsPage.Written(XmlMeanings.All()));

    [Fact]
    public void The_meanings_that_the_command_knows_are_up_to_date() =>
        IsUpToDate(
            "src/Functional.Core/Forms/Describing/meanings.json",
            JsonSerializer.Serialize(XmlMeanings.All(), Readable) + "\n");

    [Fact]
    public void Every_field_and_every_kind_has_a_meaning() =>
        Assert.Empty(from of in XmlMeanings.All() where of.Value.Length == 0 select of.Key);

    [Fact]
    public void Every_field_has_the_name_of_its_property_in_snake_case() => Assert.Empty(
        from of in SettingsPage.Parts.Select(part => (part.Name, part.Type, part.Fields)).Concat(
            from family in SettingsPage.Families
            from kind in family.Kinds
            where kind.IsOwn
            select (kind.Name, kind.Type, kind.Fields))
        from field in of.Fields
        where XmlMeanings.Property(of.Type, field.Name) is null
        select $"{of.Name}: {field.Name}");

    [Fact]
    public void Lines_of_the_page_end_before_column_120() =>
        Assert.All(SettingsPage.Written(XmlMeanings.All()).Split('\n'), line => Assert.InRange(line.Length, 0, 120));

    private static void IsUpToDate(string file, string text)
    {
        string path = Path.Combine(Repository.Root, file);
        if (Environment.GetEnvironmentVariable("FUNCTIONAL_WRITE") == "1") File.WriteAllText(path, text);
        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == text,
            $"{file} is not up to date; FUNCTIONAL_WRITE=1 writes it, see CONTRIBUTING.md");
    }
}
