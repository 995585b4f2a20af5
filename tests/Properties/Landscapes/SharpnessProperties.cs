using CsCheck;
using Functional;
using Functional.Core.Differentiation;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Landscapes;

/// <summary>How much a loss rises around a network, beside what a grid or theory says.</summary>
public sealed class SharpnessProperties
{
    private static readonly Loss HalfSquares = new HalfSumSquaredError(), CrossEntropy = new SoftmaxCrossEntropy();

    private static Gen<(Network<double> Network, Samples<double> Samples)> Single(int inputs, bool bias, Activation phi) =>
        Any.Key.Select(key => Single(inputs, bias, phi, key));

    // One unit and five samples.
    private static (Network<double> Network, Samples<double> Samples) Single(int inputs, bool bias, Activation phi, Key key)
    {
        var shape = Architecture.Of(inputs, new Dense(1, phi, bias));
        return (
            new(shape, Draw.Normal<double>(key.At(0), shape.ParameterCount, 0.1, 0.6)),
            new(new(5, inputs, Draw.Normal<double>(key.At(1), 5 * inputs)), new(5, 1, Draw.Normal<double>(key.At(2), 5))));
    }

    // In larger boxes there are several maxima, of which the starts find the largest as a rule.
    [Fact]
    public void With_one_or_two_parameters_it_is_the_maximum_on_a_fine_grid()
    {
        int highest = 0;
        for (uint seed = 0; seed < 60; seed++)
        {
            var (network, samples) = Single(1 + (int)(seed % 2), bias: false, Activation.Tanh, new(1, seed));
            double epsilon = 0.005 * (1 + seed), loss = LossAt(network, samples);
            double[] sides = [.. network.Parameters.Select(x => epsilon * (Math.Abs(x) + 1))];
            double largest = Grid(sides, 101).Max(off => LossAt(network + new Gradient<double>([.. off]), samples));
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
            var (network, samples) = Single(1 + (int)(seed % 5), bias: true, Activation.Identity, new(3, seed));
            double epsilon = 0.01 * (1 + seed), loss = LossAt(network, samples);
            double[] sides = [.. network.Parameters.Select(x => epsilon * (Math.Abs(x) + 1))];
            double best = Grid(sides, 2).Max(off => LossAt(network + new Gradient<double>([.. off]), samples));
            var found = network.KeskarSharpness(HalfSquares, samples, epsilon, key: new(4, seed), starts: 12, threads: 1);
            Assert.InRange(found.LargestLoss - loss, 0.9 * (best - loss), (1 + 1e-12) * (best - loss));
        }
    }

    [Fact]
    public void At_a_minimum_whose_gradient_is_zero_it_is_not_zero() => Assert.InRange(
        Network<double>.Init(Architecture.Of(1, new Dense(1)), new Initializer.Zeros(), default).KeskarSharpness(
            HalfSquares, new(Matrix<double>.Of([1]), Matrix<double>.Of([0])), 0.1).Value, 1.9999, 2.0001);

