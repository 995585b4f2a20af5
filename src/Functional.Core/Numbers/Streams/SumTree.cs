using System.Numerics;

namespace Functional.Core.Numbers.Streams;

/// <summary>
/// The one binary tree along which the parts of a sum are added (numeric law 5): part 0 with 1, 2 with 3,
/// then the sums with each other. Parts come in order, so log2(parts) + 1 places suffice: two neighbours of
/// equal size are joined at once.
/// </summary>
/// <param name="parts">How many there will be, a power of two.</param>
/// <param name="place">Room for one of them.</param>
/// <param name="add">Adds the second onto the first.</param>
internal sealed class SumTree<S>(int parts, Func<S> place, Action<S, S> add)
{
    private readonly S[] places = [.. Enumerable.Range(0, BitOperations.Log2((uint)parts) + 1).Select(_ => place())];
    private int filled, joined;

    /// <summary>Room for the part that comes next.</summary>
    public S Next => places[filled];

    /// <summary>The sum, after the last part.</summary>
    public S Total => places[0];

    public void Clear() => (filled, joined) = (0, 0);

    /// <summary>Adds the part in <see cref="Next"/>.</summary>
    public void Join()
    {
        filled++;
        for (int size = ++joined; size % 2 == 0; size /= 2) add(places[filled - 2], places[--filled]);
    }
}
