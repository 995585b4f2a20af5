using System.Text.RegularExpressions;
using Functional.Core.Forms;

namespace Functional;

/// <summary>The members of a family by the names they are written under, each with its default fields. A program
/// may add members of its own.</summary>
public sealed partial class Kinds<A> : IFamily where A : Form<A>
{
    private readonly string what;
    private readonly (string Name, A Prototype)[] own;
    private readonly Lock adding = new();
    private volatile (string Name, A Prototype)[] members;

    internal Kinds(string what, params (string Name, A Prototype)[] own) =>
        (this.what, this.own, members) = (what, own, own);

    /// <summary>The numbers that stand for members in a list, if there are any.</summary>
    internal ShortNumber<A>? Number { get; init; }

    /// <summary>The texts that stand for members beside their names, if there are any.</summary>
    internal ShortText<A>? Text { get; init; }

    /// <summary>What a member is called in a message, with its article.</summary>
    internal Phrase OneOf => Phrase.Of((what[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an " : "a ") + what);

    /// <summary>Every name, in the order of the table.</summary>
    public IEnumerable<string> Names => members.Select(member => member.Name);

    /// <summary>The library's own members with their default fields.</summary>
    public IEnumerable<A> Prototypes => own.Select(member => member.Prototype);

    /// <summary>The name of a member; of a program's own that was not registered, that of its type.</summary>
    public string NameOf(A value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Registered(value) ?? value.GetType().Name;
    }

    /// <summary>The name that a member is written under.</summary>
    /// <exception cref="ArgumentException">It is a program's own and was not registered.</exception>
    internal string WrittenNameOf(A value) => Registered(value)
        ?? throw new ArgumentException($"{value.GetType().Name} has no name as {OneOf}; "
            + $"Registry.Add<{value.GetType().Name}>(\"name\") gives it one");

    private string? Registered(A value)
    {
        foreach (var (name, prototype) in members)
            if (prototype.GetType() == value.GetType())
                return name;
        return null;
    }

    /// <summary>The member of a name with its default fields; null where there is none.</summary>
    public A? Find(string name) => members.FirstOrDefault(member => member.Name == name).Prototype;

    /// <summary>Adds a member; nothing happens where it is there already.</summary>
    /// <exception cref="ArgumentException">The name is taken, or cannot be one.</exception>
    internal void Add(string name, A prototype)
    {
        if (name is null || !Written().IsMatch(name))
            throw new ArgumentException($"the name of {OneOf} is \"{name}\"; it should be lower-case letters, digits "
                + $"and underscores, a letter first");
        lock (adding)
        {
            if (Find(name) is not { } there) members = [.. members, (name, prototype)];
            else if (there.GetType() != prototype.GetType())
                throw new ArgumentException(
                    $"{OneOf} is called \"{name}\" already; another one should have another name");
        }
    }

    string IFamily.What => what;

    IEnumerable<Kind> IFamily.Kinds => members.Select(member =>
        new Kind(member.Name, member.Prototype.GetType(), Described.Of(member.Prototype), own.Contains(member)));

    (Interval Range, string Meaning)? IFamily.Number => Number is { } number ? (number.Range, number.Meaning) : null;

    (string Pattern, string Meaning)? IFamily.Text => Text is { } text ? (text.Pattern, text.Meaning) : null;

    /// <summary>The fault of a name that is not in the table.</summary>
    internal Invalid Unknown(string path, string name) =>
        new($"{path} is \"{name}\"; it should be a known {Phrase.Of(what)}: {string.Join(", ", Names)}{OrText}");

    /// <summary>The fault of what can be no member.</summary>
    /// <param name="path">Where it stands.</param>
    /// <param name="value">What stands there.</param>
    /// <param name="inList">Whether it stands in a list, where a number may.</param>
    internal Invalid NoMember(string path, string value, bool inList)
    {
        var or = inList && Number is { } number
            ? $"; or a whole number, {number.Range}: {Phrase.Of(number.Meaning)}"
            : OrText;
        return new($"{path} is {value}; it should be the name of {OneOf} or an object with its name as \"kind\": "
            + $"{string.Join(", ", Names)}{or}");
    }

    private Phrase OrText => Text is null ? Phrase.Empty : $"; or {Phrase.Of(Text.Meaning)}";

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex Written();
}
