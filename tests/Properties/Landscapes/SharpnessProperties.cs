using CsCheck;
using Functional;
using Functional.Core.Differentiation;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Landscapes;

/// <summary>How much a loss rises within a box, beside what a grid says.</summary>
public sealed class SharpnessProperties
{
    private static readonly Loss HalfSquares = new HalfSumSquaredError(), CrossEntropy = new SoftmaxCrossEntropy();

    // In larger boxes there are several maxima, of which the starts find the largest as a rule.
    [Fact]
    public void With_one_or_two_parameters_it_is_the_maximum_on_a_fine_grid()
    {
        int highest = 0;
        for (uint seed = 0; seed < 60; seed++)
        {
            var (network, samples) = AnyUnit.Of(1 + (int)(seed % 2), bias: false, Activation.Tanh, new(1, seed));
            double epsilon = 0.005 * (1 + seed), loss = AnyUnit.LossAt(network, samples);
            double[] sides = [.. network.Parameters.Select(x => epsilon * (Math.Abs(x) + 1))];
            double largest = Grid(sides, 101).Max(
                off => AnyUnit.LossAt(network + new Gradient<double>([.. off]), samples));
            var found = network.KeskarSharpness(
                HalfSquares, samples, epsilon, key: new(2, seed), iterations: 30, starts: 8, threads: 1);
            double want = 100 * (largest - loss) / (1 + loss);
            Assert.Equal((loss, epsilon, sides.Length), (found.Loss, found.Epsilon, found.Dimensions));
            Assert.Equal(100 * (found.LargestLoss - loss) / (1 + loss), found.Value);
            Assert.InRange(found.Value, 0, 1.005 * want + 1e-9);
            if (found.Value >= 0.999 * want) highest++;
        }
        Assert.InRange(highest, 57, 60);
    }

    // The maximum of a convex function is at a corner, and at each there may be a local one: hence the starts.
    [Fact]
    public void For_convex_quadratics_it_is_at_least_nine_tenths_of_the_best_corner()
    {
        for (uint seed = 0; seed < 100; seed++)
        {
            var (network, samples) = AnyUnit.Of(1 + (int)(seed % 5), bias: true, Activation.Identity, new(3, seed));
            double epsilon = 0.01 * (1 + seed), loss = AnyUnit.LossAt(network, samples);
            double[] sides = [.. network.Parameters.Select(x => epsilon * (Math.Abs(x) + 1))];
            double best = Grid(sides, 2).Max(off => AnyUnit.LossAt(network + new Gradient<double>([.. off]), samples));
            var found = network.KeskarSharpness(
                HalfSquares, samples, epsilon, key: new(4, seed), starts: 12, threads: 1);
            Assert.InRange(found.LargestLoss - loss, 0.9 * (best - loss), (1 + 1e-12) * (best - loss));
        }
    }

    [Fact]
    public void At_a_minimum_whose_gradient_is_zero_it_is_not_zero() => Assert.InRange(
        Network<double>.Init(Architecture.Of(1, new Dense(1)), new Initializer.Zeros(), default).KeskarSharpness(
            HalfSquares, new(Matrix<double>.Of([1]), Matrix<double>.Of([0])), 0.1).Value, 1.9999, 2.0001);

    // One random direction: a grid knows the maximum, and a finer one around its best point knows it where it is near
    // the center, too. A+ x is (a.x) / (a.a).
    [Fact]
    public void In_one_random_dimension_it_is_the_maximum_on_a_fine_grid() =>
        Gen.Select(AnyLandscape.Classifier, Any.Key, Gen.Double[1e-3, 0.03]).Sample((of, key, epsilon) =>
        {
            var a = new Gradient<double>(Draw.Normal<double>(key.At(0).At(0), of.Network.Parameters.Length));
            double side = epsilon * (Math.Abs(a.Dot(new(of.Network.Parameters)) / a.Dot(a)) + 1);
            var samples = of.Data.For(CrossEntropy);
            double At(double y) => LossGradient.At(of.Network + y * a, CrossEntropy, samples, 1).Value;
            double best = Grid([side], 201).Select(y => y[0]).MaxBy(At);
            double largest = Grid([side / 100], 201).Max(y => At(Math.Clamp(best + y[0], -side, side)));
            var found = of.Network.KeskarSharpness(
                CrossEntropy, samples, epsilon, subspace: 1, key, iterations: 30, starts: 30, threads: 1);
            return found.Dimensions == 1 && found.LargestLoss >= largest - 1e-6 * (largest - found.Loss) - 1e-12
                && found.LargestLoss <= largest + 0.02 * (largest - found.Loss) + 1e-12;
        }, iter: 50);