    // One random direction: a grid knows the maximum. A+ x is (a.x) / (a.a).
    [Fact]
    public void In_one_random_dimension_it_is_the_maximum_on_a_fine_grid() =>
        Gen.Select(AnyLandscape.Classifier, Any.Key, Gen.Double[1e-3, 0.03]).Sample((of, key, epsilon) =>
        {
            var a = new Gradient<double>(Draw.Normal<double>(key.At(0).At(0), of.Network.Parameters.Length));
            double side = epsilon * (Math.Abs(a.Dot(new(of.Network.Parameters)) / a.Dot(a)) + 1);
            var samples = of.Data.For(CrossEntropy);
            double largest = Grid([side], 201).Max(y => LossGradient.At(of.Network + y[0] * a, CrossEntropy, samples, 1).Value);
            var found = of.Network.KeskarSharpness(CrossEntropy, samples, epsilon, subspace: 1, key, 30, starts: 30, threads: 1);
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
            return AreNear(found, [.. a.QR().Solve(x)], 1e-8) && AreNear(subspace.Times(found), [.. a * a.QR().Solve(x)], 1e-8)
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
    public void A_small_ball_is_as_sharp_as_the_gradient_is_long() =>
        AnyLandscape.Classifier.Sample(of =>
        {
            var samples = of.Data.For(CrossEntropy);
            var gradient = new Linearization<double>(of.Network, CrossEntropy, samples).Gradient().Gradient;
            var sizes = gradient.Direction.Zip(of.Network.Parameters, (g, x) => g * (Math.Abs(x) + 0.01));
            double rho = 1e-6, scaled = Math.Sqrt(sizes.Sum(x => x * x));
            var ball = of.Network.BallSharpness(CrossEntropy, samples, rho);
            var adaptive = of.Network.AdaptiveSharpness(CrossEntropy, samples, rho, eta: 0.01);
            return Math.Abs(ball.Value / rho - gradient.Norm()) < 1e-3 * (0.1 + gradient.Norm())
                && Math.Abs(adaptive.Value / rho - scaled) < 1e-3 * (0.1 + scaled)
                && ball.Radius.Equals(rho) && ball.Steps == 1 && ball.Value.Equals(ball.LargestLoss - ball.Loss);
        }, iter: 60);

    // There is a lower maximum on the other side of the ring, to which the gradient leads now and then.
    [Fact]
    public void More_steps_come_to_the_maximum_on_the_ring()
    {
        int highest = 0;
        for (uint seed = 0; seed < 100; seed++)
        {
            var (network, samples) = Single(2, bias: false, Activation.Identity, new(5, seed));
            double loss = LossAt(network, samples), rho = 0.01 * (1 + seed);
            double[] sizes = [.. network.Parameters.Select(x => Math.Abs(x) + 0.1)];
            double ball = Largest(1, 1), adaptive = Largest(sizes[0], sizes[1]);
            double first = network.BallSharpness(HalfSquares, samples, rho).Value;
            double found = network.BallSharpness(HalfSquares, samples, rho, steps: 300).Value;
            double scaled = network.AdaptiveSharpness(HalfSquares, samples, rho, 0.1, 300).Value;
            Assert.InRange(found, first, ball * (1 + 1e-4));
            Assert.InRange(scaled, 0, adaptive * (1 + 1e-4));
            if (found >= ball * (1 - 1e-6) && scaled >= adaptive * (1 - 1e-6)) highest++;

            double Largest(double across, double up) => Enumerable.Range(0, 2000).Max(i => LossAt(
                network + new Gradient<double>([
                    rho * across * Math.Cos(i * Math.PI / 1000), rho * up * Math.Sin(i * Math.PI / 1000)]), samples)) - loss;
        }
        Assert.InRange(highest, 80, 100);
    }

    // (Dinh et al., 2017; Kwon et al., 2021)
    [Fact]
    public void Rescaling_layers_of_ReLU_leaves_adaptive_sharpness_as_it_is_and_changes_that_of_balls() => (
        from network in AnyLandscape.Stack(Gen.Const(Activation.Relu), bias: false)
        from data in AnyLandscape.Classes(network.Architecture.Inputs)
        from factor in Gen.OneOf(Gen.Double[0.1, 0.4], Gen.Double[3, 10])
        from steps in Gen.Int[1, 3]
        select (network, scaled: Scaled(network, factor), data, steps))
        .Where(of => of.network.Predict(of.data.Inputs).Cells.Span.ToArray().Any(output => Math.Abs(output) > 0.3))
        .Sample(of =>
        {
            var samples = of.data.For(CrossEntropy);
            double adaptive = Adaptive(of.network), ball = Ball(of.network);
            return Math.Abs(Adaptive(of.scaled) - adaptive) <= 1e-8 * (1e-3 + adaptive)
                && (ball < 1e-6 || Math.Abs(Ball(of.scaled) - ball) > 1e-6 * ball);

            double Adaptive(Network<double> at) => at.AdaptiveSharpness(CrossEntropy, samples, 0.1, steps: of.steps).Value;
            double Ball(Network<double> at) => at.BallSharpness(CrossEntropy, samples, 0.01).Value;
        }, iter: 60);

    [Fact]
    public void Samples_in_chunks_have_the_loss_and_the_gradient_of_all() => AnyLandscape.Stack(Any.SmoothActivation)
        .SelectMany(network => Any.Samples(network.Architecture, CrossEntropy, 3000).Select(samples => (network, samples)))
        .Sample((network, samples) =>
        {
            var whole = new Linearization<double>(network, CrossEntropy, samples);
            var (value, gradient) = LossGradient.At(network, CrossEntropy, samples, 1);
            return Math.Abs(value - whole.Value) <= 1e-12 * (1 + whole.Value)
                && AreNear(gradient, whole.Gradient().Gradient.Direction.ToArray(), 1e-12);
        }, iter: 5);

    [Fact]
    public void Threads_change_no_digit() => AnyLandscape.Stack(Any.SmoothActivation).SelectMany(network =>
        Gen.OneOf(Gen.Const(7), Gen.Const(1500)).SelectMany(rows => Any.Samples(network.Architecture, CrossEntropy, rows))
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

    // The first layer times the factor, the second one divided by it.
    private static Network<double> Scaled(Network<double> network, double factor)
    {
        int[] lengths = [.. network.Architecture.Layout.Select(slice => slice.Length)];
        return network.With([.. network.Parameters.Select((x, i) =>
            i < lengths[0] ? x * factor : i < lengths[0] + lengths[1] ? x / factor : x)]);
    }

    private static double LossAt(Network<double> network, Samples<double> samples) =>
        LossGradient.At(network, HalfSquares, samples, 1).Value;

    // All points of a box, so many to each side.
    private static IEnumerable<double[]> Grid(double[] sides, int count) => sides.Length == 0
        ? [[]]
        : from rest in Grid(sides[1..], count)
          from i in Enumerable.Range(0, count)
          select (double[])[sides[0] * (2.0 * i / (count - 1) - 1), .. rest];

    private static bool AreNear(double[] one, double[] other, double tolerance) => one.Length == other.Length
        && one.Zip(other, (a, b) => Math.Abs(a - b) <= tolerance * (1 + Math.Abs(b))).All(near => near);
}
