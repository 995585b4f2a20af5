using System.Globalization;
using System.Text.Json;

namespace Functional.Core.Forms;

/// <summary>
/// The visitor that reads a form from JSON. A field that is missing keeps its default; a wrong type, a number that its
/// type cannot hold, a name not in a table and a field that no one asked for are faults, all of them collected.
/// </summary>
internal sealed class Reading : Fields
{
    private readonly Dictionary<string, JsonElement> given = [];
    private readonly List<string> unreadable = [], names = []; // of fields that are given, and of those that there are
    private readonly List<Invalid> faults;
    private readonly string path;
    private readonly object? usual; // the list that would stand where the list around all this does

    private Reading(JsonElement json, List<Invalid> faults, string path, object? usual = null)
    {
        (this.faults, this.path, this.usual) = (faults, path, usual);
        foreach (var property in json.EnumerateObject())
            if (JsonText.NameOf(property) is not { } name) unreadable.Add(JsonText.Written(property));
            else if (!given.TryAdd(name, property.Value))
                faults.Add(new($"{path}{name} is given twice; it should be given once"));
    }

    /// <summary>Reads the fields of <paramref name="prototype"/> from a JSON object.</summary>
    public static A Of<A>(JsonElement json, Form<A> prototype, List<Invalid> faults, string path = "") where A : Form<A>
    {
        var reading = new Reading(json, faults, path);
        var form = prototype.Each(reading);
        reading.RefuseRest();
        return form;
    }

    /// <summary>Reads a member of a family, written as its name or as an object; null, and a fault,
    /// where it is none.</summary>
    public static A? Of<A>(string json, Kinds<A> kinds, string at, List<Invalid> faults) where A : Form<A>
    {
        try
        {
            using var document = JsonText.Parse(json);
            using var nothing = JsonDocument.Parse("{}");
            return new Reading(nothing.RootElement, faults, "").Member(document.RootElement, kinds, at);
        }
        catch (JsonException)
        {
            faults.Add(new($"{at} is not JSON; it should be the name of {kinds.OneOf}, or an object"));
            return null;
        }
    }

