using System.Text.Json.Nodes;

namespace Functional.Core.Forms;

/// <summary>The visitor that describes a form: every field with its name, its type, its range
/// and its default.</summary>
internal sealed class Described : Fields
{
    private readonly List<Field> fields = [];
    private readonly JsonObject defaults;

    private Described(JsonObject defaults) => this.defaults = defaults;

    /// <summary>The fields of a form. The values that it has are the defaults.</summary>
    public static Items<Field> Of<A>(Form<A> form) where A : Form<A>
    {
        var described = new Described(Written.Of(form, isShort: true, isWhole: true));
        form.Each(described);
        return [.. described.fields];
    }

    public override double Real(string name, double value, Interval range) => Put(name, value, new Shape.Real(range));
    public override long Whole(string name, long value, Interval range) => Put(name, value, new Shape.Whole(range));
    public override Items<int> Wholes(string name, Items<int> value, Interval range) =>
        Put(name, value, new Shape.List(new Shape.Whole(range)));
    public override Items<double> Reals(string name, Items<double> value, Interval range) =>
        Put(name, value, new Shape.List(new Shape.Real(range)));
    public override ulong Seed(string name, ulong value) => Put(name, value, new Shape.Seed());
    public override bool Flag(string name, bool value) => Put(name, value, new Shape.Flag());
    public override string Choice(string name, string value, params string[] allowed) =>
        Put(name, value, new Shape.Choice([.. allowed]));
    public override E Choice<E>(string name, E value) =>
        Put(name, value, new Shape.Choice([.. Choices<E>.Names], typeof(E)));
    public override string Text(string name, string value) => Put(name, value, new Shape.Text());
    public override Items<string> Texts(string name, Items<string> value) =>
        Put(name, value, new Shape.List(new Shape.Text()));
    public override A One<A>(string name, A value, Kinds<A> kinds) => Put(name, value, new Shape.Member(kinds));
    public override Items<A> Many<A>(string name, Items<A> value, Kinds<A> kinds) =>
        Put(name, value, new Shape.List(new Shape.Member(kinds)));
    public override A? Part<A>(string name, A? value, A prototype) where A : class =>
        Put(name, value, new Shape.Open(new Shape.Part(typeof(A), Of(prototype))));
    public override A? Maybe<A>(string name, A? value, Kinds<A> kinds) where A : class =>
        Put(name, value, new Shape.Open(new Shape.Member(kinds)));

    private A Put<A>(string name, A value, Shape shape)
    {
        fields.Add(new(name, shape, defaults[name] is { } written ? JsonText.Written(written) : null));
        return value;
    }
}
