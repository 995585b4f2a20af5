using Functional.Core.Forms;

namespace Functional;

/// <summary>
/// What can be written down: a record that shows each of its fields, by name, value and allowed range, to a visitor and
/// returns the record that the visitor's answers make. Reading, writing and checking are three visitors, so one
/// method per record says it all.
/// </summary>
/// <typeparam name="A">The family: activations, layers, losses ...</typeparam>
public abstract record Form<A> where A : Form<A>
{
    /// <summary>Shows each field to a visitor, and makes the record that its answers make. A record of a program's
    /// own need not say it: its fields are then the parameters of its constructor. One of the library that does not
    /// say it has none.</summary>
    protected internal virtual A Each(Fields fields) =>
        GetType().Assembly == typeof(Fields).Assembly ? (A)this : OwnFields.Visit((A)this, fields);
}

/// <summary>A visitor of fields: what reads, writes, checks or describes them. Each method takes the name of a
/// field as it is written, its value and its range, and returns the value to go on with.</summary>
public abstract class Fields
{
    private protected Fields() { }

    /// <summary>A real number.</summary>
    public abstract double Real(string name, double value, Interval range);
    /// <summary>A whole number.</summary>
    public abstract long Whole(string name, long value, Interval range);
    /// <summary>A whole number.</summary>
    public int Whole(string name, int value, Interval range) => (int)Whole(name, (long)value, range);
    /// <summary>A whole number that is written down only where it is not the usual one: a field that files without it
    /// came before.</summary>
    public virtual int WholeUnless(string name, int usual, int value, Interval range) => Whole(name, value, range);
    /// <summary>Whole numbers, each in the range.</summary>
    public abstract Items<int> Wholes(string name, Items<int> value, Interval range);
    /// <summary>Real numbers, each in the range.</summary>
    public abstract Items<double> Reals(string name, Items<double> value, Interval range);
    /// <summary>A seed: any number of 64 bits.</summary>
    public abstract ulong Seed(string name, ulong value);
    /// <summary>Whether something holds.</summary>
    public abstract bool Flag(string name, bool value);
    /// <summary>One of several texts.</summary>
    public abstract string Choice(string name, string value, params string[] allowed);
    /// <summary>One of the members of a type, written as its name in lower case, words with _ between them.</summary>
    public abstract E Choice<E>(string name, E value) where E : struct, Enum;

    /// <summary>Any text.</summary>
    public abstract string Text(string name, string value);
    /// <summary>Any texts.</summary>
    public abstract Items<string> Texts(string name, Items<string> value);
    /// <summary>A member of a family.</summary>
    public abstract A One<A>(string name, A value, Kinds<A> kinds) where A : Form<A>;
    /// <summary>Members of a family.</summary>
    public abstract Items<A> Many<A>(string name, Items<A> value, Kinds<A> kinds) where A : Form<A>;

    /// <summary>A form within this one that may be left out, of one kind only: its fields, and
    /// nothing that names it.</summary>
    public abstract A? Part<A>(string name, A? value, A prototype) where A : Form<A>;

    /// <summary>A field that may be left open.</summary>
    public abstract A? Maybe<A>(string name, A? value, Kinds<A> kinds) where A : Form<A>;
}