    public override double Real(string name, double value, Interval range)
    {
        if (!Takes(name, out var json)) return value;
        if (json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out double number) && Holds(number, json))
            return number;
        Refuse(name, json, $"a number, {range}");
        return value;
    }

    public override long Whole(string name, long value, Interval range)
    {
        if (!Takes(name, out var json)) return value;
        if (json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out int whole)) return whole;
        Refuse(name, json, $"a whole number, {range}");
        return value;
    }

    public override Items<int> Wholes(string name, Items<int> value, Interval range) => Takes(name, out var json)
        ? Numbers<int>(name, json, $"a whole number, {range}", item => item.TryGetInt32(out int whole) ? whole : null)
        : value;

    public override Items<double> Reals(string name, Items<double> value, Interval range) => Takes(name, out var json)
        ? Numbers<double>(
            name, json, $"a number, {range}",
            item => item.TryGetDouble(out double number) && Holds(number, item) ? number : null)
        : value;

    private Items<A> Numbers<A>(string name, JsonElement json, Phrase what, Func<JsonElement, A?> read) where A : struct
    {
        var numbers = new List<A>();
        if (json.ValueKind != JsonValueKind.Array) Refuse(name, json, $"a list, each item {what}");
        else
            foreach (var (index, item) in json.EnumerateArray().Index())
                if (item.ValueKind == JsonValueKind.Number && read(item) is { } number) numbers.Add(number);
                else Refuse($"{name}[{index}]", item, what);
        return [.. numbers];
    }

    public override ulong Seed(string name, ulong value)
    {
        if (!Takes(name, out var json)) return value;
        if (json.ValueKind == JsonValueKind.Number && json.TryGetUInt64(out ulong seed)) return seed;
        Refuse(name, json, $"a whole number, between 0 and {ulong.MaxValue.ToString(CultureInfo.InvariantCulture)}");
        return value;
    }

    public override bool Flag(string name, bool value)
    {
        if (!Takes(name, out var json)) return value;
        if (json.ValueKind is JsonValueKind.True or JsonValueKind.False) return json.GetBoolean();
        Refuse(name, json, $"true or false");
        return value;
    }

    public override string Choice(string name, string value, params string[] allowed)
    {
        if (!Takes(name, out var json)) return value;
        if (Said(json) is { } text) return text;
        Refuse(name, json, $"one of {string.Join(", ", allowed)}");
        return value;
    }

    public override E Choice<E>(string name, E value)
    {
        if (!Takes(name, out var json)) return value;
        if (Said(json) is { } text && Choices<E>.Find(text) is { } found) return found;
        if (Said(json) is { } other) faults.Add(Check.NotAmong(path + name, other, Choices<E>.Names));
        else Refuse(name, json, $"one of {string.Join(", ", Choices<E>.Names)}");
        return value;
    }

    public override string Text(string name, string value)
    {
        if (!Takes(name, out var json)) return value;
        if (Said(json) is { } text) return text;
        Refuse(name, json, $"a text");
        return value;
    }

    public override Items<string> Texts(string name, Items<string> value)
    {
        if (!Takes(name, out var json)) return value;
        if (json.ValueKind != JsonValueKind.Array)
        {
            Refuse(name, json, $"a list of texts");
            return value;
        }
        var texts = new List<string>();
        foreach (var (index, item) in json.EnumerateArray().Index())
            if (Said(item) is { } text) texts.Add(text);
            else Refuse($"{name}[{index}]", item, $"a text");
        return [.. texts];
    }

    public override A One<A>(string name, A value, Kinds<A> kinds) =>
        Takes(name, out var json) ? Member(json, kinds, path + name) ?? value : value;

    public override A? Part<A>(string name, A? value, A prototype) where A : class
    {
        if (!Takes(name, out var json) || json.ValueKind == JsonValueKind.Null) return value;
        if (json.ValueKind == JsonValueKind.Object) return Of(json, prototype, faults, $"{path}{name}.");
        Refuse(name, json, $"an object");
        return value;
    }

    public override A? Maybe<A>(string name, A? value, Kinds<A> kinds) where A : class =>
        Takes(name, out var json) && json.ValueKind != JsonValueKind.Null
        ? Member(json, kinds, path + name) ?? value
        : value;

    public override Items<A> Many<A>(string name, Items<A> value, Kinds<A> kinds)
    {
        if (!Takes(name, out var json)) return value;
        if (json.ValueKind != JsonValueKind.Array)
        {
            Refuse(name, json, $"a list, each item {kinds.OneOf}");
            return value;
        }
        var members = new List<A>();
        var instead = usual as Items<A> ?? value;
        // Something stands for what cannot be read, so that later faults count from the same places.
        foreach (var (index, item) in json.EnumerateArray().Index())
            members.Add(Member(item, kinds, $"{path}{name}[{index}]", instead) ?? kinds.Prototypes.First());
        return [.. members];
    }

    // A member is its name, or an object with its name as "kind" and its fields; or what is short for one.
    private A? Member<A>(JsonElement json, Kinds<A> kinds, string at, Items<A>? instead = null) where A : Form<A>
    {
        if (instead is not null && json.ValueKind == JsonValueKind.Number && kinds.Number is { } numbers)
        {
            if (json.TryGetInt32(out int number)) return numbers.Member(number, instead);
            faults.Add(new(
                $"{at}.{numbers.Field} is {JsonText.Shortened(json)}; it should be a whole number, {numbers.Range}"));
            return null;
        }
        string? name = json.ValueKind switch
        {
            JsonValueKind.Object => json.EnumerateObject().Where(field => JsonText.NameOf(field) == "kind")
                .Select(kind => Said(kind.Value)).LastOrDefault(),
            _ => Said(json),
        };
        var prototype = name is null ? null : kinds.Find(name);
        if (json.ValueKind == JsonValueKind.String && (prototype ?? kinds.Text?.Member(name ?? "")) is { } said)
            return said;
        if (prototype is null)
        {
            faults.Add(name is null
                ? kinds.NoMember(at, JsonText.Shortened(json), instead is not null)
                : kinds.Unknown(at, name));
            return null;
        }
        var reading = new Reading(json, faults, at + ".", instead ?? usual);
        reading.Takes("kind", out _);
        var member = prototype.Each(reading);
        reading.RefuseRest();
        return member;
    }

    // Whether a double can hold what is written: 1e400 would become infinite, 1e-400 zero.
    private static bool Holds(double number, JsonElement json) =>
        double.IsFinite(number)
        && (number != 0 || json.GetRawText().Split('e', 'E')[0].AsSpan().IndexOfAnyInRange('1', '9') < 0);

    private void RefuseRest()
    {
        var should =
            names.Count == 0 ? (Phrase)$"there are none here" : $"it should be one of {string.Join(", ", names)}";
        foreach (var name in unreadable.Concat(given.Keys))
            if (name != "$schema" || path.Length > 0) // what editors read: where the schema is
                faults.Add(new($"{path}{name} is not a field; {should}"));
    }

    private bool Takes(string name, out JsonElement json)
    {
        names.Add(name);
        return given.Remove(name, out json);
    }

    private void Refuse(string name, JsonElement json, Phrase should) =>
        faults.Add(new($"{path}{name} is {JsonText.Shortened(json)}; it should be {should}"));

    private static string? Said(JsonElement json) => json.ValueKind == JsonValueKind.String ? JsonText.Of(json) : null;
}
