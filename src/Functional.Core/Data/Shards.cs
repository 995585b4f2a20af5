using System.Numerics;

namespace Functional.Core.Data;

/// <summary>How a batch is cut into shards (numeric law 5). It is part of an experiment's answer, and has nothing
/// to do with how work is cut for threads.</summary>
public static class Shards
{
    private const int Most = 1024;

    /// <summary>The rows of a shard: those from floor(rows shard / shards) on, up to and without floor(rows (shard
    /// + 1) / shards). None where there are more shards than rows and others have them.</summary>
    /// <param name="rows">How many rows the batch has.</param>
    /// <param name="shard">Which one, from 0.</param>
    /// <param name="shards">Into how many it is cut.</param>
    public static (int First, int Count) Rows(int rows, int shard, int shards)
    {
        int first = (int)((long)rows * shard / shards), end = (int)((long)rows * (shard + 1) / shards);
        return (first, end - first);
    }

    internal static void Require(int shards)
    {
        if (shards is < 1 or > Most || !BitOperations.IsPow2(shards))
            throw new ArgumentException(
                $"a batch is cut into {shards} shards; it should be a power of two, 1 to {Most}");
    }
}
