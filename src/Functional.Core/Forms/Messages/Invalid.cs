using LanguageExt;

namespace Functional;

/// <summary>One fault of an input: the thing, its value and what it should be.</summary>
/// <param name="Phrase">One line, such as <c>batch_size is 0; it should be at least 1</c>, in any language.</param>
public sealed record Invalid(Phrase Phrase)
{
    /// <summary>One line, in English. Control characters in what it quotes from files and options
    /// stand as escapes.</summary>
    public string Message => Phrase.ToString();

    /// <summary>The message.</summary>
    public override string ToString() => Message;

    /// <summary>The value where there is no fault, else every fault.</summary>
    internal static Validation<Invalid, A> Unless<A>(IReadOnlyCollection<Invalid> faults, Func<A> value) =>
        faults.Count == 0
        ? Validation<Invalid, A>.Success(value())
        : Validation<Invalid, A>.Fail(new Seq<Invalid>(faults.Distinct()));
}
