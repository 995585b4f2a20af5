using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Ensembles;

/// <summary>Whether networks go side by side in lanes or one by one over cores: a matter of speed, never of
/// bits.</summary>
internal enum LaneChoice
{
    /// <summary>Whichever is faster.</summary>
    Faster,

    /// <summary>Always in lanes.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}

/// <summary>The measurements behind <see cref="LaneChoice.Faster"/> (docs/benchmarks/ensembles.md).</summary>
internal static class LaneCosts
{
    // A step of 16 networks side by side takes as long as so many steps of one: up to so many multiply-adds in a step
    // of one network. The more of them, the less of a lone step is overhead, which is what lanes share.
    private static readonly (long MultiplyAdds, int LoneSteps)[] Measured =
        [(1_000, 3), (10_000, 4), (20_000, 6), (100_000, 8), (300_000, 14)];

    /// <summary>The most numbers that a pass in lanes may keep: 64 megabytes, in double 128.</summary>
    public const int MostNumbers = 1 << 24;

    /// <summary>Whether so many networks are trained faster side by side than one after the other.</summary>
    /// <param name="architecture">Their shape.</param>
    /// <param name="rows">Of a batch.</param>
    /// <param name="networks">At most 16.</param>
    public static bool IsFaster<T>(Architecture architecture, int rows, int networks)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Forward, and twice as many backward; but vectors hold half as many doubles.
        int halves = typeof(T) == typeof(float) ? 1 : 2;
        long multiplyAdds = 3L * halves * rows * architecture.Body.Products(architecture.Inputs);
        foreach (var (most, loneSteps) in Measured)
            if (multiplyAdds <= most)
                return networks > loneSteps && HasRoom<T>(architecture, rows);
        return false;
    }

    // Layers without products may be wide, too.
    private static bool HasRoom<T>(Architecture architecture, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var alone = architecture.Stage<T>();
        return Reduce.Lanes * (rows * alone.PerRow + alone.Parameters) <= MostNumbers;
    }
}
