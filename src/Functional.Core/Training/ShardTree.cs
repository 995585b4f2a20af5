using System.Numerics;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Training;

/// <summary>
/// The one binary tree along which shards are added (numeric law 5): shard 0 with 1, 2 with 3, then the sums with each
/// other. Shards come in order, so log2(shards) + 1 places suffice: two neighbours of equal size are joined at once.
/// </summary>
internal sealed class ShardTree<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Place[] places;
    private int filled, shards, counted;

    public ShardTree(int shards, int parameters, int running) =>
        places = [.. Enumerable.Range(0, BitOperations.Log2((uint)shards) + 1).Select(_ => new Place(new(parameters), new(running)))];

    /// <summary>Room for the shard that comes next.</summary>
    public Place Next => places[filled];

    /// <summary>The sums, after the last shard.</summary>
    public Place Total => places[0];

    public void Clear() => (filled, shards, counted) = (0, 0, 0);

    /// <summary>Adds the shard in <see cref="Next"/>; a shard without rows counts as zero.</summary>
    public void Join(T loss, bool isEmpty = false)
    {
        var place = places[filled++];
        place.Loss = loss;
        if (isEmpty)
        {
            place.Gradient.Clear();
            place.Running.Clear();
        }
        else counted++;
        for (int size = ++shards; size % 2 == 0; size /= 2) AddLastTwo();
    }

    /// <summary>The running values of the whole batch: the mean of those that the shards with rows arrived at.</summary>
    public void MeanRunning(Span<T> into) =>
        Elementwise.Map(new Scale<T>(T.One / T.CreateChecked(counted)), Total.Running, into);

    private void AddLastTwo()
    {
        var (left, right) = (places[filled - 2], places[--filled]);
        Elementwise.Zip(default(Add<T>), left.Gradient, right.Gradient, left.Gradient);
        Elementwise.Zip(default(Add<T>), left.Running, right.Running, left.Running);
        left.Loss += right.Loss;
    }

    /// <summary>What one shard, or several added up, gave.</summary>
    internal sealed class Place(Aligned<T> gradient, Aligned<T> running)
    {
        public Span<T> Gradient => gradient.Span;
        public Span<T> Running => running.Span;
        public T Loss { get; set; }
    }
}
