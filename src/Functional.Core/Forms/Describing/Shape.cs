namespace Functional.Core.Forms;

/// <summary>A field as it is described: its name, what it may hold, and its default as JSON.</summary>
/// <param name="Name">As it is written in JSON.</param>
/// <param name="Shape">What it may hold.</param>
/// <param name="Default">As JSON in one line, as short as it can be written; null where it is left open.</param>
internal sealed record Field(string Name, Shape Shape, string? Default);

/// <summary>A member of a family as it is described.</summary>
/// <param name="Name">The name it is written under.</param>
/// <param name="Type">Its record.</param>
/// <param name="Fields">Its fields.</param>
/// <param name="IsOwn">Whether it is one of the library's; else a program brought it along.</param>
internal sealed record Kind(string Name, Type Type, Items<Field> Fields, bool IsOwn);

/// <summary>What a field may hold.</summary>
internal abstract record Shape
{
    /// <summary>A real number.</summary>
    public sealed record Real(Interval Range) : Shape;

    /// <summary>A whole number.</summary>
    public sealed record Whole(Interval Range) : Shape;

    /// <summary>A whole number of 64 bits without a sign.</summary>
    public sealed record Seed : Shape;

    /// <summary>True or false.</summary>
    public sealed record Flag : Shape;

    /// <summary>One of some texts; those of an enumeration, if they are its members.</summary>
    public sealed record Choice(Items<string> Names, Type? Enumeration = null) : Shape;

    /// <summary>Any text.</summary>
    public sealed record Text : Shape;

    /// <summary>A list.</summary>
    public sealed record List(Shape Item) : Shape;

    /// <summary>A member of a family.</summary>
    public sealed record Member(IFamily Family) : Shape;

    /// <summary>An object of one kind only.</summary>
    public sealed record Part(Type Type, Items<Field> Fields) : Shape;

    /// <summary>What may be null, or left out.</summary>
    public sealed record Open(Shape Inner) : Shape;
}

/// <summary>A table of names, whatever it is a table of.</summary>
internal interface IFamily
{
    /// <summary>What a member is called: <c>layer</c>.</summary>
    string What { get; }

    /// <summary>Every member, those that a program added too.</summary>
    IEnumerable<Kind> Kinds { get; }

    /// <summary>The numbers that stand for members in a list, and what they mean.</summary>
    (Interval Range, string Meaning)? Number { get; }

    /// <summary>The texts that stand for members beside their names, and what they mean.</summary>
    (string Pattern, string Meaning)? Text { get; }
}
