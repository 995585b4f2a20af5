using System.Numerics;
using Functional.Core.Curvature;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Products;
using Functional.Core.Randomness;

namespace Functional.Core.Landscapes;

/// <summary>
/// Networks that differ by the order of their hidden units are one function. Before two networks are compared, the
/// units of one are put into the order in which their weights are most like the other's: the assignment problem, layer
/// by layer in random order until no layer changes. (Ainsworth, Hayase and Srinivasa, 2023)
/// </summary>
public static class UnitMatching
{
    private const int MostSweeps = 100;

    /// <summary>Why the hidden units of an architecture cannot be permuted; null where they can.</summary>
    public static Phrase? Fault(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return architecture.Layers.FirstOrDefault(layer => layer is Residual or Sequence) is { } layer
            ? (Phrase)($"units cannot be matched within a layer of kind {Layer.Kinds.NameOf(layer)}; the network "
                + $"should be a stack of dense layers")
            : null;
    }

    extension<T>(Network<T> network) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>The same function with its hidden units in another order.</summary>
        /// <param name="orders">For each hidden layer of dense units, which unit comes to each place.</param>
        /// <exception cref="ArgumentException">An order is missing, is none, or a layer has no units to
        /// permute.</exception>
        public Network<T> Permuted(IReadOnlyList<Vec<int>> orders)
        {
            ArgumentNullException.ThrowIfNull(network);
            ArgumentNullException.ThrowIfNull(orders);
            var units = UnitGroups.Of(network.Architecture);
            if (orders.Count != units.Hidden)
                throw new ArgumentException(
                    $"there are {orders.Count} orders; there should be {units.Hidden}, one for each hidden layer");
            for (int layer = 0; layer < orders.Count; layer++)
                if (!orders[layer].Order().SequenceEqual(Enumerable.Range(0, units.Sizes[layer + 1])))
                    throw new ArgumentException(
                        $"order {layer + 1} is not one of the {units.Sizes[layer + 1]} units of its layer");
            return new(
                network.Architecture, units.Permuted(network.Parameters, units.Parameters, orders),
                units.Permuted(network.Running, units.Running, orders));
        }

        /// <summary>The orders of the hidden units in which a network is most like another.</summary>
        /// <param name="like">The other.</param>
        /// <param name="key">Where the order of the layers is drawn from.</param>
        /// <exception cref="ArgumentException">The architectures differ, or have a layer whose units cannot be
        /// permuted.</exception>
        public IReadOnlyList<Vec<int>> OrdersLike(Network<T> like, Key key)
        {
            ArgumentNullException.ThrowIfNull(network);
            ArgumentNullException.ThrowIfNull(like);
            if (network.Architecture != like.Architecture)
                throw new ArgumentException("the networks have different architectures; they should have the same");
            var units = UnitGroups.Of(network.Architecture);
            double[] own = Doubles.Of(network.Parameters), other = Doubles.Of(like.Parameters);
            Vec<int>[] orders = [.. Enumerable.Range(1, units.Hidden).Select(group => Unchanged(units.Sizes[group]))];
            for (uint sweep = 0; sweep < MostSweeps; sweep++)
            {
                bool isNews = false;
                foreach (int layer in Draw.Permutation(key.At(sweep), units.Hidden))
                {
                    var worth = units.Likeness(other, own, orders, layer + 1);
                    var best = Assignment.Best(worth);
                    // Ties are no news: only what is better is taken.
                    double gain = Sum(worth, best) - Sum(worth, orders[layer]);
                    if (best == orders[layer] || gain <= 1e-12 * Math.Abs(Sum(worth, best))) continue;
                    (orders[layer], isNews) = (best, true);
                }
                if (!isNews) break;
            }
            return orders;
        }

        /// <summary>The network with its hidden units in the order in which it is most like another.</summary>
        /// <param name="like">The other.</param>
        /// <param name="key">Where the order of the layers is drawn from.</param>
        public Network<T> MatchedTo(Network<T> like, Key key) => network.Permuted(network.OrdersLike(like, key));
    }

    private static Vec<int> Unchanged(int count) => Vec<int>.Of([.. Enumerable.Range(0, count)]);

    private static double Sum(Matrix<double> worth, Vec<int> order)
    {
        double sum = 0;
        for (int row = 0; row < worth.Rows; row++) sum += worth[row, order[row]];
        return sum;
    }
}

