namespace Functional.Lecture;

/// <summary>What is seen of a net at one epoch.</summary>
/// <param name="Error">The share of training samples in a wrong class.</param>
/// <param name="At">How the classes lie.</param>
internal readonly record struct CollapseLook(double Error, ClassGeometry At)
{
    private const int Count = 8;

    /// <summary>Of the features of the last hidden layer.</summary>
    public static CollapseLook Of(ClassFeatures features) => new(features.Error, features.Geometry);

    /// <summary>All looks at a net in a row.</summary>
    public static double[] Numbers(IEnumerable<CollapseLook> looks) =>
    [
        .. looks.SelectMany(look => (double[])
        [
            look.Error, look.At.Within, look.At.Lengths, look.At.Angles, look.At.Simplex, look.At.Duality,
            look.At.Nearest, look.At.Directions,
        ]),
    ];

    /// <summary>The looks again.</summary>
    public static CollapseLook[] Read(double[] numbers) =>
    [
        .. numbers.Chunk(Count).Select(look =>
            new CollapseLook(
                look[0], new(look[1], look[2], look[3], look[4], look[5], look[6], look[7]))),
    ];

    /// <summary>The place of the first look without an error, where the terminal phase begins; that of the last look
    /// where there is none.</summary>
    public static int Terminal(CollapseLook[] looks) =>
        Array.FindIndex(looks, look => look.Error == 0) is >= 0 and var found ? found : looks.Length - 1;
}
