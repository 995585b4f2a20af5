namespace Functional.Core.Randomness;

/// <summary>What a stream of random numbers is for. The numbers are frozen: a seed draws the same
/// in every release.</summary>
public enum Purpose
{
    /// <summary>First weights.</summary>
    Init = 1,

    /// <summary>The order of samples within an epoch.</summary>
    Shuffle = 2,

    /// <summary>Which cells are dropped.</summary>
    Dropout = 3,

    /// <summary>Toy problems and splits.</summary>
    Data = 4,

    /// <summary>Directions in parameter space.</summary>
    Landscape = 5,

    /// <summary>What is drawn to judge a model: resamples, permutations, samples to look at.</summary>
    Inspection = 6,

    /// <summary>The keys of a bag's members.</summary>
    Member = 7,

    /// <summary>The experiments of a random search.</summary>
    Sweep = 8,
}

/// <summary>
/// The source of randomness, as a value: every draw is a function of a key and a position, so nothing depends on what
/// was drawn before. A key is used once: for draws, or to derive further keys.
/// </summary>
/// <param name="Hi">The upper 32 bits.</param>
/// <param name="Lo">The lower 32 bits.</param>
public readonly record struct Key(uint Hi, uint Lo)
{
    // Derived keys come from counters whose second word no draw ever uses.
    private const uint ByIndex = 0xFFFFFFFF, ByPurpose = 0xFFFFFFFE, BySplit = 0xFFFFFFFD;

    /// <summary>The key of a seed: its 64 bits.</summary>
    public static Key FromSeed(ulong seed) => new((uint)(seed >> 32), (uint)seed);

    /// <summary>The key of the <paramref name="index"/>-th thing: a layer, a step, an epoch.</summary>
    public Key At(uint index) => Derive(index, ByIndex);

    /// <summary>The key of a step that may lie beyond 2^32.</summary>
    public Key AtStep(long step) => At((uint)(step >> 32)).At((uint)step);

    /// <summary>The key of one purpose.</summary>
    public Key For(Purpose purpose) => Derive((uint)purpose, ByPurpose);

    /// <summary>Two keys for one.</summary>
    public (Key, Key) Split() => (Derive(0, BySplit), Derive(1, BySplit));

    /// <summary>64 random bits of cell <paramref name="index"/>; lane tells apart several words
    /// that one cell needs.</summary>
    internal ulong Bits(uint index, uint lane)
    {
        var (x, y) = Threefry.Block((Hi, Lo), (index, lane));
        return ((ulong)x << 32) | y;
    }

    /// <summary>Those of many cells in a row, from the first one on.</summary>
    internal void Bits(uint first, uint lane, Span<ulong> into) => Threefry.Fill((Hi, Lo), first, lane, into);

    private Key Derive(uint index, uint way)
    {
        var (hi, lo) = Threefry.Block((Hi, Lo), (index, way));
        return new(hi, lo);
    }
}
