using System.Numerics;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Ensembles;

/// <summary>What one shard of every network's batch gave, or several added up: <see cref="Training.ShardSum{T}"/> for
/// networks side by side.</summary>
internal sealed class LaneSum<T>(int parameters, int running) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Aligned<T> gradient = new(parameters), runningSum = new(running), losses = new(Reduce.Lanes);

    public Span<T> Gradient => gradient.Span;
    public Span<T> Running => runningSum.Span;
    public Span<T> Losses => losses.Span;

    /// <summary>How many shards with rows it is of.</summary>
    public int Shards { get; set; }

    /// <summary>What a shard without rows gives.</summary>
    public void Clear()
    {
        Gradient.Clear();
        Running.Clear();
        Losses.Clear();
        Shards = 0;
    }

    /// <summary>A tree for so many shards.</summary>
    public static SumTree<LaneSum<T>> Tree(int shards, int parameters, int running) =>
        new(shards, () => new(parameters, running), static (sum, shard) => sum.Add(shard));

    private void Add(LaneSum<T> other)
    {
        Elementwise.Zip(default(Add<T>), Gradient, other.Gradient, Gradient);
        Elementwise.Zip(default(Add<T>), Running, other.Running, Running);
        Elementwise.Zip(default(Add<T>), Losses, other.Losses, Losses);
        Shards += other.Shards;
    }
}
