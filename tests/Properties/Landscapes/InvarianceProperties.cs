using CsCheck;
using Functional;
using Functional.Core.Curvature;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Landscapes;

/// <summary>What does not change a network's function does not change its picture.</summary>
public sealed class InvarianceProperties
{
    private static readonly Loss CrossEntropy = new SoftmaxCrossEntropy();

    private static readonly Gen<(Network<double> Network, Dataset<double> Data, Vec<int>[] Orders)> Permuted =
        from network in AnyLandscape.Stack(Any.Activation)
        from data in AnyLandscape.Classes(network.Architecture.Inputs)
        from key in Any.Key
        select (network, data, Orders(network, key));

    [Fact]
    public void Permuting_units_leaves_the_function_as_it_is() => Permuted.Sample(of =>
        IsNear(
            of.Network.Permuted(of.Orders).Predict(of.Data.Inputs).Cells.Span.ToArray(),
            of.Network.Predict(of.Data.Inputs).Cells.Span.ToArray()));

    [Fact]
    public void Permuting_units_and_direction_leaves_the_filter_normalised_direction_as_it_is() =>
        Permuted.SelectMany(of => Any.Direction(of.Network).Select(along => (of, along))).Sample((of, along) =>
        {
            var moved = of.Network.With(along.Direction).Permuted(of.Orders).Parameters;
            return IsNear(
                of.Network.Permuted(of.Orders).Normalized(new(moved), Normalization.Filter).Direction.ToArray(),
                of.Network.With(of.Network.Normalized(along, Normalization.Filter).Direction).Permuted(of.Orders)
                    .Parameters.ToArray());
        });

    [Fact]
    public void The_weights_into_each_unit_are_as_long_in_the_direction_as_in_the_network_and_biases_stand_still() =>
        Gen.Select(AnyLandscape.Stack(Any.SmoothActivation), Any.Key).Sample((network, key) =>
        {
            var along = network.RandomDirection(key).Direction;
            int first = 0;
            return network.Architecture.Layout.All(slice =>
            {
                int from = (first += slice.Length) - slice.Length, width = slice.Shape[^1];
                double Length(Vec<double> numbers, int unit) => Math.Sqrt(Enumerable.Range(0, slice.Length / width)
                    .Sum(row => numbers[from + row * width + unit] * numbers[from + row * width + unit]));
                return Enumerable.Range(0, width).All(unit => slice.Shape.Count == 1
                    ? along[from + unit] == 0
                    : Math.Abs(Length(along, unit) - Length(network.Parameters, unit)) < 1e-12);
            });
        });

    // Without biases: (W1, W2) and (a W1, W2 / a) are one function where phi is ReLU.
    private static readonly Gen<(Network<double> Network, Network<double> Rescaled, Dataset<double> Data,
        Key Key)> Rescaled =
        from network in AnyLandscape.Stack(Gen.Const(Activation.Relu), bias: false)
        from data in AnyLandscape.Classes(network.Architecture.Inputs)
        from key in Any.Key
        from factor in Gen.Double[0.2, 5]
        select (network, Scaled(network, factor), data, key);

    [Fact]
    public void Rescaling_layers_of_ReLU_leaves_the_filter_normalised_surface_as_it_is() => Rescaled.Sample(of =>
        IsNear(
            Surface.Of(Plane.Random(of.Network, of.Key), CrossEntropy, of.Data, 5).Losses.Cells.ToArray(),
            Surface.Of(Plane.Random(of.Rescaled, of.Key), CrossEntropy, of.Data, 5).Losses.Cells.ToArray()));

    // (Dinh, Pascanu, Bengio and Bengio, 2017)
    [Fact]
    public void Rescaling_layers_of_ReLU_changes_raw_surfaces_and_the_trace() => Rescaled
        .Where(of => of.Network.Predict(of.Data.Inputs).Cells.Span.ToArray().Any(output => Math.Abs(output) > 0.3))
        .Select(of => (of.Network, Far: Scaled(of.Network, 8), of.Data, of.Key)).Sample(of =>
            !IsNear(
                Surface.Of(Plane.Random(of.Network, of.Key, Normalization.Raw), CrossEntropy, of.Data, 5).Losses.Cells
                    .ToArray(),
                Surface.Of(Plane.Random(of.Far, of.Key, Normalization.Raw), CrossEntropy, of.Data, 5).Losses.Cells
                    .ToArray())
            && Math.Abs(Trace(of.Network, of.Data) - Trace(of.Far, of.Data)) > 1e-3 * Trace(of.Network, of.Data),
            iter: 50);

