using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Functional;
using Functional.Core.Forms;

namespace Properties.Readme;

/// <summary>What settings mean, from the documentation of their records, which the compiler writes
/// beside the assembly.</summary>
internal static partial class XmlMeanings
{
    private static readonly Lazy<Dictionary<string, XElement>> Documented = new(() =>
        XDocument.Load(Path.ChangeExtension(typeof(Settings).Assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value));

    /// <summary>Fields that are not named as their property is: a property cannot have the name of its own type, or
    /// of one that it hides.</summary>
    private static readonly Dictionary<(Type, string), string> Exceptions = new()
    {
        [(typeof(Rate), "rate")] = nameof(Rate.Value),
        [(typeof(DecayingRate), "rate")] = nameof(DecayingRate.Rate),
        [(typeof(Penalty.ElasticNet), "l1")] = nameof(Penalty.ElasticNet.L1),
        [(typeof(Penalty.ElasticNet), "l2")] = nameof(Penalty.ElasticNet.L2),
        [(typeof(TableFormat), "decimal")] = nameof(TableFormat.Decimal),
    };

    /// <summary>Of every field and every kind of the library, under the names that
    /// <see cref="Meanings"/> keeps them.</summary>
    public static SortedDictionary<string, string> All()
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (part, type, fields) in SettingsPage.Parts)
            foreach (var field in fields)
                all[Meanings.Key(part, field)] = Of(type, field);
        foreach (var family in SettingsPage.Families)
            foreach (var kind in family.Kinds.Where(kind => kind.IsOwn))
            {
                all[Meanings.Key(family, kind)] = OfType(kind.Type);
                foreach (var field in kind.Fields) all[Meanings.Key(family, kind, field)] = Of(kind.Type, field);
            }
        return all;
    }

    /// <summary>The property that a field is written for: the one whose name in snake case the field has, in the
    /// record, in a record that it extends, or in a form whose fields stand among its own.</summary>
    public static PropertyInfo? Property(Type type, string field)
    {
        string? exception = Exceptions.GetValueOrDefault((type, field));
        var properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public);
        return properties.FirstOrDefault(property => property.Name == exception || Snake(property.Name) == field)
            ?? properties.Where(property => property.PropertyType == typeof(TableFormat))
                .Select(property => Property(property.PropertyType, field)).FirstOrDefault(found => found is not null);
    }

    private static string Of(Type type, Field field)
    {
        string meaning =
            Property(type, field.Name) is { } property ? OfProperty(property.ReflectedType!, property) : "";
        return field.Shape is Shape.Choice { Enumeration: { } choices }
            ? $"{meaning} {OfMembers(choices)}".Trim()
            : meaning;
    }

    private static string OfType(Type type) => Text($"T:{Name(type)}", "summary");

    // A property has documentation of its own, or is a parameter of its record or of one that this extends.
    private static string OfProperty(Type type, PropertyInfo property)
    {
        for (var at = type; at is not null && at != typeof(object); at = at.BaseType)
            if (Text($"P:{Name(at)}.{property.Name}", "summary") is { Length: > 0 } summary) return summary;
            else if (Text($"T:{Name(at)}", "param", property.Name) is { Length: > 0 } parameter) return parameter;
        return "";
    }

    private static string OfMembers(Type choices) => string.Join(" ",
        from member in Enum.GetNames(choices)
        let meaning = Text($"F:{Name(choices)}.{member}", "summary")
        where meaning.Length > 0
        select $"\"{Snake(member)}\": {char.ToLowerInvariant(meaning[0])}{meaning[1..]}");

    private static string Text(string member, string element, string? name = null) =>
        Documented.Value.TryGetValue(member, out var documented)
        && documented.Elements(element)
            .FirstOrDefault(found => name is null || found.Attribute("name")?.Value == name) is { } text
            ? Blanks().Replace(string.Concat(text.Nodes().Select(Shown)), " ").Trim()
            : "";

    private static string Shown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" } link
            when (link.Attribute("cref") ?? link.Attribute("name")) is { } to =>
            Last().Match(to.Value).Value,
        XElement element => string.Concat(element.Nodes().Select(Shown)),
        _ => "",
    };

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\w+(?=[^.\w]*$)")]
    private static partial Regex Last();
}
