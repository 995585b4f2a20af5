namespace Functional.Lecture.Measuring;

/// <summary>How a claim is to be measured: the numbers follow from it, and from nothing else.</summary>
/// <param name="Seeds">How many seeds.</param>
/// <param name="FirstSeed">The first of them; the others follow it.</param>
/// <param name="IsFull">Whether the claim's full form is wanted.</param>
/// <param name="Falsehood">The falsehood to plant, by its name; none unless given.</param>
public sealed record ClaimOrder(int Seeds, ulong FirstSeed = 1, bool IsFull = false, string? Falsehood = null)
{
    /// <summary>The most seeds that may be asked for.</summary>
    public const int MostSeeds = 10_000;

    /// <summary>A claim as it is measured unless something else is asked for.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="isFull">Whether its full form is wanted.</param>
    public static ClaimOrder Usual(Claim claim, bool isFull = false)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return new(isFull ? claim.FullSeeds ?? claim.Seeds : claim.Seeds, IsFull: isFull);
    }

    /// <summary>What tells its files from those of other orders of one claim: trial i of two orders with one suffix is
    /// the same trial, however many seeds there are.</summary>
    internal string Suffix => string.Concat(
        IsFull ? "-full" : "", FirstSeed == 1 ? "" : $"-from-{FirstSeed}",
        Falsehood is null ? "" : $"-{Falsehood}");
}
