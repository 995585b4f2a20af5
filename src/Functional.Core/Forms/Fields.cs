namespace Functional;

/// <summary>
/// What can be written down: a record that shows each of its fields, by name, value and allowed range, to a visitor and
/// returns the record that the visitor's answers make. Reading, writing and checking are three visitors, so one
/// method per record says it all.
/// </summary>
/// <typeparam name="A">The family: activations, layers, losses ...</typeparam>
public abstract record Form<A> where A : Form<A>
{
    internal abstract A Each(Fields fields);
}

/// <summary>A visitor of fields.</summary>
internal abstract class Fields
{
    public abstract double Real(string name, double value, Interval range);
    public abstract long Whole(string name, long value, Interval range);
    public int Whole(string name, int value, Interval range) => (int)Whole(name, (long)value, range);
    public abstract Items<int> Wholes(string name, Items<int> value, Interval range);
    public abstract Items<double> Reals(string name, Items<double> value, Interval range);
    public abstract ulong Seed(string name, ulong value);
    public abstract bool Flag(string name, bool value);
    public abstract string Choice(string name, string value, params string[] allowed);
    /// <summary>One of the members of a type, written as its name in lower case, words with _ between them.</summary>
    public abstract E Choice<E>(string name, E value) where E : struct, Enum;

    public abstract string Text(string name, string value);
    public abstract Items<string> Texts(string name, Items<string> value);
    public abstract A One<A>(string name, A value, Kinds<A> kinds) where A : Form<A>;
    public abstract Items<A> Many<A>(string name, Items<A> value, Kinds<A> kinds) where A : Form<A>;

    /// <summary>A form within this one that may be left out, of one kind only: its fields, and nothing that names it.</summary>
    public abstract A? Part<A>(string name, A? value, A prototype) where A : Form<A>;

    /// <summary>A field that may be left open.</summary>
    public abstract A? Maybe<A>(string name, A? value, Kinds<A> kinds) where A : Form<A>;
}
