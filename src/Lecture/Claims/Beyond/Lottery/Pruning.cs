using Functional.Core.Networks;

namespace Functional.Lecture;

/// <summary>Iterative magnitude pruning, layer by layer: of the weights that are left, those that training ended
/// nearest to
/// zero go. Biases stay. (Frankle and Carbin, 2019, section 2)</summary>
internal static class Pruning
{
    /// <summary>Nothing is pruned.</summary>
    public static bool[] All(Architecture architecture) =>
        [.. Enumerable.Repeat(true, architecture.ParameterCount)];

    /// <summary>What is left after a round.</summary>
    /// <param name="keeps">What is left before it.</param>
    /// <param name="trained">The net at the end of its training.</param>
    /// <param name="share">Of the weights of a layer that are left, how many go; of the last layer half of
    /// that.</param>
    public static bool[] Round(bool[] keeps, Network<float> trained, double share)
    {
        bool[] left = [.. keeps];
        int first = 0;
        var slices = trained.Architecture.Layout.ToArray();
        int last = Array.FindLastIndex(slices, slice => slice.Shape.Count == 2);
        foreach (var (i, slice) in slices.Index())
        {
            int count = slice.Shape.Aggregate(1, (product, side) => product * side);
            if (slice.Shape.Count == 2)
            {
                int[] alive = [.. Enumerable.Range(first, count).Where(cell => keeps[cell])];
                int going = (int)(alive.Length * (i == last ? share / 2 : share));
                foreach (int cell in alive.OrderBy(cell => Math.Abs(trained.Parameters[cell])).Take(going))
                    left[cell] = false;
            }
            first += count;
        }
        return left;
    }

    /// <summary>A net whose pruned weights are zero.</summary>
    public static Network<float> Applied(Network<float> network, bool[] keeps) => network.With(
        [.. network.Parameters.ToArray().Select((cell, i) => keeps[i] ? cell : 0)]);

    /// <summary>The share of the weights that is left; biases do not count.</summary>
    public static double Left(Architecture architecture, bool[] keeps)
    {
        int first = 0, weights = 0, left = 0;
        foreach (var slice in architecture.Layout)
        {
            int count = slice.Shape.Aggregate(1, (product, side) => product * side);
            if (slice.Shape.Count == 2)
                (weights, left) = (weights + count, left + keeps.AsSpan(first, count).Count(true));
            first += count;
        }
        return (double)left / weights;
    }
}
