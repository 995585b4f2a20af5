using Functional.Core.Curvature;
using Functional.Core.Networks;
using Functional.Core.Numbers;

namespace Functional.Core.Landscapes;

/// <summary>
/// Networks that are one function because their hidden units stand in another order, or have other signs: where phi(-z)
/// = c - phi(z), a unit whose incoming and outgoing weights change their signs does what it did, once c times the
/// outgoing ones is added to the next biases. (Chen, Lu and Hecht-Nielsen, 1993; Sussmann, 1992)
/// </summary>
public static class UnitSymmetry
{
    private static readonly double[] Tried = [0.3, 1, 2.7];

    extension(Network<double> network)
    {
        /// <summary>Whether another network is this one but for the order and the signs of its hidden units.</summary>
        /// <param name="other">The other.</param>
        /// <param name="tolerance">How far apart the two may be then, relative to 1 + their distance from zero.</param>
        /// <exception cref="ArgumentException">The architecture is no stack of dense layers.</exception>
        public bool IsSameUpToSymmetry(Network<double> other, double tolerance = 1e-5)
        {
            ArgumentNullException.ThrowIfNull(network);
            ArgumentNullException.ThrowIfNull(other);
            if (network.Architecture != other.Architecture) return false;
            var units = UnitGroups.Of(network.Architecture);
            double allowed = tolerance * (1 + Doubles.Norm(network.Parameters.Span));
            Vec<int>[] orders = [.. Enumerable.Range(1, units.Hidden).Select(group => Order(units.Sizes[group]))];
            for (int group = 1; group <= units.Hidden; group++)
            {
                int n = units.Sizes[group];
                Network<double>[] turned = Complement(network.Architecture, group) is null
                    ? [other]
                    : [other, Enumerable.Range(0, n).Aggregate(other, (all, unit) => all.WithSignTurned(group, unit))];
                double[][][] choices = [.. turned.Select(choice => units.Incoming(choice, group))];
                double[][] own = units.Incoming(network, group);
                double Off(int place, int unit, int choice) =>
                    own[place].Zip(choices[choice][unit], (a, b) => (a - b) * (a - b)).Sum();
                var worth = new double[n * n];
                for (int place = 0; place < n; place++)
                    for (int unit = 0; unit < n; unit++)
                        worth[place * n + unit] = -Enumerable.Range(0, choices.Length)
                            .Min(choice => Off(place, unit, choice));
                var order = Assignment.Best(new(n, n, Vec<double>.Freeze(worth)));
                for (int place = 0; place < n; place++)
                    if (choices.Length > 1 && Off(place, order[place], 1) < Off(place, order[place], 0))
                        other = other.WithSignTurned(group, order[place]);
                var now = orders.ToArray();
                now[group - 1] = order;
                other = other.Permuted(now);
            }
            double[] off = other.Parameters.ToArray();
            Doubles.Add(-1, network.Parameters.Span, off);
            return Doubles.Norm(off) <= allowed;
        }

        /// <summary>The same function with the signs of one unit's weights changed.</summary>
        /// <param name="hidden">The hidden layer, from 1.</param>
        /// <param name="unit">The unit, from 0.</param>
        /// <exception cref="ArgumentException">The layer's activation has no such symmetry.</exception>
        public Network<double> WithSignTurned(int hidden, int unit)
        {
            ArgumentNullException.ThrowIfNull(network);
            double complement = Complement(network.Architecture, hidden)
                ?? throw new ArgumentException($"the units of hidden layer {hidden} have no symmetry of signs");
            double[] cells = network.Parameters.ToArray();
            var units = UnitGroups.Of(network.Architecture);
            foreach (var (first, slice, rows, columns) in units.Parameters)
            {
                int width = slice.Shape[^1];
                if (columns == hidden)
                    for (int i = unit; i < slice.Length; i += width) cells[first + i] = -cells[first + i];
                else if (rows == hidden && slice.Shape.Count == 2)
                {
                    var outgoing = cells.AsSpan(first + unit * width, width);
                    for (int i = 0; i < width; i++)
                    {
                        if (complement != 0) cells[first + slice.Length + i] += complement * outgoing[i];
                        outgoing[i] = -outgoing[i];
                    }
                }
            }
            return network.With(Vec<double>.Freeze(cells));
        }
    }

    // c of phi(-z) = c - phi(z) in a hidden layer; null where there is none, or where c has no bias to go to.
    private static double? Complement(Architecture architecture, int hidden)
    {
        Dense[] dense = [.. architecture.Layers.OfType<Dense>()];
        if (dense.Length != architecture.Layers.Count || hidden >= dense.Length) return null;
        var phi = dense[hidden - 1].Activation;
        if (phi == Activation.Softmax) return null;
        double[] z = [0, .. Tried.SelectMany(x => (double[])[x, -x])], a = new double[z.Length];
        phi.Apply<double>(z, a, 1);
        double c = 2 * a[0];
        for (int i = 1; i < a.Length; i += 2)
            if (Math.Abs(a[i] + a[i + 1] - c) > 1e-14)
                return null;
        return c == 0 || dense[hidden].Bias ? c : null;
    }

    private static Vec<int> Order(int count) => Vec<int>.Of([.. Enumerable.Range(0, count)]);

    // What comes into each unit of a group: weights and bias.
    private static double[][] Incoming(this UnitGroups units, Network<double> network, int group) =>
    [
        .. Enumerable.Range(0, units.Sizes[group]).Select(unit => (double[])
        [
            .. from piece in units.Parameters
               where piece.Columns == @group
               let width = piece.Slice.Shape[^1]
               from row in Enumerable.Range(0, piece.Slice.Length / width)
               select network.Parameters[piece.First + row * width + unit],
        ]),
    ];
}
