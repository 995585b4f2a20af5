using System.Diagnostics.CodeAnalysis;
using LanguageExt;

namespace Functional;

/// <summary>What came of an attempt that bad input may spoil: a value, or every fault.</summary>
/// <typeparam name="A">What was asked for.</typeparam>
public sealed record Attempt<A> where A : class
{
    private Attempt(A? value, Items<Invalid> faults) => (Value, Faults) = (value, faults);

    /// <summary>The value; null where there are faults.</summary>
    public A? Value { get; }

    /// <summary>Every fault; none where there is a value.</summary>
    public Items<Invalid> Faults { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Value is not null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidInputException">There are faults; the message lists all of them.</exception>
    public A OrThrow() => Value ?? throw new InvalidInputException(Faults);

    internal static Attempt<A> Done(A value) => new(value, []);

    internal static Attempt<A> Failed(IEnumerable<Invalid> faults) => new(null, [.. faults.Distinct()]);

    /// <summary>What a function gives or refuses.</summary>
    internal static Attempt<A> From(Func<A> attempt)
    {
        try
        {
            return Done(attempt());
        }
        catch (InvalidInputException refusal)
        {
            return Failed(refusal.Faults);
        }
    }

    /// <summary>What the core found.</summary>
    internal static Attempt<A> Of(Validation<Invalid, A> found) =>
        found.Match(Succ: Done, Fail: faults => Failed(faults));
}
