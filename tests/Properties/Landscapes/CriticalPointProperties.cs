using CsCheck;
using Functional;
using Functional.Core.Curvature;
using Functional.Core.Differentiation;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Landscapes;

/// <summary>Critical points, beside what is known of them.</summary>
public sealed class CriticalPointProperties
{
    private static readonly Loss HalfSquares = new HalfSumSquaredError();

    private static readonly Samples<double> Xor = new(
        Matrix<double>.Of([0, 0], [0, 1], [1, 0], [1, 1]), Matrix<double>.Of([0], [1], [1], [0]));

    [Fact]
    public void The_gradient_at_a_critical_point_is_below_1e_minus_10_and_it_is_classified_by_the_Hessian_there() =>
        Starts(Architecture.Of(2, new Dense(2, Activation.Tanh), new Dense(1)), 20).ForEach(start =>
        {
            if (start.CriticalPoint(HalfSquares, Xor) is not SearchEnd.Found(var point)) return;
            double gradient = new Linearization<double>(point.Network, HalfSquares, Xor).Gradient().Gradient.Norm();
            double[] exact = ExactEigenvalues(point.Network);
            Assert.InRange(gradient, 0, CriticalSearch.Tolerance);
            Assert.Equal(exact.Count(value => value < -point.ZeroTolerance), point.Index);
            Assert.Equal(exact.Count(value => Math.Abs(value) <= point.ZeroTolerance), point.Zeros);
        });

    // Two layers without non-linearities, half the sum of squares: every critical point keeps some of the singular
    // directions of the data, and each that it leaves out is a way down for each weaker one that it keeps, and for each
    // hidden unit that it does not use. (Baldi and Hornik, 1989)
    [Fact]
    public void The_index_of_a_linear_net_is_what_theory_says()
    {
        var seen = new HashSet<int>();
        for (uint data = 0; data < 4; data++)
        {
            var x = new Matrix<double>(8, 3, Draw.Normal<double>(new Key(7, data).At(0), 24));
            var y = new Matrix<double>(8, 3, Draw.Normal<double>(new Key(7, data).At(1), 24));
            double[] lambda = Kept(x, y); // how much of the loss each direction takes away, falling
            double whole = y.Cells.Sum(cell => cell * cell) / 2;
            var found = CriticalPoints.Of(
                Starts(Architecture.Of(3, new Dense(2, Activation.Identity, false),
                    new Dense(3, Activation.Identity, false)), 40),
                HalfSquares, new(x, y));
            foreach (var point in found.Families.SelectMany(family => family.Points))
            {
                int[] kept = Subsets(3).Single(set => set.Length <= 2
                    && Math.Abs(whole - set.Sum(i => lambda[i]) / 2 - point.Loss) < 1e-6 * whole);
                int theory = kept.Sum(i => Enumerable.Range(0, 3).Count(j => !kept.Contains(j) && j < i))
                    + (2 - kept.Length) * (3 - kept.Length);
                Assert.Equal(theory, point.Index);
                seen.Add(theory);
            }
        }
        Assert.True(seen.Count >= 4, $"indices seen: {string.Join(", ", seen.Order())}");
    }

    // (Hamey, 1998) What looks like another minimum runs off to infinity, or is flat in some direction.
    [Fact]
    public void Exclusive_or_has_no_strict_minimum_but_the_global_ones()
    {
        var found = CriticalPoints.Of(
            Starts(Architecture.Of(2, new Dense(2, Activation.Sigmoid), new Dense(1, Activation.Sigmoid)), 60),
            HalfSquares, Xor);
        Assert.NotEmpty(found.Families);
        Assert.All(found.Families, family => Assert.True(family.First.Index > 0 || family.First.Loss < 1e-6));
        Assert.NotEmpty(found.RanOff);
    }

    // A convex loss has its minimum, however sure it is of some samples.
    [Fact]
    public void Logistic_regression_ends_in_its_minimum()
    {
        var inputs = Matrix<double>.Of([-40], [-1], [1], [0.5], [40]);
        var targets = Matrix<double>.Of([0], [1], [0], [1], [1]);
        var found = CriticalPoints.Of(
            Starts(Architecture.Of(1, new Dense(1)), 12), new BinaryCrossEntropyWithLogits(), new(inputs, targets));
        Assert.True(Assert.Single(found.Families).First.IsStrictMinimum);
        Assert.Empty(found.RanOff);
    }

    // Positive inputs and one target at the end of what a unit reaches: every weight always pulls the same way.
    private static readonly Gen<(Network<double> Start, Loss Loss, Samples<double> Samples)> Endless =
        from kind in Gen.OneOf(
            Gen.Const((Activation.Sigmoid, HalfSquares)), Gen.Const((Activation.Tanh, HalfSquares)),
            Gen.Const((Activation.Sigmoid, (Loss)new BinaryCrossEntropy())),
            Gen.Const((Activation.Identity, (Loss)new BinaryCrossEntropyWithLogits())))
        from inputs in Gen.Int[1, 3]
        from rows in Gen.Int[1, 3]
        from x in Gen.Double[0.5, 2].Array[rows * inputs]
        from size in Gen.Double[0, 3]
        from weights in Gen.Double[-1, 1].Array[inputs]
        select (
            new Network<double>(Architecture.Of(inputs, new Dense(1, kind.Item1, false)),
                [.. weights.Select(weight => Math.Pow(10, size) * weight)]),
            kind.Item2, new Samples<double>(
                new(rows, inputs, [.. x.AsEnumerable()]), new(rows, 1, [.. Enumerable.Repeat(1.0, rows)])));

