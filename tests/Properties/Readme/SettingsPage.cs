using System.Globalization;
using System.Text;
using Functional;
using Functional.Core.Forms;

namespace Properties.Readme;

/// <summary>docs/settings.md as the fields say it.</summary>
internal static class SettingsPage
{
    private const int Width = 118;

    /// <summary>What an experiment's JSON is made of: the settings, and the task.</summary>
    public static (string Name, Type Type, Items<Field> Fields)[] Parts { get; } =
    [
        ("settings", typeof(Settings), [.. Experiment.Described.Where(one => Part(one) is null)]),
        .. from one in Experiment.Described
           let part = Part(one)
           where part is not null
           select (one.Name, part.Type, part.Fields),
    ];

    /// <summary>Every family whose members stand in an experiment's JSON, in the order of their first use.</summary>
    public static IReadOnlyList<IFamily> Families { get; } = Used(Parts.SelectMany(part => part.Fields), []);

    private static List<IFamily> Used(IEnumerable<Field> fields, List<IFamily> found)
    {
        foreach (var field in fields)
            if (Family(field.Shape) is { } family && !found.Contains(family))
            {
                found.Add(family);
                Used(family.Kinds.Where(kind => kind.IsOwn).SelectMany(kind => kind.Fields), found);
            }
        return found;
    }

    /// <summary>The whole page.</summary>
    /// <param name="meanings">What each field and kind means, under the names that
    /// <see cref="Meanings"/> keeps them.</param>
    public static string Written(IReadOnlyDictionary<string, string> meanings)
    {
        var page = new StringBuilder(Introduction);
        foreach (var (name, _, fields) in Parts)
        {
            page.Append(name == "settings" ? "\n## Settings\n\n" : $"\n## The object `{name}`\n\n{OfTask}\n");
            foreach (var field in fields) Put(page, 0, Line(field, meanings[Meanings.Key(name, field)]));
            if (name == "settings") PutDefaults(page);
        }
        foreach (var family in Families)
        {
            page.Append(
                CultureInfo.InvariantCulture, $"\n## {char.ToUpperInvariant(family.What[0])}{family.What[1..]}\n\n");
            if (family.Number is { } number)
                Put(page, 0, $"a whole number in a list, {number.Range}: {number.Meaning}");
            if (family.Text is { } text) Put(page, 0, $"a text: {text.Meaning}");
            foreach (var kind in family.Kinds.Where(kind => kind.IsOwn))
            {
                Put(page, 0, $"**`{kind.Name}`**: {meanings[Meanings.Key(family, kind)]}");
                foreach (var field in kind.Fields)
                    Put(page, 2, Line(field, meanings[Meanings.Key(family, kind, field)]));
            }
        }
        return page.ToString();
    }

    private const string OfTask =
        "What the data say. It is written by the library: in an experiment written by hand it is left out.\n";

    private const string Introduction = """
        # Settings

        An experiment is one JSON object; `functional train spec.json` trains it. Every field may be left out and then
        has its default. Comments (`// ...`) and a comma after the last item are allowed.

        ```json
        {
          "data": "table.csv",          // beside this file
          "hidden": [64, 32],           // two dense layers
          "optimizer": { "kind": "adam", "rate": 0.003 },
          "stopping": "patience",       // a name alone: its fields have their defaults
          "epochs": 200
        }
        ```

        `functional init table.csv` writes such a file with every setting, and `functional schema` a JSON Schema of it,
        which an editor completes and checks by: `"$schema": "settings.schema.json"` as the first field says where it
        is.

        A member of a family (a layer, an optimizer ...) is its name, or an object with its name as `"kind"` and those
        of its fields that are not to be the default. A fault names the field, its value and what it should be; all of
        them at once. In parentheses: what a field takes, and its default.

        """;

    // What a field takes and its default, and what it means.
    private static string Line(Field field, string meaning) =>
        $"`{field.Name}` "
        + $"({Takes(field.Shape)}"
        + $"{(field.Default is { } usual ? $"; {Code(usual)}" : field.Shape is Shape.Open ? "; `null`" : "")}): "
        + $"{meaning}";

    private static string Takes(Shape shape) => shape switch
    {
        Shape.Real(var range) => $"number, {range}",
        Shape.Whole(var range) => $"whole number, {range}",
        Shape.Seed => $"whole number, between 0 and {ulong.MaxValue}",
        Shape.Flag => "true or false",
        Shape.Choice(var names, _) => $"one of {string.Join(", ", names.Select(name => Code($"\"{name}\"")))}",
        Shape.Text => "text",
        Shape.List(Shape.Member(var family)) =>
            $"list, each item {family.OneOf().Replace(family.What, Link(family), StringComparison.Ordinal)}",
        Shape.List(Shape.Text) => "list of texts",
        Shape.List(var item) => $"list, each item a {Takes(item)}",
        Shape.Member(var family) => Link(family),
        Shape.Open(var inner) => $"{Takes(inner)} or null",
        _ => "object",
    };

    private static string OneOf(this IFamily family) =>
        $"{(family.What[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an" : "a")} {family.What}";

    private static string Link(IFamily family) =>
        $"[{family.What}](#{family.What.Replace("'", "", StringComparison.Ordinal).Replace(' ', '-')})";

    private static string Code(string text) => $"`{text}`";

    // Defaults are those of files of one's own; other data have better ones.
    private static void PutDefaults(StringBuilder page)
    {
        page.Append("\nThese are the defaults for files of your own. Built-in data have some of their own:\n\n");
        var usual = Described.Of(new Settings());
        foreach (var alike in DataSource.Kinds.Prototypes.GroupBy(source => Own(source, usual))
            .Where(alike => alike.Key.Length > 0))
            Put(page, 0, $"{string.Join(", ", alike.Select(source => $"**`{DataSource.Kinds.NameOf(source)}`**"))}: "
                + $"{alike.Key}");
    }

    private static string Own(DataSource source, Items<Field> usual) => string.Join(", ",
        from pair in Described.Of(Settings.For(source)).Zip(usual)
        where pair.Item1.Name != "data" && pair.Item1.Default != pair.Item2.Default
        select $"`{pair.Item1.Name}` {Code(pair.Item1.Default ?? "null")}");

    // An item of a list, in lines of the width of a page.
    private static void Put(StringBuilder page, int indent, string text)
    {
        string start = new(' ', indent);
        var line = new StringBuilder($"{start}-");
        foreach (string word in text.TrimEnd(' ', ':').Split(' '))
        {
            if (line.Length + 1 + word.Length > Width)
            {
                page.Append(line).Append('\n');
                line.Clear().Append(start).Append(' ');
            }
            line.Append(' ').Append(word);
        }
        page.Append(line).Append('\n');
    }

    private static IFamily? Family(Shape shape) => shape switch
    {
        Shape.Member(var family) => family,
        Shape.List(var item) => Family(item),
        Shape.Open(var inner) => Family(inner),
        _ => null,
    };

    private static Shape.Part? Part(Field field) => field.Shape is Shape.Open(Shape.Part part) ? part : null;
}
