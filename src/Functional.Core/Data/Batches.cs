using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Randomness;

namespace Functional.Core.Data;

/// <summary>Some rows of samples, by reference: <paramref name="Count"/> entries of <paramref name="Order"/> from
/// <paramref name="Start"/> on. Nothing is copied until a step gathers them.</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
public readonly record struct Batch<T>(Samples<T> Samples, Vec<int> Order, int Start, int Count)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>All rows in their own order: full-batch gradient descent.</summary>
    public static Batch<T> All(Samples<T> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new(samples, Vec<int>.Create(samples.Inputs.Rows, 0, static (order, _) =>
        {
            for (int i = 0; i < order.Length; i++) order[i] = i;
        }), 0, samples.Inputs.Rows);
    }
}

/// <summary>Mini-batches as a pure function of (samples, size, key, step): resuming is skipping.</summary>
public static class Batches
{
    /// <summary>How many steps an epoch has; the last one may be short.</summary>
    public static int PerEpoch(int rows, int size) => (rows + size - 1) / size;

    /// <summary>The batch of one step. Epoch e visits the rows in the order
    /// <c>Permutation(key.AtStep(e))</c>.</summary>
    public static Batch<T> At<T>(Samples<T> samples, int size, Key key, long step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        From(samples, size, key, step).First();

    /// <summary>The batches from a step on, without end.</summary>
    public static IEnumerable<Batch<T>> From<T>(Samples<T> samples, int size, Key key, long step = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return Walk(samples, size, key, step);
    }

    private static IEnumerable<Batch<T>> Walk<T>(Samples<T> samples, int size, Key key, long step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = samples.Inputs.Rows, perEpoch = PerEpoch(rows, size);
        if (rows == 0) yield break;
        for (long epoch = step / perEpoch; ; epoch++)
        {
            var order = Draw.Permutation(key.AtStep(epoch), rows);
            for (int start = (int)(step % perEpoch) * size; start < rows; start += size, step++)
                yield return new(samples, order, start, Math.Min(size, rows - start));
        }
    }
}