    [Fact]
    public void Where_the_gradient_dies_away_as_units_saturate_or_is_zero_to_the_bit_there_is_no_critical_point() =>
        Endless.Sample((start, loss, samples) => start.CriticalPoint(loss, samples) is not SearchEnd.Found);

    private static readonly Gen<(Network<double> Network, Key Key)> Symmetric = Gen.Select(
        AnyLandscape.Stack(Gen.OneOf(
            Gen.Const(Activation.Tanh), Gen.Const(Activation.Sigmoid), Gen.Const(Activation.Identity))), Any.Key);

    [Fact]
    public void Turning_signs_leaves_the_function_as_it_is() => Symmetric.Sample((network, key) =>
    {
        var inputs = new Matrix<double>(
            5, network.Architecture.Inputs, Draw.Normal<double>(key, 5 * network.Architecture.Inputs));
        return network.Predict(inputs).Cells.Zip(Turned(network, key).Predict(inputs).Cells, (a, b) => Math.Abs(a - b))
            .All(off => off < 1e-11);
    });

    [Fact]
    public void Networks_are_one_up_to_order_and_signs_and_others_are_not() => Symmetric
        .Where(of => of.Network.Architecture.Layers.Count == 2).Sample((network, key) =>
        {
            var same = Turned(network, key).Permuted(
                [Draw.Permutation(key.At(9), network.Architecture.Layers.OfType<Dense>().First().Units)]);
            var other = network + new Gradient<double>(Draw.Normal<double>(key.At(5), network.Parameters.Length));
            return network.IsSameUpToSymmetry(same) && !network.IsSameUpToSymmetry(other);
        });

    // At the zero weights of a linear net the loss is a quadratic with known eigenvalues.
    [Fact]
    public void Escapes_take_as_long_as_theory_says() => (
        from x in Any.Matrix(4, 2)
        from y in Any.Matrix(4, 2)
        where x.Zip(y, (a, b) => Math.Abs(a[0] * b[0])).Sum() > 0.1
        select (x, y)).Sample(of =>
        {
            var zero = Network<double>.Init(
                Architecture.Of(2, new Dense(1, Activation.Identity, false), new Dense(2, Activation.Identity, false)),
                new Initializer.Zeros(), default);
            return zero.CriticalPoint(HalfSquares, new(of.x, of.y)) is SearchEnd.Found(var point)
                && point.Index > 0 && Escape.Of(point, HalfSquares, new(of.x, of.y)) is { Measured: { } steps } escape
                && Math.Abs(steps - escape.Theory) <= 2;
        });

    [Fact]
    public void Threads_change_no_digit()
    {
        var starts = Starts(Architecture.Of(2, new Dense(2, Activation.Tanh), new Dense(1)), 8);
        var one = CriticalPoints.Of(starts, HalfSquares, Xor, threads: 1);
        Assert.Equal(one, CriticalPoints.Of(starts, HalfSquares, Xor, threads: 3));
    }

    private static Network<double>[] Starts(Architecture architecture, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new Network<double>(
            architecture,
            Draw.Normal<double>(new Key(3, (uint)i), architecture.ParameterCount, 0, 0.5 + i % 4))),
    ];

    private static Network<double> Turned(Network<double> network, Key key)
    {
        int layers = network.Architecture.Layers.Count;
        for (int hidden = 1; hidden < layers; hidden++)
            for (int unit = 0; unit < ((Dense)network.Architecture.Layers[hidden - 1]).Units; unit++)
                if (Draw.Integers(key.At((uint)hidden), unit + 1, 2)[unit] == 1)
                    network = network.WithSignTurned(hidden, unit);
        return network;
    }

    private static double[] ExactEigenvalues(Network<double> network) =>
        Curvature.Spectrums.Exact(network.Hessian(HalfSquares, Xor).Symmetric());

    // The eigenvalues of Syx Sxx^-1 Sxy, by MathNet.
    private static double[] Kept(Matrix<double> x, Matrix<double> y)
    {
        var (a, b) = (Dense(x), Dense(y));
        var sigma = b.Transpose() * a * (a.Transpose() * a).Inverse() * a.Transpose() * b;
        return [.. sigma.Evd().EigenValues.Select(value => value.Real).OrderDescending()];
    }

    private static MathNet.Numerics.LinearAlgebra.Matrix<double> Dense(Matrix<double> matrix) =>
        MathNet.Numerics.LinearAlgebra.Matrix<double>.Build
            .Dense(matrix.Rows, matrix.Columns, (row, column) => matrix[row, column]);

    private static IEnumerable<int[]> Subsets(int n) =>
        Enumerable.Range(0, 1 << n).Select(bits => Enumerable.Range(0, n).Where(i => (bits >> i & 1) == 1).ToArray());
}

internal static class Each
{
    public static void ForEach<A>(this A[] items, Action<A> action) => Array.ForEach(items, action);
}
