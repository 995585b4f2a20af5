using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Training;

/// <summary>What one shard gave, or several added up, in memory that is written again and again.</summary>
internal sealed class ShardSum<T>(int parameters, int running) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Aligned<T> gradient = new(parameters), runningSum = new(running);

    public Span<T> Gradient => gradient.Span;
    public Span<T> Running => runningSum.Span;
    public T Loss { get; set; }

    /// <summary>How many shards with rows it is of.</summary>
    public int Shards { get; set; }

    /// <summary>What a shard without rows gives.</summary>
    public void Clear()
    {
        Gradient.Clear();
        Running.Clear();
        (Loss, Shards) = (T.Zero, 0);
    }

    public void Add(ShardSum<T> other)
    {
        Elementwise.Zip(default(Add<T>), Gradient, other.Gradient, Gradient);
        Elementwise.Zip(default(Add<T>), Running, other.Running, Running);
        Loss += other.Loss;
        Shards += other.Shards;
    }

    /// <summary>The running values of the whole batch: the mean of those that the shards with
    /// rows arrived at.</summary>
    public void MeanRunning(Span<T> into) =>
        Elementwise.Map(new Scale<T>(T.One / T.CreateChecked(Shards)), Running, into);

    /// <exception cref="ArgumentException">It is of another network.</exception>
    public void Set(ShardGradient<T> shard)
    {
        if (shard.Gradient.Direction.Length != Gradient.Length || shard.Running.Length != Running.Length)
            throw new ArgumentException(
                $"a shard gave {shard.Gradient.Direction.Length} derivatives and {shard.Running.Length} running "
                    + $"values; it should give "
                    + $"{Gradient.Length} and {Running.Length}");
        shard.Gradient.Direction.Span.CopyTo(Gradient);
        shard.Running.Span.CopyTo(Running);
        (Loss, Shards) = (shard.Loss, shard.Shards);
    }

    /// <summary>A tree for so many shards.</summary>
    public static SumTree<ShardSum<T>> Tree(int shards, int parameters, int running) =>
        new(shards, () => new(parameters, running), static (sum, shard) => sum.Add(shard));

    public ShardGradient<T> Freeze() => new(Loss, new(Vec<T>.Of(Gradient)), Vec<T>.Of(Running), Shards);
}
