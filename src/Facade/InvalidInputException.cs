namespace Functional;

/// <summary>Bad input to one of the methods that throw; the message lists every fault. Their <c>Try</c>
/// counterparts give the same faults as a value.</summary>
public sealed class InvalidInputException : Exception
{
    /// <summary>An exception of one message.</summary>
    public InvalidInputException(Phrase message) : this([new Invalid(message)]) { }

    /// <summary>An exception of one message and its cause.</summary>
    public InvalidInputException(Phrase message, Exception inner) : base(message?.ToString(), inner) =>
        Faults = [new(message ?? Phrase.Empty)];

    /// <summary>An exception of all faults.</summary>
    public InvalidInputException(IEnumerable<Invalid> faults) : this([.. faults]) { }

    /// <summary>An exception without a reason.</summary>
    public InvalidInputException() : this($"bad input") { }

    private InvalidInputException(Invalid[] faults) : base(string.Join(" | ", faults.Select(fault => fault.Message))) =>
        Faults = faults;

    /// <summary>Every fault.</summary>
    public IReadOnlyList<Invalid> Faults { get; }
}