/// <summary>Which units the numbers of a stack of dense layers belong to. Group 0 is the inputs, the last one the
/// outputs, those between are the hidden units of each dense layer.</summary>
internal sealed record UnitGroups(
    int[] Sizes, (int First, Slice Slice, int Rows, int Columns)[] Parameters,
    (int First, Slice Slice, int Rows, int Columns)[] Running)
{
    /// <summary>How many groups may be permuted.</summary>
    public int Hidden => Math.Max(0, Sizes.Length - 2);

    /// <summary>The groups of an architecture.</summary>
    /// <exception cref="ArgumentException">It has a layer of layers, whose units belong together.</exception>
    public static UnitGroups Of(Architecture architecture)
    {
        if (UnitMatching.Fault(architecture) is { } fault) throw new ArgumentException($"{fault}");
        List<int> sizes = [architecture.Inputs];
        var (parameters, running) = (new List<(int, Slice, int, int)>(), new List<(int, Slice, int, int)>());
        int first = 0, firstRunning = 0;
        foreach (var layer in architecture.Layers)
        {
            int inputs = sizes[^1], rows = sizes.Count - 1;
            if (layer is Dense) sizes.Add(layer.Outputs(inputs));
            foreach (var slice in layer.Layout(inputs))
            {
                parameters.Add((first, slice, rows, sizes.Count - 1));
                first += slice.Length;
            }
            foreach (var slice in layer.RunningLayout(inputs))
            {
                running.Add((firstRunning, slice, rows, sizes.Count - 1));
                firstRunning += slice.Length;
            }
        }
        return new([.. sizes], [.. parameters], [.. running]);
    }

    /// <summary>Numbers with their units in other orders.</summary>
    public Vec<T> Permuted<T>(
        Vec<T> numbers, (int First, Slice Slice, int Rows, int Columns)[] pieces, IReadOnlyList<Vec<int>> orders)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var moved = new T[numbers.Length];
        foreach (var (first, slice, rows, columns) in pieces)
        {
            int height = slice.Shape.Count == 2 ? slice.Shape[0] : 1, width = slice.Length / height;
            for (int row = 0; row < height; row++)
                for (int column = 0; column < width; column++)
                    moved[first + row * width + column] = numbers[
                        first + (height == 1 && slice.Shape.Count < 2 ? 0 : Place(rows, row)) * width
                            + Place(columns, column)];
        }
        return Vec<T>.Freeze(moved);

        int Place(int group, int unit) => group == 0 || group > Hidden ? unit : orders[group - 1][unit];
    }

    /// <summary>How much like the other's unit in each place (a row) each unit of one's own (a column) is: the sum of
    /// the products of their weights, those of the other layers in their orders so far.</summary>
    public Matrix<double> Likeness(double[] other, double[] own, Vec<int>[] orders, int group)
    {
        Vec<int>[] others = [.. orders];
        others[group - 1] = Vec<int>.Of([.. Enumerable.Range(0, Sizes[group])]);
        var sorted = Permuted(Vec<double>.Of(own), Parameters, others);
        int n = Sizes[group];
        var worth = new double[n * n];
        foreach (var (first, slice, rows, columns) in Parameters)
        {
            ReadOnlySpan<double> like = other.AsSpan(first, slice.Length),
                mine = sorted.Span.Slice(first, slice.Length);
            if (columns == group) // the weights into them, biases, scales and shifts
                MatMul.MultiplyLeftTransposed<double>(
                    like, mine, worth, n, slice.Length / n, n, threads: 1, onto: true);
            else if (rows == group && slice.Shape.Count == 2) // the weights out of them
                MatMul.MultiplyRightTransposed<double>(
                    like, mine, worth, n, slice.Length / n, n, threads: 1, onto: true);
        }
        return new(n, n, Vec<double>.Freeze(worth));
    }
}
