using Functional.Core.Randomness;

namespace Functional.Landscapes;

/// <summary>Where the verbs that look at a loss draw from. The numbers are frozen (numeric law 4); those that two verbs
/// share never meet in one.</summary>
/// <param name="all">The whole stream.</param>
internal sealed class LandscapeKeys(Key all)
{
    /// <summary>The keys of an experiment, or of another seed.</summary>
    public static LandscapeKeys Of(Experiment experiment, ulong? seed = null) =>
        new((seed is { } given ? Key.FromSeed(given) : experiment.Key).For(Purpose.Landscape));

    /// <summary>Two random directions: 0 and 1 of it.</summary>
    public Key Axes => all;

    /// <summary>The order in which layers are matched.</summary>
    public Key Matching => all.At(2);

    /// <summary>The steps that train a curve.</summary>
    public Key Curve => all.At(3);

    /// <summary>A start of a search for critical points: its first weights, and how far it is stretched or
    /// trained.</summary>
    public (Key Weights, Key Place) Start(int number) =>
        (all.At(4).At((uint)number).At(0), all.At(4).At((uint)number).At(1));

    /// <summary>The curvature by all parameters.</summary>
    public CurvatureKeys Curvature => new(all, Trace: all.At(2), Density: all.At(3));

    /// <summary>The curvature by those of a layer.</summary>
    public CurvatureKeys Layer => new(all.At(1), Trace: all.At(1).At(2), Density: all.At(1).At(3));

    /// <summary>The curvature along a training.</summary>
    public CurvatureKeys Watched => new(all.At(5).At(1), Trace: all.At(5).At(2), Density: all.At(5).At(3));

    /// <summary>The rows that it is over.</summary>
    public Key WatchedRows => all.At(5).At(0);

    /// <summary>Subspaces and starts within boxes.</summary>
    public Key Boxes => all.At(6);

    /// <summary>Some rows of many.</summary>
    public Key Rows => all.At(9);
}

/// <summary>Where the numbers of an operator are drawn from.</summary>
/// <param name="Starts">Of Lanczos' method.</param>
/// <param name="Trace">Probes of the trace.</param>
/// <param name="Density">Starts of the density.</param>
internal sealed record CurvatureKeys(Key Starts, Key Trace, Key Density);
