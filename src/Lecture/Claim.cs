using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>A sentence of the lecture as a value: what is measured over seeds, what was to be seen fixed beforehand,
/// and what would turn the verdict.</summary>
/// <param name="Name">By which the command knows it, such as <c>xor-impossible</c>.</param>
/// <param name="Chapter">The part of the lecture that it belongs to.</param>
/// <param name="Sentence">The sentence; in Spanish, the lecture's own words where it has them.</param>
public sealed record Claim(string Name, Chapter Chapter, Phrase Sentence)
{
    /// <summary>Where it comes from, the lecture's own references first.</summary>
    public required Items<Source> Sources { get; init; }

    /// <summary>What is done, in one or two sentences: networks, data, optimizer, steps.</summary>
    public required Phrase Method { get; init; }

    /// <summary>What is to be seen for the claim to hold: all of it. Fixed before anything is measured.</summary>
    public required Items<Criterion> Criteria { get; init; }

    /// <summary>Measures: an estimate for each criterion, tables and figures. The same trials give the same
    /// findings.</summary>
    public required Func<ClaimTrials, Findings> Measure { get; init; }

    /// <summary>How many seeds are measured unless others are asked for.</summary>
    public int Seeds { get; init; } = 20;

    /// <summary>Changes to the experiment after which the claim must not hold: its instrument can say no.</summary>
    public Items<Falsehood> Falsehoods { get; init; } = [];

    /// <summary>What the full form does in place of the short one; null where there is but one form.</summary>
    public Phrase? FullForm { get; init; }

    /// <summary>How many seeds the full form measures unless others are asked for; as many as the short one unless
    /// given.</summary>
    public int? FullSeeds { get; init; }

    /// <summary>Why it cannot be measured here, such as data that are missing; null where it can.</summary>
    public Func<bool, Phrase?> Missing { get; init; } = _ => null;
}

/// <summary>The parts of the lecture, in its order.</summary>
public enum Chapter
{
    /// <summary>Exclusive or, and units in layers.</summary>
    Layers,

    /// <summary>The loss of several layers.</summary>
    Loss,

    /// <summary>Forward and backward propagation, automatic differentiation.</summary>
    Gradients,

    /// <summary>What dense networks are.</summary>
    Networks,

    /// <summary>What the lecture leads on to.</summary>
    Beyond,
}

/// <summary>A paper or a book.</summary>
/// <param name="Authors">As one cites them, such as <c>Keskar et al.</c></param>
/// <param name="Title">Its title.</param>
/// <param name="Year">When it came out.</param>
public sealed record Source(string Authors, string Title, int Year)
{
    /// <summary>As one cites it.</summary>
    public override string ToString() => $"{Authors}, {Title}, {Year}";
}

/// <summary>A change to a claim's experiment after which it must not hold any more.</summary>
/// <param name="Name">By which the command knows it, such as <c>linear</c>.</param>
/// <param name="What">What is changed.</param>
public sealed record Falsehood(string Name, Phrase What);
