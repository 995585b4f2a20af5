using System.Text.Json.Nodes;

namespace Functional.Core.Forms;

/// <summary>The visitor that writes a form as JSON. A member without fields is written as its name alone; where it
/// is to be short, fields that have their default are left out of members.</summary>
internal sealed class Written : Fields
{
    private readonly JsonObject into = [];

    private readonly bool isShort, isWhole;

    private Written(bool isShort, bool isWhole) => (this.isShort, this.isWhole) = (isShort, isWhole);

    /// <summary>A form as JSON.</summary>
    /// <param name="form">The form.</param>
    /// <param name="isShort">Whether fields of members that have their default are left out.</param>
    /// <param name="isWhole">Whether fields are there, too, that are written only where they are not the usual
    /// ones.</param>
    public static JsonObject Of<A>(Form<A> form, bool isShort = false, bool isWhole = false) where A : Form<A>
    {
        var written = new Written(isShort, isWhole);
        return form.Each(written).Equals(form)
            ? written.into
            : throw new NotSupportedException(
                $"{form.GetType().Name} holds more than its fields say, which would be lost when it is written down; "
                + "all that it is should be parameters of its constructor, or shown to the visitor by Each");
    }

    public static JsonNode Of<A>(A member, Kinds<A> kinds, bool isShort = false) where A : Form<A>
    {
        string kind = kinds.WrittenNameOf(member);
        var fields = Of(member, isShort);
        if (isShort)
            foreach (var (name, usual) in Of(kinds.Find(kind)!, isShort))
                if (JsonNode.DeepEquals(fields[name], usual)) fields.Remove(name);
        if (fields.Count == 0) return kind;
        var named = new JsonObject { ["kind"] = kind };
        foreach (var (name, value) in fields) named[name] = value?.DeepClone();
        if (member.GetType().Assembly != typeof(Written).Assembly) RequireReadBack(member, kinds, named);
        return named;
    }

    // A part of a program's own says its fields itself, and may forget some: it is read as a reader will read it.
    private static void RequireReadBack<A>(A member, Kinds<A> kinds, JsonObject named) where A : Form<A>
    {
        var faults = new List<Invalid>();
        if (Reading.Of(named.ToJsonString(), kinds, "it", faults) is { } read && faults.Count == 0
            && !read.Equals(member))
            throw new NotSupportedException(
                $"{member.GetType().Name} would be read back as another part than it is: {read}, and not {member}; "
                + "Each should show every field, and make a part of the answers");
    }

    public override double Real(string name, double value, Interval range) => Put(name, value, value);
    public override long Whole(string name, long value, Interval range) => Put(name, value, value);
    public override int WholeUnless(string name, int usual, int value, Interval range) =>
        value == usual && !isWhole ? value : Whole(name, value, range);
    public override Items<int> Wholes(string name, Items<int> value, Interval range) =>
        Put(name, value, new JsonArray([.. value.Select(item => (JsonNode)item)]));
    public override Items<double> Reals(string name, Items<double> value, Interval range) =>
        Put(name, value, new JsonArray([.. value.Select(item => (JsonNode)item)]));
    public override ulong Seed(string name, ulong value) => Put(name, value, value);
    public override bool Flag(string name, bool value) => Put(name, value, value);
    public override string Choice(string name, string value, params string[] allowed) => Put(name, value, value);
    public override E Choice<E>(string name, E value) => Put(name, value, Choices<E>.NameOf(value));
    public override string Text(string name, string value) => Put(name, value, value);
    public override Items<string> Texts(string name, Items<string> value) =>
        Put(name, value, new JsonArray([.. value.Select(item => (JsonNode)item)]));
    public override A One<A>(string name, A value, Kinds<A> kinds) => Put(name, value, Of(value, kinds, isShort));
    public override A? Part<A>(string name, A? value, A prototype) where A : class =>
        value is null ? null : Put(name, value, Of(value, isShort));

    public override A? Maybe<A>(string name, A? value, Kinds<A> kinds) where A : class =>
        value is null ? null : One(name, value, kinds);

    public override Items<A> Many<A>(string name, Items<A> value, Kinds<A> kinds) =>
        Put(name, value, new JsonArray([.. value.Select(member => Of(member, kinds, isShort))]));

    private A Put<A>(string name, A value, JsonNode written)
    {
        into[name] = written;
        return value;
    }
}
