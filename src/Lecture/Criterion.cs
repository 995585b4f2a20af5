using Functional.Core.Forms;
using Functional.Core.Inspection;

namespace Functional.Lecture;

/// <summary>What is to be seen for a claim to hold.</summary>
/// <param name="Name">By which a measurement names it, such as <c>best_loss</c>.</param>
/// <param name="Says">What is measured, such as "the least loss of a trained unit".</param>
/// <param name="Wanted">Where it is to lie.</param>
/// <param name="Because">Why there: a theorem, a published number, a choice made beforehand.</param>
public sealed record Criterion(string Name, Phrase Says, Bound Wanted, Phrase Because)
{
    /// <summary>How a measurement stands to it: it holds where the whole interval lies as wanted, fails where none of
    /// it does or nothing was measured, and is open in between.</summary>
    public Standing Judge(Estimate measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        var (low, high) = (measured.Low, measured.High);
        return double.IsNaN(measured.Value) || high < Wanted.Low || low > Wanted.High ? Standing.Fails
            : low >= Wanted.Low && high <= Wanted.High ? Standing.Holds
            : Standing.Open;
    }
}

/// <summary>Where a number is to lie; both ends belong to it.</summary>
/// <param name="Low">The least.</param>
/// <param name="High">The most.</param>
public sealed record Bound(double Low, double High) : IPhrased
{
    /// <summary>At least a number.</summary>
    public static Bound AtLeast(double low) => new(low, double.PositiveInfinity);

    /// <summary>At most a number.</summary>
    public static Bound AtMost(double high) => new(double.NegativeInfinity, high);

    /// <summary>A number and no other.</summary>
    public static Bound Exactly(double number) => new(number, number);

    Phrase IPhrased.Words =>
        double.IsNegativeInfinity(Low) ? (Phrase)$"at most {Numerals.Of(High)}"
        : double.IsPositiveInfinity(High) ? $"at least {Numerals.Of(Low)}"
        : Low == High ? Phrase.Verbatim(Numerals.Of(Low))
        : $"{Numerals.Of(Low)} to {Numerals.Of(High)}";
}

/// <summary>Whether something was seen.</summary>
public enum Standing
{
    /// <summary>It was.</summary>
    Holds,

    /// <summary>The interval holds both: more seeds may tell.</summary>
    Open,

    /// <summary>It was not.</summary>
    Fails,
}