    [Fact]
    public void Units_of_a_permuted_network_are_matched_to_those_of_the_first() => (
        from network in AnyLandscape.Stack(Any.SmoothActivation)
        from key in Any.Key
        select (network, key)).Sample(of =>
        {
            var permuted = of.network.Permuted(Orders(of.network, of.key));
            double before = Distance(permuted, of.network),
                after = Distance(permuted.MatchedTo(of.network, of.key.At(7)), of.network);
            return after <= before * (1 + 1e-12);
        });

    [Fact]
    public void With_one_hidden_layer_a_permuted_network_is_matched_exactly() => (
        from network in AnyLandscape.Stack(Any.SmoothActivation)
        where network.Architecture.Layers.Count == 2
        from key in Any.Key
        select (network, key)).Sample(of =>
            of.network.Permuted(Orders(of.network, of.key)).MatchedTo(of.network, of.key.At(7)) == of.network);

    // Units that nothing comes into are told apart by what goes out of them.
    [Fact]
    public void Outgoing_weights_are_matched_too() => (
        from network in AnyLandscape.Stack(Any.SmoothActivation)
        where network.Architecture.Layers.Count == 2
        from key in Any.Key
        select (network, key)).Sample(of =>
        {
            double[] cells = of.network.Parameters.ToArray();
            Array.Clear(cells, 0, of.network.Architecture.Layout.Take(2).Sum(slice => slice.Length));
            var network = of.network.With(Vec<double>.Of(cells));
            return network.Permuted(Orders(network, of.key)).MatchedTo(network, of.key.At(7)) == network;
        });

    [Fact]
    public void The_best_assignment_is_the_best_of_all() => (
        from n in Gen.Int[1, 6]
        from worth in Gen.OneOf(Any.Matrix(n, n), Gen.Double[0, 3].Select(Math.Floor).Array[n * n]
            .Select(cells => new Matrix<double>(n, n, Vec<double>.Of(cells))))
        select worth).Sample(worth =>
        {
            var best = Assignment.Best(worth);
            double most = All([.. Enumerable.Range(0, worth.Rows)]).Max(order => Sum(worth, order));
            return best.Order().SequenceEqual(Enumerable.Range(0, worth.Rows))
                && Math.Abs(Sum(worth, [.. best]) - most) <= 1e-12 * (1 + Math.Abs(most));
        });

    [Fact]
    public void Units_of_residual_layers_are_refused() => Assert.Contains(
        "residual",
        Assert.Throws<ArgumentException>(() => UnitGroups.Of(
            Architecture.Of(2, new Residual([new Dense(2)], []), new Dense(1)))).Message,
        StringComparison.Ordinal);

    private static double Trace(Network<double> network, Dataset<double> data) =>
        network.GaussNewton(CrossEntropy, data.For(CrossEntropy)).Trace();

    // The first layer times the factor, the second one divided by it.
    private static Network<double> Scaled(Network<double> network, double factor)
    {
        double[] cells = network.Parameters.ToArray();
        int first = network.Architecture.Layout.First().Length,
            second = network.Architecture.Layout.Skip(1).First().Length;
        for (int i = 0; i < first; i++) cells[i] *= factor;
        for (int i = first; i < first + second; i++) cells[i] /= factor;
        return network.With(Vec<double>.Of(cells));
    }

    private static Vec<int>[] Orders(Network<double> network, Key key) =>
        [.. network.Architecture.Layers.OfType<Dense>().SkipLast(1)
            .Select((layer, i) => Draw.Permutation(key.At((uint)i), layer.Units))];

    private static double Distance(Network<double> one, Network<double> other) =>
        Math.Sqrt(one.Parameters.Zip(other.Parameters, (a, b) => (a - b) * (a - b)).Sum());

    private static bool IsNear(double[] one, double[] other) =>
        one.Zip(other).All(pair => Math.Abs(pair.Item1 - pair.Item2) <= 1e-9 * (1 + Math.Abs(pair.Item1)));

    private static double Sum(Matrix<double> worth, int[] order) => order.Select((column, row) => worth[row, column])
        .Sum();

    private static IEnumerable<int[]> All(int[] items) => items.Length == 0
        ? [[]]
        : items.SelectMany(first => All([.. items.Where(item => item != first)])
            .Select(rest => (int[])[first, .. rest]));
}
