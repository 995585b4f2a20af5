namespace Functional.Lecture;

/// <summary>The lecture's words for what is not a word.</summary>
internal static class StandingWords
{
    /// <summary>A verdict in a word or two.</summary>
    public static Phrase Of(Standing standing) => standing switch
    {
        Standing.Holds => $"holds",
        Standing.Open => $"is open",
        _ => $"does not hold",
    };

    /// <summary>What a chapter is called.</summary>
    public static Phrase Of(Chapter chapter) => chapter switch
    {
        Chapter.Layers => $"Units in layers",
        Chapter.Loss => $"The loss of several layers",
        Chapter.Gradients => $"Gradients",
        Chapter.Networks => $"What dense networks are",
        _ => $"Beyond the lecture",
    };
}