    [Fact]
    public void The_pseudo_inverse_is_that_of_MathNet() => (
        from n in Gen.Int[1, 30]
        from p in Gen.Int[1, n]
        from x in Gen.Double[-1, 1].Array[n]
        from key in Any.Key
        select (n, p, x, key)).Where(of => 4 * of.p <= 3 * of.n || of.n == 1).Sample(of =>
        {
            var subspace = new RandomSubspace(of.n, of.p, of.key);
            var a = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfColumnArrays(
                Enumerable.Range(0, of.p).Select(j => Draw.Normal<double>(of.key.At((uint)j), of.n).ToArray()));
            var x = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense([.. of.x]);
            double[] found = subspace.LeastSquares(of.x);
            return AreNear(found, [.. a.QR().Solve(x)], 1e-8)
                && AreNear(subspace.Times(found), [.. a * a.QR().Solve(x)], 1e-8)
                && AreNear(subspace.TransposedTimes(of.x), [.. a.Transpose() * x], 1e-12);
        });

    [Fact]
    public void It_is_never_negative_and_hardly_ever_smaller_in_a_larger_box()
    {
        int monotone = 0, all = 0;
        Gen.Select(AnyLandscape.Classifier, Any.Key, Gen.Double[1e-4, 0.05], Gen.Double[1, 4], Gen.Bool)
            .Sample((of, key, epsilon, factor, whole) =>
            {
                int? p = whole ? null : 1 + of.Network.Parameters.Length / 3;
                double small = Sharpness(epsilon), large = Sharpness(factor * epsilon);
                Interlocked.Increment(ref all);
                if (large >= 0.999 * small) Interlocked.Increment(ref monotone);
                return small >= 0 && large >= 0;

                double Sharpness(double size) => of.Network.KeskarSharpness(
                    CrossEntropy, of.Data.For(CrossEntropy), size, p, key, threads: 1).Value;
            }, iter: 60);
        Assert.InRange(monotone, 0.9 * all, all);
    }

    [Fact]
    public void Samples_in_chunks_have_the_loss_and_the_gradient_of_all() => AnyLandscape.Stack(Any.SmoothActivation)
        .SelectMany(network => Any.Samples(network.Architecture, CrossEntropy, 3000)
            .Select(samples => (network, samples)))
        .Sample((network, samples) =>
        {
            var whole = new Linearization<double>(network, CrossEntropy, samples);
            var (value, gradient) = LossGradient.At(network, CrossEntropy, samples, 1);
            return Math.Abs(value - whole.Value) <= 1e-12 * (1 + whole.Value)
                && AreNear(gradient, whole.Gradient().Gradient.Direction.ToArray(), 1e-12);
        }, iter: 5);

    [Fact]
    public void Threads_change_no_digit() => AnyLandscape.Stack(Any.SmoothActivation).SelectMany(network =>
        Gen.OneOf(Gen.Const(7), Gen.Const(1500))
            .SelectMany(rows => Any.Samples(network.Architecture, CrossEntropy, rows))
            .Select(samples => (network, samples))).Sample((network, samples) =>
        {
            object[] one = All(1);
            return one.SequenceEqual(All(2)) && one.SequenceEqual(All(3));

            object[] All(int threads) =>
            [
                .. new LBfgs(MostSteps: 5).Course(network, CrossEntropy, samples, threads),
                .. new GradientFlow().Course(network, CrossEntropy, samples, threads).Take(3),
                network.KeskarSharpness(CrossEntropy, samples, 0.01, iterations: 4, threads: threads),
                network.KeskarSharpness(CrossEntropy, samples, 0.01, 2, iterations: 4, starts: 2, threads: threads),
                network.BallSharpness(CrossEntropy, samples, steps: 2, threads: threads),
                network.AdaptiveSharpness(CrossEntropy, samples, threads: threads),
            ];
        }, iter: 6);

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        var network = Network<double>.Init(Architecture.Of(1, new Dense(1)), new Initializer.Zeros(), default);
        var samples = new Samples<double>(Matrix<double>.Of([1]), Matrix<double>.Of([0]));
        Assert.Contains("1 to 2", Assert.Throws<ArgumentException>(
            () => network.KeskarSharpness(HalfSquares, samples, subspace: 3)).Message, StringComparison.Ordinal);
        foreach (Action act in (Action[])[
            () => network.KeskarSharpness(HalfSquares, samples, epsilon: 0),
            () => network.KeskarSharpness(HalfSquares, samples, iterations: 0),
            () => network.KeskarSharpness(HalfSquares, samples, starts: 0),
            () => network.BallSharpness(HalfSquares, samples, rho: 0),
            () => network.BallSharpness(HalfSquares, samples, steps: 0),
            () => network.AdaptiveSharpness(HalfSquares, samples, eta: -1)])
            Assert.Throws<ArgumentOutOfRangeException>(act);
    }

    // All points of a box, so many to each side.
    private static IEnumerable<double[]> Grid(double[] sides, int count) => sides.Length == 0
        ? [[]]
        : from rest in Grid(sides[1..], count)
          from i in Enumerable.Range(0, count)
          select (double[])[sides[0] * (2.0 * i / (count - 1) - 1), .. rest];

    private static bool AreNear(double[] one, double[] other, double tolerance) => one.Length == other.Length
        && one.Zip(other, (a, b) => Math.Abs(a - b) <= tolerance * (1 + Math.Abs(b))).All(near => near);
}
